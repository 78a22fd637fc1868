// Alignments as Pharaoh and Moses write them: one line a sentence, one word a link.

/// `0-0 1-2`: sure links; `1p2` or `1?2`: possible ones. A blank line is a sentence without links.
public enum Pharaoh {
    public static func read(
        _ path: String, counting: LinkCounting = .fromZero, lengths: [SentenceLengths]? = nil
    ) throws -> [GoldAlignment] {
        try parse(TextFile.read(path), counting: counting, lengths: lengths, file: path)
    }

    /// - Parameter lengths: of the sentences the file aligns; where given, every link is checked against them.
    /// - Throws: `InputError` with the line, for what is no link, and for links out of range or counted from another
    ///   base.
    public static func parse(
        _ text: String, counting: LinkCounting = .fromZero, lengths: [SentenceLengths]? = nil,
        file: String? = nil
    ) throws -> [GoldAlignment] {
        let lines = TextFile.lines(of: text)
        if let lengths, lengths.count != lines.count {
            throw InputError(
                "it has \(Counted.text(lines.count, "line")) of links, but the text has \(Counted.text(lengths.count, "sentence")); "
                    + "expected one line a sentence (a blank line where there are no links)", file: file)
        }
        let written = try lines.enumerated().map { index, line in
            try Words.split(line).map { word in
                guard let parts = parts(of: word) else {
                    throw InputError(
                        "\(TerminalText.quoted(word)) is no link; expected source-target such as 0-2, or 0p2 for a possible link"
                            + LinkHint.of(word, line: line, file: file), file: file, line: index + 1)
                }
                return WrittenLink(
                    first: parts.first, second: parts.second, isSure: parts.isSure, line: index + 1,
                    lengths: lengths?[index],
                    separator: parts.isSure ? "-" : "p")
            }
        }
        return try written.map { sentence in
            var sure: Set<Link> = [], possible: Set<Link> = []
            for one in sentence {
                guard let link = try counting.link(one, among: written.flatMap { $0 }, file: file) else { continue }
                if one.isSure { sure.insert(link) } else { possible.insert(link) }
            }
            return GoldAlignment(sure: sure, possible: possible)
        }
    }

    /// Sure links first, each kind in the order of the target words.
    public static func text(_ alignments: [GoldAlignment], counting: LinkCounting = .fromZero) -> String {
        func written(_ link: Link, _ separator: String) -> String {
            let source = link.source + counting.base, target = link.target + counting.base
            return counting.targetFirst ? "\(target)\(separator)\(source)" : "\(source)\(separator)\(target)"
        }
        return alignments.map { alignment in
            let links =
                alignment.sure.sorted().map { written($0, "-") }
                + alignment.possible.subtracting(alignment.sure).sorted().map { written($0, "p") }
            return links.joined(separator: " ") + "\n"
        }.joined()
    }

    public static func write(_ alignments: [GoldAlignment], to path: String, counting: LinkCounting = .fromZero) throws
    {
        try AtomicFile.write(text(alignments, counting: counting), to: path)
    }

    /// nil where the word is no link.
    static func parts(of word: String) -> (first: Int, second: Int, isSure: Bool)? {
        guard let middle = word.utf8.firstIndex(where: { "-p?".utf8.contains($0) }),
            let first = wholeNumber(word[..<middle]),
            let second = wholeNumber(word[word.utf8.index(after: middle)...])
        else { return nil }
        return (first, second, word.utf8[middle] == UInt8(ascii: "-"))
    }

    /// Digits only: `Int("+3")` would be accepted otherwise. Small enough that adding a base cannot overflow.
    static func wholeNumber(_ text: some StringProtocol) -> Int? {
        guard text.utf8.count < 10, text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
        else { return nil }
        return Int(text)
    }
}
