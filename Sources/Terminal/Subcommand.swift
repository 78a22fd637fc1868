// What every subcommand says of itself; parsing and help are made from it.

/// What there is to say of a subcommand without running it.
package protocol SubcommandText: SendableMetatype {
    static var name: String { get }
    /// One line of the overview.
    static var summary: String { get }
    /// What stands above the options in its help.
    static var details: String { get }
    /// "FILE" for what follows without a flag; empty for nothing.
    static var operand: String { get }
    static var options: [Option] { get }
    /// Each a comment and the command it explains.
    static var examples: [(why: String, command: String)] { get }
    /// The words of today for those of earlier versions.
    static func renamed(_ words: [String]) -> [String]
}

package protocol Subcommand: SubcommandText {
    static func run(_ arguments: Arguments, _ console: Console) throws
}

extension SubcommandText {
    package static var operand: String { "" }
    package static func renamed(_ words: [String]) -> [String] { words }

    /// Those of the subcommand and those of all of them.
    package static var allOptions: [Option] {
        options + [
            Option("--quiet", "No progress and no remarks: only the result, and errors."),
            Option("--help", "This text."),
        ]
    }
}

extension Subcommand {
    package static func start(_ words: [String], _ console: Console) throws {
        let arguments = try Arguments(renamed(words), allOptions, allowsOperands: !operand.isEmpty, of: name)
        if arguments.has("--help") { return try console.print(Help.text(Self.self, colour: console.hasColour)) }
        try run(arguments, arguments.has("--quiet") ? console.quiet : console)
    }
}

/// One flag.
package struct Option {
    /// With its dashes.
    package let name: String
    /// What follows it, "N"; nil for a switch.
    package let value: String?
    package let help: String
    /// "1 to 8192": shown in the help, where there is one.
    package let range: String?
    /// Shown in the help; the code that reads the option has the value itself.
    package let standard: String?
    package let repeats: Bool
    /// What it was called in earlier versions.
    package let earlier: [String]

    package init(
        _ name: String, _ value: String? = nil, _ help: String, range: String? = nil, standard: String? = nil,
        repeats: Bool = false, earlier: [String] = []
    ) {
        (self.name, self.value, self.help, self.range, self.standard) = (name, value, help, range, standard)
        (self.repeats, self.earlier) = (repeats, earlier)
    }

    /// The same where the default is another one.
    package init(_ option: Option, standard: String) {
        self.init(
            option.name, option.value, option.help, range: option.range, standard: standard, repeats: option.repeats,
            earlier: option.earlier)
    }

    package func isCalled(_ word: some StringProtocol) -> Bool { name == word || earlier.contains { $0 == word } }

    package init(_ name: String, _ help: String) { self.init(name, nil, help) }
}

/// A command that was not written as it must be; exit code 2.
package struct UsageError: Error, CustomStringConvertible {
    package let description: String

    package init(_ description: String) { self.description = description }
}
