// Where local-p expects to look: p = n σ(v_pᵀ tanh(W_p s))
// Luong, Pham & Manning 2015, §3.2, eq. 9.

import TensorCore

/// A place between the words of a sentence of n real words, from 0 to n.
struct PredictedPlace {
    private let Wp, vp: Tensor
    private let width: Int

    init(_ sizes: ScorerSizes, _ parameters: inout ParameterBuilder) {
        Wp = parameters.matrix("Wp", sizes.state, sizes.attention)
        vp = parameters.vector("vp", sizes.attention)
        width = sizes.window
    }

    /// p: [B,D] → [B,1]
    func places(query: Tensor, memory: Memory) throws -> Tensor {
        let lengths = try Tensor.constant(
            memory.lengths.map { Scalar($0) }, shape: [memory.batch, 1], near: memory.states)
        return try query.matmul(Wp).tanh().matmul(vp.reshaped([vp.count, 1])).sigmoid() * lengths
    }

    /// The window has no gradient: p learns by the bell alone.
    func windows(_ places: Tensor, _ memory: Memory) -> [Range<Int>] {
        SentenceWindow.around(places.values, width: width, lengths: memory.lengths)
    }

    /// −(i − p)²/2σ² [B,S], σ = w/2.
    func logBell(_ places: Tensor, _ memory: Memory) throws -> Tensor {
        try places.logBell(over: memory.source, deviation: Scalar(width) / 2)
    }

    /// exp(−(i − p)²/2σ²) [B,S].
    func bell(_ places: Tensor, _ memory: Memory) throws -> Tensor {
        try places.bell(over: memory.source, deviation: Scalar(width) / 2)
    }
}
