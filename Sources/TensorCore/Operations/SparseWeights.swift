// Sparsemax and entmax-1.5 over the real positions of each sentence: weights with exact zeros.
//
//   p = argmax over the simplex of pᵀe + H_a(p), a = 1 softmax, 1.5 entmax, 2 sparsemax
//   z = (a − 1)(e − max e),   p = [z − τ]₊^(1/(a − 1)),   τ such that Σ p = 1
//   ∂L/∂e = σ ⊙ (dp − (σ · dp)/Σσ),   σ = p^(2 − a) on the support, 0 outside: 1 (sparsemax), √p (entmax-1.5)
//
// So a word that has been dropped gets no gradient, and a sentence of one word has none at all.

import VectorMath

extension Tensor {
    /// Martins & Astudillo 2016, "From softmax to sparsemax", eq. 2: over the first `lengths[b]` positions, exactly 0
    /// beyond them and for words that score too far below the best.
    ///
    ///     [B,S] → [B,S]
    ///
    /// What stands in the padding is never read, so it may be anything, NaN included.
    ///
    /// - Throws: where a sentence has no real position: no weights exist that sum to 1.
    public func sparsemax(lengths: [Int]) throws -> Tensor {
        try sparseWeights("sparsemax", lengths, TensorCore.sparsemax, back: sparsemaxBackward)
    }

    /// Peters et al. 2019, "Sparse sequence-to-sequence models", eq. 9 with α = 1.5: between softmax and sparsemax.
    ///
    ///     [B,S] → [B,S]
    ///
    /// - Throws: as `sparsemax`.
    public func entmax15(lengths: [Int]) throws -> Tensor {
        try sparseWeights("entmax15", lengths, TensorCore.entmax15, back: entmax15Backward)
    }

    private typealias RowKernel = (
        Int, UnsafePointer<Scalar>, UnsafeMutablePointer<Scalar>, Int, UnsafeMutablePointer<Scalar>
    ) -> Void
    private typealias RowGradient = (
        Int, UnsafePointer<Scalar>, UnsafePointer<Scalar>, UnsafeMutablePointer<Scalar>
    ) -> Void

    private func sparseWeights(
        _ name: String, _ lengths: [Int], _ forward: RowKernel, back backward: @escaping RowGradient
    ) throws -> Tensor {
        try expect(
            shape.rank == 2 && lengths.count == shape[0],
            "\(name): the scores have shape \(shape) for \(lengths.count) sentence lengths, expected [B,S] and B lengths"
        )
        let (batch, source) = (shape[0], shape[1])
        try expectWords(lengths, of: source, name)
        let (y, tape) = Tensor.result(shape, of: self)
        y.storage.workspace.withScratch(source) { sorted in
            for b in 0..<batch {
                forward(lengths[b], pointer + b * source, y.pointer + b * source, source, sorted)
            }
        }
        let x = self
        tape?.record {
            guard let dy = y.arrivedGradient else { return }
            for b in 0..<batch {
                backward(lengths[b], dy + b * source, y.pointer + b * source, x.gradientPointer + b * source)
            }
        }
        return y
    }
}
