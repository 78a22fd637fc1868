// Where results and remarks go: results to standard output, everything else to standard error.

import AttentionLab
import Foundation

package struct Console: Sendable {
    /// Colour on standard output: a terminal, and nobody said NO_COLOR (no-color.org).
    package let hasColour: Bool
    /// How many colours heatmaps on standard output may have.
    package let colours: TerminalColours
    package let outputIsTerminal: Bool
    package let errorsAreTerminal: Bool
    package let isQuiet: Bool

    package init() {
        let environment = ProcessInfo.processInfo.environment
        outputIsTerminal = Platform.isTerminal(.output)
        hasColour = outputIsTerminal && (environment["NO_COLOR"] ?? "").isEmpty && environment["TERM"] != "dumb"
        colours = hasColour ? TerminalColours(colorterm: environment["COLORTERM"]) : .none
        errorsAreTerminal = Platform.isTerminal(.errors) && environment["TERM"] != "dumb"
        isQuiet = false
    }

    private init(_ console: Console, isQuiet: Bool) {
        (hasColour, colours, self.isQuiet) = (console.hasColour, console.colours, isQuiet)
        (outputIsTerminal, errorsAreTerminal) = (console.outputIsTerminal, console.errorsAreTerminal)
    }

    package var quiet: Console { Console(self, isQuiet: true) }

    /// Characters that a table may take: the terminal's width, or what a page of text takes.
    package var width: Int { max(40, Platform.terminalWidth ?? 120) }

    /// A result.
    /// - Throws: `RunError` where it cannot be written; a reader that has seen enough is no error but ends the program.
    package func print(_ text: String) throws {
        switch Platform.write(Array(text.utf8), to: .output) {
        case nil: return
        case .closed: exit(0)
        case .failed(let why): throw RunError("the result could not be written to standard output: \(why)")
        }
    }

    /// A result that consists of words of a file: as they are, but made harmless where a terminal would obey them.
    package func print(words text: String) throws {
        try print(outputIsTerminal ? TerminalText.harmless(text, keepingLines: true) : text)
    }

    package func print(json value: some Encodable) throws { try print(Self.json(value) + "\n") }

    /// - Parameter isOneLine: for values of which there are many, or long ones.
    package static func json(_ value: some Encodable, isOneLine: Bool = false) throws -> String {
        let encoder = JSONEncoder()
        encoder.keyEncodingStrategy = .convertToSnakeCase
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        if !isOneLine { encoder.outputFormatting.insert(.prettyPrinted) }
        return escaped(String(decoding: try encoder.encode(value), as: UTF8.self))
    }

    /// JSON escapes the control characters below the space; some terminals obey those above the tilde too. They can
    /// stand in strings only.
    private static func escaped(_ json: String) -> String {
        guard json.unicodeScalars.contains(where: { (0x7F...0x9F).contains($0.value) }) else { return json }
        return json.unicodeScalars.reduce(into: "") { result, scalar in
            if (0x7F...0x9F).contains(scalar.value) {
                result += "\\u00" + String(scalar.value, radix: 16)
            } else {
                result.unicodeScalars.append(scalar)
            }
        }
    }

    /// A remark: not part of the result. If nobody can read it, nothing is lost. Words of files and users in it do
    /// nothing to a terminal.
    package func remark(_ text: String) {
        if !isQuiet { note(text) }
    }

    /// What must be said even if only the result was asked for.
    package func note(_ text: String) {
        _ = Platform.write(Array(TerminalText.harmless(text, keepingLines: true).utf8), to: .errors)
    }

    /// Says what has been silent for long.
    package func watch() -> StepWatch {
        StepWatch { name, seconds in
            note(
                "\(errorsAreTerminal ? "\n" : "")attention: no sign of progress for \(Int(seconds)) s: \(name). It is slow, or the scorer never "
                    + "comes back: is there a loop without end in it? (Ctrl-C twice ends the program)\n")
        }
    }

    /// A line that is written over, with the codes that do so.
    package func progress(_ text: String) {
        if !isQuiet { _ = Platform.write(Array(text.utf8), to: .errors) }
    }

    /// The one sentence about an error, and the exit code: 2 for misuse and bad input, 130 for Ctrl-C, 1 for everything
    /// else.
    package func report(_ error: any Error) -> Int32 {
        if error is Interrupted { return 130 }
        note("attention: \(Self.sentence(error))\n")
        return error is InputError || error is UsageError ? 2 : 1
    }

    private static func sentence(_ error: any Error) -> String {
        let text = "\(error)"
        return text.hasSuffix(".") || text.hasSuffix("?") || text.hasSuffix("!") ? text : text + "."
    }
}

/// The user pressed Ctrl-C, and what there was to say has been said.
package struct Interrupted: Error {
    package init() {}
}

/// How a table is asked for.
package enum OutputFormat: String, CaseIterable {
    case terminal, markdown, csv, latex, json

    package static let option = Option(
        "--format", "FORMAT", "terminal, markdown, csv, latex or json.", standard: "terminal")
}

/// How anything else is asked for.
package enum TextFormat: String, CaseIterable {
    case text, json

    package static let option = Option("--format", "FORMAT", "text or json.", standard: "text")
}

extension Console {
    /// A table in any format but JSON, whose content is more than a table.
    package func print(_ table: Table, as format: OutputFormat) throws {
        switch format {
        case .markdown: try print(words: table.markdown)
        case .csv: try print(words: table.csv)
        case .latex: try print(words: table.latex(caption: "", label: ""))
        case .terminal, .json: try print(table.text(width: width))
        }
    }
}
