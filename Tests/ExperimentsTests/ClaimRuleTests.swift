// Verdicts follow from the figures: made-up ones on every side of each threshold.

import AttentionScorers
import Corpora
import Evaluation
import Foundation
import Seq2Seq
import TensorCore
import Testing

@testable import Claims
@testable import Experiments

/// Sentences of which a share is right; the others have no word in common with the reference, so that BLEU is the
/// share.
func report(
    right: Double, repeating: Bool = false, words: Int = 8, into old: TranslationReport = TranslationReport()
) -> TranslationReport {
    var report = old
    let target = (0..<words).map { "w\($0)" }
    for index in 0..<100 {
        let wrong = (0..<words).map { "x\(repeating ? 0 : $0)" }
        report.add(
            output: Double(index) < (right * 100).rounded() ? target : wrong,
            SentencePair(source: target, target: target))
    }
    return report
}

/// Sentences of eight words, word j linked to word j, of which the step of word j looks at the given one.
func alignment(_ look: (Int) -> Int) -> AlignmentReport {
    let words = (0..<8).map { "w\($0)" }, gold = GoldAlignment(sure: Set((0..<8).map { Link($0, $0) }))
    let rows = (0..<8).map { j in (0..<8).map { $0 == max(0, min(7, look(j))) ? 1.0 : 0 } }
    var report = AlignmentReport()
    for _ in 0..<20 {
        report.add(AttentionMatrix(rows: rows, sourceCount: 8), SentencePair(source: words, target: words, gold: gold))
    }
    return report
}

private let base: ResultRow? = {
    let place = Place()
    return try? run(tinyExperiment { ($0.tasks, $0.scorers, $0.seeds) = (["copy"], ["bahdanau"], 1) }, path: place.path)
        .rows.first
}()

func row(
    _ scorer: String, _ seed: Int, _ report: TranslationReport, condition: String? = nil,
    _ change: (inout ResultRow) -> Void = { _ in }
) throws -> ResultRow {
    var row = try #require(base)
    (row.scorer, row.seed, row.condition, row.test.translation, row.long.translation) = (
        scorer, UInt64(seed), condition, report, TranslationReport()
    )
    change(&row)
    return row
}

func evidence(
    _ name: String, _ rows: [ResultRow], task: String = "copy", conditions: [String] = [], seeds: Int = 4
) throws -> ClaimEvidence {
    var scorers: [String] = []
    for row in rows where !scorers.contains(row.scorer) { scorers.append(row.scorer) }
    var experiment = Experiment(tasks: [task], scorers: scorers)
    (experiment.seeds, experiment.conditions) = (seeds, conditions.map { Condition($0) })
    var file = ResultsFile(experiment: experiment)
    for row in rows { file.add(row) }
    var evidence = ClaimEvidence(scorers: Catalog.scorers)
    try evidence.add(file, path: "\(name)/results.json")
    #expect(evidence.results[name] != nil)
    return evidence
}

func judged(_ claim: Claim, _ evidence: ClaimEvidence) throws -> Judgement {
    try #require(ClaimStatus(claim, evidence).judgement)
}

extension ClaimFigure {
    fileprivate func with(answer: PartAnswer?) -> ClaimFigure {
        var figure = self
        figure.answer = answer
        return figure
    }
}

@Suite("Claims") struct ClaimRuleTests {
    @Test("a part is answered by its whole interval, and a verdict by all parts") func answers() {
        func around(_ mean: Double, _ spread: Double) -> HalvedInterval {
            HalvedInterval([-1, -1, 0, 0, 1, 1].map { mean + spread * $0 })
        }
        let above = PartRule.positive(margin: 1), inside = PartRule.inside(10...20), below = PartRule.below(5)
        #expect(above.answer(around(2, 0.1)) == .yes && above.answer(around(0.2, 0.3)) == .no)
        #expect(above.answer(around(-2, 0.1)) == .no && above.answer(around(0.5, 3)) == .open)
        #expect(above.answer(HalvedInterval([5])) == .open, "one seed has no interval")
        #expect(above.answer(HalvedInterval([5, 5.1, 4.9])) == .open, "nor has the half of three that is one seed")
        #expect(
            inside.answer(around(15, 1)) == .yes && inside.answer(around(200, 1)) == .no
                && inside.answer(around(15, 5)) == .open)
        #expect(inside.answer(around(5, 1)) == .no && PartRule.above(100, margin: 1).answer(around(100.6, 0.1)) == .yes)
        #expect(
            below.answer(around(2, 0.1)) == .yes && below.answer(around(8, 0.1)) == .no
                && below.answer(around(5, 1)) == .open)
    }

    /// A yes or a no that an open part could turn is none.
    @Test("a verdict stands only where no open part could turn it") func verdicts() {
        #expect(
            Verdict(of: [.yes, .yes]) == .holds && Verdict(of: [.no]) == .doesNotHold
                && Verdict(of: [.yes, .no]) == .mixed)
        #expect(
            Verdict(of: [.yes, .no, .open]) == .mixed && Verdict(of: [.yes, .open]) == .notTestable
                && Verdict(of: [.no, .open]) == .notTestable)
        #expect(Verdict(of: [.open, .open]) == .notTestable && Verdict(of: []) == .notTestable)
    }

    /// Seeds 1, 3, 5 say one thing; all of them together would be enough.
    @Test("all seeds and both halves of them must agree") func halves() throws {
        let rule = PartRule.positive(margin: 1), seeds: [UInt64] = [1, 2, 3, 4, 5, 6]
        func figure(_ values: [Double]) -> ClaimFigure {
            ClaimFigure("a", HalvedInterval(zip(seeds, values).map { (seed: $0, value: $1) }), "", rule)
        }
        let steady = figure([3, 3.1, 3.1, 3, 2.9, 2.9]), lucky = figure([3, 3.1, 3.1, 1.5, 2.9, 5])
        #expect(steady.answer == .yes && lucky.answer == .open && (lucky.lower ?? 0) > 0, "\(lucky)")
        // t(0.975, 2) = 4.3027: 3 ± 4.3027 · 0.1 / √3.
        let half = try #require(steady.halves?.first)
        #expect(
            abs((half.lower ?? 0) - 2.75159) < 1e-4 && abs((half.upper ?? 0) - 3.24841) < 1e-4
                && steady.halvesText == "2.752 to 3.248; 2.752 to 3.248")
        // A seed that has no value leaves its own half, and moves no other seed into it.
        #expect(HalvedInterval([(1, 1.0), (3, 2), (4, 9)]).halves.map(\.count) == [2, 1])
    }

    @Test(
        "10–20 % over the fixed vector",
        arguments: [
            (0.8, 0.92, 0.91, 4, Verdict.holds), (0.3, 0.9, 0.92, 4, .doesNotHold), (0.8, 0.92, 0.82, 4, .mixed),
            (0.3, 0.9, 0.9, 1, .notTestable),
        ])
    func gain(fixed: Double, bahdanau: Double, dot: Double, seeds: Int, verdict: Verdict) throws {
        let rows = try (1...seeds).flatMap { seed in
            try [
                row("bahdanau", seed, report(right: bahdanau)), row("luong-dot", seed, report(right: dot)),
                row("none", seed, report(right: fixed)),
            ]
        }
        let judgement = try judged(.attentionGain, evidence("default", rows, seeds: seeds))
        #expect(judgement.verdict == verdict, Comment(rawValue: judgement.sentence))
        let first = try #require(judgement.figures.first?.value)
        #expect(abs(first - 100 * (bahdanau / fixed - 1)) < 0.5)
        #expect((verdict == .doesNotHold) == judgement.sentence.hasPrefix("Far more than claimed"))
    }

    /// The step of word j looks at word j, or the word before it: then the step after it, whose input is word j, looks
    /// at word j.
    @Test(
        "pointing: content-based at the input, location at the prediction",
        arguments: [
            (-1, 0, Verdict.holds), (0, -1, .doesNotHold), (0, 0, .mixed), (-1, -1, .mixed),
        ])
    func pointing(content: Int, location: Int, verdict: Verdict) throws {
        let rows = try (1...4).flatMap { seed in
            try [("bahdanau", content), ("luong-dot", content), ("location", location)].map { scorer, offset in
                try row(scorer, seed, report(right: 0.9)) { $0.test.alignment = alignment { $0 + offset } }
            }
        }
        let judgement = try judged(.whereWeightsPoint, evidence("default", rows))
        #expect(judgement.verdict == verdict, Comment(rawValue: judgement.sentence))
    }

    @Test(
        "coverage: fewer repeated words and fewer words attended to twice are two parts",
        arguments: [
            (true, true, Verdict.holds), (true, false, .mixed), (false, false, .doesNotHold),
        ])
    func coverage(savesOutput: Bool, savesAttention: Bool, verdict: Verdict) throws {
        let rows = try (1...4).flatMap { seed in
            try [("bahdanau", true), ("coverage", false)].map { scorer, isPlain in
                try row(scorer, seed, report(right: 0.5, repeating: isPlain == savesOutput)) {
                    $0.test.alignment = isPlain == savesAttention ? alignment { _ in 0 } : alignment { $0 }
                    $0.long.alignment = nil
                }
            }
        }
        let judgement = try judged(.coverageRepeats, evidence("default", rows))
        #expect(judgement.verdict == verdict, Comment(rawValue: judgement.sentence))
    }

    @Test(
        "expressive: trained, more right and less AER are parts beside the construction",
        arguments: [
            (true, true, Verdict.holds), (true, false, .mixed), (false, true, .mixed), (false, false, .mixed),
        ])
    func expressive(moreRight: Bool, lessAER: Bool, verdict: Verdict) throws {
        let rows = try (1...4).flatMap { seed in
            try [("bahdanau", true), ("luong-dot", false)].map { scorer, isAdditive in
                try row(scorer, seed, report(right: isAdditive == moreRight ? 0.9 : 0.6)) {
                    $0.test.alignment = alignment { isAdditive == lessAER ? $0 : 0 }
                }
            }
        }
        let judgement = try judged(.additiveExpressive, evidence("default", rows))
        #expect(judgement.figures.compactMap(\.answer) == [.yes, moreRight ? .yes : .no, lessAER ? .yes : .no])
        #expect(judgement.verdict == verdict, Comment(rawValue: judgement.sentence))
    }

    @Test("scaling: with √D and without") func scaling() throws {
        let judgement = Claim.scalingJudgement(
            try (1...10).map { try ScaleStudy(widths: [4, 1024], draws: 100, seed: UInt64($0)) })
        #expect(judgement.verdict == .holds, Comment(rawValue: judgement.sentence))
    }

    @Test(
        "feeding: BLEU and repetition are two parts",
        arguments: [
            (0.9, 0.6, true, Verdict.holds), (0.9, 0.6, false, .mixed), (0.9, 0.9, false, .doesNotHold),
        ])
    func feeding(context: Double, nothing: Double, repeats: Bool, verdict: Verdict) throws {
        let rows = try (1...4).flatMap { seed in
            try [
                row("bahdanau", seed, report(right: context), condition: "context") { $0.model.feeding = .context },
                row("bahdanau", seed, report(right: nothing, repeating: repeats), condition: "none") {
                    $0.model.feeding = .none
                },
            ]
        }
        let judgement = try judged(.feedingHelps, evidence("feeding", rows, conditions: ["context", "none"]))
        #expect(judgement.verdict == verdict, Comment(rawValue: judgement.sentence))
    }

    @Test(
        "the fixed vector: a fall beyond 20 words holds only if there was none before",
        arguments: [
            (0.9, 0.9, 0.4, Verdict.holds), (0.9, 0.5, 0.2, .mixed), (0.5, 0.5, 0.5, .mixed),
            (0.9, 0.5, 0.5, .doesNotHold),
        ])
    func length(short: Double, middle: Double, long: Double, verdict: Verdict) throws {
        let whole = report(
            right: long, words: 25, into: report(right: middle, words: 18, into: report(right: short, words: 8)))
        let name = "up to 30 words"
        let rows = try (1...4).map { seed in try row("none", seed, whole, condition: name) { $0.data.lengths = 5...30 }
        }
        let judgement = try judged(.longSentences, evidence("length", rows, conditions: [name]))
        #expect(judgement.verdict == verdict, Comment(rawValue: judgement.sentence))
    }

    @Test("the fixed vector, where two seeds tell nothing: no verdict is dressed up as one") func lengthUncertain()
        throws
    {
        let name = "up to 30 words"
        let rows = try (1...2).map { seed in
            let whole = report(
                right: seed == 1 ? 0.2 : 0.8, words: 25,
                into: report(right: 0.5, words: 18, into: report(right: seed == 1 ? 0.9 : 0.3, words: 8)))
            return try row("none", seed, whole, condition: name) { $0.data.lengths = 5...30 }
        }
        let judgement = try judged(.longSentences, evidence("length", rows, conditions: [name], seeds: 2))
        #expect(
            judgement.verdict == .notTestable && judgement.sentence.hasPrefix("The seeds are too few to tell"),
            Comment(rawValue: judgement.sentence))
    }

    @Test("speed, keys, masks and explanations") func measurements() throws {
        func speed(_ ratios: [Double]) -> Verdict {
            Claim.speedJudgement(
                ratios.map { ("luong-dot", 16, HalvedInterval([$0 * 0.99, $0 * 0.99, $0, $0, $0 * 1.01, $0 * 1.01])) }
            ).verdict
        }
        #expect(speed([5, 6]) == .holds && speed([0.9, 0.8]) == .doesNotHold && speed([5, 1]) == .mixed)
        #expect(Claim.speedJudgement([("luong-dot", 16, HalvedInterval([0.5, 9]))]).verdict == .notTestable)

        func keys(_ measured: Double) -> Verdict {
            Claim.keysJudgement([
                .init(
                    scorer: "bahdanau", words: 20, measured: [0.99, 0.99, 1, 1, 1.01, 1.01].map { measured * $0 },
                    formula: 10)
            ]).verdict
        }
        #expect(keys(10) == .holds && keys(4) == .mixed && keys(0.5) == .doesNotHold)
        // By hand: 20 · (20·8·8 + 20·8 + 8·8) operations anew, 20·8·8 + 20 · (20·8 + 8·8) once.
        let anew = 20 * 1504.0, once = 1280 + 20 * 224.0
        let formula = Claim.formulaRatio(BahdanauScorer.self, words: 20, width: 8)
        #expect(formula == anew / once)

        func masks(_ masked: Double, _ renormalising: Double) -> Verdict {
            Claim.maskJudgement([
                MaskCase(lead: 0, masked: 0, dividing: 0), MaskCase(lead: 9, masked: masked, dividing: renormalising),
            ]).verdict
        }
        #expect(masks(0, 1) == .doesNotHold && masks(1, 0) == .holds && masks(0, 0) == .notTestable)
        let real = try MaskCase(lead: 4000)
        #expect(
            real.masked == 0 && real.dividing == 1 && real.reciprocal == 1 && real.error == nil && real.sum == 0,
            "0 / 0 in either precision")
        #expect(try (MaskCase(lead: 0).error ?? 1) < 1e-5)

        func explained(_ change: Double, _ correlation: Double) -> Verdict {
            func around(_ mean: Double) -> HalvedInterval {
                HalvedInterval([-1, -1, 0, 0, 1, 1].map { mean + 0.01 * $0 })
            }
            return Claim.explanationJudgement([
                .init(task: "copy", change: around(change), correlation: around(correlation), largestWeight: around(1))
            ]).verdict
        }
        #expect(
            explained(0.9, 0.8) == .holds && explained(0.1, 0.2) == .doesNotHold && explained(0.9, 0.2) == .mixed
                && explained(0.5, 0.5) == .notTestable)
    }

    /// The sum of the real words is a subnormal number there: not 0, but its reciprocal is beyond float32.
    @Test("masks: at a lead of 100 dividing is finite and coarse, the reciprocal overflows") func subnormalSum() throws
    {
        guard Scalar.self == Float.self else { return }
        let edge = try MaskCase(lead: 100)
        #expect(edge.masked == 0 && edge.dividing == 0 && edge.reciprocal == 1)
        #expect(edge.sum > 1e-44 && edge.sum < 1e-42 && (edge.error ?? 0) > 0.01, "\(edge)")
        let judgement = Claim.maskJudgement([edge, try MaskCase(lead: 110)])
        #expect(
            judgement.verdict == .doesNotHold
                && judgement.figures.filter { $0.answer != nil }.map(\.name) == [
                    "padding leads by 110: rows undefined, renormalising"
                ])
        #expect(
            judgement.sentence.contains("leads by 110") && judgement.sentence.contains("dividing by it is finite")
                && judgement.sentence.contains("its reciprocal overflows in 100 % of the rows"),
            Comment(rawValue: judgement.sentence))
    }

    private func similarity(_ systems: [(name: String, values: [Double])], margin: Double = 2) -> SimilarityTest {
        SimilarityTest(systems.map { ($0.name, $0.values.enumerated().map { (UInt64($0 + 1), $1) }) }, margin: margin)
    }

    @Test("scores: a pair that differs, pairs that are close, and too few seeds") func similar() {
        let near = [97.0, 97.1, 96.9, 97.0, 97.05, 96.95]
        #expect(similarity([("a", near), ("b", near)]).answer == .yes)
        #expect(similarity([("a", near), ("b", near.map { $0 - 20 })]).answer == .no)
        #expect(similarity([("a", [97]), ("b", [80])]).answer == .open)
        let wild = similarity([("a", [90, 99, 80, 91]), ("b", [85, 99, 92, 93])])
        #expect(wild.answer == .open && wild.largest?.name == "b against a" && wild.different.isEmpty)
    }

    /// 1.5 BLEU apart for certain is inside a margin of 2, and 3 give or take 2 may be.
    @Test("scores: no needs significance and an interval beyond the margin, of both halves; the pairs are named")
    func similarMargin() throws {
        let near = [97.0, 97.1, 96.9, 97.0, 97.05, 96.95]
        let inside = similarity([("a", near), ("b", near.map { $0 - 1.5 })])
        #expect(inside.answer == .yes && inside.significant.map(\.name) == ["a against b"] && inside.different.isEmpty)
        let around = similarity([("a", near), ("b", zip(near, [-2, -2, 0, 0, 2, 2]).map { $0 - 3.5 + 0.5 * $1 })])
        #expect(around.answer == .open && around.significant.count == 1 && around.different.isEmpty)
        let beyond = similarity([("a", near), ("b", near.map { $0 - 3 }), ("c", near.map { $0 - 0.2 })])
        #expect(beyond.answer == .no && beyond.different.map(\.name) == ["a against b", "c against b"])
        // Odd seeds far apart, even ones not beyond the margin.
        let half = similarity([("a", near), ("b", zip(near, [6, 2.01, 6, 1.99, 6, 2]).map { $0 - $1 })])
        #expect(half.answer == .open)

        let rows = try (1...4).flatMap { seed in
            try [("bahdanau", 0.96), ("luong-dot", 0.9), ("luong-concat", 0.96)].map {
                try row($0, seed, report(right: $1))
            }
        }
        let judgement = try judged(.similarScores, evidence("default", rows))
        #expect(
            judgement.sentence.contains(
                "2 differ by more than 2 BLEU for certain (bahdanau against luong-dot, 6.0; luong-concat against luong-dot, 6.0)"
            ),
            Comment(rawValue: judgement.sentence))
    }

    @Test("τ with and without ties; the state in the middle") func parts() throws {
        #expect(abs((KendallTau.b([1, 2, 3, 4], [1, 3, 2, 4]) ?? 0) - 4 / 6.0) < 1e-12)
        #expect(abs((KendallTau.b([1, 1, 2], [1, 2, 3]) ?? 0) - 2 / 6.0.squareRoot()) < 1e-12)
        #expect(KendallTau.b([1, 1], [1, 2]) == nil && KendallTau.b([], []) == nil)
        let middle = try MiddleState.largestMiddleWeight()
        #expect(middle.additive > 0.99 && middle.dot < 0.3334)
    }

    @Test("copying: what stays as it is and what has a translation are parts of their own") func copying() throws {
        /// Of 100 sentences of a known and an unknown word, so many have the unknown one right.
        func words(_ right: Int) -> TranslationReport {
            var report = TranslationReport()
            let vocabulary = Vocabulary(sentences: [["a"]])
            for index in 0..<100 {
                report.add(
                    output: ["a", index < right ? "new" : "<unknown>"],
                    SentencePair(source: ["1", "new"], target: ["a", "new"]), knows: vocabulary)
            }
            return report
        }
        func verdict(_ summary: Int, _ language: Int) throws -> Judgement {
            let built = try #require(
                BuiltInExperiment.all(scorers: Catalog.scorers.map { $0.card.name }).first { $0.name == "copying" }?
                    .experiment)
            var experiment = Experiment(tasks: built.tasks, scorers: ["bahdanau"])
            (experiment.seeds, experiment.conditions) = (4, built.conditions)
            var file = ResultsFile(experiment: experiment)
            for run in experiment.runs {
                let right =
                    run.condition == built.conditions[0].name
                    ? 0 : (run.task == built.tasks[0] ? summary : language) + [1, 1, 3, 3][Int(run.seed) - 1]
                file.add(
                    try row("bahdanau", Int(run.seed), words(right), condition: run.condition) { row in
                        row.task = run.task
                        row.model.copying = right == 0 ? .none : .pointer
                    })
            }
            var evidence = ClaimEvidence(scorers: Catalog.scorers)
            try evidence.add(file, path: "copying/results.json")
            return try judged(.copying, evidence)
        }
        let mixed = try verdict(90, 3)
        #expect(
            mixed.verdict == .mixed && mixed.sentence.contains("92 % in summary, 5 % in english-french"),
            Comment(rawValue: mixed.sentence))
        #expect(try verdict(90, 80).verdict == .holds && verdict(20, 3).verdict == .doesNotHold)
        #expect(try verdict(48, 48).verdict == .notTestable, "49, 50 and 51 % allow both")
        #expect(mixed.figures.contains { $0.name.contains("without it") && $0.value == 0 && $0.answer == nil })
    }

    @Test("an experiment that was not run, not to its end, or without the scorers: no verdict") func missing() throws {
        func why(_ claim: Claim, _ evidence: ClaimEvidence) throws -> String? {
            if case .notRun(let why) = try ClaimStatus(claim, evidence).outcome { why } else { nil }
        }
        #expect(
            try why(.feedingHelps, ClaimEvidence(scorers: Catalog.scorers))
                == "the experiment “feeding” has not been run")
        let rows = try (1...2).flatMap { seed in
            try [row("bahdanau", seed, report(right: 1)), row("none", seed, report(right: 0.5))]
        }
        #expect(
            try why(.attentionGain, evidence("default", rows, seeds: 3))?.hasSuffix(
                "4 of 6 trainings of the experiment “default”") == true)
        #expect(
            try why(.coverageRepeats, evidence("default", rows, seeds: 2)) == "the results lack bahdanau or coverage")
    }

    @Test("results of no claim, and two of one experiment, are refused") func refusals() throws {
        var evidence = ClaimEvidence(scorers: Catalog.scorers)
        let other = try #require(throws: InputError.self) {
            try evidence.add(ResultsFile(experiment: tinyExperiment { $0.conditions = [Condition("mine")] }), path: "a")
        }
        #expect(other.message.contains("default, length, feeding"))
        try evidence.add(ResultsFile(experiment: tinyExperiment()), path: "a")
        let twice = try #require(throws: InputError.self) {
            try evidence.add(ResultsFile(experiment: tinyExperiment()), path: "b")
        }
        #expect(twice.message.contains("those in a") && twice.file == "b")
    }

    @Test("every claim says where it comes from and by what rule, and names are used once") func texts() {
        #expect(Set(Claim.all.map(\.name)).count == Claim.all.count && Claim.all.count >= 12)
        for claim in Claim.all { #expect(!claim.source.isEmpty && !claim.rule.isEmpty && claim.text.hasSuffix(".")) }
    }
}
