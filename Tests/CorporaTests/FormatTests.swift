// Files as people have them: what is read is what was written, and a bad line is named with its number and what was
// expected.

import Foundation
import Testing

@testable import Corpora

/// A folder of its own for a test, which goes with it.
final class Folder {
    let path: String

    init() throws {
        path = NSTemporaryDirectory() + "attentionlab-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func file(_ name: String) -> String { path + "/" + name }

    func write(_ name: String, _ text: String) throws -> String { try write(name, Data(text.utf8)) }

    func write(_ name: String, _ data: Data) throws -> String {
        try data.write(to: URL(fileURLWithPath: file(name)))
        return file(name)
    }

    var content: [String] { get throws { try FileManager.default.contentsOfDirectory(atPath: path).sorted() } }
}

func inputError<T>(_ body: () throws -> T) throws -> InputError {
    let error = #expect(throws: InputError.self) { _ = try body() }
    return try #require(error)
}

private let pairs = [
    SentencePair(source: ["the", "cat"], target: ["le", "chat"]),
    SentencePair(source: ["l'", "été", "—", "日本"], target: ["Sommer"]),
    SentencePair(source: ["!"], target: ["a", "|", "b"]),
]
private let alignments = [
    GoldAlignment(sure: [Link(0, 0), Link(1, 1)]),
    GoldAlignment(),
    GoldAlignment(sure: [Link(0, 2)], possible: [Link(0, 0), Link(3, 1)]),
]

@Suite("Parallel text") struct ParallelTextTests {
    @Test("every format reads back what it wrote") func roundTrips() throws {
        let folder = try Folder()
        try TabSeparated.write(pairs, to: folder.file("a"))
        #expect(try TabSeparated.read(folder.file("a")) == pairs)
        try MosesLines.write(pairs, to: folder.file("b"))
        #expect(try MosesLines.read(folder.file("b")) == pairs)
        try TwoFiles.write(pairs, source: folder.file("c"), target: folder.file("d"))
        #expect(try TwoFiles.read(source: folder.file("c"), target: folder.file("d")) == pairs)
        #expect(try folder.content == ["a", "b", "c", "d"], "nothing else is left beside them")
    }

    @Test("a byte order mark, carriage returns and a missing last line end change nothing") func windows() throws {
        let folder = try Folder()
        let text = "\u{FEFF}the cat\tle chat\r\na dog\tun chien\r\n"
        let expected = [
            SentencePair(source: ["the", "cat"], target: ["le", "chat"]),
            SentencePair(source: ["a", "dog"], target: ["un", "chien"]),
        ]
        #expect(try TabSeparated.read(folder.write("crlf", text)) == expected)
        #expect(try TabSeparated.read(folder.write("unended", String(text.dropLast()))) == expected)
        let (source, target) = try (
            folder.write("s", "\u{FEFF}the cat\r\na dog"), folder.write("t", "le chat\nun chien\n")
        )
        #expect(try TwoFiles.read(source: source, target: target) == expected)
        #expect(TextFile.lines(of: "a\r\n\r\nb\rc\n") == ["a", "", "b\rc"], "a lone carriage return ends no line")
    }

    @Test(
        "other Unicode line ends are no lines of their own, or the two files would fall out of step",
        arguments: ["\u{2028}", "\u{2029}", "\u{85}", "\u{B}", "\u{C}"])
    func unicodeLineEnds(character: String) throws {
        let read = try TabSeparated.parse("the\(character)cat\tle chat\nb\tc\n")
        #expect(read.map(\.source) == [["the", "cat"], ["b"]])
    }

    @Test("words are cut at any white space, and never inside a character") func words() {
        #expect(Words.split(" a\u{A0}b\u{3000}c\t d  ") == ["a", "b", "c", "d"])
        // A combining mark after a space belongs to the word that follows, and must not hide the border.
        #expect(Words.split("a \u{301}b") == ["a", "\u{301}b"])
        #expect(Words.split("") == [] && Words.split(" \t") == [])
    }

    @Test("tabs: none, several, an empty side") func tabs() throws {
        let none = try inputError { try TabSeparated.parse("a\tb\nc d\n", file: "x.tsv") }
        #expect(
            none.description
                == "x.tsv:2: there is no tab on this line; expected a source sentence, one tab and its translation")
        let two = try inputError { try TabSeparated.parse("a\tb\tc\n", file: "x.tsv") }
        #expect(two.description.hasPrefix("x.tsv:1: there are 2 tabs on this line"))
        for (text, side) in [("a\t \n", "target"), ("\tb\n", "source")] {
            let empty = try inputError { try TabSeparated.parse("a\tb\n" + text) }
            #expect(
                empty.line == 2
                    && empty.message.hasPrefix("the \(side) sentence is empty; write its words, or delete the line"))
        }
    }

    @Test("bars: none, several, an empty side, and as a word") func bars() throws {
        for (line, count) in [("a b", 0), ("a ||| b ||| c", 2), ("a|||b", 0)] {
            let error = try inputError { try MosesLines.parse("x ||| y\n\(line)\n", file: "x") }
            #expect(
                error.line == 2
                    && error.message == "there are \(count) separators ||| on this line; "
                        + "expected a source sentence, one ||| and its translation"
            )
        }
        for (line, side) in [("||| b", "source"), ("a |||", "target")] {
            #expect(try inputError { try MosesLines.parse(line) }.message.hasPrefix("the \(side) sentence is empty"))
        }
        let word = try inputError { try MosesLines.text([pairs[0], SentencePair(source: ["|||"], target: ["a"])]) }
        #expect(word.message.hasPrefix("sentence 2 contains the word |||"), "it could not be read back")
    }

    @Test("two files: different lengths, and the file of an empty line") func twoFiles() throws {
        let folder = try Folder()
        let (three, two, gap) = try (
            folder.write("three", "a\nb\nc\n"), folder.write("two", "a\nb\n"), folder.write("gap", "a\n\nc\n")
        )
        let lengths = try inputError { try TwoFiles.read(source: three, target: two) }
        #expect(
            lengths.message
                == "\(three) has 3 lines, but \(two) has 2; expected as many, each line the translation of its twin")
        let target = try inputError { try TwoFiles.read(source: three, target: gap) }
        #expect(target.file == gap && target.line == 2 && target.message.hasPrefix("the target sentence is empty"))
        #expect(
            try inputError { try TwoFiles.read(source: gap, target: three) }.message.hasPrefix(
                "the source sentence is empty"))
    }

    @Test(
        "bytes that are not UTF-8 are named with their line",
        arguments: [
            ([0x61, 0x0A, 0xFF, 0x0A], 2), ([0xC3], 1), ([0x0A, 0x0A, 0xED, 0xA0, 0x80], 3), ([0xC0, 0xAF], 1),
        ] as [([UInt8], Int)])
    func invalidBytes(bytes: [UInt8], line: Int) throws {
        let folder = try Folder()
        let path = try folder.write("bad", Data(bytes))
        let error = try inputError { try TextFile.read(path) }
        #expect(error.file == path && error.line == line && error.message.hasPrefix("this is not UTF-8 text"))
        #expect(error.message.hasSuffix("for example with iconv -f ISO-8859-1 -t UTF-8 (or whatever it is in)"))
    }

    @Test("UTF-16 is recognised, because editors write it unasked") func utf16() throws {
        let folder = try Folder()
        let path = try folder.write("wide", Data([0xFF, 0xFE, 0x61, 0x00, 0x0A, 0x00]))
        #expect(
            try inputError { try TextFile.read(path) }.message.contains(
                "this looks like UTF-16, but UTF-8 was expected: save it as UTF-8"))
    }

    @Test(
        "wide text without a mark is no text full of NUL",
        arguments: [
            (String.Encoding.utf16LittleEndian, "UTF-16LE"), (.utf16BigEndian, "UTF-16BE"),
            (.utf32LittleEndian, "UTF-32LE"), (.utf32BigEndian, "UTF-32BE"),
        ])
    func wide(encoding: String.Encoding, name: String) throws {
        for text in ["a b\nc d\n", "le chat noir\n", "хорошо, да\nи нет .\n"] {
            let bytes = try Array(#require(text.data(using: encoding)))
            let error = try inputError { try TextFile.text(bytes, file: "f") }
            #expect(
                error.line == 1
                    && error.message.contains("there are NUL characters on this line; it looks like \(name)"),
                "\(error)")
            #expect(error.message.hasSuffix("iconv -f \(name) -t UTF-8 f"))
        }
        let stray = try inputError {
            try TextFile.text(Array("a b\nc\0 d, and a longer line with more words than that\n".utf8), file: "f")
        }
        #expect(stray.line == 2 && stray.message.hasPrefix("there is a NUL character on this line"))
    }

    @Test(
        "compressed files are named with what unpacks them",
        arguments: [
            ([0x1F, 0x8B, 8, 0], "gzip", "gunzip -c"),
            ([0x42, 0x5A, 0x68, 0x39, 0x31, 0x41, 0x59, 0x26, 0x53, 0x59], "bzip2", "bunzip2 -c"),
            ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0], "xz", "xz -dc"), ([0x28, 0xB5, 0x2F, 0xFD], "zstd", "zstd -dc"),
            ([0x50, 0x4B, 3, 4], "zip", "unzip -p"),
        ] as [([UInt8], String, String)])
    func compressed(bytes: [UInt8], name: String, command: String) throws {
        let error = try inputError { try TextFile.text(bytes, file: "ref") }
        #expect(
            error.message.contains("compressed with \(name)") && error.message.contains("\(command) ref |"), "\(error)")
        #expect(try TextFile.text(Array("BZh9 is a word\n".utf8)) == "BZh9 is a word\n", "text may begin so")
    }

    @Test("lines that end with carriage returns alone are told, one that ends with one is a line") func oldMac() throws
    {
        #expect(
            try inputError { try TextFile.text(Array("a\rb\r".utf8), file: "f") }.message.contains("tr '\\r' '\\n' < f")
        )
        #expect(try TextFile.lines(of: TextFile.text(Array("a b\r".utf8))) == ["a b"])
    }

    @Test("own text: pairs without words on a side and too long ones are left out and told with their lines")
    func ownText() throws {
        let folder = try Folder()
        let one = try folder.write("p", "a\tb\n\n\t\nc\t\nd d d\te\nf\tg\n")
        let text = try ParallelText([one], limit: 2)
        #expect(
            text.pairs.map(\.source) == [["a"], ["f"]] && text.lines == [1, 6] && text.line(of: text.pairs[1]) == 6)
        #expect(
            text.remarks(limitOption: "--n") == [
                "\(one):2: 3 pairs are left out: a side has no words (lines 2, 3, 4)",
                "\(one):5: this pair is left out: a side has more words than --n allows",
            ])
        let two = try [folder.write("s", "a\n\nb\n"), folder.write("t", "x\ny\nz\n")]
        #expect(try ParallelText(two).pairs.map(\.target) == [["x"], ["z"]], "the pairing of the others stays")
        #expect(
            try inputError { try ParallelText([folder.write("q", "a\tb\nc\n")]) }.line == 2,
            "words without a tab are a mistake")
    }

    @Test("what its owner cannot see in a text is told with its place") func oddities() {
        var oddities = TextOddities()
        oddities.add(["the", "été"], at: "f:1")
        #expect(oddities.remarks.isEmpty)
        oddities.add(["\u{FEFF}the", "e\u{301}te\u{301}"], at: "f:2")
        #expect(oddities.remarks.count == 2 && oddities.remarks[0].hasPrefix("f:2: a byte order mark stands inside"))
    }

    @Test("a vocabulary without words is refused, and one with few is counted") func coverage() throws {
        let sentences = [["a", "b", "a"], ["c"]]
        let some = WordCoverage(Vocabulary(sentences: sentences, minimumCount: 2), sentences)
        #expect(
            (some.words, some.knownWords, some.tokens, some.unknownTokens) == (3, 1, 4, 2) && some.unknownShare == 0.5)
        try some.check(side: "source", minimumCount: 2)
        let none = WordCoverage(Vocabulary(sentences: sentences, minimumCount: 9), sentences)
        #expect(
            try inputError { try none.check(side: "source", minimumCount: 9) }.message.hasPrefix(
                "no source word occurs 9 times"))
    }

    @Test("nothing that a terminal obeys, and nothing unseen, leaves a message") func terminal() {
        #expect(
            TerminalText.harmless("a\u{1B}[31m\tb\u{9B}c\u{202E}\u{FEFF}\u{7F}")
                == "a\\u{1B}[31m\\u{9}b\\u{9B}c\\u{202E}\\u{FEFF}\\u{7F}")
        #expect(
            TerminalText.harmless("a\nb\r\n", keepingLines: true) == "a\nb\\u{D}\n"
                && TerminalText.harmless("a\nb") == "a\\u{A}b")
        #expect(
            TerminalText.harmless("été 日本 👩‍💻 می‌خواهم") == "été 日本 👩‍💻 می‌خواهم", "joiners belong to letters and pictures")
        #expect(
            TerminalText.quoted("\u{FEFF}0-0\u{200D}\u{A0}") == "“\\u{FEFF}0-0\\u{200D}\\u{A0}”",
            "in a message about a word they are named")
        #expect(TerminalText.quoted(String(repeating: "x", count: 100_000)).count == 63)
    }

    @Test("a missing file and a folder in its place") func noFile() throws {
        let folder = try Folder()
        let missing = try inputError { try TabSeparated.read(folder.file("none")) }
        #expect(
            missing.file == folder.file("none")
                && missing.message.hasPrefix("this file cannot be read (No such file or directory)"))
        let directory = try inputError { try TabSeparated.read(folder.path) }
        #expect(directory.message == "this is a folder, but a text file was expected; name a file inside it")
    }
}

@Suite("Alignment files") struct AlignmentFileTests {
    private let countings: [LinkCounting]

    init() throws {
        countings = try [
            .fromZero, .fromOne, LinkCounting(base: 0, targetFirst: true), LinkCounting(base: 1, targetFirst: true),
        ]
    }

    @Test("both formats read back what they wrote, in every way of counting") func roundTrips() throws {
        for counting in countings {
            #expect(try Pharaoh.parse(Pharaoh.text(alignments, counting: counting), counting: counting) == alignments)
            let naacl = try NAACL.parse(NAACL.text(alignments, counting: counting), counting: counting)
            #expect(try NAACL.inOrder(naacl, count: 3) == alignments, "the sentence without links has no line")
        }
        let folder = try Folder()
        try Pharaoh.write(alignments, to: folder.file("p"))
        try NAACL.write(alignments, to: folder.file("n"))
        #expect(try AlignmentFormat.read(folder.file("p")) == alignments, "the format is detected")
        #expect(try AlignmentFormat.read(folder.file("n"), count: 3) == alignments)
        #expect(Pharaoh.text(alignments) == "0-0 1-1\n\n0-2 0p0 3p1\n")
        #expect(NAACL.text(alignments) == "1 1 1 S\n1 2 2 S\n3 1 1 P\n3 4 2 P\n3 1 3 S\n")
    }

    @Test("what published files contain: ? for possible, leading zeros, confidences, the empty word") func dialects()
        throws
    {
        #expect(try Pharaoh.parse("0?1 2-3\r\n") == [GoldAlignment(sure: [Link(2, 3)], possible: [Link(0, 1)])])
        let text = "0001 2 3\n0001 1 1 P\n2 1 1 S 0.9\n2 1 2 0.5\n2 0 3 S\n2 3 0\n"
        let read = try NAACL.parse(text)
        #expect(read[1] == GoldAlignment(sure: [Link(1, 2)], possible: [Link(0, 0)]))
        #expect(
            read[2] == GoldAlignment(sure: [Link(0, 0), Link(0, 1)]), "links with word 0, which is none, are left out")
    }

    @Test("what is no link", arguments: ["x-1", "1", "1-", "-1", "1-2-3", "+1-2", "1--2", "0-1,", "12345678901-1"])
    func noLink(word: String) throws {
        let error = try inputError { try Pharaoh.parse("0-0\n0-0 \(word)\n", file: "a") }
        #expect(
            error.description
                == "a:2: “\(word)” is no link; expected source-target such as 0-2, or 0p2 for a possible link")
    }

    @Test("what is no NAACL line", arguments: ["1 2", "1 2 x", "1 2 3 Q", "1 2 3 S x", "1 2 3 S 1 1", "1 -2 3"])
    func noLine(line: String) throws {
        let error = try inputError { try NAACL.parse("1 1 1\n\(line)\n", file: "a") }
        #expect(error.line == 2 && error.message.hasPrefix("“\(line)” is no link; expected: sentence source target"))
    }

    @Test("links beyond the sentence, with the likely mistake") func outOfRange() throws {
        let lengths = [SentenceLengths(source: 2, target: 3)]
        func message(_ text: String, _ counting: LinkCounting = .fromZero) throws -> String {
            try inputError { try Pharaoh.parse(text, counting: counting, lengths: lengths, file: "a") }.description
        }
        #expect(
            try message("1-1 2-1")
                == "a:1: the link 2-1 names source word 2, but the source sentence has 2 words (numbers 0 to 1); "
                + "the file seems to count from 1: say base 1")
        #expect(
            try message("1-7").hasSuffix(
                "the target sentence has 3 words (numbers 0 to 2); check that the alignment belongs to "
                    + "this text, and that the source index comes first"))
        #expect(
            try message("0-1", .fromOne)
                == "a:1: the link 0-1 names word 0, but the words are said to be counted from 1; "
                + "this file seems to count from 0: say base 0")
        #expect(
            try message("1-3", LinkCounting(base: 0, targetFirst: true)).contains("the link 1-3 names source word 3"))
        #expect(try Pharaoh.parse("1-2", lengths: lengths) == [GoldAlignment(sure: [Link(1, 2)])])
    }

    @Test("links with end tokens: no base sends to the other in a circle, and the advice works when it is followed")
    func endTokens() throws {
        let lengths = [SentenceLengths(source: 2, target: 2), SentenceLengths(source: 0, target: 0)],
            text = "0-0 1-1 2-2\n\n"
        func message(_ text: String, base: Int) throws -> String {
            try inputError { try Pharaoh.parse(text, counting: LinkCounting(base: base), lengths: lengths) }.message
        }
        let zero = try message(text, base: 0), one = try message(text, base: 1)
        #expect(
            zero.contains("the place after the last word, perhaps the end token") && zero.hasSuffix("(--without-end)")
                && !zero.contains("say base 1"))
        #expect(one.contains("say base 0, and leave such links out (--without-end)"))
        let read = try Pharaoh.parse(text, counting: LinkCounting(base: 0, leavesOutEnd: true), lengths: lengths)
        #expect(
            read == [GoldAlignment(sure: [Link(0, 0), Link(1, 1)]), GoldAlignment()],
            "a sentence without words has no links")
        #expect(try message("1-1 2-3\n\n", base: 0).hasSuffix("say base 1, and leave such links out (--without-end)"))
        #expect(try message("1-1 5-1\n\n", base: 0).contains("check that the alignment belongs to this text"))
        let reversed = [SentenceLengths(source: 2, target: 4)]
        #expect(
            try inputError { try Pharaoh.parse("3-1\n", lengths: reversed) }.message.contains("say that it is reversed")
        )
        let naacl = [1: SentenceLengths(source: 2, target: 2)]
        #expect(
            try inputError { try NAACL.parse("1 1 1\n1 3 3\n", lengths: naacl) }.message.hasSuffix("(--without-end)"))
        #expect(
            try NAACL.parse("1 1 1\n1 3 3\n", counting: LinkCounting(base: 1, leavesOutEnd: true), lengths: naacl) == [
                1: GoldAlignment(sure: [Link(0, 0)])
            ])
    }

    @Test(
        "what looks like a link of another tool is told with what makes one of it",
        arguments: [
            ("1:1 2:2", "“1:1 2:2”", "put a hyphen between the numbers"),
            ("(0,0) (1,1)", "“(0,0) (1,1)”", "put a hyphen between"),
            ("[(0, 0), (1, 2)]", "“[(0, 0), (1, 2)]”", "(sed -E 's/[^0-9]*([0-9]+)[^0-9]+"),
            ("0-0 1/1", "“1/1” is no link", "put a hyphen between"),
            ("0-0-0.98 1-1-0.51", "“0-0-0.98” is no link", "scores off (sed -E"),
            ("0-0:1e-05", "“0-0:1e-05”", "sed -E"),
            ("0\t0-0 1-1", "“0” is no link", "cut -f2- f"), ("12 0-0 1-1", "“12” is no link", "cut -d ' ' -f2- f"),
            ("0–0 1-1", "“0–0”", "hyphen"),
            ("\u{FEFF}0-0 1-1", "“\\u{FEFF}0-0”", "byte order mark"), ("0-0 40-x", "“40-x” is no link", ""),
            ("0-\u{1B}[31m1 1-1", "“0-\\u{1B}[31m1”", ""),
        ])
    func hints(line: String, named: String, advice: String) throws {
        let text = line + "\n"
        let error = try inputError {
            try AlignmentFormat.detect(text, file: "f") == .pharaoh ? Pharaoh.parse(text, file: "f") : []
        }
        #expect(
            error.line == 1 && error.message.contains(named) && (advice.isEmpty || error.message.contains(advice)),
            "\(error)")
    }

    @Test("as many lines as sentences") func lineCount() throws {
        let one = SentenceLengths(source: 1, target: 1)
        let error = try inputError { try Pharaoh.parse("0-0\n", lengths: [one, one], file: "a") }
        #expect(
            error.description == "a: it has 1 line of links, but the text has 2 sentences; "
                + "expected one line a sentence (a blank line where there are no links)")
    }

    @Test("sentences that the text does not have") func unknownSentence() throws {
        let one = [1: SentenceLengths(source: 1, target: 1)]
        let error = try inputError { try NAACL.parse("1 1 1\n2 1 1\n", lengths: one, file: "a") }
        #expect(error.description == "a:2: there is no sentence 2; the text has 1 sentence, counted from 1")
        let five = try inputError { try NAACL.inOrder([5: GoldAlignment()], count: 4) }
        #expect(five.message.hasPrefix("there is a link for sentence 5, but the text has 4 sentences"))
        #expect(
            try inputError { try NAACL.inOrder([0: GoldAlignment()], count: 4) }.message.hasPrefix(
                "there is a link for sentence 0"))
        // Making room for that many sentences would fill the memory.
        let folder = try Folder()
        let far = try inputError { try AlignmentFormat.read(folder.write("n", "99999999 1 1\n")) }
        #expect(far.message.hasPrefix("there is a link for sentence 99999999"))
        // Zeros on both sides are the first words of a file counted from 0, not two empty words.
        #expect(
            try inputError { try NAACL.parse("1 0 0\n") }.message.contains(
                "this file seems to count from 0: say base 0"))
    }

    @Test("the format is told by the first line that is not blank") func detection() throws {
        #expect(try AlignmentFormat.detect("\n 0-0 1p2\n") == .pharaoh)
        #expect(try AlignmentFormat.detect("1 2 3\n") == .naacl)
        #expect(try AlignmentFormat.detect("\n\n") == .pharaoh)
        let error = try inputError { try AlignmentFormat.detect("\nthe cat\n", file: "a") }
        #expect(
            error.description.hasPrefix("a:2: this line is neither Pharaoh links (such as 0-0 1p2) nor a NAACL link"))
    }

    @Test("a base is 0 or 1; links that spare every first word are suspicious") func base() throws {
        #expect(
            try inputError { try LinkCounting(base: 2) }.message
                == "words cannot be counted from 2; the counting base is 0 or 1")
        #expect(LinkTable([GoldAlignment(sure: [Link(1, 1)]), GoldAlignment()]).neverLinksFirstWords)
        #expect(
            !LinkTable([GoldAlignment(sure: [Link(1, 1), Link(0, 2)])]).neverLinksFirstWords
                && !LinkTable([GoldAlignment()]).neverLinksFirstWords)
    }
}

@Suite("Writing files") struct AtomicFileTests {
    @Test("an old file is replaced, and a link to it stays a link") func replaces() throws {
        let folder = try Folder()
        let path = try folder.write("real", "old")
        try FileManager.default.createSymbolicLink(atPath: folder.file("link"), withDestinationPath: path)
        try AtomicFile.write("new", to: folder.file("link"))
        #expect(try TextFile.read(path) == "new")
        #expect(try FileManager.default.destinationOfSymbolicLink(atPath: folder.file("link")) == path)
        #expect(try folder.content == ["link", "real"])
    }

    @Test("a missing folder, and a folder in the file's place: a message, and nothing left behind") func refuses()
        throws
    {
        let folder = try Folder()
        let missing = try #require(throws: RunError.self) { try AtomicFile.write("x", to: folder.file("no/file")) }
        #expect(
            missing.description.hasPrefix(folder.file("no/file") + ": cannot be written (No such file or directory)"))
        #expect(missing.description.hasSuffix("create the folder first"))
        let directory = try #require(throws: RunError.self) { try AtomicFile.write("x", to: folder.path) }
        #expect(directory.description.hasSuffix("cannot be written, because it is a folder; name a file inside it"))
        #expect(try folder.content.isEmpty)
    }

    @Test(
        "parts that a killed process left are removed, those that are written, of others, and everything else are not")
    func staleParts() throws {
        let folder = try Folder(), now = Date()
        let part = URL(fileURLWithPath: AtomicFile.part(of: folder.file("a.json"))).lastPathComponent
        func leave(_ name: String, secondsAgo: Double) throws {
            let path = try folder.write(name, "half a fi")
            try FileManager.default.setAttributes(
                [.modificationDate: now.addingTimeInterval(-secondsAgo)], ofItemAtPath: path)
        }
        let kept = [
            "a.json", "a.json.0123ABCD.part", "a.json.99999999.part", "a.json.part", "a.json.xyz.part",
            "b.json.0123ABCD.part", "ba.json.0123ABCD.part",
        ]
        for name in kept {
            try leave(name, secondsAgo: name.hasPrefix("a.json.0123") ? 5 : name.hasPrefix("a.json.999") ? -600 : 600)
        }
        try leave(part, secondsAgo: 20)
        #expect(AtomicFile.removeStaleParts(in: folder.path, of: "a.json", now: now) == [part])
        #expect(try folder.content == kept)
        // One that somebody writes is locked, however old.
        guard case .held(let lock) = Descriptor.claim(folder.file("b.json.0123ABCD.part")) else {
            throw RunError("no locks here")
        }
        #expect(AtomicFile.removeStaleParts(in: folder.path, now: now) == ["ba.json.0123ABCD.part"])
        withExtendedLifetime(lock) {}
        // Whoever has the folder need not wait.
        #expect(
            AtomicFile.removeStaleParts(in: folder.path, of: "a.json", isHeld: true, now: now) == [
                "a.json.0123ABCD.part", "a.json.99999999.part",
            ])
        #expect(AtomicFile.removeStaleParts(in: folder.file("nowhere")).isEmpty)
    }

    #if os(Linux)
    @Test("a full disk says so, and what to do") func fullDisk() throws {
        let error = try #require(throws: RunError.self) { try AtomicFile.write("x", to: "/dev/full") }
        #expect(
            error.description.contains("No space left on device")
                && error.description.hasSuffix("free some space or choose another disk"))
    }
    #endif

    @Test("a folder closed to writing keeps the old file and gets no new one") func closedFolder() throws {
        // The superuser may write anywhere.
        guard getuid() != 0 else { return }
        let folder = try Folder()
        let path = try folder.write("kept", "old")
        try FileManager.default.setAttributes([.posixPermissions: 0o555], ofItemAtPath: folder.path)
        defer { try? FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder.path) }
        let error = try #require(throws: RunError.self) { try AtomicFile.write("new", to: path) }
        #expect(error.description.hasSuffix("what was there before is unchanged; choose a folder you may write to"))
        #expect(try TextFile.read(path) == "old" && folder.content == ["kept"])
    }
}
