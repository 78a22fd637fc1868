import AttentionScorers
import Evaluation
import Experiments
import Reports

extension Claim {
    static let headsBeatOne = Claim(
        "heads", "Several heads beat one.",
        source:
            "Vaswani et al. 2017, §3.2.2 (“with a single attention head, averaging inhibits this”) and table 3, row A: one head is 0.9 BLEU "
            + "worse than the best setting, and too many are worse, too",
        basis: .experiment("heads", seeds: 10),
        rule:
            "For each scorer, 4 heads minus 1 head with the same seed, in BLEU of test (margin 1) and in long sentences that are right "
            + "(margin 2 points): yes where the interval over seeds is all above 0, no where it is all below the margin; otherwise "
            + "open. 2 and 8 heads stand beside. " + writtenBefore
    ) { evidence in
        let rows = try evidence.rows("heads")
        func rowsOf(_ scorer: String, _ heads: Int) -> [ResultRow] {
            rows.of(scorer).filter { $0.model.heads == heads }
        }
        func gain(_ scorer: String, _ heads: Int, _ figure: @escaping (ResultRow) -> Double?) -> HalvedInterval {
            rowsOf(scorer, heads).paired(with: rowsOf(scorer, 1)) { $0.saved(figure, by: $1) }
        }
        let scorers = rows.scorers.filter { !rowsOf($0, 1).isEmpty && !rowsOf($0, 4).isEmpty }
        guard !scorers.isEmpty else { throw NotMeasured("the results have no scorer with 1 head and with 4 heads") }
        let bleu = scorers.map {
            ClaimFigure("\($0): BLEU gained by 4 heads", gain($0, 4, \.bleu), "BLEU", .positive(margin: 1))
        }
        let long = scorers.map {
            ClaimFigure(
                "\($0): long sentences right, gained by 4 heads", gain($0, 4, \.longSentencesRight), "points",
                .positive(margin: 2))
        }
        let beside = scorers.flatMap { scorer in
            [2, 8].map { ClaimFigure("\(scorer): BLEU gained by \($0) heads", gain(scorer, $0, \.bleu), "BLEU") }
                + [ClaimFigure("\(scorer): AER gained by 4 heads", gain(scorer, 4, \.aer), "")]
        }
        return Judgement(bleu + long + beside) { verdict in
            let numbers = "4 heads gain \(list(bleu, 1)) BLEU, and of long sentences \(list(long, 1)) points"
            return switch verdict {
            case .holds: "It holds, at the lengths of training and beyond: \(numbers)."
            case .doesNotHold: "Not here: \(numbers)."
            case .mixed: "In part: \(numbers)."
            case .notTestable: "It cannot be told: \(numbers)."
            }
        }
    }
}
