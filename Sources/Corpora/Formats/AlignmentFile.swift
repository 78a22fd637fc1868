// The text of an alignment file, read once: what it says can depend on how many sentences another file has.

public struct AlignmentFile: Sendable {
    public let path: String
    public let format: AlignmentFormat
    private let text: String

    /// - Parameter format: nil to detect it.
    /// - Throws: `InputError` where the file cannot be read, or is of neither format.
    public init(_ path: String, format: AlignmentFormat? = nil) throws {
        try self.init(text: TextFile.read(path), path: path, format: format)
    }

    init(text: String, path: String, format: AlignmentFormat? = nil) throws {
        (self.text, self.path) = (text, path)
        self.format = try format ?? AlignmentFormat.detect(text, file: path)
    }

    /// As `alignments`, for files of any length: in memory of about eight bytes a link beside the text.
    public func table(
        counting: LinkCounting, lengths: [SentenceLengths]? = nil, count: Int? = nil
    ) throws -> LinkTable {
        var plain = PlainLinks(text, counting, lengths)
        if let table = plain.table(format, count: count) { return table }
        return LinkTable(try alignments(counting: counting, lengths: lengths, count: count))
    }

    /// One alignment a sentence.
    ///
    /// - Parameters:
    ///   - lengths: of the sentences, where the text is known; every link is then checked against them.
    ///   - count: how many sentences there are, where the text is not known; a NAACL file alone does not tell.
    public func alignments(
        counting: LinkCounting, lengths: [SentenceLengths]? = nil, count: Int? = nil
    ) throws
        -> [GoldAlignment]
    {
        switch format {
        case .pharaoh:
            return try Pharaoh.parse(text, counting: counting, lengths: lengths, file: path)
        case .naacl:
            let byNumber = lengths.map { Dictionary(uniqueKeysWithValues: $0.enumerated().map { ($0 + 1, $1) }) }
            let alignments = try NAACL.parse(text, counting: counting, lengths: byNumber, file: path)
            let last = alignments.keys.max() ?? 0
            // Making room for that many sentences would fill the memory.
            guard last <= 10_000 + 1000 * alignments.count else {
                throw InputError(
                    "there is a link for sentence \(last), which cannot be right in a file of \(Counted.text(alignments.count, "sentence")); "
                        + "expected: sentence source target", file: path)
            }
            return try NAACL.inOrder(alignments, count: lengths?.count ?? count ?? last, file: path)
        }
    }
}
