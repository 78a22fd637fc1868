// What every subcommand says of itself; parsing and help are made from it.

protocol Subcommand: SendableMetatype {
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
    static func run(_ arguments: Arguments, _ console: Console) throws
}

extension Subcommand {
    static var operand: String { "" }

    /// Those of the subcommand and those of all of them.
    static var allOptions: [Option] {
        options + [
            Option("--quiet", "No progress and no remarks: only the result, and errors."),
            Option("--help", "This text."),
        ]
    }

    static func start(_ words: [String], _ console: Console) throws {
        let arguments = try Arguments(words, allOptions, allowsOperands: !operand.isEmpty, of: name)
        if arguments.has("--help") { return try console.print(Help.text(Self.self, colour: console.hasColour)) }
        try run(arguments, arguments.has("--quiet") ? console.quiet : console)
    }
}

/// One flag.
struct Option {
    /// With its dashes.
    let name: String
    /// What follows it, "N"; nil for a switch.
    let value: String?
    let help: String
    /// Shown in the help; the code that reads the option has the value itself.
    let standard: String?
    let repeats: Bool

    init(_ name: String, _ value: String? = nil, _ help: String, standard: String? = nil, repeats: Bool = false) {
        (self.name, self.value, self.help, self.standard, self.repeats) = (name, value, help, standard, repeats)
    }

    init(_ name: String, _ help: String) { self.init(name, nil, help) }
}

/// A command that was not written as it must be; exit code 2.
struct Misuse: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
