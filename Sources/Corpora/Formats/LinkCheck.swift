// From the numbers in an alignment file to a link counted from 0, or an error that names the likely mistake.

/// How the numbers of an alignment file are to be read.
public struct LinkCounting: Sendable, Codable, Equatable {
    /// What the first word of a sentence is called: 0 or 1.
    public let base: Int
    /// Whether the target's index is written first; some published files are the wrong way round for one's purpose.
    public let targetFirst: Bool

    public static let fromZero = LinkCounting(uncheckedBase: 0, targetFirst: false)
    public static let fromOne = LinkCounting(uncheckedBase: 1, targetFirst: false)

    public init(base: Int, targetFirst: Bool = false) throws {
        guard base == 0 || base == 1 else {
            throw InputError("words cannot be counted from \(base); the counting base is 0 or 1")
        }
        self.init(uncheckedBase: base, targetFirst: targetFirst)
    }

    private init(uncheckedBase: Int, targetFirst: Bool) {
        base = uncheckedBase
        self.targetFirst = targetFirst
    }

    /// - Parameter text: the link as it stands in the file, for the message.
    func link(_ first: Int, _ second: Int, text: String, lengths: SentenceLengths?, file: String?, line: Int) throws -> Link {
        let written = targetFirst ? Link(second, first) : Link(first, second)
        if base == 1, written.source == 0 || written.target == 0 {
            throw InputError("the link \(text) names word 0, but the words are said to be counted from 1; this file seems to count from 0: say base 0",
                             file: file, line: line)
        }
        let link = Link(written.source - base, written.target - base)
        if let lengths {
            try check(link.source, written.source, below: lengths.source, side: "source", text: text, file: file, line: line)
            try check(link.target, written.target, below: lengths.target, side: "target", text: text, file: file, line: line)
        }
        return link
    }

    private func check(_ index: Int, _ written: Int, below length: Int, side: String, text: String, file: String?, line: Int) throws {
        guard index >= length else { return }
        let advice = index == length && base == 0
            ? "the file seems to count from 1: say base 1"
            : "check that the alignment belongs to this text" + (targetFirst ? "" : ", and that the source index comes first")
        let words = length == 1 ? "1 word (number \(base))" : "\(length) words (numbers \(base) to \(length - 1 + base))"
        throw InputError("the link \(text) names \(side) word \(written), but the \(side) sentence has \(words); \(advice)",
                         file: file, line: line)
    }
}

extension Sequence<GoldAlignment> {
    /// Whether links that were read as counted from 0 were probably counted from 1: no first word has a link in any sentence.
    ///
    /// A suspicion for a message, not a proof: in a handful of sentences it can be chance.
    public var neverLinkFirstWords: Bool {
        var any = false
        for alignment in self {
            for link in alignment.possible {
                if link.source == 0 || link.target == 0 { return false }
                any = true
            }
        }
        return any
    }
}
