import AttentionScorers
import Evaluation
import Experiments
import Reports
import Seq2Seq

extension Claim {
    static let coverageLoss = Claim(
        "coverage-loss", "A coverage loss reduces repetition where the coverage feature alone does not.",
        source:
            "See et al. 2017, §4: without the loss there was “no discernible reduction in repetition”, with it there was (figure 4)",
        basis: .experiment("terms", seeds: 10),
        rule:
            "With the same seed, over test and long together: share of output words that repeat the word before (margin 0.1 points), "
            + "and share of source words attended to more than 1.5 times (margin 0.5 points). The loss: `coverage` without it minus "
            + "`coverage` with it; yes where the interval over seeds is all above 0, no where it is all below the margin. The feature: "
            + "`bahdanau` minus `coverage`, both without the loss; yes (it does not reduce) where the interval is all below the margin, "
            + "no where it is all above. Otherwise open. " + writtenBefore
            + " That the feature saves weights in the experiment `default` was known."
    ) { evidence in
        let rows = try evidence.rows("terms")
        func rowsOf(_ scorer: any AttentionScorer.Type, _ terms: TermList) -> [ResultRow] {
            rows.of(scorer.card.name).filter { $0.training.terms == terms }
        }
        let plain = rowsOf(BahdanauScorer.self, [:]), feature = rowsOf(CoverageScorer.self, [:]),
            loss = rowsOf(CoverageScorer.self, [.coverage: 1])
        guard !plain.isEmpty, !feature.isEmpty, !loss.isEmpty else {
            throw NotMeasured("the results lack bahdanau, coverage, or coverage with the coverage loss")
        }
        func saved(
            _ before: [ResultRow], _ after: [ResultRow], _ figure: @escaping (ResultRow) -> Double?
        )
            -> HalvedInterval
        {
            before.paired(with: after) { a, b in a.saved(figure, by: b).map { 100 * $0 } }
        }
        let words = "repeated output words saved", twice = "source words attended to twice, saved"
        let parts = [
            ClaimFigure(
                "the loss: \(words)", saved(feature, loss, \.repeatedOutput), "points", .positive(margin: 0.1)),
            ClaimFigure(
                "the loss: \(twice)", saved(feature, loss, \.repeatedAttention), "points", .positive(margin: 0.5)),
            ClaimFigure("the feature: \(words)", saved(plain, feature, \.repeatedOutput), "points", .below(0.1)),
            ClaimFigure("the feature: \(twice)", saved(plain, feature, \.repeatedAttention), "points", .below(0.5)),
        ]
        let beside = [(BahdanauScorer.card.name, plain), ("the feature", feature), ("the loss", loss)].flatMap {
            name, rows in
            [
                ("repeated output words", \ResultRow.repeatedOutput),
                ("source words attended to twice", \.repeatedAttention),
            ]
            .map { what, figure in
                ClaimFigure(
                    "\(name): \(what)", rows.interval { $0[keyPath: figure].map { 100 * $0 } }, "%")
            }
        }
        return Judgement(parts + beside) { verdict in
            let numbers =
                "the loss saves \(text(parts[0].value, 2)) points of repeated words and \(text(parts[1].value, 1)) of source words "
                + "attended to twice, the feature \(text(parts[2].value, 2)) and \(text(parts[3].value, 1))"
            return switch verdict {
            case .holds: "It holds, in the output and in the weights: \(numbers)."
            case .doesNotHold: "The other way round: \(numbers)."
            case .mixed: "In part: \(numbers)."
            case .notTestable: "Not all of it can be told: \(numbers)."
            }
        }
    }
}
