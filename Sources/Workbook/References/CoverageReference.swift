// Coverage and its scores written out, for the checks of exercise 13.

import AttentionLab
import Foundation

enum CoverageByHand {
    /// Row t is the sum of the weights of the steps before t: [T][S] of [T][S].
    static func coverage(_ weights: [[Double]]) -> [[Double]] {
        weights.indices.map { t in weights[..<t].reduce(weights[t].map { _ in 0 }, Plain.sum) }
    }

    /// Σₜ Σᵢ min(αᵢᵗ, cᵢᵗ).
    static func loss(_ weights: [[Double]]) -> Double {
        zip(weights, coverage(weights)).reduce(0) { $0 + zip($1.0, $1.1).reduce(0) { $0 + min($1.0, $1.1) } }
    }
}

/// S = 4, D = 3, A = 2, T = 5.
struct CoverageProblem {
    var parameters: CoverageParameters
    let queries: [[Double]], states: [[Double]], coverage: [Double]

    init(seed: UInt64) {
        var random = RandomSource(seed: seed)
        parameters = CoverageParameters(
            Wh: random.rounded(3, 2), Ws: random.rounded(3, 2), wc: random.rounded(2),
            b: random.rounded(2), v: random.rounded(2).map { 4 * $0 })
        queries = random.rounded(5, 3)
        states = random.rounded(4, 3)
        coverage = random.rounded(4).map { abs($0) }
    }

    var zeros: [Double] { states.map { _ in 0 } }
    var swapped: CoverageProblem {
        var other = self
        (other.parameters.Wh, other.parameters.Ws) = (parameters.Ws, parameters.Wh)
        return other
    }

    func scores(_ query: [Double], _ coverage: [Double]) -> [Double] {
        let p = parameters
        return zip(states, coverage).map { state, covered in
            p.v.indices.reduce(0) { score, a in
                let sum = query.indices.reduce(p.b[a] + covered * p.wc[a]) {
                    $0 + state[$1] * p.Wh[$1][a] + query[$1] * p.Ws[$1][a]
                }
                return score + p.v[a] * tanh(sum)
            }
        }
    }

    /// The weights of all steps, where a step sees what `coverage` makes of the weights before it.
    func attend(_ coverage: ([[Double]]) -> [Double]) -> [[Double]] {
        queries.reduce(into: [[Double]]()) { past, query in past.append(Plain.softmax(scores(query, coverage(past)))) }
    }

    func attendWithoutSoftmax() -> [[Double]] {
        queries.reduce(into: [[Double]]()) { $0.append(scores($1, $0.reduce(zeros, Plain.sum))) }
    }

    func attendByScores() -> [[Double]] { attendWithoutSoftmax().map(Plain.softmax) }

    /// The same by the library's scorer and attention step.
    func library() throws -> [[Double]] {
        let parameters = Parameters(), width = queries[0].count
        var builder = ParameterBuilder(parameters, seed: 1)
        let p = self.parameters, sizes = ScorerSizes(state: width, attention: p.v.count, maximumSource: states.count)
        let attention = Attention(CoverageScorer(sizes, &builder))
        for (name, numbers) in [
            ("Wh", p.Wh.flatMap { $0 }), ("Ws", p.Ws.flatMap { $0 }), ("wc", p.wc), ("b", p.b), ("v", p.v),
        ] {
            try parameters.set(name, to: numbers.map { Scalar($0) })
        }
        let h = try Tensor.states(states)
        let memory = try attention.memory(
            states: h, summary: Tensor.zeros([1, width], near: h), lengths: [states.count])
        var past = Past(before: memory), rows: [[Double]] = []
        for query in queries {
            let step = try attention.step(query: Tensor.query(query), memory: memory, past: past)
            rows += step.weights.rows
            past = step.past
        }
        return rows
    }
}
