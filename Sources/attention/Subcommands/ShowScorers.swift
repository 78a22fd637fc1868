// `attention scorers`: the cards, family by family.

import AttentionLab
import MyScorers
import Terminal

enum ShowScorers: Subcommand {
    static let name = "scorers"
    static let summary = "Show every scorer, by family: its equation, its paper and its cost."
    static let details = """
        A family can be named wherever scorers are, with “-family” behind its name, and so can `all`, and `default`, which means those that
        `attention compare` takes where none are named. Your own scorers of Exercises/Scorers/MyScorers.swift stand at the end of the list.
        """
    static let operand = "[NAME …]"
    static let options = [TextFormat.option]
    static let examples = [
        (why: "all cards", command: "attention scorers"),
        (why: "one of them, for a program", command: "attention scorers bahdanau --format json"),
        (why: "one family, compared with a baseline", command: "attention compare --scorers past-family,none"),
    ]

    private struct Card: Encodable {
        let name: String, family: String, familySummary: String, equation: String, paper: String, cost: String
        let hasAlignment: Bool, isInDefault: Bool

        init(_ card: ScorerCard) {
            (name, equation, paper, cost, hasAlignment) = (
                card.name, card.equation, card.paper, card.cost, card.hasAlignment
            )
            (family, familySummary) = (card.family.name, card.family.summary)
            isInDefault = Main.names.standard.contains(card.name)
        }
    }

    static func run(_ arguments: Arguments, _ console: Console) throws {
        let cards = try cards(arguments.operands)
        let own = Set(myScorers.map { $0.card.name })
        let families = ScorerNames.byFamily(cards.filter { !own.contains($0.name) })
        let mine = cards.filter { own.contains($0.name) }
        if try arguments.choice("--format", TextFormat.self) == .json {
            return try console.print(json: (families.flatMap(\.cards) + mine).map(Card.init))
        }
        let groups =
            families.map { family, cards in text("\(family.group): \(family.summary)", cards, console) }
            + (mine.isEmpty ? [] : [text("Your own, of Exercises/Scorers", mine, console)])
        try console.print(groups.joined(separator: "\n"))
        guard arguments.operands.isEmpty else { return }
        try console.print("\n── Where none are named, `attention compare` takes these:\n\n")
        let names = Main.names.standard.joined(separator: ", ")
        for line in TextWidth.wrapped(names, to: min(console.width, 110) - 2) { try console.print("  \(line)\n") }
    }

    /// Those that are meant, or all.
    private static func cards(_ given: [String]) throws -> [ScorerCard] {
        guard !given.isEmpty else { return Main.names.cards }
        for name in given where !Main.names.known.contains(name) {
            throw UsageError("there is no scorer “\(name)”. \(Suggestion.orList(for: name, among: Main.names.known))")
        }
        let names = Main.names.expanded(given)
        return names.compactMap { name in Main.names.cards.first { $0.name == name } }
    }

    private static func text(_ heading: String, _ cards: [ScorerCard], _ console: Console) -> String {
        let bold = console.hasColour ? ("\u{1B}[1m", "\u{1B}[0m") : ("", "")
        return "── \(heading)\n"
            + cards.map { card in
                """

                \(bold.0)\(card.name)\(bold.1)
                  score   \(card.equation)
                  source  \(card.paper)
                  cost    \(card.cost)

                """
            }.joined()
    }
}
