// Every reader of text against damaged files: it reads them or refuses them with a sentence, quickly, and never traps.

import Foundation
import TestSupport
import Testing

@testable import Corpora
@testable import Evaluation

@Suite("Damaged texts") struct TextMutationTests {
    private let pairs = "the cat\tle chat\nl'été — 日本\tSommer\n<end> a b\tc . \u{301}d\r\n"
    private let pharaoh = "0-0 1-1 2p3\n\n0-2 0p0 3?1\n10-11\r\n"
    private let naacl = "0001 2 3\n1 1 1 P\n2 1 1 S 0.9\n2 0 3 S\n3 4 5\n"
    private let moses = "the cat ||| le chat\na ||| b c d\n"

    /// - Parameter read: throws `InputError` for what it cannot use; anything else fails the test.
    private func scramble(
        _ samples: [String], seed: UInt64, _ standard: Int = 3000, _ read: (String) throws -> Void
    )
        throws
    {
        var mutants = Mutants(of: samples, seed: seed), accepted = 0, refused = 0
        for _ in 0..<Mutator.count(standard) {
            do {
                try read(TextFile.text(mutants.next(), file: "f"))
                accepted += 1
            } catch let error as InputError {
                refused += 1
                // Named and cut: a message neither moves the cursor nor fills the screen.
                if error.description.utf8.count > 1500 || TerminalText.harmless(error.message) != error.message {
                    Issue.record("a message that a terminal should not get: \(error.description.debugDescription)")
                }
            }
        }
        #expect(accepted > 0 && refused > 0, "a test that sees only one of the two sees too little")
        if Mutator.count(standard) != standard {
            print(
                "\(accepted + refused) mutants of \(samples[0].prefix(8).debugDescription)…: \(accepted) read, \(refused) refused"
            )
        }
    }

    @Test("alignments, in both formats, with and without a text") func links() throws {
        let lengths = (0..<4).map { SentenceLengths(source: 3 + $0, target: 4) }
        let countings = try [
            LinkCounting.fromZero, LinkCounting(base: 1, targetFirst: true), LinkCounting(base: 0, leavesOutEnd: true),
        ]
        try scramble([pharaoh, naacl], seed: 1) { text in
            let format = try AlignmentFormat.detect(text, file: "f")
            for counting in countings {
                switch format {
                case .pharaoh:
                    let read = try Pharaoh.parse(text, counting: counting, file: "f")
                    if !counting.leavesOutEnd {
                        #expect(
                            try Pharaoh.parse(Pharaoh.text(read)) == read, "what was read is written as it was read")
                    }
                    _ = try? Pharaoh.parse(text, counting: counting, lengths: lengths, file: "f")
                case .naacl:
                    _ = try NAACL.parse(text, counting: counting, file: "f")
                    let numbered = Dictionary(uniqueKeysWithValues: lengths.enumerated().map { ($0 + 1, $1) })
                    _ = try NAACL.parse(text, counting: counting, lengths: numbered, file: "f")
                }
            }
        }
    }

    @Test("an alignment file asks for no more memory than its lines are worth") func sentences() throws {
        try scramble([naacl, "9000000 1 1\n"], seed: 2, 500) { text in
            let format = try AlignmentFormat.detect(text, file: "f")
            guard format == .naacl else { return }
            let file = try AlignmentFile(text: text, path: "f")
            let read = try file.alignments(counting: .fromOne)
            #expect(read.count <= 10_000 + 1000 * TextFile.lines(of: text).count)
        }
    }

    @Test("parallel text: tabs, bars, and the words of both sides in a vocabulary") func parallel() throws {
        try scramble([pairs, moses], seed: 3) { text in
            let read =
                text.contains("|||") ? try MosesLines.parse(text, file: "f") : try TabSeparated.parse(text, file: "f")
            let source = Vocabulary(sentences: read.map(\.source)),
                target = Vocabulary(sentences: read.map(\.target), minimumCount: 2)
            for pair in read {
                #expect(
                    source.words(of: source.ids(of: pair.source)).map(Spelling.init) == pair.source.map(Spelling.init),
                    "a word of the text is known")
                let extended = ExtendedVocabulary(target, source: pair.source)
                #expect(
                    extended.words(of: extended.ids(of: pair.source)).map(Spelling.init)
                        == pair.source.map(Spelling.init), "a source word can be copied")
            }
        }
    }

    @Test("BLEU's tokens: no byte is lost but white space and what 13a names") func bleu() throws {
        var mutants = Mutants(of: [pairs, "It's 3.5, &quot;no&quot; - 1,000.-\n", "a.b,c 5-6 <skipped>\n"], seed: 4)
        for _ in 0..<Mutator.count(3000) {
            let line = String(decoding: mutants.next(), as: UTF8.self)
            let tokens = BLEUTokenizer.v13a.tokens(line)
            #expect(tokens.allSatisfy { !$0.isEmpty } && tokens.joined().utf8.count <= line.utf8.count)
            let same = BLEUStatistics(hypothesis: line, references: [line])
            #expect(
                same.correct == same.total && same.hypothesisLength == same.referenceLength,
                "a line is its own best translation")
        }
    }
}
