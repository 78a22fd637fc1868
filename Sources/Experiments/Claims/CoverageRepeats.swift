import AttentionScorers
import Evaluation
import Reports

extension Claim {
    static let coverageRepeats = Claim(
        "coverage", "Coverage reduces repetition.",
        source:
            "Tu et al. 2016, §3; See et al. 2017, §2.3, who add a coverage loss that the scorer here does not have: without it, they say in §4, "
            + "there was “no discernible reduction in repetition”",
        basis: .experiment("default", seeds: 10),
        rule:
            "`bahdanau` minus `coverage` (the same scorer with the coverage in its score), with the same seed, over test and long "
            + "together: share of output words that repeat the "
            + "word before (margin 0.1 points), and share of source words attended to more than 1.5 times (margin 0.5 points). Yes "
            + "where the interval over seeds is "
            + "all above 0; no where it is all below the margin; otherwise open."
    ) { evidence in
        let rows = try evidence.rows("default")
        let plain = rows.of(BahdanauScorer.card.name), coverage = rows.of(CoverageScorer.card.name)
        guard !plain.isEmpty, !coverage.isEmpty else { throw NotMeasured("the results lack bahdanau or coverage") }
        func saved(_ figure: (ResultRow) -> Double?) -> HalvedInterval {
            plain.paired(with: coverage) { a, b in figure(a).flatMap { a in figure(b).map { 100 * (a - $0) } } }
        }
        let output = saved(\.repeatedOutput), attention = saved(\.repeatedAttention)
        var figures = [
            ClaimFigure("repeated output words saved", output, "points", .positive(margin: 0.1)),
            ClaimFigure("source words attended to twice, saved", attention, "points", .positive(margin: 0.5)),
        ]
        for (name, rows) in [(BahdanauScorer.card.name, plain), (CoverageScorer.card.name, coverage)] {
            figures.append(
                ClaimFigure("\(name): repeated output words", rows.interval { $0.repeatedOutput.map { 100 * $0 } }, "%")
            )
            figures.append(
                ClaimFigure(
                    "\(name): source words attended to twice", rows.interval { $0.repeatedAttention.map { 100 * $0 } },
                    "%"))
        }
        return Judgement(figures) { verdict in
            let numbers =
                "of bahdanau’s \(text(figures[2].value, 2)) % repeated words coverage saves \(text(output.mean, 2)) points, of "
                + "\(text(figures[3].value, 1)) % source words "
                + "attended to twice \(text(attention.mean, 1)) points"
            return switch verdict {
            case .holds: "It holds, in the output and in the weights: \(numbers)."
            case .doesNotHold: "Not here: \(numbers)."
            case .mixed: "In part: \(numbers)."
            case .notTestable: "Not both can be told: \(numbers)."
            }
        }
    }
}
