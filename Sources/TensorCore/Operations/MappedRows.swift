// A function of each row and its derivative, both given: an operation that somebody adds without writing to memory.

extension Tensor {
    /// y = f(x) for the first `lengths[b]` numbers of each row; exactly 0 beyond them, whatever stands there.
    ///
    ///     [B,S] → [B,S]
    ///
    /// - Parameters:
    ///   - name: for the sentence that says what does not fit.
    ///   - forward: x → y, as many numbers.
    ///   - backward: y and ∂L/∂y → ∂L/∂x. That of a function which needs more than its result can compute it from the
    ///     closure.
    /// - Throws: where a row has no real number, and where `forward` gives another count of them.
    public func mappingRows(
        _ name: String, lengths: [Int], forward: ([Scalar]) -> [Scalar],
        backward: @escaping (_ y: [Scalar], _ dy: [Scalar]) -> [Scalar]
    ) throws -> Tensor {
        try expect(
            shape.rank == 2 && lengths.count == shape[0],
            "\(name): the scores have shape \(shape) for \(lengths.count) sentence lengths, expected [B,S] and B lengths"
        )
        let (batch, source) = (shape[0], shape[1])
        try expectWords(lengths, of: source, name)
        let (y, tape) = Tensor.result(shape, of: self)
        for b in 0..<batch {
            let row = forward(Array(UnsafeBufferPointer(start: pointer + b * source, count: lengths[b])))
            try expect(row.count == lengths[b], "\(name): \(row.count) numbers came of a row of \(lengths[b])")
            for i in 0..<source { y.pointer[b * source + i] = i < lengths[b] ? row[i] : 0 }
        }
        let x = self
        tape?.record {
            guard let dy = y.arrivedGradient else { return }
            let dx = x.gradientPointer
            func row(_ start: UnsafeMutablePointer<Scalar>, _ b: Int) -> [Scalar] {
                Array(UnsafeBufferPointer(start: start + b * source, count: lengths[b]))
            }
            for b in 0..<batch {
                for (i, gradient) in backward(row(y.pointer, b), row(dy, b)).prefix(lengths[b]).enumerated() {
                    dx[b * source + i] += gradient
                }
            }
        }
        return y
    }
}
