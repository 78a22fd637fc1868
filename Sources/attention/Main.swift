// The command line: finds the subcommand, runs it, and turns errors into sentences and exit codes.

import AttentionLab
import Exercises
import Foundation

@main
enum Main {
    /// One file each. A new subcommand is a file and a line here.
    static let subcommands: [any Subcommand.Type] = [
        Compare.self, ReportCommand.self, ExperimentsCommand.self, ClaimsCommand.self, Merge.self, Train.self, Translate.self, Bench.self,
        AlignmentErrorRate.self, BLEUCommand.self, ShowData.self, ShowScorers.self,
        ExercisesCommand.self, Notebooks.self,
    ]

    private static let usingScorers: Set = [Compare.name, ClaimsCommand.name, Train.name, Translate.name, Bench.name, ShowScorers.name]

    /// The catalogue and the learner's own scorers.
    static var scorers: ScorerList { Catalog.scorers + myScorers }

    /// Which one would `--scorers dot` mean, if two had the name? And who would find a row without one?
    private static func checkNames() throws {
        let names = scorers.map { $0.card.name }
        for (index, name) in names.enumerated() {
            guard let fault = ScorerCard.fault(ofName: name) else { continue }
            throw Misuse("\(String(describing: scorers[index])) is called “\(name)” on its card: \(fault). Give it another name there")
        }
        if let twice = names.first(where: { name in names.filter { $0 == name }.count > 1 }) {
            throw Misuse("two scorers are called “\(twice)”; give the one in Exercises/MyScorers.swift another name on its card")
        }
    }

    /// Where an argument is no UTF-8, Swift puts other characters into it, and a file of another name would be read or written.
    private static func checkBytes() throws {
        for number in 1..<max(1, Int(CommandLine.argc)) {
            guard let bytes = CommandLine.unsafeArgv[number], String(validatingCString: bytes) == nil else { continue }
            throw Misuse("word \(number) of the command, “\(TerminalText.harmless(CommandLine.arguments[number]))”, is not UTF-8; write it in UTF-8, or "
                + "give the file another name")
        }
    }

    static func main() {
        Platform.ignoreClosedPipes()
        let console = Console()
        var words = Array(CommandLine.arguments.dropFirst())
        do {
            try checkBytes()
            guard let name = words.first else {
                try console.print(Help.overview(subcommands, colour: console.hasColour))
                return
            }
            words.removeFirst()
            try checkNames()
            switch name {
            case "--help", "-h": try console.print(Help.overview(subcommands, colour: console.hasColour))
            case "help": try help(about: words.first, console)
            case "--version", "version": try console.print("attention \(version)\n")
            default:
                let subcommand = try subcommand(named: name)
                if usingScorers.contains(name), let remark = ProgramAge.remarkOnScorers(before: name) { console.note(remark + ".\n") }
                try subcommand.start(words, console)
            }
        } catch {
            exit(console.report(error))
        }
    }

    static let version = "0.1"

    private static func subcommand(named name: String) throws -> any Subcommand.Type {
        if let found = subcommands.first(where: { $0.name == name }) { return found }
        let known = subcommands.map { $0.name } + ["help", "version", "--help", "--version"]
        throw Misuse("there is no subcommand “\(name)”. \(Suggestion.orList(for: name, among: known)) Try `attention --help`")
    }

    private static func help(about name: String?, _ console: Console) throws {
        guard let name else { return try console.print(Help.overview(subcommands, colour: console.hasColour)) }
        try console.print(Help.text(subcommand(named: name), colour: console.hasColour))
    }
}
