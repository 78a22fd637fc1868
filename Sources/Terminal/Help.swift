// The help texts, made from what the subcommands say of themselves.

package enum Help {
    package static func overview(_ subcommands: [any SubcommandText.Type], colour: Bool) -> String {
        let width = subcommands.map { $0.name.count }.max() ?? 0
        let lines = subcommands.map { "  " + pad($0.name, width) + "   " + $0.summary }
        return """
            Attention scorers in one translation harness: swap them, compare them, look at them.

            \(heading("Usage", colour)) attention SUBCOMMAND [options]

            \(lines.joined(separator: "\n"))

            Start with `attention compare`. Each subcommand explains itself: `attention compare --help`.

            """
    }

    package static func text(_ subcommand: any SubcommandText.Type, colour: Bool) -> String {
        let options = subcommand.allOptions
        let width = options.map { flag($0).count }.max() ?? 0
        let lines = options.map { option in
            let standard = option.standard.map { " (\($0))" } ?? ""
            return "  " + pad(flag(option), width) + "   " + wrapped(option.help + standard, indent: width + 5)
        }
        let examples = subcommand.examples.map { "  # \($0.why)\n  \($0.command)" }
        let operand = subcommand.operand.isEmpty ? "" : " " + subcommand.operand
        return """
            \(subcommand.summary)

            \(heading("Usage", colour)) attention \(subcommand.name)\(operand) [options]

            \(subcommand.details)

            \(heading("Options", colour))
            \(lines.joined(separator: "\n"))

            \(heading("Examples", colour))
            \(examples.joined(separator: "\n"))

            """
    }

    private static func flag(_ option: Option) -> String { option.name + (option.value.map { " " + $0 } ?? "") }

    private static func pad(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }

    private static func heading(_ text: String, _ colour: Bool) -> String {
        colour ? "\u{1B}[1m\(text):\u{1B}[0m" : "\(text):"
    }

    /// In lines of at most 100 characters.
    private static func wrapped(_ text: String, indent: Int) -> String {
        var lines = [""]
        for word in text.split(separator: " ") {
            if indent + lines[lines.count - 1].count + word.count > 99 { lines.append("") }
            lines[lines.count - 1] += (lines[lines.count - 1].isEmpty ? "" : " ") + word
        }
        return lines.joined(separator: "\n" + String(repeating: " ", count: indent))
    }
}
