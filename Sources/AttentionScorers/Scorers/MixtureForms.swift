// The forms of a mixture: how shares, moves and widths come of what the query gives.

import Foundation
public import TensorCore

/// What keeps a form's numbers where floating point can hold them; trained ones stay far inside.
private enum Bounds {
    /// e³⁰ is the greatest density, e⁵ words the longest move.
    static let exponents = -Scalar(30)...30, moves = -Scalar(30)...5
    /// 1/2σ² with σ of 0.001 at least.
    static let leastWidth: Scalar = 1e-3, precisions = Scalar(0)...5e5
}

extension Tensor {
    /// log softmax(ω̂) − ½ log 2π − log σ: what a share counts in a density.
    fileprivate func logShares(logWidths: Tensor) throws -> Tensor {
        let shares = try maskedSoftmax(lengths: [Int](repeating: shape[1], count: shape[0])).logarithm(floor: 1e-30)
        return try (shares - logWidths).adding(Scalar(-0.5 * log(2 * Double.pi)))
    }
}

private func mixture(_ name: String, _ equation: String, _ paper: String, isNormalised: Bool = false) -> ScorerCard {
    ScorerCard(
        name: name, equation: equation, paper: paper, cost: "B·D·A + B·A tanh + 3·B·K·A + B·S·K", usesPosition: true,
        family: .mixture, mass: isNormalised ? .one : .free, normalises: isNormalised, walks: true)
}

/// ω = exp ω̂, Δ = exp Δ̂, σ² = exp(−σ̂)/2, Z = 1: as Graves 2013, eq. 48–51.
public enum MixtureV0: MixtureForm {
    public static let card = mixture(
        "gmm-v0", "Σₖ ωₖ exp(−βₖ (j − μₖ)²); ω, Δ, β by exp", "Graves 2013, eq. 46–51")
    public static let initially = (delta: Scalar(0), sigma: Scalar(-log(8.0)))

    public static func components(_ omega: Tensor, _ delta: Tensor, _ sigma: Tensor) throws -> MixtureComponents {
        MixtureComponents(
            logShares: omega.clamped(to: Bounds.exponents), moves: delta.clamped(to: Bounds.moves).exponential(),
            precisions: sigma.clamped(to: Bounds.exponents).exponential().clamped(to: Bounds.precisions))
    }
}

/// ω = softmax ω̂, Δ = exp Δ̂, σ² = exp σ̂, Z = √(2πσ²).
public enum MixtureV1: MixtureForm {
    public static let card = mixture(
        "gmm-v1", "Σₖ ωₖ N(j; μₖ, σₖ²); ω by softmax, Δ and σ² by exp", "Battenberg et al. 2020, table 1")
    public static let initially = (delta: Scalar(0), sigma: Scalar(log(4.0)))

    public static func components(_ omega: Tensor, _ delta: Tensor, _ sigma: Tensor) throws -> MixtureComponents {
        let logVariance = sigma.clamped(to: Bounds.exponents)
        return try MixtureComponents(
            logShares: omega.logShares(logWidths: logVariance.scaled(by: 0.5)),
            moves: delta.clamped(to: Bounds.moves).exponential(),
            precisions: (-logVariance).exponential().scaled(by: 0.5).clamped(to: Bounds.precisions))
    }
}

/// ω = softmax ω̂, Δ = softplus Δ̂, σ = softplus σ̂, Z = √(2πσ²): no exponential that runs away.
public enum MixtureV2: MixtureForm {
    public static let card = mixture(
        "gmm-v2", "Σₖ ωₖ N(j; μₖ, σₖ²); ω by softmax, Δ and σ by softplus", "Battenberg et al. 2020, table 1")
    /// softplus⁻¹(1) and softplus⁻¹(2).
    public static let initially = (delta: Scalar(log(M_E - 1)), sigma: Scalar(log(M_E * M_E - 1)))

    public static func components(_ omega: Tensor, _ delta: Tensor, _ sigma: Tensor) throws -> MixtureComponents {
        let width = sigma.softplus().clamped(to: Bounds.leastWidth...Scalar.greatestFiniteMagnitude)
        let logWidth = width.logarithm(floor: Bounds.leastWidth)
        return try MixtureComponents(
            logShares: omega.logShares(logWidths: logWidth), moves: delta.softplus(),
            precisions: logWidth.scaled(by: -2).exponential().scaled(by: 0.5))
    }
}

/// Form v2 with rows that sum to 1: its log density is the score of each word, for any normaliser.
public enum NormalisedMixture: MixtureForm {
    public static let card = mixture(
        "gmm", "log Σₖ ωₖ N(j; μₖ, σₖ²), μ = μ₋₁ + Δ", "Battenberg et al. 2020, v2; normalised here",
        isNormalised: true)
    public static let initially = MixtureV2.initially

    public static func components(_ omega: Tensor, _ delta: Tensor, _ sigma: Tensor) throws -> MixtureComponents {
        try MixtureV2.components(omega, delta, sigma)
    }
}
