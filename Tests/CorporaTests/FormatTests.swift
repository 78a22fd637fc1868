// Files as people have them: what is read is what was written, and a bad line is named with its number and what was expected.

@testable import Corpora
import Foundation
import Testing

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
        let expected = [SentencePair(source: ["the", "cat"], target: ["le", "chat"]),
                                SentencePair(source: ["a", "dog"], target: ["un", "chien"])]
        #expect(try TabSeparated.read(folder.write("crlf", text)) == expected)
        #expect(try TabSeparated.read(folder.write("unended", String(text.dropLast()))) == expected)
        let (source, target) = try (folder.write("s", "\u{FEFF}the cat\r\na dog"), folder.write("t", "le chat\nun chien\n"))
        #expect(try TwoFiles.read(source: source, target: target) == expected)
        #expect(TextFile.lines(of: "a\r\n\r\nb\rc\n") == ["a", "", "b\rc"], "a lone carriage return ends no line")
    }

    @Test("other Unicode line ends are no lines of their own, or the two files would fall out of step",
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
        #expect(none.description == "x.tsv:2: there is no tab on this line; expected a source sentence, one tab and its translation")
        let two = try inputError { try TabSeparated.parse("a\tb\tc\n", file: "x.tsv") }
        #expect(two.description.hasPrefix("x.tsv:1: there are 2 tabs on this line"))
        for (text, side) in [("a\t \n", "target"), ("\tb\n", "source")] {
            let empty = try inputError { try TabSeparated.parse("a\tb\n" + text) }
            #expect(empty.line == 2 && empty.message.hasPrefix("the \(side) sentence is empty; write its words, or delete the line"))
        }
    }

    @Test("bars: none, several, an empty side, and as a word") func bars() throws {
        for (line, count) in [("a b", 0), ("a ||| b ||| c", 2), ("a|||b", 0)] {
            let error = try inputError { try MosesLines.parse("x ||| y\n\(line)\n", file: "x") }
            #expect(error.line == 2 && error.message == "there are \(count) separators ||| on this line; "
                    + "expected a source sentence, one ||| and its translation")
        }
        for (line, side) in [("||| b", "source"), ("a |||", "target")] {
            #expect(try inputError { try MosesLines.parse(line) }.message.hasPrefix("the \(side) sentence is empty"))
        }
        let word = try inputError { try MosesLines.text([pairs[0], SentencePair(source: ["|||"], target: ["a"])]) }
        #expect(word.message.hasPrefix("sentence 2 contains the word |||"), "it could not be read back")
    }

    @Test("two files: different lengths, and the file of an empty line") func twoFiles() throws {
        let folder = try Folder()
        let (three, two, gap) = try (folder.write("three", "a\nb\nc\n"), folder.write("two", "a\nb\n"), folder.write("gap", "a\n\nc\n"))
        let lengths = try inputError { try TwoFiles.read(source: three, target: two) }
        #expect(lengths.message == "\(three) has 3 lines, but \(two) has 2; expected as many, each line the translation of its twin")
        let target = try inputError { try TwoFiles.read(source: three, target: gap) }
        #expect(target.file == gap && target.line == 2 && target.message.hasPrefix("the target sentence is empty"))
        #expect(try inputError { try TwoFiles.read(source: gap, target: three) }.message.hasPrefix("the source sentence is empty"))
    }

    @Test("bytes that are not UTF-8 are named with their line", arguments: [
        ([0x61, 0x0A, 0xFF, 0x0A], 2), ([0xC3], 1), ([0x0A, 0x0A, 0xED, 0xA0, 0x80], 3), ([0xC0, 0xAF], 1),
    ] as [([UInt8], Int)])
    func invalidBytes(bytes: [UInt8], line: Int) throws {
        let folder = try Folder()
        let path = try folder.write("bad", Data(bytes))
        let error = try inputError { try TextFile.read(path) }
        #expect(error.file == path && error.line == line && error.message.hasPrefix("this is not UTF-8 text"))
        #expect(error.message.hasSuffix("for example with iconv -t UTF-8"))
    }

    @Test("UTF-16 is recognised, because editors write it unasked") func utf16() throws {
        let folder = try Folder()
        let path = try folder.write("wide", Data([0xFF, 0xFE, 0x61, 0x00, 0x0A, 0x00]))
        #expect(try inputError { try TextFile.read(path) }.message.hasSuffix("it looks like UTF-16"))
    }

    @Test("a missing file and a folder in its place") func noFile() throws {
        let folder = try Folder()
        let missing = try inputError { try TabSeparated.read(folder.file("none")) }
        #expect(missing.file == folder.file("none") && missing.message.hasPrefix("this file cannot be read (No such file or directory)"))
        let directory = try inputError { try TabSeparated.read(folder.path) }
        #expect(directory.message == "this is a folder, but a text file was expected; name a file inside it")
    }
}

@Suite("Alignment files") struct AlignmentFileTests {
    private let countings: [LinkCounting]

    init() throws {
        countings = try [.fromZero, .fromOne, LinkCounting(base: 0, targetFirst: true), LinkCounting(base: 1, targetFirst: true)]
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

    @Test("what published files contain: ? for possible, leading zeros, confidences, the empty word") func dialects() throws {
        #expect(try Pharaoh.parse("0?1 2-3\r\n") == [GoldAlignment(sure: [Link(2, 3)], possible: [Link(0, 1)])])
        let text = "0001 2 3\n0001 1 1 P\n2 1 1 S 0.9\n2 1 2 0.5\n2 0 3 S\n2 3 0\n"
        let read = try NAACL.parse(text)
        #expect(read[1] == GoldAlignment(sure: [Link(1, 2)], possible: [Link(0, 0)]))
        #expect(read[2] == GoldAlignment(sure: [Link(0, 0), Link(0, 1)]), "links with word 0, which is none, are left out")
    }

    @Test("what is no link", arguments: ["x-1", "1", "1-", "-1", "1-2-3", "+1-2", "1--2", "0-1,", "12345678901-1"])
    func noLink(word: String) throws {
        let error = try inputError { try Pharaoh.parse("0-0\n0-0 \(word)\n", file: "a") }
        #expect(error.description == "a:2: “\(word)” is no link; expected source-target such as 0-2, or 0p2 for a possible link")
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
        #expect(try message("0-0 2-1") == "a:1: the link 2-1 names source word 2, but the source sentence has 2 words (numbers 0 to 1); "
                + "the file seems to count from 1: say base 1")
        #expect(try message("1-7").hasSuffix("the target sentence has 3 words (numbers 0 to 2); check that the alignment belongs to "
                                             + "this text, and that the source index comes first"))
        #expect(try message("0-1", .fromOne) == "a:1: the link 0-1 names word 0, but the words are said to be counted from 1; "
                + "this file seems to count from 0: say base 0")
        #expect(try message("1-3", LinkCounting(base: 0, targetFirst: true)).contains("the link 1-3 names source word 3"))
        #expect(try Pharaoh.parse("1-2", lengths: lengths) == [GoldAlignment(sure: [Link(1, 2)])])
    }

    @Test("as many lines as sentences") func lineCount() throws {
        let one = SentenceLengths(source: 1, target: 1)
        let error = try inputError { try Pharaoh.parse("0-0\n", lengths: [one, one], file: "a") }
        #expect(error.description == "a: there are 1 lines of links, but 2 sentences; "
                + "expected one line a sentence (a blank line where there are no links)")
    }

    @Test("sentences that the text does not have") func unknownSentence() throws {
        let one = [1: SentenceLengths(source: 1, target: 1)]
        let error = try inputError { try NAACL.parse("1 1 1\n2 1 1\n", lengths: one, file: "a") }
        #expect(error.description == "a:2: there is no sentence 2; the text has 1 sentences, counted from 1")
        let five = try inputError { try NAACL.inOrder([5: GoldAlignment()], count: 4) }
        #expect(five.message.hasPrefix("there is a link for sentence 5, but there are 4 sentences"))
        #expect(try inputError { try NAACL.inOrder([0: GoldAlignment()], count: 4) }.message.hasPrefix("there is a link for sentence 0"))
        // Making room for that many sentences would fill the memory.
        let folder = try Folder()
        let far = try inputError { try AlignmentFormat.read(folder.write("n", "99999999 1 1\n")) }
        #expect(far.message.hasPrefix("there is a link for sentence 99999999"))
        // Zeros on both sides are the first words of a file counted from 0, not two empty words.
        #expect(try inputError { try NAACL.parse("1 0 0\n") }.message.contains("this file seems to count from 0: say base 0"))
    }

    @Test("the format is told by the first line that is not blank") func detection() throws {
        #expect(try AlignmentFormat.detect("\n 0-0 1p2\n") == .pharaoh)
        #expect(try AlignmentFormat.detect("1 2 3\n") == .naacl)
        #expect(try AlignmentFormat.detect("\n\n") == .pharaoh)
        let error = try inputError { try AlignmentFormat.detect("\nthe cat\n", file: "a") }
        #expect(error.description.hasPrefix("a:2: this line is neither Pharaoh links (such as 0-0 1p2) nor a NAACL link"))
    }

    @Test("a base is 0 or 1; links that spare every first word are suspicious") func base() throws {
        #expect(try inputError { try LinkCounting(base: 2) }.message == "words cannot be counted from 2; the counting base is 0 or 1")
        #expect([GoldAlignment(sure: [Link(1, 1)]), GoldAlignment()].neverLinkFirstWords)
        #expect(![GoldAlignment(sure: [Link(1, 1), Link(0, 2)])].neverLinkFirstWords && ![GoldAlignment()].neverLinkFirstWords)
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

    @Test("a missing folder, and a folder in the file's place: a message, and nothing left behind") func refuses() throws {
        let folder = try Folder()
        let missing = try #require(throws: RunError.self) { try AtomicFile.write("x", to: folder.file("no/file")) }
        #expect(missing.description.hasPrefix(folder.file("no/file") + ": cannot be written (No such file or directory)"))
        #expect(missing.description.hasSuffix("create the folder first"))
        let directory = try #require(throws: RunError.self) { try AtomicFile.write("x", to: folder.path) }
        #expect(directory.description.hasSuffix("cannot be written, because it is a folder; name a file inside it"))
        #expect(try folder.content.isEmpty)
    }

    @Test("parts that a killed process left are removed, those that are written, of others, and everything else are not") func staleParts() throws {
        let folder = try Folder(), now = Date()
        let part = URL(fileURLWithPath: AtomicFile.part(of: folder.file("a.json"))).lastPathComponent
        func leave(_ name: String, secondsAgo: Double) throws {
            let path = try folder.write(name, "half a fi")
            try FileManager.default.setAttributes([.modificationDate: now.addingTimeInterval(-secondsAgo)], ofItemAtPath: path)
        }
        let kept = ["a.json", "a.json.0123ABCD.part", "a.json.99999999.part", "a.json.part", "a.json.xyz.part", "b.json.0123ABCD.part", "ba.json.0123ABCD.part"]
        for name in kept { try leave(name, secondsAgo: name.hasPrefix("a.json.0123") ? 5 : name.hasPrefix("a.json.999") ? -600 : 600) }
        try leave(part, secondsAgo: 20)
        #expect(AtomicFile.removeStaleParts(in: folder.path, of: "a.json", now: now) == [part])
        #expect(try folder.content == kept)
        // One that somebody writes is locked, however old.
        guard case .held(let lock) = Descriptor.claim(folder.file("b.json.0123ABCD.part")) else { throw RunError("no locks here") }
        #expect(AtomicFile.removeStaleParts(in: folder.path, now: now) == ["ba.json.0123ABCD.part"])
        withExtendedLifetime(lock) {}
        // Whoever has the folder need not wait.
        #expect(AtomicFile.removeStaleParts(in: folder.path, of: "a.json", isHeld: true, now: now) == ["a.json.0123ABCD.part", "a.json.99999999.part"])
        #expect(AtomicFile.removeStaleParts(in: folder.file("nowhere")).isEmpty)
    }

    #if os(Linux)
    @Test("a full disk says so, and what to do") func fullDisk() throws {
        let error = try #require(throws: RunError.self) { try AtomicFile.write("x", to: "/dev/full") }
        #expect(error.description.contains("No space left on device")
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
