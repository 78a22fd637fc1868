// How many words the two sides of a pair have: what a link must stay within.

public struct SentenceLengths: Sendable, Codable, Equatable {
    public let source: Int
    public let target: Int

    public init(source: Int, target: Int) {
        self.source = source
        self.target = target
    }

    public init(_ pair: SentencePair) {
        self.init(source: pair.source.count, target: pair.target.count)
    }
}
