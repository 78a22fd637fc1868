import AttentionScorers
import Evaluation
import Experiments
import Reports

extension Claim {
    static let pointsAtEvidence = Claim(
        "evidence", "The weights on a document point at the sentences and words that decide its label.",
        source: "Yang et al. 2016, §3.5 and figures 5 and 6, on documents that were chosen to be shown",
        basis: .experiment("hierarchy", seeds: 10),
        rule:
            "For `bahdanau` and `scaled-dot` in both models: documents whose sentence with the most weight is one of evidence (yes where the "
            + "interval over seeds is all above 80 %, no where it is all below), documents whose largest weight is on a word of "
            + "evidence (the same with 50 %), and labels that are lost when the tenth of the words with the largest weights is taken away, "
            + "less those that are lost with as many at random (the same with 10 points). " + writtenBeforeDocuments
    ) { evidence in
        let rows = try evidence.rows("hierarchy")
        let models = [BahdanauScorer.card.name, ScaledDotScorer.card.name].flatMap { scorer in
            [BuiltInExperiment.flat, BuiltInExperiment.twoLevels].map { (scorer, $0) }
        }.filter { !rows.documents($0, $1).isEmpty }
        guard !models.isEmpty else { throw NotMeasured("the results have neither bahdanau nor scaled-dot") }
        func parts(_ metric: Metric, _ what: String, _ unit: String, above bound: Double) -> [ClaimFigure] {
            models.map { scorer, model in
                ClaimFigure(
                    "\(scorer), \(model): \(what)",
                    rows.documents(scorer, model).interval { row in metric.figure(row).map { 100 * $0 } }, unit,
                    .above(bound, margin: 0))
            }
        }
        let sentences = parts(SentenceWeights.pointing, "heaviest sentence is evidence", "%", above: 80)
        let words = parts(.pointing, "largest weight on evidence", "%", above: 50)
        let lost = parts(DeletionTest.gap, "labels lost with the words of the largest weights", "points", above: 10)
        return Judgement(sentences + words + lost) { verdict in
            let numbers =
                "the heaviest sentence is evidence in \(list(sentences, 1)) % of the documents; the largest weight is on a word of evidence in "
                + "\(list(words, 1)) %; without the words of the largest weights \(list(lost, 1)) points more of the labels are lost than "
                + "without others"
            return switch verdict {
            case .holds: "It holds, for sentences and words: \(numbers)."
            case .doesNotHold: "Not here: \(numbers)."
            case .mixed: "In part: \(numbers)."
            case .notTestable: "It cannot be told for all: \(numbers)."
            }
        }
    }
}
