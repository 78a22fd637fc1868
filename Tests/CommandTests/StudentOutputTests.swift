// What a student prints is passed on, and cut where it is too much.

import Testing

@testable import course

@Suite("What a student prints") struct StudentOutputTests {
    /// In pieces of so many bytes.
    private func passed(_ text: String, pieces: Int) -> String {
        var output = StudentOutput(), shown: [UInt8] = [], rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            shown += output.pass(Array(rest.prefix(pieces)))
            rest = rest.dropFirst(pieces)
        }
        return String(decoding: shown + output.finish(), as: UTF8.self)
    }

    private func lines(_ count: Int) -> String { (1...count).map { "Ring \($0)\n" }.joined() }

    @Test("up to a hundred lines are shown as they are, more are cut", arguments: [1, 7, 100_000]) func lines(
        pieces: Int
    ) {
        #expect(passed(lines(100), pieces: pieces) == lines(100))
        #expect(passed(lines(101), pieces: pieces) == lines(100) + "… and more\n")
        #expect(passed(lines(5000), pieces: pieces) == lines(100) + "… and more\n")
    }

    @Test(
        "a line without an end is ended, and an endless one is cut between two characters", arguments: [1, 7, 100_000])
    func endless(pieces: Int) {
        #expect(passed("no end", pieces: pieces) == "no end\n")
        #expect(passed("", pieces: pieces) == "")
        let endless = String(repeating: "é", count: StudentOutput.bytes), odd = "x" + endless
        #expect(
            passed(endless, pieces: pieces) == String(repeating: "é", count: StudentOutput.bytes / 2) + "\n… and more\n"
        )
        // The cut falls into a letter, which is left out where it came in one piece, and cannot be where half of it was
        // shown before.
        #expect(
            passed(odd, pieces: 100_000) == "x" + String(repeating: "é", count: StudentOutput.bytes / 2 - 1)
                + "\n… and more\n")
    }

    @Test("of standard error the two ends are kept") func ends() {
        var kept = KeptEnds()
        for number in 0..<40_000 { kept.add(Array("line \(number)\n".utf8)) }
        let text = String(decoding: kept.bytes, as: UTF8.self)
        #expect(
            text.hasPrefix("line 0\nline 1\n") && text.hasSuffix("line 39999\n") && text.utf8.count == 2 * KeptEnds.size
        )
    }

    private let crash = """
        mine
        Swift/ContiguousArrayBuffer.swift:691: Fatal error: Index out of range

        *** Signal 5: Backtracing from 0x7f... done ***

        Thread 0 "attention" crashed:
        3 static Exercise01.softmax(_:) in attention at /work/Exercises/Exercise01_Softmax.swift:28:20
        """

    @Test("a crash is told apart from what the student wrote", arguments: ["\n", "\r\n"]) func crash(_ end: String) {
        let said = crash.replacing("\n", with: end)
        #expect(StudentErrors.own(said) == "mine")
        #expect(
            StudentErrors.crash(said, in: "Exercises/Exercise01_Softmax.swift")
                == "your code stopped the process at Exercises/Exercise01_Softmax.swift, line 28: Index out of range")
        #expect(StudentErrors.refusal(said) == nil && StudentErrors.refusal("a\nattention: no room.\n") == "no room.")
        let precondition =
            "Exercises/A.swift:34: Precondition failed: too few words in a row\(end)*** Signal 4: Backtracing\(end)"
        #expect(StudentErrors.crash(precondition, in: "Exercises/A.swift").hasSuffix("line 34: too few words in a row"))
        let overflow =
            "mine\(end)*** Signal 4: Backtracing\(end)*** Swift runtime failure: arithmetic overflow ***\(end) at Exercises/A.swift:7:9"
        #expect(StudentErrors.crash(overflow, in: "Exercises/A.swift").hasSuffix("line 7: arithmetic overflow"))
        #expect(StudentErrors.own(overflow) == "mine")
        let open =
            "mine\(end)no endSwift/IntegerTypes.swift:236: Fatal error: not a number\(end)\(end)*** Signal 4: Backtracing"
        #expect(StudentErrors.own(open) == "mine\nno end", "what has no end of line is the student's too")
        #expect(StudentErrors.crash(open, in: "Exercises/A.swift").hasSuffix(": not a number"))
        let fake = "Fatal error: mine\(end)attention: mine\(end)*** mine\(end)"
        #expect(
            StudentErrors.own(fake + open) == fake.replacing(end, with: "\n") + "mine\nno end",
            "words of Swift's are no crash")
        #expect(StudentErrors.crash(fake + open, in: "Exercises/A.swift").hasSuffix(": not a number"))
        #expect(StudentErrors.own(fake + overflow) == fake.replacing(end, with: "\n") + "mine")
        #expect(
            StudentErrors.withoutRefusal("a\nattention: no room.\nb") == "a\nb"
                && StudentErrors.withoutRefusal("a\n") == "a\n")
        let long =
            "A.swift:" + String(repeating: "1", count: 5000) + " Fatal error: " + String(repeating: "x", count: 5000)
        #expect(StudentErrors.crash(long, in: "A.swift").count < 600, "a sentence, whatever was said")
        #expect(StudentErrors.crash("", in: "x").hasSuffix("calls itself without end"))
    }
}
