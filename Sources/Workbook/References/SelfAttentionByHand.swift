// The scores and weights of self-attention, for the checks of exercises 15 and 16.

enum SelfAttentionByHand {
    /// Q Kᵀ, by default over √d.
    static func scores(_ queries: [[Double]], _ keys: [[Double]], dividingBy divisor: Double? = nil) -> [[Double]] {
        let divisor = divisor ?? Double(queries.first?.count ?? 1).squareRoot()
        return Plain.product(queries, Plain.transposed(keys)).map { $0.map { $0 / divisor } }
    }

    /// Over each row, where the mask allows it; a row that may see nothing becomes NaN.
    static func softmax(_ scores: [[Double]], _ mask: [[Bool]]) -> [[Double]] {
        zip(scores, mask).map { Plain.softmax($0, mask: $1) }
    }
}
