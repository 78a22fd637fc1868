// What a model knows of its texts' words: two vocabularies, and how words are cut into what stands in them.

/// The vocabularies of both sides: of words, or of pieces where merges have been learnt.
///
/// Merges are learnt on both sides together, and each side has the pieces that its own text is made of. A piece that
/// was seen less often than it takes, or on the other side alone, is taken apart into those that it was made of; a
/// scalar that was seen less often is `<unknown>`, and still belongs to its word.
public struct Vocabularies: Sendable {
    public enum Side: String, Sendable, CaseIterable { case source, target }

    public let source, target: Vocabulary
    /// nil where the vocabularies are of words.
    public let merges: BytePairs?
    private var cutters: [Side: WordCutter]

    public init(source: Vocabulary, target: Vocabulary, merges: BytePairs? = nil) {
        (self.source, self.target, self.merges) = (source, target, merges)
        cutters =
            merges.map { merges in
                [.source: WordCutter(merges, knowing: source), .target: WordCutter(merges, knowing: target)]
            } ?? [:]
    }

    /// The vocabularies of some training pairs.
    /// - Parameters:
    ///   - minimumCount: how often a word, or a piece, must be seen.
    ///   - limit: words, or pieces, of each side at most, the most frequent ones; nil for all.
    ///   - subwords: merges to learn; 0 leaves words whole.
    public init(of pairs: [SentencePair], minimumCount: Int = 1, limit: Int? = nil, subwords: Int = 0) {
        // What is asked is asked in words of the source.
        let sides = [pairs.map { $0.source + ($0.extras?.question ?? []) }, pairs.map(\.target)]
        guard subwords > 0 else {
            let words = sides.map { Vocabulary(sentences: $0, minimumCount: minimumCount, limit: limit) }
            self.init(source: words[0], target: words[1])
            return
        }
        let merges = BytePairs(learning: subwords, from: sides.joined())
        let pieces = sides.map { Self.pieces(of: $0, merges, minimumCount: minimumCount, limit: limit) }
        self.init(source: pieces[0], target: pieces[1], merges: merges)
    }

    /// The pieces that the sentences are made of, and behind them the scalars that stand in no sentence alone: what is
    /// cut otherwise than anything that was seen shall be known all the same.
    private static func pieces(
        of sentences: [[String]], _ merges: BytePairs, minimumCount: Int, limit: Int?
    ) -> Vocabulary {
        var cutter = WordCutter(merges), scalars = WordCutter(BytePairs([]))
        let single = Vocabulary(sentences: sentences.map { scalars.keys(of: $0) }, minimumCount: minimumCount)
        return Vocabulary(
            sentences: sentences.map { cutter.keys(of: $0) }, minimumCount: minimumCount, limit: limit,
            also: single.words.dropFirst(Vocabulary.specials.count))
    }

    /// The pair as a model reads it: its pieces in the place of its words, and links between them.
    public mutating func read(_ pair: SentencePair) -> ReadPair {
        guard let source = cutters[.source]?.pieces(of: pair.source),
            let target = cutters[.target]?.pieces(of: pair.target)
        else { return ReadPair(pair: pair) }
        let pieces = ReadPair.Pieces(source: WordPieces(source), target: WordPieces(target))
        func spread(_ links: Set<Link>) -> Set<Link> {
            WordPieces.spread(links, source: pieces.source, target: pieces.target)
        }
        return ReadPair(
            pair: SentencePair(
                source: source.map(\.key), target: target.map(\.key),
                gold: pair.gold.map { GoldAlignment(sure: spread($0.sure), possible: spread($0.possible)) },
                extras: pair.extras.map { inPieces($0, pieces.source) }),
            pieces: pieces)
    }

    /// Sentences of a document, and what is asked, in pieces. Vectors stay as they are: who cuts their places into
    /// pieces is refused (`TrainingSettings.check`).
    private mutating func inPieces(_ extras: SourceExtras, _ words: WordPieces) -> SourceExtras {
        var read = extras, first = 0
        read.sentences = extras.sentences?.map { count in
            defer { first += count }
            return words.wordOfPiece.count { (first..<first + count).contains($0) }
        }
        read.question = extras.question.map { parts(of: $0, .source) }
        return read
    }

    /// What words are read as: themselves, or their pieces.
    public mutating func parts(of words: [String], _ side: Side) -> [String] { cutters[side]?.keys(of: words) ?? words }

    /// Whether every part of a word is known.
    public mutating func knows(_ word: String, _ side: Side) -> Bool {
        let vocabulary = side == .source ? source : target
        return parts(of: [word], side).allSatisfy { vocabulary.id(of: $0) != Vocabulary.unknown }
    }

    /// Whether a word is known as a whole, and needs not be read in parts.
    public mutating func hasWhole(_ word: String, _ side: Side) -> Bool {
        knows(word, side) && parts(of: [word], side).count == 1
    }

    /// - Throws: `InputError` where they know no word of their training pairs.
    public func check(_ pairs: [SentencePair], minimumCount: Int) throws {
        guard minimumCount > 1 else { return }
        for side in Side.allCases {
            try WordCoverage(self, pairs, side).check(side: side.rawValue, minimumCount: minimumCount)
        }
    }

    /// Parts of the longest source sentence, of any split.
    public func longestSource(of data: Dataset) -> Int {
        guard merges != nil else { return data.longestSource }
        var reader = self
        return [data.train, data.dev, data.test, data.long].joined().reduce(0) {
            max($0, reader.parts(of: $1.source, .source).count)
        }
    }

    /// The words of a sentence that a model wrote.
    public func words(of parts: [String]) -> [String] {
        merges == nil ? parts : Self.joined(parts.map { Piece(key: $0) })
    }

    /// Which word each of the parts is in; nil where parts are words.
    public func pieces(of parts: [String]) -> WordPieces? {
        merges == nil ? nil : WordPieces(parts.map { Piece(key: $0) })
    }

    /// Words of the pieces, the last one whether its end is there or not.
    static func joined(_ pieces: [Piece]) -> [String] {
        zip(pieces, WordPieces(pieces).wordOfPiece).reduce(into: []) { words, next in
            if next.1 == words.count { words.append("") }
            words[next.1] += next.0.text
        }
    }
}

/// A sentence pair in the parts that a model reads.
public struct ReadPair: Sendable {
    public struct Pieces: Sendable {
        public let source, target: WordPieces
    }

    public let pair: SentencePair
    /// nil where parts are words.
    public var pieces: Pieces?
}

/// Cuts words, each of them once.
struct WordCutter: Sendable {
    private let merges: BytePairs, vocabulary: Vocabulary?
    private var cut: [Spelling: [Piece]] = [:]

    /// - Parameter vocabulary: the pieces that need not be taken apart; nil for all.
    init(_ merges: BytePairs, knowing vocabulary: Vocabulary? = nil) {
        (self.merges, self.vocabulary) = (merges, vocabulary)
    }

    mutating func pieces(of words: [String]) -> [Piece] {
        words.flatMap { word in
            let spelling = Spelling(word)
            if let known = cut[spelling] { return known }
            let pieces = merges.pieces(of: word) { piece in
                vocabulary.map { $0.id(of: piece.key) != Vocabulary.unknown } ?? true
            }
            cut[spelling] = pieces
            return pieces
        }
    }

    mutating func keys(of words: [String]) -> [String] { pieces(of: words).map(\.key) }
}
