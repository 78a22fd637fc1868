// A vocabulary, and the words of one source sentence that it does not have: what a model that copies can produce.
// See et al. 2017, "Get to the point: summarization with pointer-generator networks", §2.2.

/// The words of the vocabulary have its ids; the sentence's other words have V, V+1 … in the order of their first
/// appearance.
public struct ExtendedVocabulary: Sendable, Equatable {
    public let vocabulary: Vocabulary
    /// The source words that the vocabulary does not have, each once.
    public let newWords: [String]

    public init(_ vocabulary: Vocabulary, source: [String]) {
        self.vocabulary = vocabulary
        var seen: Set<Spelling> = []
        newWords = source.filter { vocabulary.id(of: $0) == Vocabulary.unknown && seen.insert(Spelling($0)).inserted }
    }

    public var count: Int { vocabulary.count + newWords.count }

    /// A word that neither has is unknown.
    public func id(of word: String) -> Int {
        let id = vocabulary.id(of: word)
        guard id == Vocabulary.unknown, let place = newWords.firstIndex(where: { Spelling($0) == Spelling(word) })
        else { return id }
        return vocabulary.count + place
    }

    public func ids(of words: [String]) -> [Int] { words.map(id(of:)) }

    /// An id that is no word's is written as the unknown word.
    public func words(of ids: [Int]) -> [String] {
        ids.map { id in
            let place = id - vocabulary.count
            return newWords.indices.contains(place) ? newWords[place] : vocabulary.words(of: [id])[0]
        }
    }
}
