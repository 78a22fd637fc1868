// A document → its label: one look at all of its words, by a query that is learned.

public import AttentionScorers
public import TensorCore

/// What a decoder is of whose target is one word: it has no state to ask with, and asks every document the same.
///
/// The label is read only so that its end can be foreseen; where it looks does not depend on it.
public struct LabelDecoder: StepDecoder {
    public static let card = PartCard(
        name: "label", equation: "α, c = scorer(u, h), r_t = tanh(c W + E[y_{t−1}] V + b)",
        source: "Yang et al. 2016, §2.2, eq. 5–7, over all words")
    public static let reads: [ModelSettings.PartSetting] = []

    /// [1,D].
    private let u: Tensor
    private let readout: LabelReadout

    public var embedding: Tensor { readout.embedding }

    public init(
        _ settings: ModelSettings, scorer: any AttentionScorer.Type, vocabulary: Int,
        _ parameters: inout ParameterBuilder
    ) {
        u = parameters.question("u", width: settings.state)
        readout = LabelReadout(settings, vocabulary: vocabulary, &parameters)
    }

    public func begin(_ source: EncodedSource) throws -> LabelState { LabelState() }

    public func step(_ before: LabelState, reading words: [Int], _ source: EncodedSource) throws -> LabelState {
        try readout.step(before, reading: words, source) {
            let query = try u.gathered([Int](repeating: 0, count: source.memory.batch))
            let found = try source.look(query: query, past: Past(before: source.memory))
            return LabelLook(weights: found.weights, context: found.context, heads: found.past.heads?.previous)
        }
    }

    public func readout(context: Tensor, state: Tensor) throws -> Tensor { try readout(context: context, state: state) }
}
