// Many sentences as ten thousand: what a test that resamples sentences draws from where there are a million.

/// Counts of sentences, neighbours added up where there are more than can be drawn quickly.
///
/// A resample of a million sentences takes a hundred times as long as one of ten thousand, and says no more: a bundle is
/// drawn as a whole, which is the bootstrap of blocks (Künsch 1989). Where neighbours are alike, as in a document, it is
/// the more honest one.
public struct SentenceBundles<Sentence: Counts>: Sendable {
    public private(set) var bundles: [Sentence]
    /// Of all sentences.
    public private(set) var sum: Sentence
    private let sentences: Int
    private var added = 0

    /// - Parameters:
    ///   - sentences: how many will be added.
    ///   - empty: no sentence yet.
    public init(sentences: Int, empty: Sentence, most: Int = 10_000) {
        self.sentences = max(sentences, 1)
        bundles = Array(repeating: empty, count: max(1, min(sentences, most)))
        sum = empty
    }

    /// The next sentence.
    public mutating func add(_ sentence: Sentence) {
        bundles[min(added * bundles.count / sentences, bundles.count - 1)] += sentence
        sum += sentence
        added += 1
    }
}
