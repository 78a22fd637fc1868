// Which of the alignment formats a file is in, and one way to read either.

public enum AlignmentFormat: String, Sendable, Codable, CaseIterable {
    case pharaoh, naacl

    /// The counting base that published files of the format use.
    public var usualBase: Int { self == .pharaoh ? 0 : 1 }

    /// Judged by the first line that tells; a text without links is a Pharaoh file of sentences without links.
    /// - Throws: `InputError` where that line is of neither format.
    public static func detect(_ text: String, file: String? = nil) throws -> AlignmentFormat {
        for (index, line) in TextFile.eachLine(of: text).enumerated() {
            let fields = Words.split(line)
            if fields.isEmpty { continue }
            if NAACL.Row(fields) != nil { return .naacl }
            // One link is enough: its reader then names the word that is none.
            if fields.contains(where: { Pharaoh.parts(of: $0) != nil || LinkHint.isScored($0) }) { return .pharaoh }
            throw InputError(
                "this line is neither Pharaoh links (such as 0-0 1p2) nor a NAACL link (such as 1 3 4 S), but "
                    + "\(TerminalText.quoted(line)); convert the file to one of them\(LinkHint.of(fields[0], line: line, file: file))",
                file: file, line: index + 1)
        }
        return .pharaoh
    }

    /// One alignment a sentence, from a file of either format; see `AlignmentFile`.
    public static func read(
        _ path: String, format: AlignmentFormat? = nil, base: Int? = nil, targetFirst: Bool = false,
        lengths: [SentenceLengths]? = nil, count: Int? = nil
    ) throws -> [GoldAlignment] {
        let file = try AlignmentFile(path, format: format)
        let counting = try LinkCounting(base: base ?? file.format.usualBase, targetFirst: targetFirst)
        return try file.alignments(counting: counting, lengths: lengths, count: count)
    }
}
