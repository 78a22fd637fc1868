import Evaluation
import Reports

extension Claim {
    /// Content-based scorers of the catalogue: their scores know nothing of places and past weights.
    static let contentScorers = ["bahdanau", "luong-dot", "luong-general", "luong-concat", "scaled-dot", "projected-dot"]

    static let similarScores = Claim(
        "similar", "Score functions perform similarly.",
        source: "teaching texts; Britz et al. 2017, §4.5, find additive slightly ahead of multiplicative attention",
        basis: .experiment("default"),
        rule: "Every pair of content-based scorers, in BLEU and in AER: Welch's test over seeds at 2.5 % a column, with Holm's correction "
            + "over the pairs of a column. A column is "
            + "no where some pair differs; yes where none does and the largest difference, with its interval, stays below 2 BLEU or "
            + "0.02 AER; "
            + "otherwise open. (The interval of a pair is not corrected for the other pairs: it can exclude 0 where the test sees no "
            + "difference.) Both "
            + "yes: holds; both no: does not hold; both open: not testable here; else mixed."
    ) { evidence in
        let rows = try evidence.rows("default")
        let scorers = contentScorers.filter { !rows.of($0).isEmpty }
        guard scorers.count > 1 else { throw NotMeasured("the results have fewer than two content-based scorers") }
        let bleu = SimilarityTest(scorers.map { ($0, rows.of($0).compactMap(\.bleu)) }, margin: 2, of: 2)
        let aer = SimilarityTest(scorers.map { ($0, rows.of($0).compactMap { $0.test.alignment?.all.links.aer }) }, margin: 0.02, of: 2)
        let parts = [ClaimFigure("largest difference in BLEU", bleu, "BLEU"),
            ClaimFigure("largest difference in AER", aer, "")].compactMap { $0 }
        return Judgement(parts + scorers.map { ClaimFigure("\($0): BLEU", rows.of($0).interval(\.bleu), "BLEU") }) { verdict in
            let pairs = "of \(bleu.pairs.count) pairs \(bleu.different) differ in BLEU and \(aer.different) in AER; the largest "
                + "differences are "
                + "\(text(bleu.largest?.difference.mean, 1)) BLEU (\(bleu.largest?.name ?? "–")) and "
                + "\(text(aer.largest?.difference.mean, 3)) AER (\(aer.largest?.name ?? "–"))"
            return switch verdict {
            case .holds: "It holds: \(pairs)."
            case .doesNotHold: "Not here: \(pairs)."
            case .mixed: "In part: \(pairs)."
            case .notTestable: "The seeds are too few: \(pairs), and larger ones are not excluded."
            }
        }
    }
}
