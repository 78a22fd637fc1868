// Parallel text in two plain files: line n of one translates line n of the other.

/// Two files with one sentence a line.
public enum TwoFiles {
    /// - Throws: `InputError` for an empty sentence (with its line), or where the files have different numbers of
    ///   lines.
    public static func read(source sourcePath: String, target targetPath: String) throws -> [SentencePair] {
        try lines(source: sourcePath, target: targetPath).enumerated().map { index, lines in
            SentencePair(
                source: try ParallelLine.words(lines.0, side: "source", file: sourcePath, line: index + 1),
                target: try ParallelLine.words(lines.1, side: "target", file: targetPath, line: index + 1))
        }
    }

    /// The lines side by side, whatever stands on them.
    /// - Throws: `InputError` where the files have different numbers of lines.
    public static func lines(
        source sourcePath: String, target targetPath: String
    ) throws -> [(source: Substring, target: Substring)] {
        let sources = try TextFile.lines(sourcePath), targets = try TextFile.lines(targetPath)
        guard sources.count == targets.count else {
            throw InputError(
                "\(sourcePath) has \(Counted.text(sources.count, "line")), but \(targetPath) has \(targets.count); "
                    + "expected as many, each line the translation of its twin")
        }
        return zip(sources, targets).map { (Substring($0), Substring($1)) }
    }

    /// The contents of the two files.
    public static func texts(_ pairs: [SentencePair]) -> (source: String, target: String) {
        (pairs.map { Words.join($0.source) + "\n" }.joined(), pairs.map { Words.join($0.target) + "\n" }.joined())
    }

    public static func write(_ pairs: [SentencePair], source: String, target: String) throws {
        let texts = texts(pairs)
        try AtomicFile.write(texts.source, to: source)
        try AtomicFile.write(texts.target, to: target)
    }
}
