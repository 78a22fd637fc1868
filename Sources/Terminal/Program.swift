// A program of subcommands: finds the one that is meant, runs it, and turns errors into sentences and exit codes.

import AttentionLab
import Foundation

package enum Program {
    package static let version = "0.2"

    /// - Parameter check: is run before a subcommand, with its name.
    package static func main(
        _ subcommands: [any Subcommand.Type], check: (String, Console) throws -> Void = { _, _ in }
    ) {
        Platform.ignoreClosedPipes()
        let console = Console()
        do {
            try checkBytes()
            try run(Array(CommandLine.arguments.dropFirst()), subcommands, console, check)
        } catch {
            exit(console.report(error))
        }
    }

    private static func run(
        _ words: [String], _ subcommands: [any Subcommand.Type], _ console: Console,
        _ check: (String, Console) throws -> Void
    ) throws {
        func overview() throws { try console.print(Help.overview(subcommands, colour: console.hasColour)) }
        guard let name = words.first else { return try overview() }
        let rest = Array(words.dropFirst())
        switch name {
        case "--help", "-h": try overview()
        case "help":
            guard let about = rest.first else { return try overview() }
            try console.print(Help.text(subcommand(named: about, of: subcommands), colour: console.hasColour))
        case "--version", "version": try console.print("attention \(version)\n")
        default:
            let subcommand = try subcommand(named: name, of: subcommands)
            try check(name, console)
            try subcommand.start(rest, console)
        }
    }

    private static func subcommand(
        named name: String, of subcommands: [any Subcommand.Type]
    ) throws -> any Subcommand.Type {
        if let found = subcommands.first(where: { $0.name == name }) { return found }
        let known = subcommands.map { $0.name } + ["help", "version", "--help", "--version"]
        throw UsageError(
            "there is no subcommand “\(name)”. \(Suggestion.orList(for: name, among: known)) Try `attention --help`")
    }

    /// Where an argument is no UTF-8, Swift puts other characters into it, and a file of another name would be read or
    /// written.
    private static func checkBytes() throws {
        for number in 1..<max(1, Int(CommandLine.argc)) {
            guard let bytes = CommandLine.unsafeArgv[number], String(validatingCString: bytes) == nil else { continue }
            throw UsageError(
                "word \(number) of the command, “\(TerminalText.harmless(CommandLine.arguments[number]))”, is not "
                    + "UTF-8; write it in UTF-8, or give the file another name")
        }
    }
}
