import AttentionScorers
import Evaluation
import Reports

extension Claim {
    static let keysOnce = Claim(
        "keys", "Computing the keys once, and not at every step, saves what the formula says.",
        source:
            "Bahdanau et al. 2015, A.1.2 (“we can pre-compute it in advance to minimize the computational cost”); the formula is that of the "
            + "cards here, as teaching texts count operations",
        basis: .measurement(
            "whole decodings with keys kept and with keys anew, D = A = 128, N = T = 20 and 100, ten rounds"),
        rule:
            "Time with keys anew over time with keys once, against the same ratio of operations from the cost on the scorer's card "
            + "and N·D·A for the keys. Saves: yes where the interval "
            + "over rounds is all above 1. As the formula says: yes where the measured ratio over the formula's lies within 0.8–1.25, "
            + "no where all of it lies outside; otherwise open."
    ) { evidence in
        let scorers: [any AttentionScorer.Type] = [
            BahdanauScorer.self, LuongGeneralScorer.self, ProjectedDotScorer.self,
        ]
        let cases = scorers.map { $0.card.name }.flatMap { scorer in [20, 100].map { (scorer, $0) } }
        return keysJudgement(
            try cases.map { scorer, words in
                let type = try evidence.type(scorer)
                let ratios = try (0..<10).compactMap { _ in
                    try KeysOnce.measure(type, source: words, steps: words, repeats: 5)?.ratio
                }
                return KeysCase(
                    scorer: scorer, words: words, measured: ratios,
                    formula: formulaRatio(type, words: words, width: 128))
            })
    }

    struct KeysCase {
        let scorer: String, words: Int
        let measured: [Double]
        /// nil where the card's cost is no formula.
        let formula: Double?
    }

    /// (T·keys + T·step) / (keys + T·step), N = T words, D = A = width.
    static func formulaRatio(_ type: any AttentionScorer.Type, words: Int, width: Int) -> Double? {
        let sizes = ScorerSizes(state: width, attention: width, maximumSource: words)
        guard let step = CostFormula(type.card.cost)?.count(sizes.letters(batch: 1, source: words)) else { return nil }
        let keys = Double(words * width * width), steps = Double(words) * Double(step)
        return (Double(words) * keys + steps) / (keys + steps)
    }

    static func keysJudgement(_ cases: [KeysCase]) -> Judgement {
        let saves = cases.map { one in
            ClaimFigure(
                "\(one.scorer), \(one.words) words: anew over once", HalvedInterval(one.measured), "×",
                .above(1, margin: 0))
        }
        let agrees = cases.compactMap { one in
            one.formula.map { formula in
                let share = HalvedInterval(one.measured.map { $0 / formula })
                let name = "\(one.scorer), \(one.words) words: measured over the formula’s \(text(formula, 1))×"
                return ClaimFigure(name, share, "", .inside(0.8...1.25))
            }
        }
        return Judgement(saves + agrees) { verdict in
            let list = cases.map {
                "\($0.scorer) at \($0.words) words \(text(MeanInterval($0.measured).mean, 1))× (formula "
                    + "\(text($0.formula, 1))×)"
            }.joined(separator: "; ")
            let right = agrees.count { $0.answer == .yes }
            return switch verdict {
            case .holds: "It holds: \(list)."
            case .mixed:
                "The time saved is the formula’s in \(right) of \(agrees.count) cases: \(list). A tanh, a call and a byte of "
                    + "memory cost more than the one operation that the formula counts."
            case .notTestable: "The times vary too much to tell; try when the machine is idle: \(list)."
            default: "Not here: \(list)."
            }
        }
    }
}
