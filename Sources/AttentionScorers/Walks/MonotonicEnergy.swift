// The energy of monotonic attention: eᵢ = g (v/‖v‖)ᵀ tanh(W s + V hᵢ + b) + r
// Raffel et al. 2017, "Online and linear-time attention by enforcing monotonic alignments", §2.4.

public import TensorCore

/// Bahdanau's score with a length and an offset of its own, so that σ(e) begins as a probability to stop that is
/// neither 0 nor 1: softmax does not mind an offset, and a walk does.
public struct MonotonicEnergy {
    let W, V, b, v, g, r: Tensor

    /// - Parameter r: what the offset begins with. Below 0 a walk comes to far words at first, too.
    public init(_ sizes: ScorerSizes, _ parameters: inout ParameterBuilder, r: Scalar = -1) {
        W = parameters.matrix("W", sizes.state, sizes.attention)
        V = parameters.matrix("V", sizes.state, sizes.attention)
        b = parameters.bias("b", sizes.attention)
        v = parameters.vector("v", sizes.attention)
        g = parameters.scalar("g", initially: 1)
        self.r = parameters.scalar("r", initially: r)
    }

    /// g v/‖v‖ [A]
    private func direction() throws -> Tensor { try v.normalized() * g }

    /// V h: [B,S,D] → [B,S,A]
    func keys(from states: Tensor) throws -> Tensor { try states.matmul(V) }

    func energies(query: Tensor, keys: Tensor) throws -> Tensor {
        try offset(keys.addingToEachPosition(query.matmul(W, adding: b)).tanh().dot(direction()))
    }

    func fusedEnergies(query: Tensor, keys: Tensor, lengths: [Int]) throws -> Tensor {
        try offset(keys.additiveScores(query: query.matmul(W, adding: b), vector: direction(), lengths: lengths))
    }

    /// e + r, as rows of one number to which a vector of one number is added.
    private func offset(_ e: Tensor) throws -> Tensor { try (e.reshaped([e.count, 1]) + r).reshaped(e.shape) }
}

/// A scorer whose score is this energy.
public protocol EnergyScorer: AttentionScorer {
    var energy: MonotonicEnergy { get }
}

extension EnergyScorer {
    public func keys(from states: Tensor) throws -> Tensor { try energy.keys(from: states) }

    public func scores(query: Tensor, memory: Memory, past: Past) throws -> Tensor {
        try energy.energies(query: query, keys: memory.keys)
    }

    public func fusedScores(query: Tensor, memory: Memory, past: Past) throws -> Tensor? {
        try energy.fusedEnergies(query: query, keys: memory.keys, lengths: memory.lengths)
    }
}
