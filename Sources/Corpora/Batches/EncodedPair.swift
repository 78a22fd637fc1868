// A sentence pair as ids: what batches are made of.

/// Ids without begin, end or padding; those are a batch's business.
public struct EncodedPair: Sendable, Equatable {
    public let source: [Int]
    public let target: [Int]

    /// - Throws: `InputError` for an empty source: an attention over no words has no weights. The target may be empty.
    public init(source: [Int], target: [Int]) throws {
        guard !source.isEmpty else { throw InputError("the source sentence is empty; expected at least one word") }
        self.source = source
        self.target = target
    }

    public init(_ pair: SentencePair, source: Vocabulary, target: Vocabulary) throws {
        try self.init(source: source.ids(of: pair.source), target: target.ids(of: pair.target))
    }
}
