// Where a walk over the words of a sentence goes next, by how far the step is: a hidden Markov model's prior.
// Vogel et al. 1996, "HMM-based word alignment in statistical translation", §3; Och & Ney 2003, §3.2, for positions that
// share the weights of a distance.
//
// B sentences, S places for words, of which a place 0 before the first word is where the walk begins; 2R + 1 distances.

import VectorMath

extension Tensor {
    /// p(i | k) = softmax_i J_k[clamp(i − k, −R, R)] − far · (|i − k| beyond R), over the real words i = 1 … S_b.
    ///
    ///     self = J [N,2R+1] , rows [B·(S+1)] → [B,S+1,S+1],  p[b,k,i]
    ///
    /// No walk comes back to place 0: its column is 0, as are the columns of padding. The rows of padding are 0 too.
    ///
    /// - Parameters:
    ///   - rows: for each place k of each sentence the row of J that says where it goes from there.
    ///   - lengths: S_b, the real words of each sentence.
    ///   - far: what every word more beyond R costs.
    /// - Complexity: B·S² exponentials.
    public func jumpWeights(rows: [Int], lengths: [Int], far: Scalar) throws -> Tensor {
        try expect(
            shape.rank == 2 && shape[1] % 2 == 1,
            "jumpWeights: the scores have shape \(shape), expected [N,2R+1]: as many steps to the left as to the right")
        try expect(
            !lengths.isEmpty && rows.count % lengths.count == 0 && rows.allSatisfy { 0..<shape[0] ~= $0 },
            "jumpWeights: \(rows.count) places for \(lengths.count) sentences and scores of shape \(shape); expected "
                + "B·(S+1) places, each a row of the scores")
        let batch = lengths.count, places = rows.count / batch, radius = shape[1] / 2, width = shape[1]
        try expectWords(lengths, of: places - 1, "jumpWeights")
        let (y, tape) = Tensor.result(Shape(batch, places, places), of: self)
        let scores = self
        y.pointer.update(repeating: 0, count: y.count)
        for b in 0..<batch {
            for k in 0...lengths[b] {
                let row = y.pointer + (b * places + k) * places + 1, J = pointer + rows[b * places + k] * width
                for i in 1...lengths[b] {
                    let step = max(-radius, min(radius, i - k))
                    row[i - 1] = J[radius + step] - far * Scalar(abs(i - k - step))
                }
                softmax(lengths[b], row, into: row, padTo: lengths[b])
            }
        }
        tape?.record {
            guard let dy = y.arrivedGradient else { return }
            let dJ = scores.gradientPointer
            for b in 0..<batch {
                for k in 0...lengths[b] {
                    let at = (b * places + k) * places + 1, own = dJ + rows[b * places + k] * width + radius
                    let mean = innerProduct(lengths[b], y.pointer + at, dy + at)
                    for i in 1...lengths[b] {
                        own[max(-radius, min(radius, i - k))] += y.pointer[at + i - 1] * (dy[at + i - 1] - mean)
                    }
                }
            }
        }
        return y
    }
}
