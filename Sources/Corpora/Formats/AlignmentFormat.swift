// Which of the alignment formats a file is in, and one way to read either.

public enum AlignmentFormat: String, Sendable, Codable, CaseIterable {
    case pharaoh, naacl

    /// A sentence number beyond this is a mistake, and making room for that many sentences would fill the memory.
    private static let mostSentences = 10_000_000

    /// The counting base that published files of the format use.
    public var usualBase: Int { self == .pharaoh ? 0 : 1 }

    /// Judged by the first line that is not blank; a text without links is a Pharaoh file of sentences without links.
    /// - Throws: `InputError` where that line is of neither format.
    public static func detect(_ text: String, file: String? = nil) throws -> AlignmentFormat {
        for (index, line) in TextFile.lines(of: text).enumerated() {
            let fields = Words.split(line)
            if fields.isEmpty { continue }
            if fields.allSatisfy({ Pharaoh.parts(of: $0) != nil }) { return .pharaoh }
            if NAACL.Row(fields) != nil { return .naacl }
            throw InputError("this line is neither Pharaoh links (such as 0-0 1p2) nor a NAACL link (such as 1 3 4 S); convert the file to one of them",
                             file: file, line: index + 1)
        }
        return .pharaoh
    }

    /// One alignment a sentence, from a file of either format.
    ///
    /// - Parameters:
    ///   - format: nil to detect it.
    ///   - base: nil for the usual base of the format.
    ///   - lengths: of the sentences, where the text is known; every link is then checked against them.
    ///   - count: how many sentences there are, where the text is not known; a NAACL file alone does not tell.
    public static func read(_ path: String, format: AlignmentFormat? = nil, base: Int? = nil, targetFirst: Bool = false,
                            lengths: [SentenceLengths]? = nil, count: Int? = nil) throws -> [GoldAlignment] {
        let text = try TextFile.read(path)
        let format = try format ?? detect(text, file: path)
        let counting = try LinkCounting(base: base ?? format.usualBase, targetFirst: targetFirst)
        switch format {
        case .pharaoh:
            return try Pharaoh.parse(text, counting: counting, lengths: lengths, file: path)
        case .naacl:
            let byNumber = lengths.map { Dictionary(uniqueKeysWithValues: $0.enumerated().map { ($0 + 1, $1) }) }
            let alignments = try NAACL.parse(text, counting: counting, lengths: byNumber, file: path)
            let last = alignments.keys.max() ?? 0
            guard last <= mostSentences else {
                throw InputError("there is a link for sentence \(last), which cannot be right; expected: sentence source target", file: path)
            }
            return try NAACL.inOrder(alignments, count: lengths?.count ?? count ?? last, file: path)
        }
    }
}
