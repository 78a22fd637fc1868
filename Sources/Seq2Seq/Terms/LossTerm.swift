// One term of a loss as it is computed and reported, whoever adds it.

public import TensorCore

/// One term, as a sum over the sentences at hand: these may be a part of a batch, and the parts add up.
public struct LossTerm {
    /// What the sum is divided by, counted over the whole batch.
    public enum Unit: Sendable {
        /// Real target words, the end of the sentence among them.
        case targetWord
        /// Target words with a sure link.
        case linkedWord
        case pair
    }

    /// Under which it is reported.
    public let name: String
    /// One number.
    public let sum: Tensor
    public let unit: Unit
    /// What the mean is multiplied by in the loss; it is reported as it is.
    public let weight: Double

    public init(_ name: String, sum: Tensor, per unit: Unit, weight: Double = 1) {
        (self.name, self.sum, self.unit, self.weight) = (name, sum, unit, weight)
    }
}

/// A scorer that conforms to this as well adds terms of its own, whatever the settings.
public protocol LossTerms: SendableMetatype {
    /// Computed on the tape from what teacher forcing has seen; gradients flow back through it. The order and the
    /// names are the same for every batch.
    static func terms(_ seen: TaughtBatch) throws -> [LossTerm]
}
