import AttentionScorers
import Evaluation
import Experiments
import Reports

extension Claim {
    static let localAttention = Claim(
        "local", "Local attention is cheaper, and holds longer sentences.",
        source:
            "Luong et al. 2015, §3.2 (global attention “is expensive and can potentially render it impractical to translate longer "
            + "sequences”) and table 4 (local-p ahead of global)",
        basis: .experiment("local", seeds: 10),
        rule:
            "Of `local-m` and `local-p` against `luong-general`, whose scores they have. Long sentences (on the first task) that are right, "
            + "with the same seed: yes where the interval over seeds is all above 0, no where it is all below the margin (2 points). "
            + "Time of a step, context included, over that of `luong-general` at 200 source words, in rounds that take turns: yes where "
            + "the interval over rounds is all below 1, no where it is all above; otherwise open. " + writtenBefore
    ) { evidence in
        let rows = try evidence.rows("local"), whole = LuongGeneralScorer.card.name
        let local = [LocalMonotonicScorer.card.name, LocalPredictiveScorer.card.name].filter {
            !rows.of($0).isEmpty && !rows.of(whole).isEmpty
        }
        guard !local.isEmpty else { throw NotMeasured("the results lack \(whole), or both local scorers") }
        return localJudgement(
            rows, whole: whole,
            times: try local.map { scorer in
                let ratio = try ScoringRatio.measure(
                    evidence.type(scorer), over: evidence.type(whole), source: 200, evidence.speed)
                return (scorer, ratio)
            })
    }

    /// - Parameter times: of a step of each local scorer, over that of the one that scores the whole source.
    static func localJudgement(
        _ rows: [ResultRow], whole: String, times: [(scorer: String, ratio: HalvedInterval)]
    ) -> Judgement {
        func gain(_ scorer: String, _ figure: @escaping (ResultRow) -> Double?) -> HalvedInterval {
            rows.of(scorer).paired(with: rows.of(whole)) { $0.saved(figure, by: $1) }
        }
        let steps = times.map { scorer, ratio in
            ClaimFigure("\(scorer): time of a step over \(whole)’s, 200 words", ratio, "×", .below(1))
        }
        let long = times.map { scorer, _ in
            ClaimFigure(
                "\(scorer): long sentences right, gained", gain(scorer, \.longSentencesRight), "points",
                .positive(margin: 2))
        }
        let beside = times.map { scorer, _ in ClaimFigure("\(scorer): BLEU gained", gain(scorer, \.bleu), "BLEU") }
        return Judgement(long + steps + beside) { verdict in
            let numbers =
                "of long sentences they gain \(list(long, 1)) points, and a step takes, of the time of \(whole), "
                + steps.map { "\($0.subject) \(text($0.value, 2))×" }.joined(separator: ", ")
            return switch verdict {
            case .holds: "It holds: \(numbers)."
            case .doesNotHold: "Neither, here: \(numbers)."
            case .mixed:
                "In part: \(numbers). A window is cheaper where scores outside it are left out, as nothing here does."
            case .notTestable: "Not all of it can be told: \(numbers)."
            }
        }
    }
}
