import AttentionScorers
import Evaluation
import Experiments
import Reports
import Seq2Seq

extension Claim {
    static let hardAsGood = Claim(
        "hard", "Hard attention is as good as soft.",
        source:
            "Xu et al. 2015, table 1 (hard somewhat ahead, captions); Deng et al. 2018 and Shankar et al. 2018 find the exact sum ahead "
            + "of soft attention and of samples in translation",
        basis: .experiment("hard", seeds: 10),
        rule:
            "For each scorer and each way to look at one word (exact, sampled, straight-through), BLEU of test minus that of the mean "
            + "context with the same seed: yes (as good) where the interval over seeds is all above −1 BLEU, no where it is all below; "
            + "otherwise open. AER stands beside. " + writtenBefore
    ) { evidence in
        let rows = try evidence.rows("hard")
        func rowsOf(_ scorer: String, _ use: UseOfWeights) -> [ResultRow] {
            rows.of(scorer).filter { $0.model.use == use }
        }
        let uses = [UseOfWeights.words, .sampled, .straightThrough]
        let pairs = rows.scorers.flatMap { scorer in uses.map { (scorer, $0) } }.filter { scorer, use in
            !rowsOf(scorer, use).isEmpty && !rowsOf(scorer, .mean).isEmpty
        }
        guard !pairs.isEmpty else { throw NotMeasured("the results have no scorer with soft and with hard attention") }
        func gain(_ scorer: String, _ use: UseOfWeights, _ figure: @escaping (ResultRow) -> Double?) -> HalvedInterval {
            rowsOf(scorer, use).paired(with: rowsOf(scorer, .mean)) { $0.saved(figure, by: $1) }
        }
        let parts = pairs.map { scorer, use in
            ClaimFigure(
                "\(scorer), \(use): BLEU gained", gain(scorer, use, \.bleu), "BLEU", .above(-1, margin: 0))
        }
        let beside = pairs.map { scorer, use in
            ClaimFigure("\(scorer), \(use): AER gained", gain(scorer, use, \.aer), "")
        }
        return Judgement(parts + beside) { verdict in
            let numbers =
                "BLEU over soft attention: "
                + parts.map { "\($0.subject) \(text($0.value, 1))" }.joined(separator: "; ")
            return switch verdict {
            case .holds: "It holds, in every way. \(numbers)."
            case .doesNotHold: "Not here, in no way. \(numbers)."
            case .mixed: "It depends on the way: \(count(parts)). \(numbers)."
            case .notTestable: "Not for all can it be told: \(count(parts)). \(numbers)."
            }
        }
    }
}
