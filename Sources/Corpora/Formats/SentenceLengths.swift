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

    /// Of the sentences of two files, line by line; a blank line is a sentence without words.
    /// - Throws: `InputError` where the files have different numbers of lines.
    public static func read(source: String, target: String) throws -> [SentenceLengths] {
        try TwoFiles.lines(source: source, target: target).map {
            SentenceLengths(source: Words.split($0).count, target: Words.split($1).count)
        }
    }
}
