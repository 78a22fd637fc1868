// The attention weights of one sentence pair, as plain numbers. Not a tensor: evaluation never sees one.

/// Weights α[t][i] of one sentence: a row for each target word (of the reference, in forced
/// decoding), a column for each real source word.
///
/// The row that predicts the end token is not part of the matrix proper: it is kept apart in `endRow`, so that no
/// metric scores it by accident, and so that the matrix can be shifted by one step (see `shifted(by:)`).
public struct AttentionMatrix: Sendable, Codable, Equatable {
    /// [target][source], each row sums to 1. An empty row means that the target word has no weights at all.
    public var rows: [[Double]]
    /// The row of the step that predicts the end token; nil where it was not produced.
    public var endRow: [Double]?
    /// Number of real source words.
    public var sourceCount: Int

    public init(rows: [[Double]], endRow: [Double]? = nil, sourceCount: Int) {
        self.rows = rows
        self.endRow = endRow
        self.sourceCount = sourceCount
    }

    /// Every row divided by its sum: the shares of weights that are densities, or of which a part looks at nothing. A row
    /// of zeros stays.
    public func normalised() -> AttentionMatrix {
        func share(_ row: [Double]) -> [Double] {
            let sum = row.reduce(0, +)
            return sum > 0 ? row.map { $0 / sum } : row
        }
        return AttentionMatrix(rows: rows.map(share), endRow: endRow.map(share), sourceCount: sourceCount)
    }

    /// The weights of target word `target` over the real source words, or nil where there is nothing to measure:
    /// no such row, an empty row, a row of zeros, or a weight that is not a finite number.
    ///
    /// Every metric reads rows through here, so that a word without weights is skipped everywhere in the same way
    /// and never becomes a link to the first word.
    public func weights(of target: Int) -> ArraySlice<Double>? {
        guard rows.indices.contains(target), sourceCount > 0 else { return nil }
        let row = rows[target].prefix(sourceCount)
        var sum = 0.0
        for weight in row {
            guard weight.isFinite else { return nil }
            sum += weight
        }
        return sum > 0 ? row : nil
    }

    /// The source word with the largest weight, the lowest index among equals; nil where `weights(of:)` is nil.
    public func argmax(of target: Int) -> Int? {
        guard let row = weights(of: target) else { return nil }
        var best = row.startIndex
        for i in row.indices where row[i] > row[best] { best = i }
        return best
    }
}
