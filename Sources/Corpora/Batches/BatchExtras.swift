// What the sources of a batch have beside their words, side by side and padded.

/// The same of one pair, in ids.
public struct EncodedExtras: Sendable, Equatable {
    /// S rows of F numbers, one after the other; empty where positions are words.
    public let vectors: [Float]
    /// F.
    public let width: Int
    public let grid: Grid?
    /// Words of each sentence; empty where the source is not cut into any.
    public let sentences: [Int]
    /// Ids of the source vocabulary; empty where nothing is asked.
    public let question: [Int]

    public init(vectors: [[Float]] = [], grid: Grid? = nil, sentences: [Int] = [], question: [Int] = []) {
        (self.vectors, width) = (vectors.flatMap { $0 }, vectors.first?.count ?? 0)
        (self.grid, self.sentences, self.question) = (grid, sentences, question)
    }

    init(_ extras: SourceExtras, _ vocabulary: Vocabulary) {
        self.init(
            vectors: extras.vectors ?? [], grid: extras.grid, sentences: extras.sentences ?? [],
            question: vocabulary.ids(of: extras.question ?? []))
    }
}

/// Beside the sources of B pairs.
public struct BatchExtras: Sendable, Equatable {
    /// Of each pair.
    public let pairs: [EncodedExtras]
    /// S, padding included.
    public let sourceWidth: Int

    /// - Parameter sourceWidth: of the batch.
    public init(_ pairs: [EncodedExtras], sourceWidth: Int) { (self.pairs, self.sourceWidth) = (pairs, sourceWidth) }

    /// F; 0 where positions are words.
    public var width: Int { pairs.first?.width ?? 0 }

    /// [B,S,F], row by row, zeros in the padding; empty where positions are words.
    public var vectors: [Float] {
        pairs.flatMap { $0.vectors + [Float](repeating: 0, count: max(0, sourceWidth * width - $0.vectors.count)) }
    }

    /// Words of each sentence of each pair.
    public var sentences: [[Int]] { pairs.map(\.sentences) }

    /// Q: words of the longest question.
    public var questionWidth: Int { pairs.map(\.question.count).max() ?? 0 }

    /// [B,Q], row by row, padded.
    public var questions: [Int] {
        let width = questionWidth
        return pairs.flatMap { $0.question + [Int](repeating: Vocabulary.pad, count: width - $0.question.count) }
    }

    /// [B].
    public var questionLengths: [Int] { pairs.map(\.question.count) }

    /// A choice of rows, repeats allowed.
    /// - Parameter width: nil for as wide as before.
    public func gathered(_ rows: [Int], sourceWidth width: Int? = nil) -> BatchExtras {
        BatchExtras(rows.map { pairs[$0] }, sourceWidth: width ?? sourceWidth)
    }
}
