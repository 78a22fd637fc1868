// Verdicts on the claims about normalisers, heads and terms, from made-up rows on either side of each threshold.

import AttentionScorers
import Evaluation
import Seq2Seq
import Testing

@testable import Claims
@testable import Experiments

/// Rows of four seeds for each scorer and condition.
private func rows(
    _ scorers: [String], _ conditions: [String], _ report: (String, String) -> TranslationReport,
    _ change: (inout ResultRow) -> Void
) throws -> [ResultRow] {
    try (1...4).flatMap { seed in
        try scorers.flatMap { scorer in
            try conditions.map { condition in
                try row(scorer, seed, report(scorer, condition), condition: condition, change)
            }
        }
    }
}

@Suite("Rules of the claims on the family") struct FamilyClaimTests {
    @Test(
        "sparse: less AER is yes, as much is no, one normaliser each way is mixed",
        arguments: [
            (true, true, Verdict.holds), (false, false, .doesNotHold), (true, false, .mixed),
        ])
    func sparse(sparsemax: Bool, entmax: Bool, verdict: Verdict) throws {
        let ways: [String: Normalisation] = ["softmax": .masked, "sparsemax": .sparsemax, "entmax-1.5": .entmax15]
        let aligned = ["softmax": false, "sparsemax": sparsemax, "entmax-1.5": entmax]
        let names = ["softmax", "sparsemax", "entmax-1.5"]
        let all = try rows(["bahdanau"], names, { _, _ in report(right: 0.9) }) { row in
            let name = row.condition ?? ""
            row.model.normalisation = ways[name] ?? .masked
            row.test.alignment = alignment { aligned[name] == true ? $0 : 0 }
        }
        let judgement = try judged(.sparseAligns, evidence("normalisers", all, conditions: names))
        #expect(judgement.verdict == verdict, Comment(rawValue: judgement.sentence))
        #expect(judgement.figures.count { $0.answer != nil } == 2)
    }

    @Test(
        "heads: BLEU and long sentences are parts of their own",
        arguments: [(0.9, 0.9, Verdict.holds), (0.5, 0.5, .doesNotHold), (0.9, 0.5, .mixed)])
    func heads(bleu: Double, long: Double, verdict: Verdict) throws {
        let names = ["1 head", "2 heads", "4 heads", "8 heads"]
        let all = try rows(
            ["multi-head-scaled-dot"], names,
            { _, condition in report(right: condition == "4 heads" ? bleu : 0.5) }
        ) { row in
            row.model.heads = row.condition.flatMap { $0.first }.flatMap { Int(String($0)) } ?? 0
            row.long.translation = report(right: row.model.heads == 4 ? long : 0.5)
        }
        let judgement = try judged(.headsBeatOne, evidence("heads", all, conditions: names))
        #expect(judgement.verdict == verdict, Comment(rawValue: judgement.sentence))
    }

    private static let terms = ["cross-entropy", "coverage loss", "supervised"]

    private static func list(_ condition: String?) -> TermList {
        switch condition {
        case "coverage loss": [.coverage: 1]
        case "supervised": [.supervised: 1]
        default: [:]
        }
    }

    /// Where the feature saves everything, the loss has nothing left to save.
    @Test(
        "coverage loss: what the loss saves and what the feature alone does not are four parts",
        arguments: [
            (false, true, [PartAnswer.yes, .yes, .yes, .yes], Verdict.holds),
            (false, false, [.no, .no, .yes, .yes], .mixed), (true, true, [.no, .no, .no, .no], .doesNotHold),
        ])
    func coverageLoss(featureSaves: Bool, lossSaves: Bool, answers: [PartAnswer], verdict: Verdict) throws {
        func repeats(_ scorer: String, _ condition: String) -> Bool {
            scorer == "bahdanau" || !featureSaves && !(lossSaves && condition == "coverage loss")
        }
        let all = try rows(
            ["bahdanau", "coverage"], Self.terms, { report(right: 0.5, repeating: repeats($0, $1)) }
        ) { row in
            let repeating = repeats(row.scorer, row.condition ?? "")
            row.training.terms = Self.list(row.condition)
            row.test.alignment = repeating ? alignment { _ in 0 } : alignment { $0 }
            row.long.alignment = nil
        }
        let judgement = try judged(.coverageLoss, evidence("terms", all, conditions: Self.terms))
        #expect(judgement.figures.compactMap(\.answer) == answers)
        #expect(judgement.verdict == verdict, Comment(rawValue: judgement.sentence))
    }

    @Test(
        "supervised: less AER is one half of it, no more BLEU the other",
        arguments: [
            (true, 0.5, Verdict.holds), (true, 0.9, .mixed), (false, 0.5, .mixed), (false, 0.9, .doesNotHold),
        ])
    func supervised(aligns: Bool, right: Double, verdict: Verdict) throws {
        let all = try rows(
            ["bahdanau", "luong-dot"], Self.terms, { report(right: $1 == "supervised" ? right : 0.5) }
        ) { row in
            row.training.terms = Self.list(row.condition)
            row.test.alignment = alignment { aligns && row.condition == "supervised" ? $0 : 0 }
        }
        let judgement = try judged(.supervisedAligns, evidence("terms", all, conditions: Self.terms))
        #expect(judgement.verdict == verdict, Comment(rawValue: judgement.sentence))
    }

    @Test(
        "hard: as good within a BLEU is yes, far below is no",
        arguments: [(0.9, Verdict.holds), (0.5, .doesNotHold)])
    func hard(right: Double, verdict: Verdict) throws {
        let names = ["soft", "exact"]
        let all = try rows(["luong-dot"], names, { report(right: $1 == "soft" ? 0.9 : right) }) {
            $0.model.use = $0.condition == "soft" ? .mean : .words
        }
        let judgement = try judged(.hardAsGood, evidence("hard", all, conditions: names))
        #expect(judgement.verdict == verdict, Comment(rawValue: judgement.sentence))
    }

    @Test(
        "body: a gain in the recurrent one and none in the Transformer",
        arguments: [
            (0.9, 0.5, Verdict.holds), (0.5, 0.9, .doesNotHold), (0.9, 0.9, .mixed), (0.5, 0.5, .mixed),
        ])
    func body(recurrent: Double, transformer: Double, verdict: Verdict) throws {
        let names = ["recurrent", "transformer"]
        let all = try rows(
            ["bahdanau", "luong-dot"], names,
            { scorer, body in
                report(right: scorer == "luong-dot" ? 0.5 : body == "recurrent" ? recurrent : transformer)
            }
        ) { $0.model.decoder = $0.condition == "recurrent" ? .recurrent : .transformer }
        let judgement = try judged(.additiveByBody, evidence("body", all, conditions: names))
        #expect(judgement.verdict == verdict, Comment(rawValue: judgement.sentence))
    }

    @Test(
        "local: long sentences and time are parts of their own",
        arguments: [(0.9, 0.8, Verdict.holds), (0.5, 1.2, .doesNotHold), (0.9, 1.2, .mixed)])
    func local(long: Double, time: Double, verdict: Verdict) throws {
        let scorers = ["luong-general", "local-m"]
        let all = try (1...4).flatMap { seed in
            try scorers.map { scorer in
                try row(scorer, seed, report(right: 0.9)) { row in
                    row.long.translation = report(right: scorer == "local-m" ? long : 0.5)
                }
            }
        }
        let judgement = Claim.localJudgement(
            all, whole: "luong-general",
            times: [("local-m", HalvedInterval([0, 0.001, 0.002, 0.003].map { $0 + time }))])
        #expect(judgement.verdict == verdict, Comment(rawValue: judgement.sentence))
        #expect(try evidence("local", all).results["default"] == nil, "no results of the default comparison")
    }

    @Test(
        "monotonic: links and words are parts of their own, of reversed sentences",
        arguments: [(true, 0.2, Verdict.holds), (false, 0.9, .doesNotHold), (true, 0.9, .mixed)])
    func monotonic(lost: Bool, right: Double, verdict: Verdict) throws {
        let all = try (1...4).flatMap { seed in
            try ["bahdanau", "stepwise"].map { scorer in
                try row(scorer, seed, report(right: scorer == "stepwise" ? right : 0.9)) { row in
                    row.task = "reverse"
                    row.test.alignment = alignment { lost && scorer == "stepwise" ? 0 : $0 }
                }
            }
        }
        let judgement = try judged(.monotonicOrder, evidence("monotonic", all, task: "reverse"))
        #expect(judgement.verdict == verdict, Comment(rawValue: judgement.sentence))
    }

    @Test("rows without the other condition give no verdict") func missing() throws {
        let all = try rows(["bahdanau"], ["softmax"], { _, _ in report(right: 0.9) }) { _ in }
        let status = try ClaimStatus(.sparseAligns, evidence("normalisers", all, conditions: ["softmax"]))
        #expect(status.judgement == nil)
    }
}
