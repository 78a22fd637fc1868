import AttentionScorers
import Evaluation
import Reports

extension Claim {
    static let longSentences = Claim(
        "length", "The fixed vector degrades beyond about 20 words.",
        source:
            "Cho et al. 2014, “On the properties of neural machine translation”, §4.2, figure 4; Bahdanau et al. 2015, §5.1, figure 2; the number "
            + "is that of teaching texts",
        basis: .experiment("length", seeds: 10),
        rule:
            "BLEU of `none` by source length, of the training with the longest sentences (at least 30 words), so that no bucket is "
            + "beyond what was trained. Beyond: BLEU at 16–20 "
            + "words minus BLEU at 21–30: yes where the interval over seeds is all above 0. Up to 20: BLEU at 6–10 minus BLEU at 16–20: "
            + "yes (no fall) where the "
            + "interval is all below 5 BLEU, no where all of it is above."
    ) { evidence in
        let all = try evidence.rows("length")
        let longest = all.map(\.data.lengths.upperBound).max() ?? 0
        let rows = all.filter { $0.data.lengths.upperBound == longest }, fixed = rows.of(NoAttentionScorer.card.name)
        guard longest >= 30, !fixed.isEmpty else {
            throw NotMeasured(
                "it needs `none` trained on sentences of up to 30 words, and the longest training here has \(longest)")
        }
        func fall(_ rows: [ResultRow], _ from: String, _ to: String) -> HalvedInterval {
            rows.interval { row in row.bleu(ofLength: from).flatMap { a in row.bleu(ofLength: to).map { a - $0 } } }
        }
        let beyond = fall(fixed, "16-20", "21-30"), before = fall(fixed, "6-10", "16-20")
        guard beyond.count > 1, before.count > 1 else {
            return .notTestable(
                "The test sentences do not have all of 6–10, 16–20 and 21–30 words, or there is one seed only.")
        }
        let flat = ClaimFigure("none: BLEU lost from 6–10 to 16–20 words", before, "BLEU", .below(5))
        var figures = [
            ClaimFigure("none: BLEU lost from 16–20 to 21–30 words", beyond, "BLEU", .positive(margin: 1)), flat,
        ]
        for scorer in rows.scorers.filter(evidence.hasAlignment) {
            figures.append(
                ClaimFigure(
                    "\(scorer): BLEU lost from 16–20 to 21–30 words", fall(rows.of(scorer), "16-20", "21-30"), "BLEU"))
        }
        for label in ["6-10", "11-15", "16-20", "21-30", "31-50"] {
            let interval = fixed.interval { $0.bleu(ofLength: label) }
            if interval.count > 0 { figures.append(ClaimFigure("none: BLEU at \(label) words", interval, "BLEU")) }
        }
        return Judgement(figures) { verdict in
            let numbers =
                "from 6–10 to 16–20 words it loses \(text(before.mean, 1)) BLEU, from 16–20 to 21–30 another "
                + "\(text(beyond.mean, 1))"
            return switch verdict {
            case .holds: "It holds: \(numbers)."
            case .mixed where flat.answer == .no:
                "It does fall, but not first at 20 words: \(numbers). Nothing sets 20 apart here."
            case .notTestable: "The seeds are too few to tell: \(numbers)."
            default: "Not as stated: \(numbers), trained on up to \(longest) words."
            }
        }
    }
}

extension ResultRow {
    /// BLEU of the sentences of a bucket, test and long together.
    func bleu(ofLength label: String) -> Double? {
        [test, long].compactMap { $0.translation.byLength[label] }.reduce(into: TranslationMeasures()) { $0 += $1 }
            .bleuScore
    }
}
