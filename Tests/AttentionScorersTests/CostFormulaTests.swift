// The costs on the cards are more than words: they can be counted.

import AttentionLab
import Testing

@Suite("Cost formulas") struct CostFormulaTests {
    private let sizes: [Character: Int] = ["B": 2, "S": 3, "D": 5, "A": 7]

    @Test("every card of the catalogue can be counted") func catalogue() throws {
        let letters = ScorerSizes(state: 128, attention: 64).letters(batch: 4, source: 16)
        for scorer in Catalog.scorers {
            let formula = try #require(
                CostFormula(scorer.card.cost), "the cost of \(scorer.card.name), “\(scorer.card.cost)”, is no formula")
            #expect(formula.count(letters) != nil, "\(scorer.card.name)")
        }
    }

    @Test(
        "sums of products",
        arguments: [
            ("none", 0), ("B·S·D", 30), ("B·S·A tanh + B·D·A", 42 + 70), ("2·B·S", 12), ("B·D²", 50), ("S³ + 1", 28),
            ("B·B", 4),
        ])
    func count(text: String, count: Int) throws {
        #expect(try #require(CostFormula(text)).count(sizes) == count)
    }

    @Test("a tanh is known as one") func tanh() throws {
        let terms = try #require(CostFormula("B·S·A tanh + B·D")).terms
        #expect(terms.map(\.isTanh) == [true, false])
        #expect(terms.map(\.powers) == [["B": 1, "S": 1, "A": 1], ["B": 1, "D": 1]])
    }

    @Test(
        "what is no formula is nil, and no crash",
        arguments: [
            "", " ", "B·S·D, mostly", "B*S", "b·s", "B·S +", "+ B", "B··S", "B·S tanh tanh", "B·S sin", "B·S⁴", "BS",
            "0·B", "−1·B", "linear", "–",
            "99999999999999999999·B",
        ])
    func noFormula(text: String) {
        #expect(CostFormula(text) == nil)
    }

    @Test("letters without a size, and counts beyond any integer, are nil") func uncountable() throws {
        #expect(try #require(CostFormula("B·Z")).count(sizes) == nil)
        #expect(try #require(CostFormula("9000000000·A³·A³·A³·A³")).count(sizes) == nil)
    }
}
