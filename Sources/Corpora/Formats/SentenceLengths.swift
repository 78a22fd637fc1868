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

    /// Of each of these pairs of lines; a blank line is a sentence without words.
    public static func of(_ lines: [(source: Substring, target: Substring)]) -> [SentenceLengths] {
        lines.map { SentenceLengths(source: Words.count($0.source), target: Words.count($0.target)) }
    }

    /// Whether a link is with the place after the last word of a side.
    func endsAt(_ link: Link) -> Bool {
        link.source == source && link.target <= target || link.target == target && link.source <= source
    }
}
