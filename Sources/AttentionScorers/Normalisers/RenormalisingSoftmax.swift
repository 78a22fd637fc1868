// Softmax over all, then padding zeroed and the rest divided by its sum. For the lesson on why that can divide by zero.

public import TensorCore

public enum RenormalisingSoftmax: Normaliser {
    public static let card = PartCard(
        name: "renormalising",
        equation: "αᵢ = mᵢ pᵢ / Σⱼ mⱼ pⱼ, p = softmax(e) over the padding too, m 1 for real words",
        source: "code of See et al. 2017")

    public static let readsPadding = true
    public static let risk: String? = "can divide by zero"
    public static var phrase: String { "renormalising softmax" }

    public static func weights(from scores: Tensor, lengths: [Int]) throws -> Tensor {
        try scores.renormalisingSoftmax(lengths: lengths)
    }
}
