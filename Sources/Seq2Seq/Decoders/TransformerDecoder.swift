// A Transformer's decoder whose cross-attention is any scorer: the last layer asks the model's, each layer below one of
// its own.

public import AttentionScorers
public import TensorCore

public struct TransformerDecoder: StepDecoder {
    public static let card = PartCard(
        name: "transformer",
        equation: "s_t = x + causal MHA(x), (α_t, c_t) = scorer(s_t, h), r_t = LN(z + FF(z)), z = s_t + c_t Wo",
        source: "Vaswani et al. 2017, §3")
    public static let reads: [ModelSettings.PartSetting] = ModelSettings.transformerSettings

    private let words: PlacedWords
    private var layers: [DecoderLayer]
    /// Of each layer below the last.
    private let scorers: [any AttentionScorer]
    /// After the last layer, of pre-norm layers.
    private let norm: LayerNorm?

    public var embedding: Tensor { words.embedding }

    public init(
        _ settings: ModelSettings, scorer: any AttentionScorer.Type, vocabulary: Int,
        _ parameters: inout ParameterBuilder
    ) {
        words = PlacedWords(settings, vocabulary: vocabulary, &parameters)
        var layers: [DecoderLayer] = [], scorers: [any AttentionScorer] = []
        for number in 1...settings.transformerLayers {
            var scope = parameters.scope("layer\(number)")
            layers.append(DecoderLayer(settings, &scope))
            guard number < settings.transformerLayers else { break }
            scope = scope.scope("scorer")
            scorers.append(scorer.init(settings.scorerSizes, &scope))
        }
        (self.layers, self.scorers) = (layers, scorers)
        var scope = parameters.scope("norm")
        norm = settings.norm == .pre ? LayerNorm(width: settings.state, &scope) : nil
    }

    public mutating func useComposedTwins() { for index in layers.indices { layers[index].useComposedTwins() } }

    /// Measured at one and two layers.
    public static func timeFactor(_ settings: ModelSettings) -> Double {
        0.45 + 0.8 * Double(settings.transformerLayers)
    }

    public static func numbersPerPair(_ settings: ModelSettings) -> Int {
        settings.transformerLayers * settings.selfAttentionHeads
    }

    /// What each layer keeps of the words so far.
    public struct State: DecoderState {
        /// The source as the scorer of each layer below the last sees it.
        var sources: [EncodedSource]
        /// Of each layer, the last too.
        var pasts: [Past]
        /// nil before the first word.
        var seen: [SeenWords?]
        var steps = 0
        public var reached: ReachedStep?

        public func gathered(_ rows: [Int]) throws -> State {
            try State(
                sources: sources.map { try $0.gathered(rows) }, pasts: pasts.map { try $0.gathered(rows) },
                seen: seen.map { try $0?.gathered(rows) }, steps: steps, reached: reached?.gathered(rows))
        }
    }

    public func begin(_ source: EncodedSource) throws -> State {
        let sources = try scorers.map { try source.seen(by: $0) }
        return State(
            sources: sources, pasts: (sources + [source]).map { Past(before: $0.memory) },
            seen: layers.map { _ in nil })
    }

    public func step(_ before: State, reading words: [Int], _ source: EncodedSource) throws -> State {
        var state = before
        var x = try self.words(words, batch: words.count, from: before.steps)
            .reshaped([words.count, layers.isEmpty ? 0 : source.memory.summary.shape[1]])
        state.steps += 1
        for (number, layer) in layers.enumerated() {
            let (s, seen) = try layer.state(x, after: before.seen[number])
            let isLast = number == layers.count - 1, asked = isLast ? source : state.sources[number]
            let look = try asked.look(query: layer.query(s), past: before.pasts[number])
            (state.seen[number], state.pasts[number]) = (seen, look.past)
            if isLast {
                state.reached = ReachedStep(
                    state: s, context: look.context, weights: look.weights, heads: look.past.heads?.previous)
            } else {
                x = try layer.output(state: s, context: look.context)
            }
        }
        return state
    }

    /// r: the rest of the last layer.
    public func readout(context: Tensor, state: Tensor) throws -> Tensor {
        guard let layer = layers.last else { throw ShapeError("a Transformer without layers has no readout") }
        let output = try layer.output(state: state, context: context)
        return try norm.map { try $0(output) } ?? output
    }

    /// Self-attention and feed-forward of all words at once; the scorers are asked word by word, because they may want
    /// to know where they looked before.
    public func teacherForce(_ words: [Int], steps: Int, _ source: EncodedSource) throws -> [ReachedStep] {
        let batch = source.memory.batch
        let sentences = (0..<batch).flatMap { b in (0..<steps).map { t in words[t * batch + b] } }
        var x = try self.words(sentences, batch: batch), state = try begin(source)
        for (number, layer) in layers.enumerated() {
            // Time first from here on: each step is one block of rows.
            let states = try layer.states(x).swappingFirstAxes(), queries = try layer.query(states)
            let isLast = number == layers.count - 1, asked = isLast ? source : state.sources[number]
            let looks = try (0..<steps).map { t in
                let look = try asked.look(query: queries.slice(t), past: state.pasts[number])
                state.pasts[number] = look.past
                return look
            }
            if isLast {
                return try looks.enumerated().map { t, look in
                    try ReachedStep(
                        state: states.slice(t), context: look.context, weights: look.weights,
                        heads: look.past.heads?.previous)
                }
            }
            x = try layer.output(state: states, context: Tensor.stack(looks.map(\.context))).swappingFirstAxes()
        }
        return []
    }
}
