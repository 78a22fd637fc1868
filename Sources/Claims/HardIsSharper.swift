import Evaluation
import Experiments
import Reports
import Seq2Seq

extension Claim {
    static let hardIsSharper = Claim(
        "captions", "Hard attention is sharper than soft, and writes no better captions.",
        source:
            "Xu et al. 2015, §4 and table 1, where hard attention is a little ahead, and teaching texts, which say that it is harder to train "
            + "and as good",
        basis: .experiment("captions", seeds: 10),
        rule:
            "On `captions`, for each scorer and each way to look at one cell (exact, sampled), against the mean of cells with the same seed. "
            + "Sharper: entropy of the weights before the word is known, soft minus hard, yes where the interval over seeds is all above "
            + "0, no where it is all below the margin (0.01). No better: captions right to the last word, hard minus soft, yes where the "
            + "interval is all below 2 points, no where it is all above. Otherwise open. Pointing stands beside. "
            + writtenBeforeVectors
    ) { evidence in
        let rows = try evidence.rows("captions", task: CaptionsTask().name)
        func rowsOf(_ scorer: String, _ use: UseOfWeights) -> [ResultRow] {
            rows.of(scorer).filter { $0.model.use == use }
        }
        let pairs = rows.scorers.flatMap { scorer in [UseOfWeights.words, .sampled].map { (scorer, $0) } }
            .filter { !rowsOf($0, $1).isEmpty && !rowsOf($0, .mean).isEmpty }
        guard !pairs.isEmpty else { throw NotMeasured("the results have no scorer with soft and with hard attention") }
        let sharper = pairs.map { scorer, use in
            ClaimFigure(
                "\(scorer), \(use): entropy lost",
                rowsOf(scorer, .mean).paired(with: rowsOf(scorer, use)) { $0.saved(\.cellEntropy, by: $1) }, "",
                .positive(margin: 0.01))
        }
        func gain(_ scorer: String, _ use: UseOfWeights, _ figure: @escaping (ResultRow) -> Double?) -> HalvedInterval {
            rowsOf(scorer, use).paired(with: rowsOf(scorer, .mean)) { $0.saved(figure, by: $1) }
        }
        let better = pairs.map { scorer, use in
            ClaimFigure(
                "\(scorer), \(use): right captions gained", gain(scorer, use, \.sentencesRight), "points", .below(2))
        }
        let beside = pairs.map { scorer, use in
            ClaimFigure("\(scorer), \(use): pointing gained", gain(scorer, use, \.cellPointing), "points")
        }
        return Judgement(sharper + better + beside) { verdict in
            let numbers =
                "entropy lost \(list(sharper, 3)); right captions gained \(list(better, 1)) points; pointing gained "
                + "\(list(beside, 1)) points"
            return verdict.sentence(numbers)
        }
    }
}

extension ResultRow {
    /// Of the words that say what an object is: spread of their weights, and looks at the right cell in a hundred.
    var cellEntropy: Double? { CaptionsTask.spread.figure(self) }
    var cellPointing: Double? { CaptionsTask.pointing.figure(self).map { 100 * $0 } }
}
