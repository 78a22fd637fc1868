// A sentence pair as ids: what batches are made of.

/// Ids without begin, end or padding; those are a batch's business.
public struct EncodedPair: Sendable, Equatable {
    public let source: [Int]
    public let target: [Int]
    /// Both sentences as a model sees them that can copy; nil for one that cannot.
    public let copying: Copying?
    /// nil where none is known.
    public let gold: GoldAlignment?
    /// nil where the source is a sentence and nothing else.
    public let extras: EncodedExtras?

    /// Both sentences in ids of the sentence's `ExtendedVocabulary`.
    public struct Copying: Sendable, Equatable {
        /// Which word each source word is copied as.
        public let source: [Int]
        /// What is to be produced.
        public let target: [Int]

        public init(source: [Int], target: [Int]) { (self.source, self.target) = (source, target) }
    }

    /// - Throws: `InputError` for an empty source: an attention over no words has no weights. The target may be empty.
    ///   Or where `copying` has another number of words.
    public init(
        source: [Int], target: [Int], copying: Copying? = nil, gold: GoldAlignment? = nil,
        extras: EncodedExtras? = nil
    ) throws {
        guard !source.isEmpty else { throw InputError("the source sentence is empty; expected at least one word") }
        if let copying, copying.source.count != source.count || copying.target.count != target.count {
            throw InputError(
                "a pair of \(source.count) and \(target.count) words was given \(copying.source.count) and \(copying.target.count) ids to copy by; expected as many"
            )
        }
        self.source = source
        self.target = target
        self.copying = copying
        self.gold = gold
        self.extras = extras
    }

    /// - Parameter copying: whether the model can copy source words.
    /// - Throws: `InputError` for an empty source, and for extras that do not fit it.
    public init(_ pair: SentencePair, source: Vocabulary, target: Vocabulary, copying: Bool = false) throws {
        if let fault = pair.extras?.fault(words: pair.source.count) {
            throw InputError("a source cannot be read: \(fault)")
        }
        let extended = copying ? ExtendedVocabulary(target, source: pair.source) : nil
        try self.init(
            source: source.ids(of: pair.source), target: target.ids(of: pair.target),
            copying: extended.map { Copying(source: $0.ids(of: pair.source), target: $0.ids(of: pair.target)) },
            gold: pair.gold, extras: pair.extras.map { EncodedExtras($0, source) })
    }
}
