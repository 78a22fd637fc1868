// The way around a part of a Transformer's layer: the sum with what went in, and the normalisation before or after.

import TensorCore

/// Where a Transformer's layers normalise.
public enum NormPlace: String, Sendable, Codable, CaseIterable {
    /// x + f(LN x), and once more after the last layer: trains without a warm-up (Xiong et al. 2020).
    case pre
    /// LN(x + f(x)), as Vaswani et al. 2017, §5.4, have it.
    case post
}

/// Layer normalisation with its parameters.
struct LayerNorm {
    /// [D].
    let gain, bias: Tensor

    init(width: Int, _ parameters: inout ParameterBuilder) {
        gain = parameters.gain("gain", width)
        bias = parameters.bias("bias", width)
    }

    func callAsFunction(_ x: Tensor) throws -> Tensor { try x.layerNorm(gain: gain, bias: bias) }
}

/// One part f of a layer with its normalisation: `after(x + f(before(x)))`.
struct Sublayer {
    let place: NormPlace
    let norm: LayerNorm

    /// What f reads.
    func before(_ x: Tensor) throws -> Tensor { place == .pre ? try norm(x) : x }
    /// What becomes of the sum.
    func after(_ sum: Tensor) throws -> Tensor { place == .pre ? sum : try norm(sum) }
}

/// FF(x) = relu(x W₁ + b₁) W₂ + b₂, at each position by itself (Vaswani et al. 2017, §3.3).
struct FeedForward {
    /// [D,F], [F], [F,D], [D].
    private let W1, b1, W2, b2: Tensor

    init(width: Int, inner: Int, _ parameters: inout ParameterBuilder) {
        W1 = parameters.matrix("W1", width, inner)
        b1 = parameters.bias("b1", inner)
        W2 = parameters.matrix("W2", inner, width)
        b2 = parameters.bias("b2", width)
    }

    func callAsFunction(_ x: Tensor) throws -> Tensor {
        try x.matmul(W1, adding: b1).relu().matmul(W2, adding: b2)
    }
}
