// Links of whole files against gold: the same counts as from sets, errors by words, and bundles of sentences.

import Corpora
import Randomness
import Testing

@testable import Evaluation

@Suite("Alignments of whole files") struct AlignmentMeasurementTests {
    private func draw(_ random: inout RandomSource, _ count: Int) -> Set<Link> {
        Set((0..<random.below(count)).map { _ in Link(random.below(4), random.below(4)) })
    }

    @Test("packed links count as sets do") func counts() {
        var random = RandomSource(seed: 15, purpose: "links"), sum = AlignmentCounts()
        var systems: [GoldAlignment] = [], golds: [GoldAlignment] = []
        for _ in 0..<200 {
            systems.append(GoldAlignment(sure: draw(&random, 9), possible: draw(&random, 3)))
            golds.append(GoldAlignment(sure: draw(&random, 7), possible: draw(&random, 7)))
            sum += AlignmentCounts(predicted: systems[systems.count - 1].possible, gold: golds[golds.count - 1])
        }
        let measured = AlignmentMeasurement(LinkTable(systems), gold: LinkTable(golds))
        #expect(measured.bundles.sum == sum && measured.bundles.bundles.count == 200 && measured.errors == nil)
        #expect(sum.predictedSure > 0 && sum.predictedSure < sum.predictedPossible)
        let sure = golds.map { GoldAlignment(sure: $0.possible) }
        #expect(
            AlignmentMeasurement(LinkTable(systems), gold: LinkTable(golds), allSure: true).bundles.sum
                == AlignmentMeasurement(LinkTable(systems), gold: LinkTable(sure)).bundles.sum)
    }

    /// precision 1/2, recall 1/4.
    @Test("F with α leans to precision where α is large") func alpha() {
        let counts = AlignmentCounts(predicted: links("0-0 1-1"), gold: gold("0-0 2-2 3-3 4-4"))
        #expect(near(counts.f(alpha: 0), 0.25) && near(counts.f(alpha: 1), 0.5))
        #expect(near(counts.f(alpha: 0.5), 1.0 / 3) && counts.f(alpha: 0.5) == counts.f1)
        #expect(near(counts.f(alpha: 0.4), 1 / (0.4 / 0.5 + 0.6 / 0.25)))
        #expect(AlignmentCounts().f(alpha: 0.4) == nil)
        #expect(AlignmentCounts(predicted: links("0-0"), gold: gold("1-1")).f(alpha: 0.4) == 0)
    }

    @Test("errors are counted by words, the most frequent first, in one order") func errors() {
        let text: [(source: Substring, target: Substring)] = [("a b", "x y"), ("b a", "y x"), ("e\u{301}", "\u{E9}")]
        let golds = [gold("0-0 1-1"), gold("0-0", possible: "1-1"), gold("0-0")]
        let systems = [gold("0-1"), gold("1-0 1-1"), gold("0-0")]
        func most(_ number: Int, allSure: Bool = false) -> [String] {
            let measured = AlignmentMeasurement(
                LinkTable(systems), gold: LinkTable(golds), allSure: allSure, text: text, errors: number)
            return (measured.errors ?? []).map { "\($0.kind) \($0.source) \($0.target) \($0.count)" }
        }
        // Sentence 1: 0-1 (a y) made, 0-0 (a x) and 1-1 (b y) not. Sentence 2: 1-0 (a y) made, 0-0 (b y) not.
        #expect(most(9) == ["wrong a y 2", "missed b y 2", "missed a x 1"])
        #expect(most(1) == ["wrong a y 2"])
        #expect(most(9, allSure: true).count == 3, "the possible link of sentence 2 was made")
    }

    @Test("bundles hold every sentence once, neighbours together, and add up to the whole") func bundles() {
        var bundles = SentenceBundles(sentences: 7, empty: AlignmentCounts(), most: 3)
        for k in 1...7 {
            var counts = AlignmentCounts()
            counts.predicted = k
            bundles.add(counts)
        }
        #expect(bundles.bundles.map(\.predicted) == [1 + 2 + 3, 4 + 5, 6 + 7] && bundles.sum.predicted == 28)
        #expect(SentenceBundles(sentences: 2, empty: AlignmentCounts()).bundles.count == 2)
    }
}
