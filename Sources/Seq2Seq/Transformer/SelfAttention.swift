// Every position of a sentence looks at others of the same sentence, with several heads: all at once, or one new word
// after the other.

import TensorCore

/// Keys and values of the words so far, [B,t,D]; what causal self-attention keeps between two steps of a search.
struct SeenWords {
    var keys, values: Tensor

    func gathered(_ rows: [Int]) throws -> SeenWords {
        try SeenWords(keys: keys.gathered(rows), values: values.gathered(rows))
    }

    /// With one more word, [B,D].
    func adding(_ key: Tensor, _ value: Tensor) throws -> SeenWords {
        try SeenWords(keys: Self.join(keys, key), values: Self.join(values, value))
    }

    private static func join(_ words: Tensor, _ word: Tensor) throws -> Tensor {
        let (batch, count, width) = (words.shape[0], words.shape[1], words.shape[2])
        return try words.reshaped([batch, count * width]).concatenated(with: word)
            .reshaped([batch, count + 1, width])
    }
}

/// softmax(Q Kᵀ/√d) V in each head, heads side by side times Wo (Vaswani et al. 2017, §3.2.2).
struct SelfAttention {
    private let heads: Int
    /// [D,D].
    private let Wq, Wk, Wv, Wo: Tensor
    /// Off in tests, to run the twin of the kernel.
    var usesFusedKernels = true

    init(width: Int, heads: Int, _ parameters: inout ParameterBuilder) {
        self.heads = heads
        Wq = parameters.matrix("Wq", width, width)
        Wk = parameters.matrix("Wk", width, width)
        Wv = parameters.matrix("Wv", width, width)
        Wo = parameters.matrix("Wo", width, width)
    }

    /// sum + attention of x [B,T,D].
    func callAsFunction(_ x: Tensor, seeing sight: Sight, addedTo sum: Tensor) throws -> Tensor {
        try looking(x, seeing: sight, addedTo: sum).sum
    }

    /// The same with its weights [B·N,T,T], which are for readers: no gradient flows back from them.
    func looking(_ x: Tensor, seeing sight: Sight, addedTo sum: Tensor) throws -> (sum: Tensor, weights: Tensor) {
        let look = try look(x.matmul(Wq), keys: x.matmul(Wk), values: x.matmul(Wv), sight)
        return (try look.contexts.matmul(Wo, adding: sum), look.weights)
    }

    /// The same for one more word [B,D], which looks at itself and those before.
    func next(_ x: Tensor, after seen: SeenWords?, addedTo sum: Tensor) throws -> (sum: Tensor, seen: SeenWords) {
        let key = try x.matmul(Wk), value = try x.matmul(Wv), one: Shape = [x.shape[0], 1, x.shape[1]]
        let now = try seen?.adding(key, value) ?? SeenWords(keys: key.reshaped(one), values: value.reshaped(one))
        let query = try x.matmul(Wq).reshaped(one)
        let look = try look(query, keys: now.keys, values: now.values, .before)
        return (try look.contexts.reshaped(x.shape).matmul(Wo, adding: sum), now)
    }

    private func look(_ queries: Tensor, keys: Tensor, values: Tensor, _ sight: Sight) throws -> HeadsLook {
        try usesFusedKernels
            ? queries.multiHeadAttention(keys: keys, values: values, heads: heads, seeing: sight)
            : queries.multiHeadAttentionByQuery(keys: keys, values: values, heads: heads, seeing: sight)
    }
}
