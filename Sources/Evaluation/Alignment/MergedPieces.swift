// Weights between pieces, as weights between words.

public import Corpora

extension WordPieces {
    /// As `merge` of rows; rows in which there is nothing to measure are left out of the average.
    public static func merge(_ matrix: AttentionMatrix, source: WordPieces, target: WordPieces) -> AttentionMatrix {
        AttentionMatrix(
            rows: merge(
                matrix.rows.indices.map { Array(matrix.weights(of: $0) ?? []) }, source: source, target: target),
            endRow: matrix.endRow.map { source.sums($0) }, sourceCount: source.wordCount)
    }
}
