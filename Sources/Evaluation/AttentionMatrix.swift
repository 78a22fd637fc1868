// The attention weights of one sentence pair, as plain numbers. Not a tensor: evaluation never sees one.

/// Weights α[t][i] of one sentence: a row for each produced target word, a column for each real source word.
///
/// The row that predicts the end token is not part of the matrix proper: it is kept apart in `endRow`, so that no metric
/// scores it by accident, and so that the matrix can be shifted by one step (see `shifted(by:)`).
public struct AttentionMatrix: Sendable, Codable, Equatable {
    /// [target][source], each row sums to 1.
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
}
