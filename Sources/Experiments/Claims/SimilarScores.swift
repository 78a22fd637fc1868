import AttentionScorers
import Evaluation
import Reports

extension Claim {
    /// Content-based scorers of the catalogue: their scores know nothing of places and past weights.
    static let contentScorers = [
        BahdanauScorer.card.name, LuongDotScorer.card.name, LuongGeneralScorer.card.name, LuongConcatScorer.card.name,
        ScaledDotScorer.card.name, ProjectedDotScorer.card.name,
    ]

    static let similarScores = Claim(
        "similar", "Score functions perform similarly.",
        source:
            "teaching texts, after Vaswani et al. 2017, §3.2.1 (“the two mechanisms perform similarly” for small widths); Britz et al. "
            + "2017, §4.5, find additive slightly ahead of multiplicative",
        basis: .experiment("default", seeds: 10),
        rule:
            "Every pair of content-based scorers, in BLEU and in AER. A column is no where some pair differs by more than 2 BLEU or 0.02 "
            + "AER: Welch's test over seeds tells it apart at 5 %, with Holm's correction over the pairs of a column, and the interval of its "
            + "difference lies wholly beyond that margin, of all seeds and of each half. Yes where the interval of every pair lies within the "
            + "margin, of all seeds and of each half; otherwise open."
    ) { evidence in
        let rows = try evidence.rows("default")
        let scorers = contentScorers.filter { !rows.of($0).isEmpty }
        guard scorers.count > 1 else { throw NotMeasured("the results have fewer than two content-based scorers") }
        let bleu = SimilarityTest(scorers.map { ($0, rows.of($0).values(\.bleu)) }, margin: 2)
        let aer = SimilarityTest(
            scorers.map { ($0, rows.of($0).values { $0.test.alignment?.all.links.aer }) }, margin: 0.02)
        let parts = [
            ClaimFigure("largest difference in BLEU", bleu, "BLEU"),
            ClaimFigure("largest difference in AER", aer, ""),
        ].compactMap { $0 }
        return Judgement(parts + scorers.map { ClaimFigure("\($0): BLEU", rows.of($0).interval(\.bleu), "BLEU") }) {
            verdict in
            let pairs = "in BLEU \(said(bleu, "2 BLEU", digits: 1)); in AER \(said(aer, "0.02", digits: 3))"
            return switch verdict {
            case .holds: "It holds: \(pairs)."
            case .doesNotHold: "Not here: \(pairs)."
            case .mixed: "In part: \(pairs)."
            case .notTestable: "It cannot be told: \(pairs)."
            }
        }
    }

    /// The pairs that differ by more than the margin, and those that are told apart at all, by name.
    private static func said(_ test: SimilarityTest, _ margin: String, digits: Int) -> String {
        func list(_ pairs: [SimilarityTest.Pair]) -> String {
            pairs.map { "\($0.name), \(text($0.difference.mean, digits))" }.joined(separator: "; ")
        }
        let far = test.different, near = test.significant.filter { pair in !far.contains { $0.name == pair.name } }
        let count =
            "of \(test.pairs.count) pairs \(far.isEmpty ? "none differs" : "\(far.count) \(far.count == 1 ? "differs" : "differ")")"
        return "\(count) by more than \(margin) for certain" + (far.isEmpty ? "" : " (\(list(far)))")
            + (near.isEmpty
                ? "" : ", told apart by less certain amounts \(near.count == 1 ? "is" : "are") \(list(near))")
            + ", the largest difference is \(text(test.largest?.difference.mean, digits)) (\(test.largest?.name ?? "–"))"
    }
}
