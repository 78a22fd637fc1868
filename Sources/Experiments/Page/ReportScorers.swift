// What a page says of the scorers themselves: equation, paper and cost.

import AttentionScorers
import Reports

/// The scorers of a comparison, in the order of its tables.
struct ReportScorers {
    private let names: [String]
    private let cards: [String: ScorerCard]

    init(_ results: ResultsFile, _ cards: [ScorerCard]) {
        names = results.experiment.scorers
        self.cards = Dictionary(cards.map { ($0.name, $0) }) { first, _ in first }
    }

    /// The system's button: it is described by what stands under the scorer's name in the list.
    func mark(_ system: ReportSystem) -> SystemMark {
        SystemMark(style: system.style, about: names.firstIndex(of: system.line.scorer).map { "about-\($0)" })
    }

    /// A list that is read on paper too; the page shows its entries where a name is pointed at or has the focus.
    var html: String {
        HTMLPart.definitions(
            names.enumerated().map { index, name in
                (
                    name, "about-\(index)",
                    cards[name].map(Self.lines)
                        ?? ["a scorer that this program does not know; its equation was not kept with the results"]
                )
            })
    }

    private static func lines(_ card: ScorerCard) -> [String] {
        // One without attention has no score.
        (card.equation == "–" ? [] : ["e = \(card.equation)"])
            + [card.paper, "operations a step, beyond the keys: \(card.cost)"]
    }
}
