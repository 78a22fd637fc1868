// What a page says came out: no more than the tests of its table say.

import Evaluation
import Foundation
import TestSupport
import Testing

@testable import Experiments

@Suite("Headline") struct HeadlineTests {
    /// - Parameter different: pairs of places, the better one first.
    private func sentence(
        _ means: [Double], different: Set<[Int]>, column: Metric = .bleu,
        seeds: Int = 5
    ) -> String {
        let names = ["A", "B", "C", "D", "E", "F", "G"]
        return ColumnSentence(
            column: column, noun: "scorers", seeds: seeds,
            systems: zip(names, means).map { ($0, $1) },
            isDifferent: { different.contains([$0, $1]) }
        ).text
    }

    @Test("groups that can be told apart, and what can be told apart within them") func groups() {
        #expect(
            sentence([97, 95, 93, 30], different: [[0, 2], [0, 3], [1, 3], [2, 3]])
                == "In BLEU, A, B and C (97.0 to 93.0 BLEU) each do better than D (30.0 BLEU). Of the 3 pairs among A, B and C, 1 can be told apart: "
                + "the best, A, does better than C, and cannot be told from B.")
        #expect(
            sentence([0.1, 0.2], different: [[0, 1]], column: .aer)
                == "In AER, A (0.100 AER) does better than B (0.200 AER).")
        #expect(
            sentence([0.9, 0.1, 0.1], different: [[0, 1], [0, 2]], column: .longAccuracy)
                == "In right long sentences, A (90.0 %) does better than B and C (10.0 %). B and C cannot be told apart."
        )
    }

    @Test("no cut where one pair across it cannot be told apart") func overlapping() {
        #expect(
            sentence([9, 8, 7], different: [[0, 2]])
                == "In BLEU, of the 3 pairs among the 3 scorers, 1 can be told apart: the best, A (9.0 BLEU), "
                + "does better than C, and cannot be told from B.")
        #expect(
            sentence([9, 8, 7], different: [[1, 2]])
                == "In BLEU, of the 3 pairs among the 3 scorers, 1 can be told apart, but none from the best, A.")
        // The smallest mean need not be the one that is told apart.
        #expect(
            sentence(
                [9, 8, 7],
                different: [[0, 1]]
            ).hasSuffix("A (9.0 BLEU), does better than B, and cannot be told from C."))
    }

    @Test("no difference, and one scorer alone") func nothing() {
        #expect(
            sentence([9, 8, 7], different: [])
                == "In BLEU, no two of the 3 scorers can be told apart (9.0 to 7.0 BLEU); that is no proof that they are equal."
        )
        #expect(
            sentence([9, 9], different: [])
                == "In BLEU, A and B cannot be told apart (9.0 BLEU); that is no proof that they are equal.")
        #expect(sentence([9], different: []) == "A has 9.0 BLEU over 5 seeds; there is nothing to compare it with.")
        #expect(sentence([9], different: [], seeds: 1).contains("with one seed"))
    }

    @Test("many scorers are counted, the best of them named") func many() {
        let last = Set((0..<6).map { [$0, 6] })
        #expect(
            sentence([9, 8, 7, 6, 5, 4, 1], different: last)
                == "In BLEU, 6 scorers, A first (9.0 to 4.0 BLEU), each do better than G (1.0 BLEU). "
                + "Of the first 6, no two can be told apart.")
        let first = Set((1..<7).map { [0, $0] })
        #expect(
            sentence([9, 8, 7, 6, 5, 4, 1], different: first)
                == "In BLEU, A (9.0 BLEU) does better than the 6 others from B on (8.0 to 1.0 BLEU). "
                + "Of the other 6, no two can be told apart.")
    }

    @Test("the sentences are those of the table's letters; one seed and missing trainings are said") func page() throws
    {
        try withFolder { folder in
            let made = try SyntheticResults(
                in: folder, scorers: ["first", "second", "third"],
                pairs: SyntheticResults.pairs(60), seeds: 3, right: [1, 1, 0.2])
            var results = made.results
            let html = try ReportPage(results, details: nil).html
            #expect(
                html.contains("<section id=\"headline\">")
                    && html.contains("In BLEU, first and second (100.0 BLEU) each do better than third ("))
            #expect(
                html.contains("first and second cannot be told apart.")
                    && !html.contains("other seeds may rank otherwise"))
            results.rows.removeAll { $0.seed == 3 && $0.scorer == "third" }
            #expect(
                try ReportPage(
                    results,
                    details: nil
                ).html.contains("1 training of 9 is missing, and these sentences are of the others."))
            let alone = try SyntheticResults(
                in: folder, scorers: ["first", "second", "third"],
                pairs: SyntheticResults.pairs(60), right: [1, 1, 0.2])
            #expect(
                try ReportPage(alone.results, details: nil).html.contains(
                    "One seed: only other sentences were tested, and other seeds may rank otherwise."))
        }
    }
}
