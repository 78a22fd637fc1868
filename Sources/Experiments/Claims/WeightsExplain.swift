import Evaluation
import Reports

extension Claim {
    static let weightsExplain = Claim(
        "explanation", "Attention weights explain the prediction.",
        source:
            "teaching texts, in the words of Jain & Wallace 2019, §1, who argue against it (the tests are of their §4.1 and §4.2); Wiegreffe & "
            + "Pinter 2019 argue for it, with conditions",
        basis: .measurement("ten models of bahdanau on each of copy, dates and english-french, trained here"),
        rule:
            "For the word in the middle of each test sentence. Permutation: median change (total variation) of the next word’s "
            + "distribution under shuffled weights; yes where the interval over "
            + "seeds is all above 0.5, no where all of it is below. Leave-one-out: Kendall’s τ between the weights and what leaving "
            + "each source word out changes; yes above 0.5, no below."
    ) { evidence in
        let study = try ExplanationStudy(evidence.explanation, scorer: evidence.type(evidence.explanation.model.scorer))
        return explanationJudgement(study.lines)
    }

    static func explanationJudgement(_ lines: [ExplanationStudy.Line]) -> Judgement {
        let half = PartRule.above(0.5, margin: 0)
        let change = lines.map { ClaimFigure("\($0.task): change under shuffled weights", $0.change, "", half) }
        let correlation = lines.map {
            ClaimFigure("\($0.task): τ of weights and leave-one-out", $0.correlation, "", half)
        }
        let largest = lines.map { ClaimFigure("\($0.task): largest weight", $0.largestWeight, "") }
        return Judgement(change + correlation + largest) { verdict in
            let numbers =
                "change under shuffled weights: \(list(change, 2)); τ with leave-one-out: \(list(correlation, 2))"
            return switch verdict {
            case .holds: "It holds by both tests, for every task: \(numbers)."
            case .doesNotHold: "By neither test: \(numbers)."
            case .mixed:
                "It depends on the test and on the task (shuffling: \(count(change)); leave-one-out: \(count(correlation))). "
                    + "\(numbers.prefix(1).uppercased() + numbers.dropFirst())."
            case .notTestable:
                "It cannot be told (shuffling: \(count(change)); leave-one-out: \(count(correlation))): \(numbers)."
            }
        }
    }
}
