// A term of the loss that is made of where the model looked: the contract of every one, and the list of them.

public import AttentionScorers
public import TensorCore

/// Adds to the loss of a training what it asks of the weights. The cross-entropy is always there, and the parameters
/// that are kept are those with the lowest cross-entropy on dev: so trainings with different terms can be compared.
///
/// A type and no value: it has nothing to learn. How much it counts is no part of it, but of the settings:
/// `--terms coverage=1`.
public protocol WeightTerm: SendableMetatype {
    static var card: PartCard { get }

    /// What the sum is divided by.
    static var unit: LossTerm.Unit { get }

    /// Whether it reads gold alignments; a training without any is then refused. Default false.
    static var readsGold: Bool { get }

    /// One number, computed on the tape from what teacher forcing has seen; gradients flow back through it. The sum
    /// over the sentences at hand: these may be a part of a batch, and the parts add up.
    static func sum(_ seen: TaughtBatch) throws -> Tensor
}

extension WeightTerm {
    public static var readsGold: Bool { false }
}

/// Where terms stand. Adding one means a file in Terms/ and a line here.
public enum WeightTerms: Seam {
    public static var noun: String { "term" }
    public static var parts: [any WeightTerm.Type] {
        [
            CoverageTerm.self,
            SupervisedTerm.self,
            SupervisedMassTerm.self,
            EntropyTerm.self,
            DoublyStochasticTerm.self,
        ]
    }
    public static func card(of part: any WeightTerm.Type) -> PartCard { part.card }
}

public typealias TermKind = PartChoice<WeightTerms>

extension PartChoice where Place == WeightTerms {
    public static var coverage: TermKind { TermKind(CoverageTerm.self) }
    public static var supervised: TermKind { TermKind(SupervisedTerm.self) }
    public static var supervisedMass: TermKind { TermKind(SupervisedMassTerm.self) }
    public static var entropy: TermKind { TermKind(EntropyTerm.self) }
    public static var doublyStochastic: TermKind { TermKind(DoublyStochasticTerm.self) }
}
