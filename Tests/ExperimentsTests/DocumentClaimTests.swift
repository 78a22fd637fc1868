// Verdicts on the claims about documents, from made-up rows on either side of each threshold.

import AttentionScorers
import Corpora
import Evaluation
import Seq2Seq
import Testing

@testable import Claims
@testable import Experiments

@Suite("Rules of the claims on documents") struct DocumentClaimTests {
    private static let names = [BuiltInExperiment.flat, BuiltInExperiment.twoLevels]

    /// Rows of four seeds of each scorer and model.
    private func rows(
        _ scorers: [String], right: (String) -> (test: Double, long: Double), evidence: Double = 1, lost: Double = 1
    ) throws -> [ResultRow] {
        try (1...4).flatMap { seed in
            try scorers.flatMap { scorer in
                try Self.names.map { name in
                    try row(scorer, seed, report(right: right(name).test), condition: name) { row in
                        row.long.translation = report(right: right(name).long)
                        row.test.alignment = alignment { evidence > 0.5 ? $0 : 0 }
                        row.test.counts = counts(evidence: evidence, lost: lost)
                    }
                }
            }
        }
    }

    private func counts(evidence: Double, lost: Double) -> NamedCounts {
        var counts = NamedCounts()
        for index in 0..<10 {
            let hit = Double(index) < 10 * evidence ? 1.0 : 0, away = Double(index) < 10 * lost ? 0.0 : 1
            // Numbers of 0 and 1 are counts.
            try? counts.add([
                "weighed_documents": 1, "sentence_hits": hit, "sentence_mass": hit, "deletions": 1,
                "attended_away": away, "random_away": 1,
            ])
        }
        return counts
    }

    @Test(
        "hierarchy: more right labels at both lengths is yes, as many is no",
        arguments: [(0.9, 0.9, Verdict.holds), (0.5, 0.5, .doesNotHold), (0.9, 0.5, .mixed)])
    func hierarchy(test: Double, long: Double, verdict: Verdict) throws {
        let all = try rows(["bahdanau", "scaled-dot", "uniform"]) {
            $0 == BuiltInExperiment.twoLevels ? (test, long) : (0.5, 0.5)
        }
        let judgement = try judged(.hierarchyHelps, evidence("hierarchy", all, conditions: Self.names))
        #expect(judgement.verdict == verdict, Comment(rawValue: judgement.sentence))
        #expect(judgement.figures.count { $0.answer != nil } == 4, "what cannot attend stands beside")
    }

    @Test(
        "evidence: sentences, words and what is lost are parts of their own",
        arguments: [(1, 1, Verdict.holds), (0, 0, .doesNotHold), (1, 0, .mixed), (0, 1, .mixed)])
    func pointing(points: Double, lost: Double, verdict: Verdict) throws {
        let all = try rows(["bahdanau", "scaled-dot"], right: { _ in (0.9, 0.9) }, evidence: points, lost: lost)
        let judgement = try judged(.pointsAtEvidence, evidence("hierarchy", all, conditions: Self.names))
        #expect(judgement.verdict == verdict, Comment(rawValue: judgement.sentence))
        #expect(judgement.figures.count { $0.answer != nil } == 12)
    }
}
