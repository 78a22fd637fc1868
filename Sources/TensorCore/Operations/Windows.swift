// Scores of a window of each sentence only: outside it a word is out of reach.
// B batch, S source positions, K key width; the edges of a window have no gradient.

import VectorMath

extension Tensor {
    /// The scores within the windows; out of reach outside.
    ///
    ///     [B,S] → [B,S]
    public func within(_ windows: [Range<Int>]) throws -> Tensor {
        try expect(shape.rank == 2, "within: the scores have shape \(shape), expected [B,S]")
        let source = shape[1]
        try expectWindows("within", windows, batch: shape[0], source)
        let (y, tape) = Tensor.result(shape, of: self)
        y.pointer.update(repeating: Self.outOfReach, count: count)
        for (b, window) in windows.enumerated() {
            let row = b * source + window.lowerBound
            (y.pointer + row).update(from: pointer + row, count: window.count)
        }
        let scores = self
        tape?.record {
            guard let dy = y.arrivedGradient else { return }
            let gradient = scores.gradientPointer
            for (b, window) in windows.enumerated() {
                let row = b * source + window.lowerBound
                add(window.count, gradient + row, dy + row, into: gradient + row)
            }
        }
        return y
    }

    /// Inner products with a query for each sentence, computed within its window alone: `dot(query).within(windows)`.
    ///
    ///     [B,S,K] · [B,K] → [B,S]
    ///
    /// - Complexity: K multiply-adds for each word of a window.
    public func dot(_ query: Tensor, within windows: [Range<Int>]) throws -> Tensor {
        try expect(shape.rank == 3, "dot: the keys have shape \(shape), expected [B,S,K]")
        let (batch, source, k) = (shape[0], shape[1], shape[2])
        try expect(query.shape, is: Shape(batch, k), "dot: the query, against keys of shape \(shape),", axes: "B,K")
        try expectWindows("dot", windows, batch: batch, source)
        let (y, tape) = Tensor.result(Shape(batch, source), of: self, query)
        y.pointer.update(repeating: Self.outOfReach, count: y.count)
        for (b, window) in windows.enumerated() {
            let row = b * source + window.lowerBound
            rowProducts(
                window.count, k, pointer + row * k, query.pointer + b * k, into: y.pointer + row, accumulate: false)
        }
        let keys = self
        tape?.record {
            guard let dy = y.arrivedGradient else { return }
            for (b, window) in windows.enumerated() {
                let row = b * source + window.lowerBound
                if keys.requiresGradient {
                    outerRows(
                        1, window.count, k, dy + row, query.pointer + b * k, 0, into: keys.gradientPointer + row * k,
                        accumulate: true)
                }
                if query.requiresGradient {
                    addWeightedRows(
                        1, window.count, k, dy + row, keys.pointer + row * k, into: query.gradientPointer + b * k, 0)
                }
            }
        }
        return y
    }
}

private func expectWindows(_ operation: String, _ windows: [Range<Int>], batch: Int, _ source: Int) throws {
    try expect(windows.count == batch, "\(operation): \(windows.count) windows for a batch of \(batch)")
    if let b = windows.firstIndex(where: { $0.isEmpty || $0.lowerBound < 0 || $0.upperBound > source }) {
        throw ShapeError(
            "\(operation): the window \(windows[b]) of sentence \(b), expected at least one of its places 0 to \(source - 1)"
        )
    }
}
