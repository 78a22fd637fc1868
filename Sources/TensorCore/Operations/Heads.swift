// Several heads: the last axis cut into parts that are treated as sentences of their own, and joined again.
// B sentences, S positions, N heads, d = D/N units a head.

import VectorMath

extension Tensor {
    /// Columns n·d … (n+1)·d − 1 of every position become row b·N + n.
    ///
    ///     [B,S,D] → [B·N,S,d]
    public func splittingHeads(_ count: Int) throws -> Tensor {
        try expect(
            shape.rank == 3 && count > 0 && shape[2] % count == 0,
            "splittingHeads: shape \(shape) cannot be cut into \(count) heads; expected [B,S,D] with D a multiple of it"
        )
        let (batch, steps, width) = (shape[0], shape[1], shape[2] / count)
        return moved(to: Shape(batch * count, steps, width), batch, steps, count, width, splits: true)
    }

    /// The inverse of `splittingHeads`.
    ///
    ///     [B·N,S,d] → [B,S,D]
    public func joiningHeads(_ count: Int) throws -> Tensor {
        try expect(
            shape.rank == 3 && count > 0 && shape[0] % count == 0,
            "joiningHeads: shape \(shape) is not that of \(count) heads; expected [B·N,S,d]")
        let (batch, steps, width) = (shape[0] / count, shape[1], shape[2])
        return moved(to: Shape(batch, steps, count * width), batch, steps, count, width, splits: false)
    }

    private func moved(
        to newShape: Shape, _ batch: Int, _ steps: Int, _ count: Int, _ width: Int, splits: Bool
    ) -> Tensor {
        let (y, tape) = Tensor.result(newShape, of: self)
        /// Each run of d numbers, by where it begins joined and where it begins split.
        func forEachRun(_ body: (_ joined: Int, _ split: Int) -> Void) {
            for b in 0..<batch {
                for i in 0..<steps {
                    for n in 0..<count {
                        body(((b * steps + i) * count + n) * width, ((b * count + n) * steps + i) * width)
                    }
                }
            }
        }
        forEachRun { joined, split in
            let (from, to) = splits ? (joined, split) : (split, joined)
            (y.pointer + to).update(from: pointer + from, count: width)
        }
        let x = self
        tape?.record {
            guard let dy = y.arrivedGradient else { return }
            let dx = x.gradientPointer
            forEachRun { joined, split in
                let (from, to) = splits ? (joined, split) : (split, joined)
                add(width, dx + from, dy + to, into: dx + from)
            }
        }
        return y
    }
}
