// Byte-pair merges written out, right and in the ways in which they are written wrong, for the checks of exercise 30.

/// Two pieces that stand side by side.
public struct PiecePair: Hashable, Comparable, Sendable, CustomStringConvertible {
    public let left: String, right: String

    public init(_ left: String, _ right: String) { (self.left, self.right) = (left, right) }

    public var description: String { "\(left)+\(right)" }

    /// By scalars: an accent of its own is not part of the letter before it.
    private var scalars: [[UInt32]] { [left, right].map { $0.unicodeScalars.map(\.value) } }

    public static func == (a: Self, b: Self) -> Bool { a.scalars == b.scalars }
    public func hash(into hasher: inout Hasher) { hasher.combine(scalars) }

    public static func < (a: Self, b: Self) -> Bool {
        let (left, other) = (a.scalars, b.scalars)
        return left[0] == other[0]
            ? left[1].lexicographicallyPrecedes(other[1]) : left[0].lexicographicallyPrecedes(other[0])
    }
}

/// A word in pieces, and how often it occurs.
public struct CountedPieces: Sendable {
    public let pieces: [String], count: Int

    public init(_ pieces: [String], _ count: Int) { (self.pieces, self.count) = (pieces, count) }
}

enum PairsByHand {
    static func same(_ a: [String], _ b: [String]) -> Bool {
        a.map { Array($0.utf8) } == b.map { Array($0.utf8) }
    }

    static func counts(_ words: [CountedPieces], overlapping: Bool = true) -> [PiecePair: Int] {
        var counts: [PiecePair: Int] = [:]
        for word in words {
            var last: (pair: PiecePair, place: Int)?
            for place in word.pieces.indices.dropLast() {
                let pair = PiecePair(word.pieces[place], word.pieces[place + 1])
                if !overlapping, let last, last.pair == pair, last.place == place - 1 { continue }
                last = (pair, place)
                counts[pair, default: 0] += word.count
            }
        }
        return counts
    }

    /// - Parameter last: of equally frequent pairs.
    static func best(
        _ words: [CountedPieces], last: Bool = false, overlapping: Bool = true
    ) -> (pair: PiecePair, count: Int)? {
        let counts = counts(words, overlapping: overlapping), most = counts.values.max()
        let pairs = counts.filter { $0.value == most }.keys.sorted()
        return (last ? pairs.last : pairs.first).map { ($0, most ?? 0) }
    }

    static func merged(_ pair: PiecePair, _ pieces: [String], most: Int = .max) -> [String] {
        var out: [String] = [], done = 0, isOpen = false
        for piece in pieces {
            if isOpen, done < most, PiecePair(out[out.count - 1], piece) == pair {
                out[out.count - 1] += piece
                (done, isOpen) = (done + 1, false)
            } else {
                out.append(piece)
                isOpen = true
            }
        }
        return out
    }

    static func mergedOverlapping(_ pair: PiecePair, _ pieces: [String]) -> [String] {
        var out: [String] = [], wasHit = false
        for place in pieces.indices {
            let isHit = place + 1 < pieces.count && PiecePair(pieces[place], pieces[place + 1]) == pair
            if isHit { out.append(pieces[place] + pieces[place + 1]) } else if !wasHit { out.append(pieces[place]) }
            wasHit = isHit
        }
        return out
    }

    static func characters(_ word: String) -> [String] {
        let scalars = Array(word.unicodeScalars)
        return scalars.indices.map { String(scalars[$0]) + ($0 == scalars.count - 1 ? "</w>" : "") }
    }

    /// - Parameters:
    ///   - counting: whether pairs are counted anew after a merge.
    ///   - least: how often a pair must occur.
    static func learn(
        _ counts: [String: Int], _ merges: Int, counting: Bool = true, least: Int = 2
    ) -> [PiecePair] {
        var words = counts.map { CountedPieces(characters($0.key), $0.value) }, learnt: [PiecePair] = []
        if !counting {
            let all = Self.counts(words).filter { $0.value >= least }
            return all.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(merges).map(\.key)
        }
        while learnt.count < merges, let (pair, count) = best(words), count >= least {
            learnt.append(pair)
            words = words.map { CountedPieces(merged(pair, $0.pieces), $0.count) }
        }
        return learnt
    }

    static func split(_ word: String, _ merges: [PiecePair]) -> [String] {
        merges.reduce(characters(word)) { merged($1, $0) }
    }

    /// The longest piece that is known, and then the longest of the rest.
    static func longest(_ word: String, _ merges: [PiecePair]) -> [String] {
        let known = Set(merges.map { $0.left + $0.right })
        var rest = characters(word)[...], out: [String] = []
        while !rest.isEmpty {
            let length = (1...rest.count).last { $0 == 1 || known.contains(rest.prefix($0).joined()) } ?? 1
            out.append(rest.prefix(length).joined())
            rest = rest.dropFirst(length)
        }
        return out
    }

    static let corpora: [(counts: [String: Int], merges: Int)] = [
        (["low": 5, "lower": 2, "newest": 6, "widest": 3], 10), (["aaaa": 3, "aab": 2], 4),
        (["ab": 1, "cd": 1, "ef": 2], 5), (["le": 4, "la": 4, "les": 3, "chat": 2, "chats": 2], 6), (["a": 9], 3),
    ]

    static let problems: [[CountedPieces]] = [
        [CountedPieces(["l", "o", "w</w>"], 5), CountedPieces(["l", "o", "w", "e", "r</w>"], 2)],
        [CountedPieces(["a", "b</w>"], 1), CountedPieces(["c", "d</w>"], 1), CountedPieces(["c", "b</w>"], 1)],
        [CountedPieces(["x", "y", "x", "y</w>"], 1), CountedPieces(["z", "q</w>"], 9)],
        [CountedPieces(["a", "a", "a", "b</w>"], 2), CountedPieces(["c", "d</w>"], 3)],
        [CountedPieces(["é", "a</w>"], 2), CountedPieces(["z", "a</w>"], 2)], [CountedPieces(["low</w>"], 7)], [],
    ]
}
