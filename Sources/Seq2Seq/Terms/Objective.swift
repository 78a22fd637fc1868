// What a training lowers beside the cross-entropy: the contract of every objective.

public import AttentionScorers
public import TensorCore

/// Adds terms to the loss of a training. The cross-entropy is always there, and the parameters that are kept are
/// those with the lowest cross-entropy on dev: so trainings with different objectives can be compared.
///
/// A type and no value: it has nothing to learn. A scorer that conforms to `LossTerms` adds its terms whatever the
/// objective.
public protocol Objective: LossTerms {
    static var card: PartCard { get }

    /// Whether it reads gold alignments; a training without any is then refused. Default false.
    static var readsGold: Bool { get }
}

extension Objective {
    public static var readsGold: Bool { false }
}

/// What can add to the loss.
public protocol LossTerms: SendableMetatype {
    /// Computed on the tape from what teacher forcing has seen; gradients flow back through it. The order and the
    /// names are the same for every batch.
    static func terms(_ seen: TaughtBatch) throws -> [LossTerm]
}

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

/// Where objectives stand. Adding one means a file in Objectives/ and a line here.
public enum Objectives: Seam {
    public static var noun: String { "objective" }
    public static var parts: [any Objective.Type] {
        [
            CrossEntropy.self
        ]
    }
    public static func card(of part: any Objective.Type) -> PartCard { part.card }
}

public typealias ObjectiveKind = PartChoice<Objectives>

extension PartChoice where Place == Objectives {
    public static var crossEntropy: ObjectiveKind { ObjectiveKind(CrossEntropy.self) }
}
