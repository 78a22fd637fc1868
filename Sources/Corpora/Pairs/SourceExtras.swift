// What a source has beside its words, or in their place: numbers, a grid, sentences, a question.

/// Beside the source of a pair that is more than a sentence. Parts that do not read it see the words alone.
public struct SourceExtras: Sendable, Codable, Equatable, Hashable {
    /// Numbers of each position in the place of its word, such as an acoustic frame or a cell of a picture: S rows of F.
    public var vectors: [[Float]]?
    /// The positions are the cells of a grid, row by row.
    public var grid: Grid?
    /// Words of each sentence of a document, which together are those of the source.
    public var sentences: [Int]?
    /// What is asked about the source.
    public var question: [String]?

    public init(
        vectors: [[Float]]? = nil, grid: Grid? = nil, sentences: [Int]? = nil, question: [String]? = nil
    ) {
        (self.vectors, self.grid, self.sentences, self.question) = (vectors, grid, sentences, question)
    }

    /// F; 0 where positions are words.
    public var width: Int { vectors?.first?.count ?? 0 }

    /// Why they cannot stand beside so many words, as a sentence says it; nil where they can.
    public func fault(words: Int) -> String? {
        if let vectors {
            guard vectors.count == words else {
                return "it has \(Counted.text(vectors.count, "vector")) for \(Counted.text(words, "position"))"
            }
            if let other = vectors.firstIndex(where: { $0.count != width || $0.isEmpty }) {
                return
                    "vector \(other + 1) has \(Counted.text(vectors[other].count, "number")), and the first has \(width)"
            }
            if let bad = vectors.firstIndex(where: { !$0.allSatisfy(\.isFinite) }) {
                return "vector \(bad + 1) has a number that is none (NaN or infinite)"
            }
        }
        if let grid, grid.rows < 1 || grid.columns < 1 || grid.rows * grid.columns != words {
            return "a grid of \(grid.rows) × \(grid.columns) cells has not \(Counted.text(words, "position"))"
        }
        if let sentences, sentences.contains(where: { $0 < 1 }) || sentences.reduce(0, +) != words {
            return
                "its sentences have \(sentences.reduce(0, +)) words together, and it has \(words); every sentence has one"
        }
        if let question, question.isEmpty { return "its question has no word" }
        return nil
    }
}

/// Rows and columns of a picture.
public struct Grid: Sendable, Codable, Equatable, Hashable {
    public let rows: Int, columns: Int

    public init(rows: Int, columns: Int) { (self.rows, self.columns) = (rows, columns) }
}
