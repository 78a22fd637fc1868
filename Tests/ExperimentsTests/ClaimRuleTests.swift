// Verdicts follow from the figures: made-up ones on every side of each threshold.

import AttentionScorers
import Corpora
import Evaluation
@testable import Experiments
import Foundation
import Seq2Seq
import Testing

/// Sentences of which a share is right; the others have no word in common with the reference, so that BLEU is the share.
private func report(right: Double, repeating: Bool = false, words: Int = 8, into old: TranslationReport = TranslationReport()) -> TranslationReport {
    var report = old
    let target = (0..<words).map { "w\($0)" }
    for index in 0..<100 {
        let wrong = (0..<words).map { "x\(repeating ? 0 : $0)" }
        report.add(output: Double(index) < (right * 100).rounded() ? target : wrong, SentencePair(source: target, target: target))
    }
    return report
}

/// Sentences of eight words, word j linked to word j, of which the step of word j looks at the given one.
private func alignment(_ look: (Int) -> Int) -> AlignmentReport {
    let words = (0..<8).map { "w\($0)" }, gold = GoldAlignment(sure: Set((0..<8).map { Link($0, $0) }))
    let rows = (0..<8).map { j in (0..<8).map { $0 == max(0, min(7, look(j))) ? 1.0 : 0 } }
    var report = AlignmentReport()
    for _ in 0..<20 { report.add(AttentionMatrix(rows: rows, sourceCount: 8), SentencePair(source: words, target: words, gold: gold)) }
    return report
}

private let base: ResultRow? = {
    let place = Place()
    return try? run(tinyExperiment { ($0.tasks, $0.scorers, $0.seeds) = (["copy"], ["bahdanau"], 1) }, path: place.path).rows.first
}()

private func row(_ scorer: String, _ seed: Int, _ report: TranslationReport, condition: String? = nil, _ change: (inout ResultRow) -> Void = { _ in }) throws -> ResultRow {
    var row = try #require(base)
    (row.scorer, row.seed, row.condition, row.test.translation, row.long.translation) = (scorer, UInt64(seed), condition, report, TranslationReport())
    change(&row)
    return row
}

private func evidence(_ name: String, _ rows: [ResultRow], conditions: [String] = [], seeds: Int = 3) throws -> ClaimEvidence {
    var scorers: [String] = []
    for row in rows where !scorers.contains(row.scorer) { scorers.append(row.scorer) }
    var experiment = Experiment(tasks: ["copy"], scorers: scorers)
    (experiment.seeds, experiment.conditions) = (seeds, conditions.map { Condition($0) })
    var file = ResultsFile(experiment: experiment)
    for row in rows { file.add(row) }
    var evidence = ClaimEvidence(scorers: Catalog.scorers)
    try evidence.add(file, path: "\(name)/results.json")
    #expect(evidence.results[name] != nil)
    return evidence
}

private func judged(_ claim: Claim, _ evidence: ClaimEvidence) throws -> Judgement { try #require(ClaimStatus(claim, evidence).judgement) }

extension ClaimFigure {
    fileprivate func with(answer: PartAnswer?) -> ClaimFigure {
        var figure = self
        figure.answer = answer
        return figure
    }
}

@Suite("Claims") struct ClaimRuleTests {
    @Test("a part is answered by its whole interval, and a verdict by all parts") func answers() {
        func around(_ mean: Double, _ spread: Double) -> MeanInterval { MeanInterval([mean - spread, mean, mean + spread]) }
        let above = PartRule.positive(margin: 1), inside = PartRule.inside(10...20), below = PartRule.below(5)
        #expect(above.answer(around(2, 0.1)) == .yes && above.answer(around(0.2, 0.1)) == .no)
        #expect(above.answer(around(-2, 0.1)) == .no && above.answer(around(0.5, 3)) == .open)
        #expect(above.answer(MeanInterval([5])) == .open, "one seed has no interval")
        #expect(inside.answer(around(15, 1)) == .yes && inside.answer(around(200, 1)) == .no && inside.answer(around(15, 5)) == .open)
        #expect(inside.answer(around(5, 1)) == .no && PartRule.above(100, margin: 1).answer(around(100.6, 0.1)) == .yes)
        #expect(below.answer(around(2, 0.1)) == .yes && below.answer(around(8, 0.1)) == .no && below.answer(around(5, 1)) == .open)
        #expect(Verdict(of: [.yes, .yes]) == .holds && Verdict(of: [.no]) == .doesNotHold && Verdict(of: [.yes, .no]) == .mixed && Verdict(of: [.yes, .open]) == .mixed)
        #expect(Verdict(of: [.open, .open]) == .notTestable && Verdict(of: []) == .notTestable)
    }

    /// Of six parts each interval is that of 1 − 0.05/6, or in one of four experiments one of them would miss its true value.
    @Test("the intervals of a claim's parts hold together; figures beside them are at 95 %") func simultaneous() throws {
        let value = MeanInterval([0.5, 0.7, 0.2, 0.6, 0.7]), rule = PartRule.positive(margin: 1)
        let alone = ClaimFigure("a", value, "", rule, of: 1), six = ClaimFigure("a", value, "", rule, of: 6)
        #expect(alone.level == 0.95 && alone.lower == value.lower && ClaimFigure("a", value, "") == alone.with(answer: nil))
        // t(0.975, 4) = 2.776, t(0.99583, 4) = 4.851 (SciPy).
        let wider = try #require(six.upper.flatMap { six in alone.upper.map { (six - 0.54) / ($0 - 0.54) } })
        #expect(six.level == 1 - 0.05 / 6 && abs(wider - 4.851 / 2.776) < 1e-3)
        #expect(ClaimFigure("a", MeanInterval([0.3, 0.7, 0.2, 0.5]), "", rule, of: 1).answer == .yes)
        #expect(ClaimFigure("a", MeanInterval([0.3, 0.7, 0.2, 0.5]), "", rule, of: 6).answer == .open)
    }

    /// The number of parts stands in each claim: it must be that of the answers with an interval.
    @Test("each claim's intervals are of as many parts as it has") func partCounts() throws {
        let default5 = try evidence("default", ["bahdanau", "luong-dot", "location", "coverage", "none"].flatMap { scorer in
            try (1...3).map { seed in try row(scorer, seed, report(right: scorer == "none" ? 0.3 : 0.9 + 0.01 * Double(seed))) }
        })
        let feeding = try evidence("feeding", (1...3).flatMap { seed in
            try [Feeding.context, .none].map { feeding in
                try row("bahdanau", seed, report(right: 0.9), condition: "\(feeding.rawValue)") { $0.model.feeding = feeding }
            }
        }, conditions: [Feeding.context, .none].map(\.rawValue))
        let length = try evidence("length", (1...3).map { seed in
            try row("none", seed, report(right: 0.4, words: 25, into: report(right: 0.9, words: 18, into: report(right: 0.9, words: 8)))) { $0.data.lengths = 5...30 }
        }.map { row in
            var row = row
            row.condition = "up to 30 words"
            return row
        }, conditions: ["up to 30 words"])
        let three = MeanInterval([0.9, 0.8, 0.85])
        let judgements = try [Claim.attentionGain, .similarScores, .additiveExpressive, .coverageRepeats, .whereWeightsPoint].map { try judged($0, default5) }
            + [judged(.feedingHelps, feeding), judged(.longSentences, length)] + [
                Claim.speedJudgement([("a", 16, three), ("b", 16, three), ("c", 64, three)]),
                Claim.keysJudgement([.init(scorer: "a", words: 20, measured: [2, 3], formula: 2), .init(scorer: "b", words: 20, measured: [2, 3], formula: nil)]),
                Claim.scalingJudgement(try (1...2).map { try ScaleStudy(widths: [4, 16], draws: 2, seed: $0) }),
                Claim.explanationJudgement([.init(task: "a", change: three, correlation: three, largestWeight: three)]),
            ]
        for judgement in judgements {
            let parts = judgement.figures.filter { $0.answer != nil && $0.lower != nil }
            #expect(!parts.isEmpty && parts.allSatisfy { $0.level == PartRule.level(ofParts: parts.count) }, "\(judgement.figures.map(\.name))")
            #expect(judgement.figures.allSatisfy { $0.answer != nil || $0.level == nil || $0.level == 0.95 } && judgement.partLevel == parts[0].level)
        }
    }

    @Test("10–20 % over the fixed vector", arguments: [
        (0.8, 0.92, 0.91, 3, Verdict.holds), (0.3, 0.9, 0.92, 3, .doesNotHold), (0.8, 0.92, 0.82, 3, .mixed), (0.3, 0.9, 0.9, 1, .notTestable),
    ])
    func gain(fixed: Double, bahdanau: Double, dot: Double, seeds: Int, verdict: Verdict) throws {
        let rows = try (1...seeds).flatMap { seed in
            try [row("bahdanau", seed, report(right: bahdanau)), row("luong-dot", seed, report(right: dot)), row("none", seed, report(right: fixed))]
        }
        let judgement = try judged(.attentionGain, evidence("default", rows, seeds: seeds))
        #expect(judgement.verdict == verdict, Comment(rawValue: judgement.sentence))
        let first = try #require(judgement.figures.first?.value)
        #expect(abs(first - 100 * (bahdanau / fixed - 1)) < 0.5)
        #expect((verdict == .doesNotHold) == judgement.sentence.hasPrefix("Far more than claimed"))
    }

    /// The step of word j looks at word j, or the word before it: then the step after it, whose input is word j, looks at word j.
    @Test("pointing: content-based at the input, location at the prediction", arguments: [
        (-1, 0, Verdict.holds), (0, -1, .doesNotHold), (0, 0, .mixed), (-1, -1, .mixed),
    ])
    func pointing(content: Int, location: Int, verdict: Verdict) throws {
        let rows = try (1...3).flatMap { seed in
            try [("bahdanau", content), ("luong-dot", content), ("location", location)].map { scorer, offset in
                try row(scorer, seed, report(right: 0.9)) { $0.test.alignment = alignment { $0 + offset } }
            }
        }
        let judgement = try judged(.whereWeightsPoint, evidence("default", rows))
        #expect(judgement.verdict == verdict, Comment(rawValue: judgement.sentence))
    }

    @Test("coverage: fewer repeated words and fewer words attended to twice are two parts", arguments: [
        (true, true, Verdict.holds), (true, false, .mixed), (false, false, .doesNotHold),
    ])
    func coverage(savesOutput: Bool, savesAttention: Bool, verdict: Verdict) throws {
        let rows = try (1...3).flatMap { seed in
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

    @Test("expressive: trained, more right and less AER are parts beside the construction", arguments: [
        (true, true, Verdict.holds), (true, false, .mixed), (false, true, .mixed), (false, false, .mixed),
    ])
    func expressive(moreRight: Bool, lessAER: Bool, verdict: Verdict) throws {
        let rows = try (1...3).flatMap { seed in
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
        let judgement = Claim.scalingJudgement(try (1...5).map { try ScaleStudy(widths: [4, 1024], draws: 100, seed: UInt64($0)) })
        #expect(judgement.verdict == .holds, Comment(rawValue: judgement.sentence))
    }

    @Test("feeding: BLEU and repetition are two parts", arguments: [
        (0.9, 0.6, true, Verdict.holds), (0.9, 0.6, false, .mixed), (0.9, 0.9, false, .doesNotHold),
    ])
    func feeding(context: Double, nothing: Double, repeats: Bool, verdict: Verdict) throws {
        let rows = try (1...3).flatMap { seed in
            try [row("bahdanau", seed, report(right: context), condition: "context") { $0.model.feeding = .context },
                 row("bahdanau", seed, report(right: nothing, repeating: repeats), condition: "none") { $0.model.feeding = .none }]
        }
        let judgement = try judged(.feedingHelps, evidence("feeding", rows, conditions: ["context", "none"]))
        #expect(judgement.verdict == verdict, Comment(rawValue: judgement.sentence))
    }

    @Test("the fixed vector: a fall beyond 20 words holds only if there was none before", arguments: [
        (0.9, 0.9, 0.4, Verdict.holds), (0.9, 0.5, 0.2, .mixed), (0.5, 0.5, 0.5, .mixed), (0.9, 0.5, 0.5, .doesNotHold),
    ])
    func length(short: Double, middle: Double, long: Double, verdict: Verdict) throws {
        let whole = report(right: long, words: 25, into: report(right: middle, words: 18, into: report(right: short, words: 8)))
        let name = "up to 30 words"
        let rows = try (1...3).map { seed in try row("none", seed, whole, condition: name) { $0.data.lengths = 5...30 } }
        let judgement = try judged(.longSentences, evidence("length", rows, conditions: [name]))
        #expect(judgement.verdict == verdict, Comment(rawValue: judgement.sentence))
    }

    @Test("the fixed vector, where two seeds tell nothing: no verdict is dressed up as one") func lengthUncertain() throws {
        let name = "up to 30 words"
        let rows = try (1...2).map { seed in
            let whole = report(right: seed == 1 ? 0.2 : 0.8, words: 25, into: report(right: 0.5, words: 18, into: report(right: seed == 1 ? 0.9 : 0.3, words: 8)))
            return try row("none", seed, whole, condition: name) { $0.data.lengths = 5...30 }
        }
        let judgement = try judged(.longSentences, evidence("length", rows, conditions: [name], seeds: 2))
        #expect(judgement.verdict == .notTestable && judgement.sentence.hasPrefix("The seeds are too few to tell"), Comment(rawValue: judgement.sentence))
    }

    @Test("speed, keys, masks and explanations") func measurements() throws {
        func speed(_ ratios: [Double]) -> Verdict {
            Claim.speedJudgement(ratios.map { ("luong-dot", 16, MeanInterval([$0 * 0.99, $0, $0 * 1.01])) }).verdict
        }
        #expect(speed([5, 6]) == .holds && speed([0.9, 0.8]) == .doesNotHold && speed([5, 1]) == .mixed)
        #expect(Claim.speedJudgement([("luong-dot", 16, MeanInterval([0.5, 9]))]).verdict == .notTestable)

        func keys(_ measured: Double) -> Verdict {
            Claim.keysJudgement([.init(scorer: "bahdanau", words: 20, measured: [measured * 0.99, measured, measured * 1.01], formula: 10)]).verdict
        }
        #expect(keys(10) == .holds && keys(4) == .mixed && keys(0.5) == .doesNotHold)
        // By hand: 20 · (20·8·8 + 20·8 + 8·8) operations anew, 20·8·8 + 20 · (20·8 + 8·8) once.
        let anew = 20 * 1504.0, once = 1280 + 20 * 224.0
        let formula = Claim.formulaRatio(BahdanauScorer.self, words: 20, width: 8)
        #expect(formula == anew / once)

        func masks(_ masked: Double, _ renormalising: Double) -> Verdict {
            Claim.maskJudgement([MaskCase(lead: 0, masked: 0, renormalising: 0), MaskCase(lead: 9, masked: masked, renormalising: renormalising)]).verdict
        }
        #expect(masks(0, 1) == .doesNotHold && masks(1, 0) == .holds && masks(0, 0) == .notTestable)
        let real = try MaskCase(lead: 4000)
        #expect(real.masked == 0 && real.renormalising == 1, "0 / 0 in either precision")
        #expect(try MaskCase(lead: 0).difference < 1e-5)

        func explained(_ change: Double, _ correlation: Double) -> Verdict {
            func around(_ mean: Double) -> MeanInterval { MeanInterval([mean - 0.01, mean, mean + 0.01]) }
            return Claim.explanationJudgement([.init(task: "copy", change: around(change), correlation: around(correlation), largestWeight: around(1))]).verdict
        }
        #expect(explained(0.9, 0.8) == .holds && explained(0.1, 0.2) == .doesNotHold && explained(0.9, 0.2) == .mixed && explained(0.5, 0.5) == .notTestable)
    }

    @Test("scores: a pair that differs, pairs that are close, and too few seeds") func similar() {
        let near = [97.0, 97.1, 96.9, 97.0, 97.05]
        func test(_ systems: [(name: String, values: [Double])], of parts: Int = 2) -> SimilarityTest { SimilarityTest(systems, margin: 2, of: parts) }
        #expect(test([("a", near), ("b", near)]).answer == .yes)
        #expect(test([("a", near), ("b", near.map { $0 - 20 })]).answer == .no)
        #expect(test([("a", [97]), ("b", [80])]).answer == .open)
        // Welch's p is 0.031: enough for one part, not for each of two.
        let close = [("a", [1.0, 2, 3, 4, 5]), ("b", [3.6, 4.6, 5.6, 6.6, 7.6])]
        #expect(test(close, of: 1).different == 1 && test(close, of: 2).different == 0)
        let wild = test([("a", [90, 99, 80]), ("b", [85, 99, 92])])
        #expect(wild.answer == .open && wild.largest?.name == "b against a" && wild.different == 0)
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
            for index in 0..<100 { report.add(output: ["a", index < right ? "new" : "<unknown>"], SentencePair(source: ["1", "new"], target: ["a", "new"]), knows: vocabulary) }
            return report
        }
        func verdict(_ summary: Int, _ language: Int) throws -> Judgement {
            let built = try #require(BuiltInExperiment.all(scorers: Catalog.scorers.map { $0.card.name }).first { $0.name == "copying" }?.experiment)
            var experiment = Experiment(tasks: built.tasks, scorers: ["bahdanau"])
            (experiment.seeds, experiment.conditions) = (3, built.conditions)
            var file = ResultsFile(experiment: experiment)
            for run in experiment.runs {
                let right = run.condition == built.conditions[0].name ? 0 : (run.task == built.tasks[0] ? summary : language) + Int(run.seed)
                file.add(try row("bahdanau", Int(run.seed), words(right), condition: run.condition) { row in
                    row.task = run.task
                    row.model.copying = right == 0 ? .none : .pointer
                })
            }
            var evidence = ClaimEvidence(scorers: Catalog.scorers)
            try evidence.add(file, path: "copying/results.json")
            return try judged(.copying, evidence)
        }
        let mixed = try verdict(90, 3)
        #expect(mixed.verdict == .mixed && mixed.sentence.contains("92 % in summary, 5 % in english-french"), Comment(rawValue: mixed.sentence))
        #expect(try verdict(90, 60).verdict == .holds && verdict(20, 3).verdict == .doesNotHold)
        #expect(try verdict(48, 48).verdict == .notTestable, "49, 50 and 51 % allow both")
        #expect(mixed.figures.contains { $0.name.contains("without it") && $0.value == 0 && $0.answer == nil })
    }

    @Test("an experiment that was not run, not to its end, or without the scorers: no verdict") func missing() throws {
        func why(_ claim: Claim, _ evidence: ClaimEvidence) throws -> String? {
            if case .notRun(let why) = try ClaimStatus(claim, evidence).outcome { why } else { nil }
        }
        #expect(try why(.feedingHelps, ClaimEvidence(scorers: Catalog.scorers)) == "the experiment “feeding” has not been run")
        let rows = try (1...2).flatMap { seed in try [row("bahdanau", seed, report(right: 1)), row("none", seed, report(right: 0.5))] }
        #expect(try why(.attentionGain, evidence("default", rows, seeds: 3))?.hasSuffix("4 of 6 trainings of the experiment “default”") == true)
        #expect(try why(.coverageRepeats, evidence("default", rows, seeds: 2)) == "the results lack bahdanau or coverage")
    }

    @Test("results of no claim, and two of one experiment, are refused") func refusals() throws {
        var evidence = ClaimEvidence(scorers: Catalog.scorers)
        let other = try #require(throws: InputError.self) { try evidence.add(ResultsFile(experiment: tinyExperiment { $0.conditions = [Condition("mine")] }), path: "a") }
        #expect(other.message.contains("default, length, feeding"))
        try evidence.add(ResultsFile(experiment: tinyExperiment()), path: "a")
        let twice = try #require(throws: InputError.self) { try evidence.add(ResultsFile(experiment: tinyExperiment()), path: "b") }
        #expect(twice.message.contains("those in a") && twice.file == "b")
    }

    @Test("every claim says where it comes from and by what rule, and names are used once") func texts() {
        #expect(Set(Claim.all.map(\.name)).count == Claim.all.count && Claim.all.count >= 12)
        for claim in Claim.all { #expect(!claim.source.isEmpty && !claim.rule.isEmpty && claim.text.hasSuffix(".")) }
    }
}
