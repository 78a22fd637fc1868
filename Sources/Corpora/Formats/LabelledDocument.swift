// Somebody's own documents: a label, a tab and the document on each line.

/// A label is one word. Where the sentences of a document end, `DocumentText` says.
enum LabelledDocument {
    /// A blank line is a pair without words.
    /// - Throws: `InputError` with the line, for a label of several words or none, and for a document without words.
    static func pair(label: [String], document: [String], file: String, line: Int) throws -> SentencePair {
        let read = DocumentText.read(document)
        if label.isEmpty, read.words.isEmpty { return SentencePair(source: [], target: []) }
        guard label.count == 1 else {
            throw InputError(
                "\(label.isEmpty ? "there is no label" : "the label has \(label.count) words"); expected one word, a tab and "
                    + "the document", file: file, line: line)
        }
        guard !read.words.isEmpty else {
            throw InputError(
                "the document of the label “\(label[0])” has no word; give it some, or take the line out", file: file,
                line: line)
        }
        return SentencePair(source: read.words, target: label, extras: SourceExtras(sentences: read.sentences))
    }

    /// - Throws: `InputError` with the line, for a label that no document of the training text has.
    static func check(_ text: ParallelText, labels known: Set<[String]>) throws {
        for (pair, line) in zip(text.pairs, text.lines) where !known.contains(pair.target) {
            let names = known.compactMap(\.first).sorted()
            throw InputError(
                "no training document has the label “\(pair.target.joined(separator: " "))”; there are "
                    + "\(names.joined(separator: ", "))", file: text.files[0], line: line)
        }
    }
}
