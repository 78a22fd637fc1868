// Half way from softmax to sparsemax: exact zeros, and smooth where a word enters or leaves.

public import TensorCore

public enum Entmax15: Normaliser {
    public static let card = PartCard(
        name: "entmax-1.5", equation: "αᵢ = [eᵢ/2 − τ]₊², τ such that Σᵢ αᵢ = 1 over the real words",
        source: "Peters et al. 2019")

    public static let isSparse = true

    public static func weights(from scores: Tensor, lengths: [Int]) throws -> Tensor {
        try scores.entmax15(lengths: lengths)
    }
}
