import AttentionScorers
import Evaluation
import Experiments
import Reports
import Seq2Seq

extension Claim {
    /// Ends the rules that were written before any results of their experiments were there.
    static let writtenBefore =
        "Written on 29 November 2026, before any run of the experiment; single trainings of another program were known."

    static let sparseAligns = Claim(
        "sparse", "Sparse weights align better.",
        source:
            "teaching texts, after Martins & Astudillo 2016 and Peters et al. 2019, who show sparse alignments and call them easier to read",
        basis: .experiment("normalisers", seeds: 10),
        rule:
            "For each scorer, AER of softmax minus AER of sparsemax, and of entmax-1.5, with the same seed: yes where the interval over "
            + "seeds is all above 0, no where it is all below the margin (0.01); otherwise open. " + writtenBefore
    ) { evidence in
        let rows = try evidence.rows("normalisers")
        func rowsOf(_ scorer: String, _ way: Normalisation) -> [ResultRow] {
            rows.of(scorer).filter { $0.model.normalisation == way }
        }
        let ways = [Normalisation.sparsemax, .entmax15]
        let pairs = rows.scorers.flatMap { scorer in ways.map { (scorer, $0) } }.filter { scorer, way in
            !rowsOf(scorer, way).isEmpty && !rowsOf(scorer, .masked).isEmpty
        }
        guard !pairs.isEmpty else {
            throw NotMeasured("the results have no scorer with softmax and a sparse normaliser")
        }
        let parts = pairs.map { scorer, way in
            ClaimFigure(
                "\(scorer), \(way): AER saved",
                rowsOf(scorer, .masked).paired(with: rowsOf(scorer, way)) { $0.saved(\.aer, by: $1) },
                "", .positive(margin: 0.01))
        }
        let beside = pairs.map { scorer, way in
            ClaimFigure(
                "\(scorer), \(way): BLEU gained",
                rowsOf(scorer, way).paired(with: rowsOf(scorer, .masked)) { $0.saved(\.bleu, by: $1) },
                "BLEU")
        }
        return Judgement(parts + beside) { verdict in
            let numbers = "AER saved: " + parts.map { "\($0.subject) \(text($0.value, 3))" }.joined(separator: "; ")
            return switch verdict {
            case .holds: "It holds, for every score and both normalisers. \(numbers)."
            case .doesNotHold: "Not here. \(numbers)."
            case .mixed: "It depends on the score: \(count(parts)). \(numbers)."
            case .notTestable: "Not for all can it be told: \(count(parts)). \(numbers)."
            }
        }
    }
}

extension ClaimFigure {
    /// What the name says before its colon.
    var subject: String { String(name.prefix { $0 != ":" }) }
}

extension ResultRow {
    var aer: Double? { test.alignment?.all.links.aer }

    /// Share of test sentences, and of long ones, that are right to the last word, in percent.
    var sentencesRight: Double? { test.translation.all.accuracy.sentenceAccuracy.map { 100 * $0 } }
    var longSentencesRight: Double? { long.translation.all.accuracy.sentenceAccuracy.map { 100 * $0 } }

    /// A figure of this row minus that of another; nil where one of them has none.
    func saved(_ figure: (ResultRow) -> Double?, by other: ResultRow) -> Double? {
        figure(self).flatMap { mine in figure(other).map { mine - $0 } }
    }
}
