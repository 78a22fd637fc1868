// Monotonic chunkwise attention: where the walk stops, a softmax over the few words up to there.

import VectorMath

extension Tensor {
    /// β_j = Σ_k α_k softmax(u over the `width` words up to and including k)_j, k from j to j + width − 1 (Chiu &
    /// Raffel 2018, §2.3).
    ///
    ///     self = u [B,S], stops α [B,S] → β [B,S]
    ///
    /// Each chunk's softmax takes off its own greatest score, so no score is clamped. Rows sum to what those of α sum
    /// to; beyond the real words everything is 0, whatever stands there.
    ///
    /// - Complexity: B·S·width exponentials; the softmaxes are kept for the backward pass.
    public func chunkwise(stops: Tensor, width: Int, lengths: [Int]) throws -> Tensor {
        try expect(
            shape.rank == 2 && lengths.count == shape[0],
            "chunkwise: the scores have shape \(shape) for \(lengths.count) sentence lengths, expected [B,S] and B lengths"
        )
        try expect(stops.shape, is: shape, "chunkwise: the tensor of stops", axes: "B,S")
        try expect(width >= 1, "chunkwise: a chunk of \(width) words, expected at least 1")
        try expectWords(lengths, of: shape[1], "chunkwise")
        let source = shape[1], u = self, block = source * width
        let (y, tape) = Tensor.result(shape, of: self, stops)
        let workspace = y.storage.workspace
        let shares = Storage(count: lengths.count * block, requiresGradient: false, workspace: workspace)
        workspace.withScratch(2 * source) { scratch in
            for (b, n) in lengths.enumerated() {
                let row = b * source
                chunkShares(
                    n, width, u: pointer + row, greatest: scratch, sums: scratch + source,
                    into: shares.pointer + b * block)
                TensorCore.chunkwise(
                    n, width, stops: stops.pointer + row, shares: shares.pointer + b * block, into: y.pointer + row)
                (y.pointer + row + n).update(repeating: 0, count: source - n)
            }
        }
        tape?.record {
            guard let dy = y.arrivedGradient else { return }
            let du = u.requiresGradient ? u.gradientPointer : nil
            let dstops = stops.requiresGradient ? stops.gradientPointer : nil
            workspace.withScratch(source) { means in
                for (b, n) in lengths.enumerated() {
                    let row = b * source
                    chunkwiseBackward(
                        n, width, stops: stops.pointer + row, shares: shares.pointer + b * block, dy: dy + row,
                        means: means, dstops: dstops.map { $0 + row }, du: du.map { $0 + row })
                }
            }
        }
        return y
    }
}
