// Alignments as the shared tasks of NAACL 2003 and ACL 2005 write them: one line a link.

/// `sentence source target [S|P] [confidence]`, words and sentences counted from 1; a 0 links a word with nothing.
public enum NAACL {
    public static func read(
        _ path: String, counting: LinkCounting = .fromOne, lengths: [Int: SentenceLengths]? = nil
    ) throws -> [Int: GoldAlignment] {
        try parse(TextFile.read(path), counting: counting, lengths: lengths, file: path)
    }

    /// The alignments by sentence number. Numbers are numbers: "0001" is sentence 1.
    ///
    /// Links with the empty word are left out; lines without S or P are sure.
    /// - Throws: `InputError` with the line, for what is no such line, and for links out of range or counted from
    ///   another base.
    public static func parse(
        _ text: String, counting: LinkCounting = .fromOne, lengths: [Int: SentenceLengths]? = nil,
        file: String? = nil
    ) throws -> [Int: GoldAlignment] {
        let rows = try self.rows(text, counting: counting, lengths: lengths, file: file)
        let all = rows.map(\.link)
        var sure: [Int: Set<Link>] = [:], possible: [Int: Set<Link>] = [:]
        for row in rows {
            guard let link = try counting.link(row.link, among: all, file: file) else { continue }
            if row.link.isSure {
                sure[row.sentence, default: []].insert(link)
            } else {
                possible[row.sentence, default: []].insert(link)
            }
        }
        return sure.merging(possible) { kept, _ in kept }.keys.reduce(into: [:]) { result, sentence in
            result[sentence] = GoldAlignment(sure: sure[sentence] ?? [], possible: possible[sentence] ?? [])
        }
    }

    /// The links with their sentences, those with the empty word left out.
    private static func rows(
        _ text: String, counting: LinkCounting, lengths: [Int: SentenceLengths]?,
        file: String?
    ) throws -> [(sentence: Int, link: WrittenLink)] {
        try TextFile.lines(of: text).enumerated().compactMap { index, line in
            let fields = Words.split(line)
            if fields.isEmpty { return nil }
            guard let row = Row(fields) else {
                throw InputError(
                    "\(TerminalText.quoted(line)) is no link; expected: sentence source target, and optionally S or P and a confidence, "
                        + "such as 1 3 4 S" + LinkHint.of(fields[0], line: line, file: file), file: file,
                    line: index + 1)
            }
            if let lengths, lengths[row.sentence] == nil {
                throw InputError(
                    "there is no sentence \(row.sentence); the text has \(Counted.text(lengths.count, "sentence")), counted from \(lengths.keys.min() ?? 1)",
                    file: file, line: index + 1)
            }
            // Two zeros would link nothing with nothing: that is the first word of a file counted from 0.
            if counting.base == 1, (row.first == 0) != (row.second == 0) { return nil }
            return (
                row.sentence,
                WrittenLink(
                    first: row.first, second: row.second, isSure: row.isSure, line: index + 1,
                    lengths: lengths?[row.sentence], separator: " ")
            )
        }
    }

    /// Sentences 1 ... count in order; those that the file does not name have no links.
    /// - Throws: `InputError` where the file names a sentence that is not among them.
    public static func inOrder(
        _ alignments: [Int: GoldAlignment], count: Int, file: String? = nil
    ) throws -> [GoldAlignment] {
        if let outside = alignments.keys.filter({ $0 < 1 || $0 > count }).min() {
            throw InputError(
                "there is a link for sentence \(outside), but the text has \(Counted.text(count, "sentence")), counted from 1; check that the alignment belongs to this text",
                file: file)
        }
        return (0..<count).map { alignments[$0 + 1] ?? GoldAlignment() }
    }

    /// - Parameter alignments: of the sentences 1, 2, …
    public static func text(_ alignments: [GoldAlignment], counting: LinkCounting = .fromOne) -> String {
        alignments.enumerated().map { text($1, sentence: $0 + 1, counting: counting) }.joined()
    }

    /// The lines of one sentence.
    ///
    /// - Parameters:
    ///   - sentence: its number, from 1.
    ///   - nullLinks: of a sentence of such lengths, where words without any link are to be linked with word 0: only
    ///     where words are counted from 1.
    public static func text(
        _ alignment: GoldAlignment, sentence: Int, counting: LinkCounting = .fromOne, nullLinks: SentenceLengths? = nil
    ) -> String {
        func line(_ source: Int, _ target: Int, _ mark: String) -> String {
            let (first, second) = counting.targetFirst ? (target, source) : (source, target)
            return "\(sentence) \(first) \(second) \(mark)\n"
        }
        let real = alignment.possible.sorted().map {
            line($0.source + counting.base, $0.target + counting.base, alignment.sure.contains($0) ? "S" : "P")
        }
        guard let nullLinks, counting.base == 1 else { return real.joined() }
        let sources = Set(alignment.possible.map(\.source)), targets = Set(alignment.possible.map(\.target))
        let left = (0..<nullLinks.source).filter { !sources.contains($0) }.map { line($0 + 1, 0, "S") }
        let right = (0..<nullLinks.target).filter { !targets.contains($0) }.map { line(0, $0 + 1, "S") }
        return (real + left + right).joined()
    }

    public static func write(_ alignments: [GoldAlignment], to path: String, counting: LinkCounting = .fromOne) throws {
        try AtomicFile.write(text(alignments, counting: counting), to: path)
    }

    struct Row {
        let sentence: Int, first: Int, second: Int, isSure: Bool

        /// nil where the fields are no row.
        init?(_ fields: [String]) {
            guard (3...5).contains(fields.count), let sentence = Pharaoh.wholeNumber(fields[0]),
                let first = Pharaoh.wholeNumber(fields[1]), let second = Pharaoh.wholeNumber(fields[2])
            else { return nil }
            var rest = fields[3...]
            var isSure = true
            if let mark = rest.first, mark == "S" || mark == "P" {
                isSure = mark == "S"
                rest.removeFirst()
            }
            guard rest.isEmpty || (rest.count == 1 && Double(rest[rest.startIndex]) != nil) else { return nil }
            (self.sentence, self.first, self.second, self.isSure) = (sentence, first, second, isSure)
        }
    }
}
