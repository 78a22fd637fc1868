// `attention scorers`: the cards.

import AttentionLab
import Terminal

enum ShowScorers: Subcommand {
    static let name = "scorers"
    static let summary = "Show every scorer: its equation, its paper and its cost."
    static let details = "Your own scorers of Exercises/Scorers/MyScorers.swift stand at the end of the list."
    static let operand = "[NAME …]"
    static let options = [TextFormat.option]
    static let examples = [
        (why: "all cards", command: "attention scorers"),
        (why: "one of them, for a program", command: "attention scorers bahdanau --format json"),
    ]

    private struct Card: Encodable {
        let name: String, equation: String, paper: String, cost: String
        let hasAlignment: Bool

        init(_ card: ScorerCard) {
            (name, equation, paper, cost, hasAlignment) = (
                card.name, card.equation, card.paper, card.cost, card.hasAlignment
            )
        }
    }

    static func run(_ arguments: Arguments, _ console: Console) throws {
        let known = Main.scorers.map { $0.card }
        let cards =
            try arguments.operands.isEmpty
            ? known
            : arguments.operands.map { name in
                guard let card = known.first(where: { $0.name == name }) else {
                    throw UsageError(
                        "there is no scorer “\(name)”. \(Suggestion.orList(for: name, among: known.map(\.name)))")
                }
                return card
            }
        if try arguments.choice("--format", TextFormat.self) == .json {
            return try console.print(json: cards.map(Card.init))
        }
        let bold = console.hasColour ? ("\u{1B}[1m", "\u{1B}[0m") : ("", "")
        try console.print(
            cards.map { card in
                """
                \(bold.0)\(card.name)\(bold.1)
                  score   \(card.equation)
                  source  \(card.paper)
                  cost    \(card.cost)

                """
            }.joined(separator: "\n"))
    }
}
