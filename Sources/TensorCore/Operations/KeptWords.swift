// Which source words each row of weights is summed over, where a sum goes over words and not over their mean.

/// Rows of source words, joined: what the readouts of a `WordMixture` belong to.
public struct KeptWords: Sendable {
    /// S, padding included.
    let source: Int
    /// Where each row's words begin, and behind the last row where they end.
    let starts: [Int]
    /// Of each entry the place in the source.
    public let places: [Int]

    public var rows: Int { starts.count - 1 }

    /// The entries of one row.
    public func entries(_ row: Int) -> Range<Int> { starts[row]..<starts[row + 1] }

    /// Of each entry its row and its place.
    public var pairs: [(row: Int, place: Int)] {
        (0..<rows).flatMap { row in entries(row).map { (row, places[$0]) } }
    }

    /// The words that have a weight: one of 0, as in the padding or where a sparse normaliser has dropped a word, adds
    /// nothing to a sum and gets no gradient. One that is so small that it has lost digits counts as 0.
    ///
    /// - Parameters:
    ///   - weights: α [N,S].
    ///   - top: words of a row at most, those with the largest weights, the first among equals; nil for all.
    ///   - isKept: of each row whether it has words at all.
    public init(of weights: Tensor, top: Int? = nil, where isKept: (Int) -> Bool = { _ in true }) throws {
        try expect(weights.shape.rank == 2, "the weights have shape \(weights.shape), expected [N,S]")
        let source = weights.shape[1], all = weights.values
        var starts = [0], places: [Int] = []
        for row in 0..<weights.shape[0] {
            if isKept(row) {
                let weights = all[row * source..<(row + 1) * source]
                var words = (0..<source).filter { weights[weights.startIndex + $0] >= .leastNormalMagnitude }
                if let top, top < words.count {
                    func weight(_ place: Int) -> Scalar { weights[weights.startIndex + place] }
                    words = words.sorted { (weight($0), $1) > (weight($1), $0) }.prefix(top).sorted()
                }
                places += words
            }
            starts.append(places.count)
        }
        (self.source, self.starts, self.places) = (source, starts, places)
    }
}
