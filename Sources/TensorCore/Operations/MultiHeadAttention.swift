// Scaled dot-product attention with several heads over all queries at once (Vaswani et al. 2017, §3.2).
// B sentences, T queries, S keys, N heads, d = D/N.

import VectorMath

/// Which keys a query may look at.
public enum Sight {
    /// The first so many of each sentence: what stands beyond is padding.
    case words([Int])
    /// Its own position and those before. The queries are the last T of S positions: query t sees keys 0 … S − T + t.
    case before

    /// Of query t in sentence b.
    func seen(_ b: Int, _ t: Int, queries: Int, keys: Int) -> Int {
        switch self {
        case .words(let lengths): lengths[b]
        case .before: keys - queries + t + 1
        }
    }

    fileprivate func check(batch: Int, queries: Int, keys: Int) throws {
        switch self {
        case .words(let lengths):
            try expect(
                lengths.count == batch, "multiHeadAttention: \(lengths.count) lengths for a batch of \(batch)")
            try expectWords(lengths, of: keys, "multiHeadAttention")
        case .before:
            try expect(
                queries <= keys,
                "multiHeadAttention: \(queries) queries over \(keys) positions; the queries are the last of them")
        }
    }
}

/// What a layer of attention made.
public struct HeadsLook {
    /// The heads' contexts side by side, [B,T,D].
    public let contexts: Tensor
    /// α [B·N,T,S], head n of sentence b in row b·N + n; exactly 0 where a query may not look. No gradient flows back
    /// from here: it is for readers.
    public let weights: Tensor
}

extension Tensor {
    /// α_t = softmax(q_t kᵢ / √d), c_t = Σᵢ α_tᵢ vᵢ in each of N heads, which have d columns each.
    ///
    ///     q = self [B,T,D], keys and values [B,S,D] → [B,T,D]
    ///
    /// Beyond what a query may see, weights are exactly 0, and what stands there may be anything but NaN and infinity.
    /// - Complexity: 2·B·T·S·D multiply-adds forward, twice that backward.
    public func multiHeadAttention(keys: Tensor, values: Tensor, heads: Int, seeing sight: Sight) throws -> HeadsLook {
        let (batch, queries, source) = try checkedHeads(keys, values, heads, sight)
        let (y, tape) = Tensor.result(shape, of: self, keys, values), workspace = y.storage.workspace
        let width = shape[2] / heads, q = self
        let weights = Tensor(
            storage: Storage(count: batch * heads * queries * source, requiresGradient: false, workspace: workspace),
            shape: [batch * heads, queries, source])
        /// Each head of each sentence: its sizes, and where its queries, its keys and its weights begin.
        func forEachHead(_ body: (HeadSizes, _ query: Int, _ key: Int, _ weight: Int) -> Void) {
            for b in 0..<batch {
                func seen(_ t: Int) -> Int { sight.seen(b, t, queries: queries, keys: source) }
                let sizes = HeadSizes(
                    queries: queries, keys: source, width: width, stride: width * heads,
                    visible: queries == 0 ? 0 : seen(queries - 1), seen: seen)
                for n in 0..<heads {
                    body(
                        sizes, b * queries * width * heads + n * width, b * source * width * heads + n * width,
                        (b * heads + n) * queries * source)
                }
            }
        }
        workspace.withScratch(width * source) { scratch in
            forEachHead { sizes, query, key, weight in
                headForward(
                    sizes, q.pointer + query, keys.pointer + key, values.pointer + key,
                    weights: weights.pointer + weight, into: y.pointer + query, scratch: scratch, workspace)
            }
        }
        tape?.record {
            guard let dy = y.arrivedGradient else { return }
            func target(_ tensor: Tensor) -> UnsafeMutablePointer<Scalar>? {
                tensor.requiresGradient ? tensor.gradientPointer : nil
            }
            let (dq, dk, dv) = (target(q), target(keys), target(values))
            workspace.withScratch(width * source + 2 * queries * source) { scratch in
                forEachHead { sizes, query, key, weight in
                    headBackward(
                        sizes, dy: dy + query, weights: weights.pointer + weight, q.pointer + query,
                        keys.pointer + key, values.pointer + key, dq: dq.map { $0 + query }, dk: dk.map { $0 + key },
                        dv: dv.map { $0 + key }, scratch: scratch, workspace)
                }
            }
        }
        return HeadsLook(contexts: y, weights: weights)
    }

    /// The same numbers query by query, of operations that there are: the twin of the kernel above.
    public func multiHeadAttentionByQuery(
        keys: Tensor, values: Tensor, heads: Int, seeing sight: Sight
    ) throws -> HeadsLook {
        let (batch, queries, source) = try checkedHeads(keys, values, heads, sight)
        let scale = 1 / Scalar(shape[2] / heads).squareRoot()
        let q = try splittingHeads(heads).swappingFirstAxes()
        let keys = try keys.splittingHeads(heads), values = try values.splittingHeads(heads)
        var contexts: [Tensor] = [], weights: [Tensor] = []
        for t in 0..<queries {
            let seen = (0..<batch * heads).map { sight.seen($0 / heads, t, queries: queries, keys: source) }
            let alpha = try keys.dot(q.slice(t)).scaled(by: scale).maskedSoftmax(lengths: seen)
            weights.append(alpha)
            try contexts.append(alpha.weightedSum(of: values))
        }
        return try HeadsLook(
            contexts: Tensor.stack(contexts).swappingFirstAxes().joiningHeads(heads),
            weights: Tensor.stack(weights).swappingFirstAxes().detached())
    }

    private func checkedHeads(
        _ keys: Tensor, _ values: Tensor, _ heads: Int, _ sight: Sight
    ) throws -> (batch: Int, queries: Int, keys: Int) {
        try expect(
            shape.rank == 3 && heads > 0 && shape[2] % heads == 0 && shape[1] > 0,
            "multiHeadAttention: queries of shape \(shape) for \(heads) heads, expected [B,T,D] with D a multiple of it"
        )
        let (batch, queries, source) = (shape[0], shape[1], keys.shape.rank == 3 ? keys.shape[1] : 0)
        try expect(keys.shape, is: Shape(batch, source, shape[2]), "multiHeadAttention: the keys", axes: "B,S,D")
        try expect(values.shape, is: keys.shape, "multiHeadAttention: the tensor of values", axes: "B,S,D")
        try sight.check(batch: batch, queries: queries, keys: source)
        return (batch, queries, source)
    }
}
