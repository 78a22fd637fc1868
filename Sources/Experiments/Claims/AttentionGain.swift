import AttentionScorers
import Corpora
import Evaluation
import Reports

extension Claim {
    static let attentionGain = Claim(
        "gain", "Attention improves BLEU by 10–20 % over the fixed vector.",
        source:
            "teaching texts, and no paper that we know. Bahdanau et al. 2015, table 1, have 26.75 against 17.82 BLEU (50 words), "
            + "which is 50 %",
        basis: .experiment("default", seeds: 10),
        rule:
            "For each scorer with an alignment, BLEU over that of `none` with the same seed, minus 1: yes where the interval over "
            + "seeds lies within 10–20 %, "
            + "no where all of it lies outside; otherwise open."
    ) { evidence in
        let rows = try evidence.rows("default"), fixed = rows.of(NoAttentionScorer.card.name)
        let scorers = rows.scorers.filter(evidence.hasAlignment)
        guard !fixed.isEmpty, !scorers.isEmpty else {
            throw NotMeasured("the results have no `none`, or no scorer with an alignment beside it")
        }
        let figures = scorers.map { scorer in
            let gain = rows.of(scorer).paired(with: fixed) { a, b in
                a.bleu.flatMap { a in b.bleu.flatMap { $0 > 0 ? 100 * (a / $0 - 1) : nil } }
            }
            return ClaimFigure("\(scorer): BLEU gained over none", gain, "%", .inside(10...20))
        }
        let absolute =
            [ClaimFigure("none: BLEU", fixed.interval(\.bleu), "BLEU")]
            + scorers.map {
                ClaimFigure("\($0): BLEU", rows.of($0).interval(\.bleu), "BLEU")
            }
        return Judgement(figures + absolute) { verdict in
            let gains = figures.compactMap(\.value)
            guard let least = gains.min(), let most = gains.max() else {
                return "BLEU of the fixed vector is 0: nothing can be relative to it."
            }
            let range = "over the fixed vector attention gains \(text(least)) to \(text(most)) % here"
            return switch verdict {
            case .holds: "It holds: \(range)."
            case .doesNotHold where least > 20:
                "Far more than claimed: \(range). The size depends on the task and its lengths, and no "
                    + "one percentage is right."
            case .doesNotHold: "Not as stated: \(range)."
            case .mixed: "For some scorers only: \(range)."
            case .notTestable:
                "For some the intervals over seeds reach across the limits: \(range); more seeds would tell."
            }
        }
    }

    /// A figure in a sentence.
    static func text(_ value: Double, _ digits: Int = 0) -> String { NumberText.text(value, digits: digits) }
    static func text(_ value: Double?, _ digits: Int = 0) -> String { value.map { text($0, digits) } ?? "–" }
}
