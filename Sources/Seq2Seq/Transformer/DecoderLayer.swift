// One layer of a Transformer's decoder. Its cross-attention is a scorer like any other's: the layer says with which
// query it asks, and what becomes of the context.

import TensorCore

/// x → s by causal self-attention; q = LN s or s → scorer → c; z = s + c Wo, then feed-forward.
struct DecoderLayer {
    private var attention: SelfAttention
    private let feedForward: FeedForward
    /// [D,D].
    private let Wo: Tensor
    private let around: (attention: Sublayer, cross: Sublayer, feedForward: Sublayer)

    init(_ settings: ModelSettings, _ parameters: inout ParameterBuilder) {
        let d = settings.state, builder = parameters
        var scope = builder.scope("self")
        attention = SelfAttention(width: d, heads: settings.selfAttentionHeads, &scope)
        Wo = parameters.matrix("Wo", d, d)
        feedForward = FeedForward(width: d, inner: settings.feedForwardWidth, &parameters)
        func sublayer(_ name: String) -> Sublayer {
            var scope = builder.scope(name)
            return Sublayer(place: settings.norm, norm: LayerNorm(width: d, &scope))
        }
        around = (sublayer("norm1"), sublayer("norm2"), sublayer("norm3"))
    }

    mutating func useComposedTwins() { attention.usesFusedKernels = false }

    /// s of all words: [B,T,D] → [B,T,D].
    func states(_ x: Tensor) throws -> Tensor {
        try around.attention.after(attention(around.attention.before(x), seeing: .before, addedTo: x))
    }

    /// s of one more word: [B,D] → [B,D].
    func state(_ x: Tensor, after seen: SeenWords?) throws -> (state: Tensor, seen: SeenWords) {
        let (sum, seen) = try attention.next(around.attention.before(x), after: seen, addedTo: x)
        return try (around.attention.after(sum), seen)
    }

    /// What the scorer is asked with, of any number of rows.
    func query(_ state: Tensor) throws -> Tensor { try around.cross.before(state) }

    /// What the layer hands on: [..., D], [..., D] → [..., D].
    func output(state: Tensor, context: Tensor) throws -> Tensor {
        let z = try around.cross.after(context.matmul(Wo, adding: state))
        return try around.feedForward.after(feedForward(around.feedForward.before(z)) + z)
    }
}
