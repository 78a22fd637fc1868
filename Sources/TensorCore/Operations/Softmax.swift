// Softmax over the real positions of each sentence, and softmax with cross-entropy.

import VectorMath

extension Tensor {
    /// αᵢ = exp(eᵢ − max e) / Σⱼ exp(eⱼ − max e) over the first `lengths[b]` positions; exactly 0 beyond them.
    ///
    ///     [B,S] → [B,S]
    ///
    /// What stands in the padding is never read, so it may be anything, NaN included.
    ///
    /// - Throws: where a sentence has no real position: no weights exist that sum to 1.
    public func maskedSoftmax(lengths: [Int]) throws -> Tensor {
        try expect(
            shape.rank == 2 && lengths.count == shape[0],
            "maskedSoftmax: the scores have shape \(shape) for \(lengths.count) sentence lengths, expected [B,S] and B lengths"
        )
        let (batch, source) = (shape[0], shape[1])
        try expectWords(lengths, of: source, "maskedSoftmax")
        let (y, tape) = Tensor.result(shape, of: self)
        for b in 0..<batch { softmax(lengths[b], pointer + b * source, into: y.pointer + b * source, padTo: source) }
        let x = self
        tape?.record {
            guard let dy = y.arrivedGradient else { return }
            // deᵢ = αᵢ (dαᵢ − Σⱼ αⱼ dαⱼ)
            for b in 0..<batch {
                softmaxBackward(
                    lengths[b], dy: dy + b * source, y: y.pointer + b * source, into: x.gradientPointer + b * source)
            }
        }
        return y
    }

    /// Mean over the targets that are not `ignored` of −log softmax(logits)[target].
    ///
    ///     [N,V] , N targets → [1]
    ///
    /// - Parameter total: what the sum is divided by instead of the number of targets: those of the whole batch, where
    ///   this is a part of it. A part may then have none.
    /// - Parameter smoothing: ε, the share of a target's probability that is spread over all V: the loss is then
    ///   −Σ q log softmax(logits) with q = (1 − ε) onehot + ε/V (Szegedy et al. 2016, §7).
    /// - Complexity: N·V exponentials. The gradient is made on the way forward, where the probabilities are still at
    ///   hand.
    public func crossEntropy(
        targets: [Int], ignoring ignored: Int, dividingBy total: Int? = nil, smoothing: Double = 0
    ) throws -> Tensor {
        try expect(
            shape.rank == 2 && targets.count == shape[0],
            "crossEntropy: the logits have shape \(shape) for \(targets.count) targets, expected [N,V] and N targets")
        let (rows, vocabulary) = (shape[0], shape[1])
        if let bad = targets.first(where: { $0 < 0 || $0 >= vocabulary }) {
            throw ShapeError("crossEntropy: target \(bad) is outside the vocabulary of \(vocabulary)")
        }
        let real = total ?? targets.reduce(0) { $0 + ($1 == ignored ? 0 : 1) }
        try expect(real > 0, "crossEntropy: every target is padding, so there is no mean to take")
        try expect(
            (0...1).contains(smoothing), "crossEntropy: a share of \(smoothing) cannot be spread; expected 0 to 1")
        let (loss, tape) = Tensor.result(Shape(1), of: self)
        // dlogits = (softmax − q) / N, zero where the target is ignored.
        let gradient = tape.map { _ in Storage(count: count, requiresGradient: false, workspace: storage.workspace) }
        let share = 1 / Scalar(real), rest = Scalar(1 - smoothing), spread = Scalar(smoothing / Double(vocabulary))
        var sum = 0.0
        for r in 0..<rows {
            let x = pointer + r * vocabulary, g = gradient.map { $0.pointer + r * vocabulary }
            if targets[r] == ignored {
                g?.update(repeating: 0, count: vocabulary)
                continue
            }
            let logSum: Double
            if let g {
                logSum = Double(softmax(vocabulary, x, into: g, padTo: vocabulary, times: share))
                g[targets[r]] -= share * rest
                if smoothing > 0 { for w in 0..<vocabulary { g[w] -= share * spread } }
            } else {
                logSum = TensorCore.logSumExp(vocabulary, x)
            }
            sum += logSum - Double(x[targets[r]])
            if smoothing > 0 {
                let mean = Double(TensorCore.sum(vocabulary, x)) / Double(vocabulary)
                sum += smoothing * (Double(x[targets[r]]) - mean)
            }
        }
        loss.pointer[0] = Scalar(sum / Double(real))
        let logits = self
        tape?.record {
            guard let dy = loss.arrivedGradient, let gradient else { return }
            if dy[0] == 1, logits.adoptGradient(gradient) { return }
            addScaled(gradient.count, gradient.pointer, by: dy[0], into: logits.gradientPointer)
        }
        return loss
    }
}

extension Tensor {
    /// Softmax over all positions, padding included, then the padding set to 0 and the rest divided by its sum: the
    /// variant of the pointer-generator paper's code (See et al. 2017). Equal to `maskedSoftmax` in exact arithmetic.
    /// In floating point the sum may be so small beside a great score in the padding that its reciprocal, by which this
    /// multiplies, overflows (below 3e-39 in float32; a division, as in that code, would still be finite), or be 0:
    /// NaN.
    ///
    ///     [B,S] → [B,S]
    ///
    /// Kept for that lesson only; use `maskedSoftmax`.
    public func renormalisingSoftmax(lengths: [Int]) throws -> Tensor {
        try expect(
            shape.rank == 2 && lengths.count == shape[0],
            "renormalisingSoftmax: the scores have shape \(shape) for \(lengths.count) sentence lengths, expected [B,S] and B lengths"
        )
        let (batch, source) = (shape[0], shape[1])
        try expectWords(lengths, of: source, "renormalisingSoftmax")
        let (y, tape) = Tensor.result(shape, of: self)
        for b in 0..<batch {
            let row = y.pointer + b * source
            softmax(source, pointer + b * source, into: row, padTo: source)
            scale(lengths[b], row, by: 1 / TensorCore.sum(lengths[b], row), into: row)
            (row + lengths[b]).update(repeating: 0, count: source - lengths[b])
        }
        let x = self
        tape?.record {
            guard let dy = y.arrivedGradient else { return }
            for b in 0..<batch {
                softmaxBackward(
                    lengths[b], dy: dy + b * source, y: y.pointer + b * source, into: x.gradientPointer + b * source)
            }
        }
        return y
    }
}

func expectWords(_ lengths: [Int], of source: Int, _ operation: String) throws {
    if let b = lengths.firstIndex(where: { $0 < 1 || $0 > source }) {
        throw ShapeError(
            "\(operation): sentence \(b) has \(lengths[b]) real tokens, expected 1 to S = \(source); "
                + "a sentence with none has nothing to attend to, leave it out of the batch")
    }
}
