// Words and their numbers, or pieces of words and theirs. Not a tokeniser: see `Vocabularies`.

/// The words a model knows; id 0 is padding, 1 begins and 2 ends a target sentence, 3 stands for every unknown word.
///
/// The four are the program's own and no words: a text that contains "<end>" has a word that is spelt so, with an id of
/// its own.
public struct Vocabulary: Sendable, Equatable {
    public static let pad = 0, begin = 1, end = 2, unknown = 3
    public static let specials = ["<pad>", "<begin>", "<end>", "<unknown>"]

    /// By id; the first four are `specials`.
    public let words: [String]
    private let idOfWord: [Spelling: Int]

    public var count: Int { words.count }

    /// The words of the sentences, the most frequent first, equally frequent ones in the order in which they first
    /// appear: the same sentences give the same ids on every run.
    ///
    /// - Parameters:
    ///   - minimumCount: rarer words are left out, and become `<unknown>`.
    ///   - limit: at most so many words besides the four special ones; nil for all.
    ///   - others: what is to be known too, behind all that is counted.
    public init(
        sentences: some Sequence<[String]>, minimumCount: Int = 1, limit: Int? = nil,
        also others: some Sequence<String> = []
    ) {
        var counts: [Spelling: Int] = [:], inOrder: [Spelling] = []
        for word in sentences.joined().lazy.map(Spelling.init) {
            if counts[word] == nil { inOrder.append(word) }
            counts[word, default: 0] += 1
        }
        let ranked = inOrder.enumerated().map { (word: $1.word, count: counts[$1] ?? 0, place: $0) }
            .filter { $0.count >= minimumCount }
            .sorted { ($1.count, $0.place) < ($0.count, $1.place) }
        let kept = limit.map { ranked.prefix(max(0, $0)) } ?? ranked[...]
        let known = Set(kept.map { Spelling($0.word) })
        self.init(words: Self.specials + kept.map(\.word) + others.filter { !known.contains(Spelling($0)) })
    }

    /// The specials, and after them words that are distinct.
    private init(words: [String]) {
        self.words = words
        let ids = words.enumerated().dropFirst(Self.specials.count).map { (Spelling($1), $0) }
        idOfWord = Dictionary(ids) { first, _ in first }
    }

    public func id(of word: String) -> Int {
        idOfWord[Spelling(word)] ?? Self.unknown
    }

    public func ids(of words: [String]) -> [Int] {
        words.map(id(of:))
    }

    /// An id that is no word's is written as the unknown word.
    public func words(of ids: [Int]) -> [String] {
        ids.map { words.indices.contains($0) ? words[$0] : Self.specials[Self.unknown] }
    }
}

extension Vocabulary: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let words = try container.decode([String].self)
        let own = words.dropFirst(Self.specials.count)
        guard words.starts(with: Self.specials), Set(own.map(Spelling.init)).count == own.count else {
            throw DecodingError.dataCorruptedError(
                in: container,
                debugDescription:
                    "a vocabulary begins with \(Self.specials.joined(separator: " ")) and names each word once")
        }
        self.init(words: words)
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(words)
    }
}
