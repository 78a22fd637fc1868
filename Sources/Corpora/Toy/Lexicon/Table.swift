// Lexicons are written as tables in the source, one entry a line and one language a column, so that a person who speaks
// the language can check them without reading code. The tables are compiled in: a test reads every one of them.

enum Table {
    /// The cells of each line, without the spaces around them.
    static func rows(_ text: String) -> [[[String]]] {
        TextFile.lines(of: text).map { line in
            line.split(separator: "|", omittingEmptySubsequences: false).map { Words.split($0) }
        }.filter { $0 != [[]] }
    }
}
