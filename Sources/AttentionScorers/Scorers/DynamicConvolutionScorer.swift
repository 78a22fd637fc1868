// Dynamic convolution attention: eᵢ = vᵀ tanh(U fᵢ + T gᵢ + b) + log max(pᵢ, 10⁻⁶)
//   f = F ∗ α_{t−1} static filters,  g = G(s) ∗ α_{t−1} filters that the query makes,  G(s) = V_G tanh(W_G s + b_G)
//   pᵢ = Σₖ Pₖ α_{t−1,i−k}: where a move of 0 to L − 1 words leads
// Battenberg et al. 2020, "Location-relative attention mechanisms for robust long-form speech synthesis", §2.3.

import Foundation
public import TensorCore

/// Looks at where it looked before and never at what is there; it may stay, or move on by a few words, and the floor
/// of the prior lets nothing else pass.
///
/// P is a beta-binomial distribution. The paper's has L = 11 and a mean move of one frame of speech; here L = 5, and
/// its parameters are chosen so that the mean move is one word.
///
/// - Complexity: B·S·A tanh and B·S·(2·F·W + 2·F·A) + B·D·A + B·A·F·W multiply-adds a step.
public struct DynamicConvolutionScorer: AttentionScorer {
    public static let card = ScorerCard(
        name: "dynamic-convolution", equation: "vᵀ tanh(U fᵢ + T gᵢ + b) + log pᵢ, f, g, p: α₋₁ filtered",
        paper: "Battenberg et al. 2020, §2.3", cost: "B·S·A tanh + 2·B·S·F·W + 2·B·S·F·A + B·D·A + B·A·F·W",
        usesPosition: true, family: .mixture, walks: true)

    let F, U, Wg, bg, Vg, T, b, v: Tensor
    /// P as a filter [1, 2L−1], whose second half is zero: nothing comes from words ahead.
    private let prior: Tensor
    private let filters: Int, width: Int

    public init(_ sizes: ScorerSizes, _ parameters: inout ParameterBuilder) {
        self.init(sizes, &parameters, moves: betaBinomial(4, 0.25, 0.75))
    }

    /// - Parameter moves: P, from a move of none on.
    package init(_ sizes: ScorerSizes, _ parameters: inout ParameterBuilder, moves: [Double]) {
        (filters, width) = (sizes.filters, sizes.filterWidth)
        let a = sizes.attention, bound = (3 / Double(sizes.filterWidth)).squareRoot()
        F = parameters.uniform("F", [filters, width], bound: bound)
        U = parameters.matrix("U", filters, a)
        Wg = parameters.matrix("Wg", sizes.state, a)
        bg = parameters.bias("bg", a)
        Vg = parameters.matrix("Vg", a, filters * width)
        T = parameters.matrix("T", filters, a)
        b = parameters.bias("b", a)
        v = parameters.vector("v", a)
        let backward = moves.reversed().map { Scalar($0) } + [Scalar](repeating: 0, count: moves.count - 1)
        prior = parameters.constant(backward, shape: [1, 2 * moves.count - 1])
    }

    public func scores(query: Tensor, memory: Memory, past: Past) throws -> Tensor {
        let before = try past.walked(memory), (batch, source) = (memory.batch, memory.source)
        let own = try query.matmul(Wg, adding: bg).tanh().matmul(Vg).reshaped([batch, filters, width])
        let seen = try before.convolved(with: F).matmul(U) + before.convolved(withOwn: own).matmul(T, adding: b)
        let ahead = try before.convolved(with: prior).reshaped([batch, source])
        return try seen.tanh().dot(v) + ahead.logarithm(floor: 1e-6)
    }
}

/// P(k) for k = 0 … n: C(n,k) B(k + a, n − k + b) / B(a, b).
private func betaBinomial(_ n: Int, _ a: Double, _ b: Double) -> [Double] {
    func logBeta(_ x: Double, _ y: Double) -> Double { lgamma(x) + lgamma(y) - lgamma(x + y) }
    return (0...n).map { k in
        let choose = -log(Double(n + 1)) - logBeta(Double(k + 1), Double(n - k + 1))
        return exp(choose + logBeta(Double(k) + a, Double(n - k) + b) - logBeta(a, b))
    }
}
