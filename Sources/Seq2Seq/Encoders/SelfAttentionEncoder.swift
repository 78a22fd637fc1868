// Layers of self-attention: every word looks at every other of its sentence, whatever stands between them.

public import AttentionScorers
public import TensorCore

public struct SelfAttentionEncoder: LookingEncoder {
    public static let card = PartCard(
        name: "self-attention", equation: "h = LN(x + FF(x)) after x = LN(x + MHA(x)), layer by layer; summary mean h",
        source: "Vaswani et al. 2017, §3")
    public static let reads: [ModelSettings.PartSetting] = ModelSettings.transformerSettings

    /// One layer: self-attention and feed-forward, each with its way around.
    struct Layer {
        private let attention: SelfAttention, feedForward: FeedForward
        private let around: (attention: Sublayer, feedForward: Sublayer)

        init(_ settings: ModelSettings, _ parameters: inout ParameterBuilder) {
            let d = settings.state
            attention = SelfAttention(width: d, heads: settings.selfAttentionHeads, &parameters)
            feedForward = FeedForward(width: d, inner: settings.feedForwardWidth, &parameters)
            var first = parameters.scope("norm1"), second = parameters.scope("norm2")
            around = (
                Sublayer(place: settings.norm, norm: LayerNorm(width: d, &first)),
                Sublayer(place: settings.norm, norm: LayerNorm(width: d, &second))
            )
        }

        /// [B,S,D] → [B,S,D]; what comes of the padding means nothing.
        func callAsFunction(_ x: Tensor, lengths: [Int], fused: Bool = true) throws -> Tensor {
            try looking(x, lengths: lengths, fused: fused).states
        }

        /// The same with the weights of its heads [B·N,S,S].
        func looking(_ x: Tensor, lengths: [Int], fused: Bool) throws -> (states: Tensor, weights: Tensor) {
            var attention = attention
            attention.usesFusedKernels = fused
            let look = try attention.looking(around.attention.before(x), seeing: .words(lengths), addedTo: x)
            let y = try around.attention.after(look.sum)
            return (try around.feedForward.after(feedForward(around.feedForward.before(y)) + y), look.weights)
        }
    }

    private let words: PlacedWords
    private let layers: [Layer]
    /// After the last layer, of pre-norm layers.
    private let last: LayerNorm?
    private var usesFusedKernels = true

    public init(_ settings: ModelSettings, vocabulary: Int, _ parameters: inout ParameterBuilder) {
        words = PlacedWords(settings, vocabulary: vocabulary, &parameters)
        let builder = parameters
        layers = (1...settings.transformerLayers).map { number in
            var scope = builder.scope("layer\(number)")
            return Layer(settings, &scope)
        }
        var scope = builder.scope("norm")
        last = settings.norm == .pre ? LayerNorm(width: settings.state, &scope) : nil
    }

    public func encode(_ source: [Int], lengths: [Int]) throws -> SourceReading {
        var x = try words(source, batch: lengths.count)
        for layer in layers { x = try layer(x, lengths: lengths, fused: usesFusedKernels) }
        return try SourceReading(meanOf: last.map { try $0(x) } ?? x, lengths: lengths)
    }

    public func looks(_ source: SourceSentences) throws -> [Tensor] {
        var x = try words(source.ids, batch: source.lengths.count), weights: [Tensor] = []
        for layer in layers {
            let look = try layer.looking(x, lengths: source.lengths, fused: usesFusedKernels)
            x = look.states
            weights.append(look.weights)
        }
        return weights
    }

    public static func numbersPerPair(_ settings: ModelSettings) -> Int {
        settings.transformerLayers * settings.selfAttentionHeads
    }

    public mutating func useComposedTwins() { usesFusedKernels = false }
}
