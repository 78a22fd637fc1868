// The source of one batch, as ids and as the decoder sees it; what can be copied of it with it.

public import AttentionScorers
public import Corpora
public import TensorCore

/// Source sentences as a model reads them.
public struct SourceSentences: Sendable {
    /// [B,S], row by row, padded.
    public let ids: [Int]
    /// Real words of each.
    public let lengths: [Int]
    /// Extended ids of the words, as `ids`; only a model that copies reads them.
    public let copies: [Int]
    /// What they have beside their words; nil where they are sentences and nothing else.
    public let extras: BatchExtras?

    public init(_ ids: [Int], lengths: [Int], copies: [Int] = [], extras: BatchExtras? = nil) {
        (self.ids, self.lengths, self.copies, self.extras) = (ids, lengths, copies, extras)
    }

    public init(_ batch: Batch) {
        self.init(batch.source, lengths: batch.sourceLengths, copies: batch.copies, extras: batch.extras)
    }

    /// One sentence.
    public init(_ pair: EncodedPair) {
        self.init(
            pair.source, lengths: [pair.source.count], copies: pair.copying?.source ?? [],
            extras: pair.extras.map { BatchExtras([$0], sourceWidth: pair.source.count) })
    }
}

/// What the encoder and the scorer have made of them.
public struct EncodedSource {
    public let memory: Memory
    /// Extended ids of the words: [B,S], or [1,S] where all rows have the same sentence; empty where nothing copies.
    public let copies: [Int]
    /// What the sentences have beside their words, a row for each.
    public let extras: BatchExtras?

    let attention: Attention
    let tape: Tape
    /// α [B,S] that stands in for the scorer's.
    private(set) var replaced: Tensor?

    init(memory: Memory, copies: [Int], extras: BatchExtras? = nil, attention: Attention, tape: Tape) {
        (self.memory, self.copies, self.extras) = (memory, copies, extras)
        (self.attention, self.tape) = (attention, tape)
    }

    /// The random numbers of a training step; nil outside training.
    public var noise: Noise? { attention.how.noise }

    /// What a decoder does at every step: weights and context for a query s [B,D], by the model's scorer.
    /// - Parameter past: where it has looked so far; go on with the one that is returned.
    public func look(query: Tensor, past: Past) throws -> Attention.Step {
        try tape.phase(Phase.scorer) {
            try attention.step(query: query, memory: memory, past: past, replacing: replaced)
        }
    }

    /// The same source under a scorer that a decoder has beside the model's, as in a layer below its last: its keys are
    /// computed now, and nothing stands in for its weights.
    public func seen(by scorer: any AttentionScorer) throws -> EncodedSource {
        try tape.phase(Phase.scorer) {
            let own = attention.asking(scorer)
            return EncodedSource(
                memory: try own.memory(states: memory.states, summary: memory.summary, lengths: memory.lengths),
                copies: copies, extras: extras, attention: own, tape: tape)
        }
    }

    /// Other states of it, such as those of its sentences, as a batch of their own: what stands beside words and in for
    /// weights is left behind.
    /// - Parameter scorer: nil for the model's.
    func over(
        _ states: Tensor, summary: Tensor, lengths: [Int], by scorer: (any AttentionScorer)? = nil
    ) throws -> EncodedSource {
        try tape.phase(Phase.scorer) {
            let own = scorer.map { attention.asking($0) } ?? attention
            return EncodedSource(
                memory: try own.memory(states: states, summary: summary, lengths: lengths), copies: [], attention: own,
                tape: tape)
        }
    }

    /// The context before the first step; nil for zeros.
    public func firstContext() throws -> Tensor? { try attention.scorer.firstContext(memory: memory) }

    /// The same with weights that stand in for the scorer's; nil for the scorer's own.
    func replacing(_ weights: Tensor?) -> EncodedSource {
        var source = self
        source.replaced = weights
        return source
    }

    /// The same sentence for each of so many rows: how a beam gives each of its hypotheses one.
    func repeated(_ rows: Int) throws -> EncodedSource { try gathered([Int](repeating: 0, count: rows)) }

    /// A choice of rows, repeats allowed. What can be copied stays as it was: of one sentence it is the same for all.
    func gathered(_ rows: [Int]) throws -> EncodedSource {
        try EncodedSource(
            memory: memory.gathered(rows), copies: copies, extras: extras?.gathered(rows), attention: attention,
            tape: tape)
    }

    /// α of one row without the padding, of the weights of all.
    func weightRow(_ weights: [Scalar], _ row: Int, length: Int) -> [Double] {
        weights[row * memory.source..<row * memory.source + length].map { Double($0) }
    }
}
