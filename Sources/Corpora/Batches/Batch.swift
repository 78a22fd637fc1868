// Several sentence pairs side by side, padded to rectangles. Ids only: how a model reads them is its own affair.
// Axes: B pairs, S source length, T target length (with its end token).

/// B padded sentence pairs. The source has no end token, so that every column of attention is a word.
public struct Batch: Sendable, Equatable {
    /// B, S and T.
    public let count: Int, sourceWidth: Int, targetWidth: Int
    /// [B,S], row by row: the words, then padding.
    public let source: [Int]
    /// [B]: words of each source sentence, at least 1.
    public let sourceLengths: [Int]
    /// [B,T], row by row: begin, the words, then padding. What the decoder reads.
    public let targetInput: [Int]
    /// [B,T], row by row: the words, end, then padding. What the decoder is to produce; extended ids where it can copy.
    public let targetOutput: [Int]
    /// [B,S], row by row: which word each source word is copied as, then padding; empty where the pairs do not say.
    public let copies: [Int]
    /// [B]: words of each target sentence and the end token.
    public let targetLengths: [Int]
    /// [B]: where a pair has one.
    public let gold: [GoldAlignment?]
    /// [B]: which pairs of the data set these are.
    public let indices: [Int]
    /// What the sources have beside their words; nil where not all have something.
    public let extras: BatchExtras?

    /// - Parameter indices: of the pairs in their data set; by default 0, 1, …
    /// - Throws: `InputError` where there is no pair.
    public init(_ pairs: [EncodedPair], indices: [Int]? = nil) throws {
        guard !pairs.isEmpty else { throw InputError("a batch needs at least one sentence pair, but was given none") }
        self.init(pairs: pairs, indices: indices ?? Array(pairs.indices))
    }

    /// For callers that know there is a pair.
    init(pairs: [EncodedPair], indices: [Int]) {
        count = pairs.count
        self.indices = indices
        sourceLengths = pairs.map(\.source.count)
        targetLengths = pairs.map { $0.target.count + 1 }
        gold = pairs.map(\.gold)
        let sourceWidth = sourceLengths.max() ?? 0, targetWidth = targetLengths.max() ?? 0
        (self.sourceWidth, self.targetWidth) = (sourceWidth, targetWidth)
        func padded(_ ids: [Int], to width: Int) -> [Int] {
            ids + [Int](repeating: Vocabulary.pad, count: width - ids.count)
        }
        source = pairs.flatMap { padded($0.source, to: sourceWidth) }
        targetInput = pairs.flatMap { padded([Vocabulary.begin] + $0.target, to: targetWidth) }
        targetOutput = pairs.flatMap { padded(($0.copying?.target ?? $0.target) + [Vocabulary.end], to: targetWidth) }
        let copied = pairs.compactMap(\.copying?.source)
        copies = copied.count == pairs.count ? copied.flatMap { padded($0, to: sourceWidth) } : []
        let beside = pairs.compactMap(\.extras)
        extras = beside.count == pairs.count ? BatchExtras(beside, sourceWidth: sourceWidth) : nil
    }

    /// The batch in so many parts of as many pairs, or one more, in turn: the first part has pairs 0, n, 2n …
    /// No more parts than pairs. A part is padded no wider than it needs.
    public func shards(_ count: Int) -> [Batch] {
        let parts = max(1, min(count, self.count))
        if parts == 1 { return [self] }
        return (0..<parts).map { part in Batch(self, rows: Array(stride(from: part, to: self.count, by: parts))) }
    }

    private init(_ whole: Batch, rows: [Int]) {
        func cut(_ ids: [Int], from width: Int, to narrower: Int) -> [Int] {
            rows.flatMap { ids[$0 * width..<$0 * width + narrower] }
        }
        count = rows.count
        sourceLengths = rows.map { whole.sourceLengths[$0] }
        targetLengths = rows.map { whole.targetLengths[$0] }
        gold = rows.map { whole.gold[$0] }
        indices = rows.map { whole.indices[$0] }
        (sourceWidth, targetWidth) = (sourceLengths.max() ?? 0, targetLengths.max() ?? 0)
        source = cut(whole.source, from: whole.sourceWidth, to: sourceWidth)
        extras = whole.extras?.gathered(rows, sourceWidth: sourceWidth)
        copies = whole.copies.isEmpty ? [] : cut(whole.copies, from: whole.sourceWidth, to: sourceWidth)
        targetInput = cut(whole.targetInput, from: whole.targetWidth, to: targetWidth)
        targetOutput = cut(whole.targetOutput, from: whole.targetWidth, to: targetWidth)
    }

    /// Real target tokens, the end tokens among them: what a mean loss divides by.
    public var targetTokenCount: Int { targetLengths.reduce(0, +) }
}
