// The point of the simplex nearest to the scores: words that score far below the best get exactly 0.

public import TensorCore

public enum Sparsemax: Normaliser {
    public static let card = PartCard(
        name: "sparsemax", equation: "αᵢ = [eᵢ − τ]₊, τ such that Σᵢ αᵢ = 1 over the real words",
        source: "Martins & Astudillo 2016")

    public static let isSparse = true

    public static func weights(from scores: Tensor, lengths: [Int]) throws -> Tensor {
        try scores.sparsemax(lengths: lengths)
    }
}
