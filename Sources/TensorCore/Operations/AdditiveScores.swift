// The scores of additive attention as one node: what `addingToEachPosition`, `tanh` and `dot` compute in three.

import VectorMath

extension Tensor {
    /// e[b,i] = v · tanh(q[b] + k[b,i] + x[b,i]) for the real positions, 0 in the padding.
    ///
    ///     self = k [B,S,A], q [B,A], x [B,S,A] or nil, v [A] → [B,S]
    ///
    /// - Parameter features: what is added at each position beside the key: convolved past weights, coverage.
    /// - Complexity: one tanh and one multiply-add for each of the Σ lengths · A activations; they are kept for the
    ///   backward pass.
    public func additiveScores(query: Tensor, features: Tensor? = nil, vector: Tensor, lengths: [Int]) throws -> Tensor
    {
        try expect(shape.rank == 3, "additiveScores: the keys have shape \(shape), expected [B,S,A]")
        let (batch, source, units) = (shape[0], shape[1], shape[2])
        try expect(query.shape, is: Shape(batch, units), "additiveScores: the query", axes: "B,A")
        if let features {
            try expect(features.shape, is: shape, "additiveScores: the tensor of features", axes: "B,S,A")
        }
        try expect(vector.shape, is: Shape(units), "additiveScores: the vector v", axes: "A")
        try expect(
            lengths.count == batch && lengths.allSatisfy { (0...source).contains($0) },
            "additiveScores: lengths \(lengths) for keys of shape \(shape), expected B lengths of 0 to S")
        let workspace = vector.storage.workspace
        let keys = self
        let (e, tape) = Tensor.result(Shape(batch, source), of: self, query, vector, features)
        let kept = Storage(count: tape == nil ? units : count, requiresGradient: false, workspace: workspace)
        e.pointer.update(repeating: 0, count: e.count)
        for b in 0..<batch {
            for i in 0..<lengths[b] {
                let row = (b * source + i) * units
                e.pointer[b * source + i] = additiveForward(
                    units, q: query.pointer + b * units, k: pointer + row, x: features.map { $0.pointer + row },
                    v: vector.pointer, t: kept.pointer + (tape == nil ? 0 : row))
            }
        }
        withExtendedLifetime(kept) {}

        tape?.record {
            guard let de = e.arrivedGradient else { return }
            workspace.withScratch(batch * units + units) { spare in
                let dq = query.requiresGradient ? query.gradientPointer : spare
                let dv = vector.requiresGradient ? vector.gradientPointer : spare + batch * units
                /// The padding of a gradient that has nothing in it yet is cleared; nothing comes back from there.
                func target(_ tensor: Tensor?) -> AdditiveTarget {
                    guard let tensor, tensor.requiresGradient else { return .none }
                    let (pointer, accumulate) = tensor.gradientTarget()
                    if !accumulate {
                        for b in 0..<batch {
                            (pointer + (b * source + lengths[b]) * units).update(
                                repeating: 0, count: (source - lengths[b]) * units)
                        }
                    }
                    return AdditiveTarget(pointer: pointer, accumulate: accumulate)
                }
                let dk = target(keys), dx = target(features)
                for b in 0..<batch {
                    let row = b * source * units
                    additiveBackward(
                        lengths[b], units, de: de + b * source, v: vector.pointer, t: kept.pointer + row,
                        dq: dq + b * units, dv: dv,
                        dk: AdditiveTarget(pointer: dk.pointer.map { $0 + row }, accumulate: dk.accumulate),
                        dx: AdditiveTarget(pointer: dx.pointer.map { $0 + row }, accumulate: dx.accumulate))
                }
            }
        }
        return e
    }
}
