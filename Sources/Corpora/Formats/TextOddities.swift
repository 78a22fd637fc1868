// What a text has that its owner would not see, and that changes which words it has.

public struct TextOddities: Sendable {
    private var forms = SpellingForms()
    private var seen: Set<Spelling> = []
    /// Words with a byte order mark in them: where the first stands, and how many there are.
    private var marked: (place: String, count: Int)?

    public init() {}

    /// - Parameter place: of the words, made where it is needed.
    public mutating func add(_ words: [String], at place: @autoclosure () -> String) {
        for word in words where !word.utf8.allSatisfy({ $0 < 0x80 }) {
            if word.unicodeScalars.contains("\u{FEFF}") {
                marked = (marked?.place ?? place(), (marked?.count ?? 0) + 1)
            }
            if seen.insert(Spelling(word)).inserted { forms.add([word]) }
        }
    }

    /// The lines of a file.
    public mutating func add(lines: [String], of file: String) {
        // Whole lines of ASCII, which most are, have nothing odd and need not be split.
        for (index, line) in lines.enumerated() where !line.utf8.allSatisfy({ $0 < 0x80 }) {
            add(Words.split(line), at: "\(file):\(index + 1)")
        }
    }

    /// Sentences about them; empty where there is nothing odd.
    public var remarks: [String] {
        let marks = marked.map { place, count in
            "\(place): a byte order mark stands inside the text\(count > 1 ? ", as in \(count - 1) words more" : ""), as in joined files; it is part of "
                + "its word, which is another one than the word without it. Take it out: sed 's/\\xEF\\xBB\\xBF//g'"
        }
        return [marks, forms.remark].compactMap { $0 }
    }
}
