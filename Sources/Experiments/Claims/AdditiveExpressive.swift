import AttentionScorers
import Evaluation
import Reports
import TensorCore

extension Claim {
    static let additiveExpressive = Claim(
        "expressive", "Additive attention is more expressive than the dot product.",
        source:
            "teaching texts, and no paper that we know; Bahdanau et al. 2015, A.1.2, chose a network with a hidden layer, and Vaswani et al. 2017, "
            + "§3.2.1, say that it outperforms dot products without a scale where states are wide",
        basis: .experiment("default", seeds: 10),
        rule:
            "Constructed: of the states −1, 0, 1 the middle one is to get the largest weight. A dot product is linear in the state, "
            + "so no query does it (41 are tried); "
            + "yes where an additive scorer can. Trained: `bahdanau` minus `luong-dot` with the same seed, in sentence accuracy of test "
            + "(margin 1 point) and in AER, the other way "
            + "round (margin 0.01): yes where the interval over seeds is all above 0, no where it is all below the margin; "
            + "otherwise open."
    ) { evidence in
        let rows = try evidence.rows("default")
        let additive = rows.of(BahdanauScorer.card.name), dot = rows.of(LuongDotScorer.card.name)
        guard !additive.isEmpty, !dot.isEmpty else { throw NotMeasured("the results lack bahdanau or luong-dot") }
        let (bump, line) = try MiddleState.largestMiddleWeight()
        let accuracy = additive.paired(with: dot) { a, b in
            a.test.translation.all.accuracy.sentenceAccuracy.flatMap { a in
                b.test.translation.all.accuracy.sentenceAccuracy.map { 100 * (a - $0) }
            }
        }
        let aer = additive.paired(with: dot) { a, b in
            a.test.alignment?.all.links.aer.flatMap { a in b.test.alignment?.all.links.aer.map { $0 - a } }
        }
        let figures = [
            ClaimFigure(
                "constructed, additive: weight of the middle state", exactly: bump, "",
                bump > 0.5 && line <= 0.34 ? .yes : .no),
            ClaimFigure("constructed, dot product: largest weight of the middle state", exactly: line, ""),
            ClaimFigure("trained: sentences right, bahdanau minus luong-dot", accuracy, "points", .positive(margin: 1)),
            ClaimFigure("trained: AER, luong-dot minus bahdanau", aer, "", .positive(margin: 0.01)),
        ]
        return Judgement(figures) { verdict in
            let made =
                "of three states on a line an additive scorer gives the middle one \(text(bump, 2)) of the weight, a dot product "
                + "at most \(text(line, 2))"
            let trained =
                "trained, it has \(text(accuracy.mean, 1)) points more sentences right and \(text(aer.mean, 3)) less AER"
            return switch verdict {
            case .holds: "It holds, in what the formula allows and in what training makes of it: \(made); \(trained)."
            case .mixed where figures.dropFirst(2).contains { $0.answer == .yes }:
                "The formula allows more: \(made). Training uses it in part: \(trained)."
            case .mixed: "The formula allows more: \(made). Training does not use it: \(trained)."
            case .notTestable: "The formula allows more: \(made). Whether training uses it cannot be told: \(trained)."
            default: "Not here: \(made); \(trained)."
            }
        }
    }
}

/// The states −1, 0, 1, and how much of the weight a scorer can give the middle one.
enum MiddleState {
    static func largestMiddleWeight() throws -> (additive: Double, dot: Double) {
        let parameters = Parameters()
        var builder = ParameterBuilder(parameters, seed: 1)
        let additive = Attention(BahdanauScorer(ScorerSizes(state: 1, attention: 2), &builder))
        // 10 · tanh(4h + 2) − 10 · tanh(4h − 2): a bump around 0.
        for (name, values) in [("Ua", [4.0, 4]), ("Wa", [0, 0]), ("b", [2, -2]), ("va", [10, -10])] {
            try parameters.set(name, to: values.map { Scalar($0) })
        }
        var other = ParameterBuilder(Parameters(), seed: 1)
        let dot = Attention(LuongDotScorer(ScorerSizes(state: 1, attention: 1), &other))
        func middle(_ attention: Attention, _ query: Double) throws -> Double {
            let query = try Tensor([Scalar(query)], shape: [1, 1])
            let memory = try attention.memory(
                states: Tensor([-1, 0, 1], shape: [1, 3, 1]), summary: query, lengths: [3])
            return Double(
                try attention.step(query: query, memory: memory, past: Past(before: memory)).weights.values[1])
        }
        return (try middle(additive, 0), try (-20...20).map { try middle(dot, Double($0) / 4) }.max() ?? 0)
    }
}
