// A throw-away part for each seam of the model, written as a learner writes one: in a module of its own, by what is public.

public import AttentionScorers
public import TensorCore
import Foundation

/// Softmax at another temperature: a function of a row, and its derivative.
public enum CoolSoftmax: Normaliser {
    public static let card = PartCard(name: "cool-softmax", equation: "αᵢ = exp(eᵢ/4) / Σⱼ exp(eⱼ/4)", source: "none: a test")
    public static let risk: String? = "spreads the weights"
    private static let temperature: Scalar = 4

    public static func weights(from scores: Tensor, lengths: [Int]) throws -> Tensor {
        try scores.mappingRows("coolSoftmax", lengths: lengths) { row in
            let largest = row.max() ?? 0, powers = row.map { exp(($0 - largest) / temperature) }, sum = powers.reduce(0, +)
            return powers.map { $0 / sum }
        } backward: { y, dy in
            let mean = zip(y, dy).reduce(0) { $0 + $1.0 * $1.1 }
            return zip(y, dy).map { $0 * ($1 - mean) / temperature }
        }
    }
}
