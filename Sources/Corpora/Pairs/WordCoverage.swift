// How much of a text a vocabulary knows.

public struct WordCoverage: Sendable {
    /// Different words of the text, and those of them that the vocabulary has.
    public let words: Int, knownWords: Int
    /// Words as they stand in the text, one after the other, and those that are read as the unknown word.
    public let tokens: Int, unknownTokens: Int

    public init(_ vocabulary: Vocabulary, _ sentences: some Sequence<[String]>) {
        var known: Set<Spelling> = [], unknown: Set<Spelling> = []
        var (tokens, unknownTokens) = (0, 0)
        for word in sentences.joined() {
            tokens += 1
            if vocabulary.id(of: word) == Vocabulary.unknown {
                unknownTokens += 1
                unknown.insert(Spelling(word))
            } else {
                known.insert(Spelling(word))
            }
        }
        (words, knownWords) = (known.count + unknown.count, known.count)
        (self.tokens, self.unknownTokens) = (tokens, unknownTokens)
    }

    /// Of one side of some pairs, in words or in pieces: whatever the vocabulary has.
    public init(_ vocabularies: Vocabularies, _ pairs: [SentencePair], _ side: Vocabularies.Side) {
        var reader = vocabularies
        self.init(
            side == .source ? vocabularies.source : vocabularies.target,
            pairs.map { reader.parts(of: side == .source ? $0.source : $0.target, side) })
    }

    /// From 0 to 1.
    public var unknownShare: Double { tokens == 0 ? 0 : Double(unknownTokens) / Double(tokens) }

    /// - Throws: `InputError` where no word of a text with words is known: there is nothing to learn.
    public func check(side: String, minimumCount: Int) throws {
        guard knownWords == 0, words > 0 else { return }
        throw InputError(
            "no \(side) word occurs \(minimumCount) times, so the model would know none, and read every one as <unknown>; give a smaller "
                + "minimum count (--minimum-count), or more text")
    }
}
