// Byte pairs: the paper's example, ties, a naive twin, and text that comes back as it was, whatever it is.

import Foundation
import Randomness
import Testing

@testable import Corpora

/// Algorithm 1 as the paper has it: every pair is counted anew before each merge.
private func naiveMerges(_ count: Int, _ sentences: [[String]]) -> [BytePairs.Merge] {
    var counts: [Spelling: Int] = [:], merges: [BytePairs.Merge] = []
    for word in sentences.joined() { counts[Spelling(word), default: 0] += 1 }
    var words = counts.map { (pieces: BytePairs.scalars(of: $0.key.word), count: $0.value) }
    for _ in 0..<count {
        var pairs: [BytePairs.Merge: Int] = [:]
        for word in words {
            for (left, right) in zip(word.pieces, word.pieces.dropFirst()) {
                pairs[BytePairs.Merge(left, right), default: 0] += word.count
            }
        }
        let best = pairs.min { ($1.value, $0.key.left, $0.key.right) < ($0.value, $1.key.left, $1.key.right) }
        guard let (merge, seen) = best, seen > 1 else { break }
        merges.append(merge)
        words = words.map { word in
            var merged: [Piece] = []
            for piece in word.pieces {
                if merged.last == merge.left, piece == merge.right, !merged.isEmpty {
                    merged[merged.count - 1] = merge.result
                } else {
                    merged.append(piece)
                }
            }
            return (merged, word.count)
        }
    }
    return merges
}

private func shown(_ pieces: [Piece]) -> [String] { pieces.map { $0.text + ($0.endsWord ? "·" : "") } }

private func shown(_ merges: [BytePairs.Merge]) -> [String] {
    merges.map { shown([$0.left, $0.right]).joined(separator: "+") }
}

extension Vocabularies {
    /// Inside an expectation nothing can be changed, not even a list of what has been cut.
    fileprivate func cut(_ words: [String], _ side: Side = .source) -> [String] {
        var copy = self
        return copy.parts(of: words, side)
    }

    fileprivate func isKnown(_ word: String, whole: Bool = false) -> Bool {
        var copy = self
        return whole ? copy.hasWhole(word, .source) : copy.knows(word, .source)
    }
}

/// Words that a cutter could trip over: markers of other programs, accents of their own, joiners, flags, nothing.
private let oddWords = [
    "low@@", "@@", "▁low", "▁", "</w>", "low</w>", "<unknown>", "e\u{301}te\u{301}", "été", "👩‍👩‍👧‍👦", "🇫🇷🇩🇪", "👍🏽",
    "\u{200D}", "\u{FEFF}", "\u{0}", "a b", " ", "  ", "", "न्दी", "한국어", "\u{1112}\u{1161}", "שָׁלוֹם", "·", "\u{10FFFF}",
]

/// So many words of scalars from everywhere.
private func randomWords(_ count: Int, seed: UInt64) -> [String] {
    var random = RandomSource(seed: seed)
    let ranges: [ClosedRange<Int>] = [
        0x20...0x7E, 0xA0...0x24F, 0x300...0x36F, 0x4E00...0x4E20, 0x1F468...0x1F46D, 0x200C...0x200D, 0xFE00...0xFE0F,
        0xD000...0xD7FF, 0xE000...0xE010, 0x10000...0x10FFFF,
    ]
    return (0..<count).map { _ in
        var word = String.UnicodeScalarView()
        for _ in 0..<random.below(9) {
            let range = ranges[random.below(ranges.count)]
            if let scalar = Unicode.Scalar(UInt32(range.lowerBound + random.below(range.count))) { word.append(scalar) }
        }
        return String(word)
    }
}

@Suite struct BytePairTests {
    /// 5 low, 2 lower, 6 newest, 3 widest: Sennrich, Haddow & Birch 2016, algorithm 1.
    static let paper =
        [[String](repeating: "low", count: 5), [String](repeating: "lower", count: 2)]
        + [[String](repeating: "newest", count: 6), [String](repeating: "widest", count: 3)]

    @Test("the first merges of the paper's example") func paper() {
        let merges = BytePairs(learning: 10, from: Self.paper)
        #expect(
            shown(merges.merges) == [
                "e+s", "es+t", "est+·", "l+o", "lo+w", "e+w", "ew+est·", "n+ewest·", "low+·", "d+est·",
            ])
        #expect(shown(merges.pieces(of: "lowest")) == ["low", "est·"])
        #expect(shown(merges.pieces(of: "newer")) == ["n", "ew", "e", "r", "·"])
        #expect(shown(merges.pieces(of: "øl")) == ["ø", "l", "·"])
    }

    @Test("a pair that was seen once is not merged; no merges leave scalars") func ends() {
        #expect(shown(BytePairs(learning: 100, from: [["ab", "ab", "xy"]]).merges) == ["a+b", "ab+·"])
        #expect(shown(BytePairs(learning: 0, from: Self.paper).pieces(of: "low")) == ["l", "o", "w", "·"])
        #expect(BytePairs(learning: 5, from: [[String]]()).merges.isEmpty)
    }

    @Test("ties go to the first pair by scalars, in whatever order the text is") func ties() {
        #expect(shown(BytePairs(learning: 3, from: [["zy", "zy", "ab", "ab"]]).merges) == ["a+b", "ab+·", "y+·"])
        let text = [["b\u{10000}", "b\u{FFFF}", "ba", "éa", "e\u{301}a"], ["b\u{10000}", "ba", "b\u{FFFF}", "éa"]]
        let merges = BytePairs(learning: 50, from: text)
        #expect(merges == BytePairs(learning: 50, from: text.map { Array($0.reversed()) }.reversed()))
        // UTF-16 would put the four-byte scalar first.
        #expect(shown(Array(merges.merges.prefix(3))) == ["a+·", "b+a·", "b+\u{FFFF}"])
    }

    @Test("counts that are kept up to date are those of counting anew", arguments: 1...6) func twin(seed: UInt64) {
        var random = RandomSource(seed: seed)
        let sentences = (0..<60).map { _ in
            (0..<5).map { _ in
                String((0..<(1 + random.below(6))).map { _ in Character(["a", "b", "c"][random.below(3)]) })
            }
        }
        let merges = BytePairs(learning: 40, from: sentences).merges
        #expect(merges == naiveMerges(40, sentences) && merges.count == 40)
    }

    @Test("runs of one letter are merged from the left") func overlaps() {
        let merges = BytePairs([.init(Piece("a"), Piece("a"))])
        #expect(shown(merges.pieces(of: "aaaaa")) == ["aa", "aa", "a", "·"])
        let text = [["aaaa", "aaa", "aaaaaaa"], ["aa", "aaaa"]]
        #expect(BytePairs(learning: 9, from: text).merges == naiveMerges(9, text))
    }

    @Test("merges survive being stored, spaces and all") func stored() throws {
        let words = randomWords(300, seed: 5) + oddWords
        let merges = BytePairs(learning: 200, from: [words, words])
        let again = try JSONDecoder().decode(BytePairs.self, from: JSONEncoder().encode(merges))
        #expect(again == merges && merges.merges.count == 200)
        for text in [#"["a"]"#, #"["a ","b"]"#, #"["a","b","a","b"]"#, #"["a",""]"#, #"["","a"]"#] {
            #expect(throws: DecodingError.self) { try JSONDecoder().decode(BytePairs.self, from: Data(text.utf8)) }
        }
    }

    @Test("no two pieces have one key") func keys() {
        var seen: [Spelling: Piece] = [:]
        let texts = oddWords + randomWords(500, seed: 7) + ["a", "a ", "a  ", " a", "a b ", "   "]
        for piece in texts.flatMap({ [Piece($0), Piece($0, endsWord: true)] }) {
            let key = Spelling(piece.key)
            #expect(seen[key] == nil || seen[key] == piece)
            seen[key] = piece
            #expect(Piece(key: piece.key) == piece)
        }
    }
}

@Suite struct SubwordVocabularyTests {
    private func bytes(_ words: [String]) -> [[UInt8]] { words.map { Array($0.utf8) } }

    @Test("text, pieces, text: byte for byte", arguments: [1, 40, 400]) func identity(merges: Int) {
        let text = randomWords(200, seed: 2) + oddWords, other = randomWords(200, seed: 3)
        let vocabularies = Vocabularies(of: [SentencePair(source: text + text, target: other)], subwords: merges)
        for words in [text, other, oddWords, randomWords(400, seed: 4)] {
            for side in [Vocabularies.Side.source, .target] {
                let parts = vocabularies.cut(words, side)
                #expect(bytes(vocabularies.words(of: parts)) == bytes(words))
                #expect(vocabularies.pieces(of: parts)?.wordCount == words.count)
            }
        }
    }

    @Test("through a vocabulary's ids too, where every scalar is known") func ids() {
        let words = oddWords + ["low", "lower"]
        let vocabularies = Vocabularies(of: [SentencePair(source: words + words, target: words)], subwords: 30)
        let ids = vocabularies.source.ids(of: vocabularies.cut(words))
        #expect(!ids.contains(Vocabulary.unknown))
        #expect(bytes(vocabularies.words(of: vocabularies.source.words(of: ids))) == bytes(words))
    }

    @Test("a scalar that was never seen is unknown, and stays within its word") func unknown() {
        let vocabularies = Vocabularies(of: [SentencePair(source: ["low", "low"], target: ["low"])], subwords: 2)
        let parts = vocabularies.cut(["low", "løw", "ø"]), ids = vocabularies.source.ids(of: parts)
        #expect(ids.count { $0 == Vocabulary.unknown } == 2)
        #expect(vocabularies.words(of: vocabularies.source.words(of: ids)) == ["low", "l<unknown>w", "<unknown>"])
        #expect(vocabularies.isKnown("wol") && !vocabularies.isKnown("løw"))
        #expect(!vocabularies.isKnown("low", whole: true), "two merges do not reach its end")
    }

    @Test("a piece of the other side, or a rare one, is taken apart") func takenApart() {
        let pairs = [SentencePair(source: ["l", "o", "w", "ow"], target: ["low", "low", "low"])]
        let vocabularies = Vocabularies(of: pairs, subwords: 3)
        #expect(vocabularies.target.words.contains("low ") && !vocabularies.source.words.contains("low "))
        #expect(vocabularies.cut(["low"], .target) == ["low "])
        #expect(vocabularies.isKnown("low") && vocabularies.cut(["low"]).count > 1)
        let rare = SentencePair(source: ["ab", "ab", "a", "b", "a", "b"], target: ["ab"])
        let strict = Vocabularies(of: [rare], minimumCount: 3, subwords: 2)
        #expect(strict.cut(["ab"]) == ["a", "b", " "])
    }

    @Test("links are spread over pieces, and merged they are what they were") func gold() throws {
        let gold = GoldAlignment(sure: [Link(0, 1)], possible: [Link(1, 0)])
        let pair = SentencePair(source: ["ab", "c"], target: ["c", "ab"], gold: gold)
        let vocabularies = Vocabularies(of: [pair], subwords: 1)
        var reader = vocabularies
        let read = reader.read(pair), pieces = try #require(read.pieces), links = try #require(read.pair.gold)
        #expect(read.pair.source == ["ab", " ", "c", " "] && read.pair.target == ["c", " ", "ab", " "])
        #expect(links.sure == [Link(0, 2), Link(0, 3), Link(1, 2), Link(1, 3)])
        #expect(WordPieces.merge(links.possible, source: pieces.source, target: pieces.target) == gold.possible)
    }

    @Test("without merges nothing is cut") func words() {
        let pair = SentencePair(source: ["a b", "low@@"], target: [""], gold: GoldAlignment(sure: [Link(1, 0)]))
        let vocabularies = Vocabularies(of: [pair])
        var reader = vocabularies
        let read = reader.read(pair)
        #expect(read.pair == pair && read.pieces == nil && vocabularies.pieces(of: ["a "]) == nil)
        #expect(vocabularies.words(of: ["a ", "b"]) == ["a ", "b"] && vocabularies.isKnown("low@@", whole: true))
    }
}
