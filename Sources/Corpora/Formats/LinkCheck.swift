// From the numbers in an alignment file to a link counted from 0, or an error that names the likely mistake.

/// How the numbers of an alignment file are to be read.
public struct LinkCounting: Sendable, Equatable {
    /// What the first word of a sentence is called: 0 or 1.
    public let base: Int
    /// Whether the target's index is written first; some published files are the wrong way round for one's purpose.
    public let targetFirst: Bool
    /// Whether links with the place after the last word are left out: systems that align their end tokens write them.
    public let leavesOutEnd: Bool

    public static let fromZero = LinkCounting(uncheckedBase: 0, targetFirst: false)
    public static let fromOne = LinkCounting(uncheckedBase: 1, targetFirst: false)

    public init(base: Int, targetFirst: Bool = false, leavesOutEnd: Bool = false) throws {
        guard base == 0 || base == 1 else {
            throw InputError("words cannot be counted from \(base); the counting base is 0 or 1")
        }
        self.init(uncheckedBase: base, targetFirst: targetFirst, leavesOutEnd: leavesOutEnd)
    }

    private init(uncheckedBase: Int, targetFirst: Bool, leavesOutEnd: Bool = false) {
        base = uncheckedBase
        self.targetFirst = targetFirst
        self.leavesOutEnd = leavesOutEnd
    }

    /// - Parameter all: of the file, by which the advice is chosen.
    /// - Returns: nil for a link with an end token, where those are left out.
    func link(_ written: WrittenLink, among all: @autoclosure () -> [WrittenLink], file: String?) throws -> Link? {
        let named = targetFirst ? Link(written.second, written.first) : Link(written.first, written.second)
        if base == 1, named.source == 0 || named.target == 0 {
            throw InputError(
                "the link \(written.text) names word 0, but the words are said to be counted from 1; \(adviceOnZero(all()))",
                file: file, line: written.line)
        }
        let link = Link(named.source - base, named.target - base)
        guard let lengths = written.lengths else { return link }
        if leavesOutEnd, lengths.endsAt(link) { return nil }
        for (index, name, length, side) in [
            (link.source, named.source, lengths.source, "source"),
            (link.target, named.target, lengths.target, "target"),
        ]
        where index >= length {
            let words =
                switch length {
                case 0: "no word"
                case 1: "1 word (number \(base))"
                default: "\(length) words (numbers \(base) to \(length - 1 + base))"
                }
            throw InputError(
                "the link \(written.text) names \(side) word \(name), but the \(side) sentence has \(words); "
                    + adviceOnRange(isNext: index == length, all()), file: file, line: written.line)
        }
        return link
    }

    private static let leaveOutEnd = "leave such links out (--without-end)"

    private func adviceOnZero(_ all: [WrittenLink]) -> String {
        if all.fit(base: 0, targetFirst: targetFirst) { return "this file seems to count from 0: say base 0" }
        if all.fit(base: 0, targetFirst: targetFirst, allowingEnd: true) {
            return
                "this file counts from 0 and also names the place after the last word, perhaps the end token of a system that aligns it: "
                + "say base 0, and \(Self.leaveOutEnd)"
        }
        return "with base 0 others of its links are outside their sentences: \(adviceOnText(all, base: 0))"
    }

    /// - Parameter isNext: whether the place after the last word is named.
    private func adviceOnRange(isNext: Bool, _ all: [WrittenLink]) -> String {
        if base == 0, all.fit(base: 1, targetFirst: targetFirst) { return "the file seems to count from 1: say base 1" }
        if isNext, all.fit(base: base, targetFirst: targetFirst, allowingEnd: true) {
            return
                "that is the place after the last word, perhaps the end token of a system that aligns it: \(Self.leaveOutEnd)"
        }
        let isSwapped = all.fit(base: base, targetFirst: !targetFirst)
        if base == 0, !isSwapped, all.fit(base: 1, targetFirst: targetFirst, allowingEnd: true) {
            return
                "the file seems to count from 1 and also to name the place after the last word, perhaps an end token: say base 1, "
                + "and \(Self.leaveOutEnd)"
        }
        return adviceOnText(all, base: base)
    }

    private func adviceOnText(_ all: [WrittenLink], base: Int) -> String {
        if all.fit(base: base, targetFirst: !targetFirst) {
            return targetFirst
                ? "the file seems to write the source's number first"
                : "the file seems to write the target's number first: say that it is reversed"
        }
        return "check that the alignment belongs to this text"
            + (targetFirst ? "" : ", and that the source index comes first")
    }
}
