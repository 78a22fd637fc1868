// What students hand in for exercise 30.

import Solutions
import Workbook

let bytePairsMistakes = [
    Wrong(EachWordOnce.self, "the most frequent pair", says: "each word was counted once"),
    Wrong(LastOfEquals.self, "the most frequent pair", says: "the last was taken"),
    Wrong(NothingMerged.self, "a merge", says: "nothing was merged"),
    Wrong(FirstPlace.self, "a merge", says: "only the first place"),
    Wrong(Overlapping.self, "a merge", says: "merged twice"),
    Wrong(CountedBefore.self, "learning", says: "count anew after each merge"),
    Wrong(EvenOnce.self, "learning", says: "occur once"),
    Wrong(EachWordOnce.self, "learning", says: "each word was counted once"),
    Wrong(Spelt.self, "applying", says: "the word was spelt"),
    Wrong(Longest.self, "applying", says: "the longest piece"),
    Wrong(Backwards.self, "applying", says: "from the last to the first"),
    Wrong(Unmarked.self, "applying", says: "mark of the end"),
]

private typealias Solution = Solutions.Exercise30

/// The solution, where a wrong answer does not say otherwise.
private protocol Otherwise: BytePairsAnswers {}

extension Otherwise {
    static func mostFrequentPair(_ words: [CountedPieces]) throws -> (pair: PiecePair, count: Int)? {
        try Solution.mostFrequentPair(words)
    }
    static func merged(_ pair: PiecePair, in pieces: [String]) throws -> [String] {
        try Solution.merged(pair, in: pieces)
    }
    static func learn(counts: [String: Int], merges: Int) throws -> [PiecePair] {
        try Solution.learn(counts: counts, merges: merges)
    }
    static func split(_ word: String, by merges: [PiecePair]) throws -> [String] {
        try Solution.split(word, by: merges)
    }
}

private func counts(_ words: [CountedPieces]) -> [PiecePair: Int] {
    words.reduce(into: [:]) { counts, word in
        for (left, right) in zip(word.pieces, word.pieces.dropFirst()) {
            counts[PiecePair(left, right), default: 0] += word.count
        }
    }
}

private func characters(_ word: String) -> [String] {
    var pieces = word.unicodeScalars.map { String($0) }
    if let last = pieces.popLast() { pieces.append(last + "</w>") }
    return pieces
}

private enum EachWordOnce: Otherwise {
    static func mostFrequentPair(_ words: [CountedPieces]) throws -> (pair: PiecePair, count: Int)? {
        try Solution.mostFrequentPair(words.map { CountedPieces($0.pieces, 1) })
    }
    static func learn(counts: [String: Int], merges: Int) throws -> [PiecePair] {
        try Solution.learn(counts: counts.mapValues { _ in 1 }, merges: merges)
    }
}

private enum LastOfEquals: Otherwise {
    static func mostFrequentPair(_ words: [CountedPieces]) throws -> (pair: PiecePair, count: Int)? {
        counts(words).max { ($0.value, $0.key) < ($1.value, $1.key) }.map { ($0.key, $0.value) }
    }
}

private enum NothingMerged: Otherwise {
    static func merged(_ pair: PiecePair, in pieces: [String]) throws -> [String] { pieces }
}

private enum FirstPlace: Otherwise {
    static func merged(_ pair: PiecePair, in pieces: [String]) throws -> [String] {
        guard let place = pieces.indices.dropLast().first(where: { PiecePair(pieces[$0], pieces[$0 + 1]) == pair })
        else { return pieces }
        return Array(pieces[..<place]) + [pair.left + pair.right] + Array(pieces[(place + 2)...])
    }
}

private enum Overlapping: Otherwise {
    static func merged(_ pair: PiecePair, in pieces: [String]) throws -> [String] {
        let hits = pieces.indices.filter { $0 + 1 < pieces.count && PiecePair(pieces[$0], pieces[$0 + 1]) == pair }
        return pieces.indices.compactMap { place in
            if hits.contains(place) { return pair.left + pair.right }
            return hits.contains(place - 1) ? nil : pieces[place]
        }
    }
}

private enum CountedBefore: Otherwise {
    static func learn(counts: [String: Int], merges: Int) throws -> [PiecePair] {
        var left = pairs(counts), learnt: [PiecePair] = []
        while learnt.count < merges, let best = left.min(by: { ($1.value, $0.key) < ($0.value, $1.key) }),
            best.value > 1
        {
            learnt.append(best.key)
            left[best.key] = nil
        }
        return learnt
    }
    private static func pairs(_ words: [String: Int]) -> [PiecePair: Int] {
        counts(words.map { CountedPieces(characters($0.key), $0.value) })
    }
}

private enum EvenOnce: Otherwise {
    static func learn(counts: [String: Int], merges: Int) throws -> [PiecePair] {
        var words = counts.map { CountedPieces(characters($0.key), $0.value) }, learnt: [PiecePair] = []
        while learnt.count < merges, let (pair, _) = try Solution.mostFrequentPair(words) {
            learnt.append(pair)
            words = try words.map { CountedPieces(try Solution.merged(pair, in: $0.pieces), $0.count) }
        }
        return learnt
    }
}

private enum Spelt: Otherwise {
    static func split(_ word: String, by merges: [PiecePair]) throws -> [String] { characters(word) }
}

private enum Longest: Otherwise {
    static func split(_ word: String, by merges: [PiecePair]) throws -> [String] {
        let known = Set(merges.map { $0.left + $0.right })
        var rest = characters(word)[...], out: [String] = []
        while !rest.isEmpty {
            let length = (1...rest.count).last { $0 == 1 || known.contains(rest.prefix($0).joined()) } ?? 1
            out.append(rest.prefix(length).joined())
            rest = rest.dropFirst(length)
        }
        return out
    }
}

private enum Backwards: Otherwise {
    static func split(_ word: String, by merges: [PiecePair]) throws -> [String] {
        try Solution.split(word, by: merges.reversed())
    }
}

private enum Unmarked: Otherwise {
    static func split(_ word: String, by merges: [PiecePair]) throws -> [String] {
        try Solution.split(word, by: merges).map { $0.replacing("</w>", with: "") }
    }
}
