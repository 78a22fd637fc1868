// A document → its label by two looks: at the words of each sentence, and at the sentences.

public import AttentionScorers
public import TensorCore

/// Hierarchical attention. Sentences are a batch of their own, on which the model's scorer works as on any; their vectors
/// go through a recurrent layer in each direction, and a second scorer of the same type looks at what comes of it.
///
///     αᵢ, s_n = scorer(u_w, h of the words of sentence n),  g = [→GRU(s) ; ←GRU(s)],  α_n, c = scorer'(u_s, g)
///
/// Its weights over words are α_n αᵢ, which sum to 1. A source that is not cut into sentences is one. A sentence's own
/// summary, which only a scorer without weights reads, is the state of its last word.
public struct HierarchicalDecoder: StepDecoder {
    public static let card = PartCard(
        name: "hierarchical",
        equation: "s_n = Σᵢ αᵢ hᵢ (u_w, words of sentence n), c = Σ_n α_n GRU(s)_n (u_s); weights α_n αᵢ",
        source: "Yang et al. 2016, §2.2, eq. 5–10")
    public static let reads: [ModelSettings.PartSetting] = [\.cell]

    /// u_w and u_s [1,D].
    private let uw, us: Tensor
    private var sentences: SentenceReader
    /// Of the sentences; that of the words is the model's.
    private let scorer: any AttentionScorer
    private let readout: LabelReadout

    public var embedding: Tensor { readout.embedding }

    public init(
        _ settings: ModelSettings, scorer: any AttentionScorer.Type, vocabulary: Int,
        _ parameters: inout ParameterBuilder
    ) {
        uw = parameters.question("uw", width: settings.state)
        us = parameters.question("us", width: settings.state)
        var scope = parameters.scope("sentences")
        sentences = SentenceReader(settings, &scope)
        scope = scope.scope("scorer")
        self.scorer = scorer.init(settings.scorerSizes, &scope)
        readout = LabelReadout(settings, vocabulary: vocabulary, &parameters)
    }

    public static func fault(_ settings: ModelSettings, _ scorer: ScorerCard) -> String? {
        if scorer.mass != .one {
            return
                "the decoder \(card.name) multiplies the weights of words with those of their sentences, and the weights "
                + "of \(scorer.name) do not sum to 1; leave it out, or take the decoder \(LabelDecoder.card.name)"
        }
        guard settings.use.part?.readsWords == true else { return nil }
        return
            "the use \(settings.use) writes each word from one source word, and the decoder \(card.name) from sentences; "
            + "leave the use at \(UseOfWeights.mean), or take the decoder \(LabelDecoder.card.name)"
    }

    public mutating func useComposedTwins() { sentences.usesFusedKernels = false }

    public func begin(_ source: EncodedSource) throws -> LabelState { LabelState() }

    public func step(_ before: LabelState, reading words: [Int], _ source: EncodedSource) throws -> LabelState {
        try readout.step(before, reading: words, source) { try look(source) }
    }

    private func look(_ source: EncodedSource) throws -> LabelLook {
        let layout = SentenceLayout(source), replaced = source.replaced.map { layout.parts(of: $0.values) }
        let words = try layout.words(of: source)
        func asked(_ question: Tensor, _ source: EncodedSource, _ weights: [Scalar]?) throws -> Attention.Step {
            let memory = source.memory, shape: Shape = [memory.batch, memory.source]
            return try source.replacing(weights.map { try Tensor.constant($0, shape: shape, near: memory.states) })
                .look(
                    query: question.gathered([Int](repeating: 0, count: memory.batch)), past: Past(before: memory))
        }
        let inSentences = try asked(uw, words, replaced?.words)
        let read = try sentences.read(inSentences.context, layout)
        let whole = try source.over(read.states, summary: read.summary, lengths: layout.counts, by: scorer)
        let found = try asked(us, whole, replaced?.sentences)
        return try LabelLook(
            weights: layout.weights(ofWords: inSentences.weights, sentences: found.weights), context: found.context)
    }

    public func readout(context: Tensor, state: Tensor) throws -> Tensor { try readout(context: context, state: state) }
}
