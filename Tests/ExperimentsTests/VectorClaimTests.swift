// Verdicts on the claims about captions and speech, from made-up rows on either side of each threshold.

import AttentionScorers
import Evaluation
import Seq2Seq
import Testing

@testable import Claims
@testable import Experiments

@Suite("Rules of the claims on captions and speech") struct VectorClaimTests {
    private func letters(_ edits: Double) throws -> NamedCounts {
        var counts = NamedCounts()
        try counts.add(["letters": 100, "letter_edits": edits, "looks": 100, "twin_looks": 10, "near_looks": 50])
        return counts
    }

    /// - Parameters:
    ///   - content: letter errors of long speech by content alone, in a hundred.
    ///   - placed: of each scorer that knows where it was.
    @Test(
        "speech: content alone loses its way, and each that knows where it was helps",
        arguments: [
            (80.0, 10.0, 10.0, Verdict.holds), (10.0, 10.0, 10.0, .doesNotHold), (80.0, 10.0, 90.0, .mixed),
        ])
    func speech(content: Double, placed: Double, other: Double, verdict: Verdict) throws {
        let scorers = ["bahdanau", "luong-dot", "location-sensitive", "gmm", "forward"]
        let all = try (1...4).flatMap { seed in
            try scorers.map { scorer in
                try row(scorer, seed, report(right: 0.5)) { row in
                    row.task = SpeechTask().name
                    row.test.counts = try? letters(5)
                    let errors = ["location-sensitive": placed, "gmm": other][scorer] ?? content
                    row.long.counts = try? letters(errors + Double(seed) / 10)
                }
            }
        }
        let judgement = try judged(.locationForSpeech, evidence("speech", all, task: SpeechTask().name))
        #expect(judgement.verdict == verdict, Comment(rawValue: judgement.sentence))
        #expect(judgement.figures.count { $0.answer != nil } == 4, "forward stands beside")
    }

    @Test(
        "captions: less entropy is sharper, and more right captions are better",
        arguments: [
            (0.05, 0.5, Verdict.holds), (0.2, 0.9, .doesNotHold), (0.05, 0.9, .mixed), (0.2, 0.5, .mixed),
        ])
    func captions(entropy: Double, right: Double, verdict: Verdict) throws {
        let names = [BuiltInExperiment.meanOfCells, BuiltInExperiment.exactCell]
        let all = try (1...4).flatMap { seed in
            try names.map { name in
                let isSoft = name == names[0]
                return try row("luong-dot", seed, report(right: isSoft ? 0.5 : right), condition: name) { row in
                    row.task = CaptionsTask().name
                    row.model.use = isSoft ? .mean : .words
                    var counts = NamedCounts()
                    try? counts.add([
                        "object_words": 10, "object_hits": 9, "object_entropy": isSoft ? 1.5 : entropy * 10,
                    ])
                    row.test.counts = counts
                }
            }
        }
        let judgement = try judged(
            .hardIsSharper, evidence("captions", all, task: CaptionsTask().name, conditions: names))
        #expect(judgement.verdict == verdict, Comment(rawValue: judgement.sentence))
    }

    @Test("results of another task are none of these experiments") func named() throws {
        let scorers = ["bahdanau", "luong-dot"], claims = ClaimEvidence(scorers: Catalog.scorers)
        #expect(claims.name(of: Experiment(tasks: ["english-french"], scorers: scorers)) != "speech")
        #expect(claims.name(of: Experiment(tasks: ["speech"], scorers: scorers)) == "speech")
    }
}
