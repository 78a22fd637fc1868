// The quick reader of alignment files against the one that explains: whatever it reads, it reads alike.

import Randomness
import TestSupport
import Testing

@testable import Corpora

@Suite("Tables of links") struct LinkTableTests {
    /// What a reading gives, or its sentence.
    private func outcome(_ read: () throws -> LinkTable) throws -> [[String]] {
        do {
            let table = try read()
            return (0..<table.count).map { table[$0].map { "\($0.link.source)-\($0.link.target) \($0.isSure)" } }
        } catch let error as InputError { return [["\(error)"]] }
    }

    @Test("mutants of both formats, with and without the text, give the same links or the same sentence")
    func mutants() throws {
        var mutator = Mutator(seed: 15), random = RandomSource(seed: 15, purpose: "links"), plain = 0
        let samples: [(AlignmentFormat, String)] = [
            (.pharaoh, "0-0 1p2 1-1\r\n\n2-0 0?1\t1-0\n1-1 1p1 0-0"),
            (.naacl, "1 1 1 S\n1 2 3 P\n\n3 2 2\n2 1 1 S 0.5\n3 1 1 1\n3 0 2\n"),
        ]
        let lengths = [(2, 3), (3, 2), (2, 2)].map { SentenceLengths(source: $0.0, target: $0.1) }
        for _ in 0..<Mutator.count(3000) {
            let (format, sample) = random.pick(samples), bytes = Array(sample.utf8)
            let mutant = random.below(8) == 0 ? bytes : mutator.mutant(of: bytes, with: Array("0-1 p?S\n2 ".utf8))
            guard let text = String(validating: mutant, as: UTF8.self) else { continue }
            let counting = try LinkCounting(
                base: random.below(2), targetFirst: random.below(2) == 0, leavesOutEnd: random.below(2) == 0)
            let known = random.below(2) == 0 ? lengths : nil, count = random.below(2) == 0 ? 3 : nil
            let file = try AlignmentFile(text: text, path: "f", format: format)
            var quick = PlainLinks(text, counting, known)
            if quick.table(format, count: count) != nil { plain += 1 }
            let explained = try outcome {
                LinkTable(try file.alignments(counting: counting, lengths: known, count: count))
            }
            let read = try outcome { try file.table(counting: counting, lengths: known, count: count) }
            #expect(read == explained, "\(text.debugDescription)")
        }
        #expect(plain > Mutator.count(3000) / 20, "the quick reader read \(plain)")
    }

    @Test("words are counted as they are split") func words() {
        for line in ["", " ", "a", " a  b\t", "a\u{A0}b c", "é\u{2028}x", "a\u{1C}b\r", "a\u{0B}b\u{0C}"] {
            #expect(Words.count(line) == Words.split(line).count, "\(line.debugDescription)")
        }
    }

    @Test("lines come one after the other as they come together") func lines() {
        #expect(TextFile.lines(of: "") == [])
        #expect(TextFile.lines(of: "\n") == [""])
        #expect(TextFile.lines(of: "a\r\n\r\nb\rc\n\nd") == ["a", "", "b\rc", "", "d"])
    }
}
