// Byte-pair encoding: words in pieces, by merges that were learnt from a text.
// Sennrich, Haddow & Birch 2016, "Neural machine translation of rare words with subword units", §3.2. Its symbols are
// Unicode scalars here, see `Piece`; the name is of the algorithm that compressed bytes.

/// Merges in the order in which they were learnt.
public struct BytePairs: Sendable {
    /// Two pieces that become one.
    public struct Merge: Hashable, Sendable {
        public let left, right: Piece

        public init(_ left: Piece, _ right: Piece) { (self.left, self.right) = (left, right) }

        var result: Piece { left + right }
    }

    public let merges: [Merge]
    /// Every piece that stands in a merge has a number, and merging looks at numbers alone.
    private let numbers: [Piece: Int]
    private let pieces: [Piece]
    private let ranks: [NumberedPair: (rank: Int, result: Int)]
    /// What a merged piece was first made of.
    private let origins: [Piece: Merge]

    public init(_ merges: [Merge]) {
        self.merges = merges
        var table = PieceTable(), ranks: [NumberedPair: (rank: Int, result: Int)] = [:], origins: [Piece: Merge] = [:]
        for (rank, merge) in merges.enumerated() {
            let pair = NumberedPair(left: table.number(of: merge.left), right: table.number(of: merge.right))
            let result = merge.result
            if ranks[pair] == nil { ranks[pair] = (rank, table.number(of: result)) }
            if origins[result] == nil { origins[result] = merge }
        }
        (numbers, pieces, self.ranks, self.origins) = (table.numbers, table.pieces, ranks, origins)
    }

    /// The scalars of a word and its end: what merging begins with.
    static func scalars(of word: String) -> [Piece] { word.unicodeScalars.map { Piece(String($0)) } + [.end] }

    /// The pieces of a word; joined, they are the word.
    ///
    /// - Complexity: O(n · m) for a word of n scalars in which m different merges apply.
    public func pieces(of word: String) -> [Piece] {
        let scalars = Self.scalars(of: word)
        // A scalar that stands in no merge has a number of its own, below all others.
        var numbered = scalars.indices.map { numbers[scalars[$0]] ?? -1 - $0 }
        while let next = zip(numbered, numbered.dropFirst())
            .compactMap({ pair in ranks[NumberedPair(left: pair.0, right: pair.1)].map { (pair, $0) } })
            .min(by: { $0.1.rank < $1.1.rank })
        {
            let ((left, right), merge) = next
            numbered = NumberedPair(left: left, right: right).merged(in: numbered, to: merge.result)
        }
        return numbered.map { $0 < 0 ? scalars[-1 - $0] : pieces[$0] }
    }

    /// The same, where pieces that are not known are taken apart again, down to the scalars.
    public func pieces(of word: String, isKnown: (Piece) -> Bool) -> [Piece] {
        func known(_ piece: Piece) -> [Piece] {
            guard !isKnown(piece), let merge = origins[piece] else { return [piece] }
            return known(merge.left) + known(merge.right)
        }
        return pieces(of: word).flatMap(known)
    }
}

extension BytePairs: Equatable {
    public static func == (a: Self, b: Self) -> Bool { a.merges == b.merges }
}

extension BytePairs: Codable {
    /// Keys of pieces, two and two.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let pieces = try container.decode([String].self).map { Piece(key: $0) }
        let merges = stride(from: 0, to: pieces.count - 1, by: 2).map { Merge(pieces[$0], pieces[$0 + 1]) }
        // Taking a piece apart comes to an end where parts are shorter than the whole.
        guard pieces.count.isMultiple(of: 2), Set(merges).count == merges.count,
            merges.allSatisfy({ !$0.left.endsWord && !$0.left.text.isEmpty && $0.right != Piece("") })
        else {
            throw DecodingError.dataCorruptedError(
                in: container,
                debugDescription: "merges are pairs of pieces, each once, and a word does not end within a piece")
        }
        self.init(merges)
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(merges.flatMap { [$0.left.key, $0.right.key] })
    }
}

/// Two neighbouring pieces, by their numbers.
struct NumberedPair: Hashable {
    let left, right: Int

    /// A word in which the pair has become one piece, wherever it stands, from left to right.
    func merged(in word: [Int], to result: Int) -> [Int] {
        var merged: [Int] = [], at = 0
        merged.reserveCapacity(word.count)
        while at < word.count {
            let isPair = at + 1 < word.count && word[at] == left && word[at + 1] == right
            merged.append(isPair ? result : word[at])
            at += isPair ? 2 : 1
        }
        return merged
    }
}

/// A number for each piece, in the order in which they appear.
struct PieceTable {
    private(set) var pieces: [Piece] = []
    private(set) var numbers: [Piece: Int] = [:]

    mutating func number(of piece: Piece) -> Int {
        if let number = numbers[piece] { return number }
        numbers[piece] = pieces.count
        pieces.append(piece)
        return pieces.count - 1
    }
}
