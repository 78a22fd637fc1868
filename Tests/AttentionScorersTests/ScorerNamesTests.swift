// What can be typed where scorers are named: families, all, the default's.

import AttentionScorers
import Testing

@Suite("Names and families of scorers") struct ScorerNamesTests {
    private let names = ScorerNames(Catalog.scorers, standard: [NoAttentionScorer.self, LuongDotScorer.self])

    @Test("a family means its scorers, each once, and so do all and default") func groups() {
        #expect(names.expanded(["past-family"]) == ["location-sensitive", "coverage"])
        #expect(names.expanded(["coverage", "past-family", "none"]) == ["coverage", "location-sensitive", "none"])
        #expect(names.expanded(["all"]) == Catalog.scorers.map { $0.card.name })
        #expect(names.expanded(["default", "bahdanau"]) == ["none", "luong-dot", "bahdanau"])
        #expect(ScorerNames(Catalog.scorers).expanded(["default"]) == names.names)
        #expect(names.known.contains("content-family") && !names.known.contains("psychic-family"))
    }

    @Test("what nothing is called, and what is named twice, stays as it was typed") func strangers() {
        #expect(names.expanded(["psychic", "none"]) == ["psychic", "none"])
        #expect(names.expanded(["all", "all"]) == ["all", "all"])
    }

    /// The order of the list is that of the tables.
    @Test("the catalogue's list goes family by family") func order() {
        let cards = Catalog.scorers.map { $0.card }
        #expect(ScorerNames.byFamily(cards).flatMap(\.cards) == cards)
        #expect(cards.allSatisfy { !$0.family.summary.isEmpty && ScorerCard.fault(ofName: $0.family.name) == nil })
        #expect(Catalog.standard.allSatisfy { scorer in cards.contains(scorer.card) })
    }

    @Test("a scorer cannot have the name of a group", arguments: ["all", "default", "my-family", "no name"])
    func faults(name: String) { #expect(ScorerNames.fault(ofName: name) != nil) }

    @Test("every other name is as good as on a card") func good() {
        for scorer in Catalog.scorers { #expect(ScorerNames.fault(ofName: scorer.card.name) == nil) }
        #expect(ScorerNames.fault(ofName: "family-scorer") == nil)
    }
}
