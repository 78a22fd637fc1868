// Softmax over the real positions; padding is never computed.

public import TensorCore

public enum MaskedSoftmax: Normaliser {
    public static let card = PartCard(
        name: "masked", equation: "αᵢ = exp(eᵢ) / Σⱼ exp(eⱼ), i and j over the real words",
        source: "Bahdanau et al. 2015, A.1.2, over a padded batch")
    public static var phrase: String { "masked softmax" }

    public static func weights(from scores: Tensor, lengths: [Int]) throws -> Tensor {
        try scores.maskedSoftmax(lengths: lengths)
    }
}
