// Scores → weights: the contract of every normaliser.

public import TensorCore

/// Turns the scores of one step into weights. A type and no value: it has nothing to learn, and keeps nothing.
///
/// Most are a function of one row. `Tensor.mappingRows` makes weights of such a function and its derivative, for a
/// whole batch.
public protocol Normaliser: SendableMetatype {
    static var card: PartCard { get }

    /// α: [B,S] → [B,S], rows that sum to 1 with zeros in the padding, on the tape.
    /// - Parameter lengths: real words of each sentence, 1 to S.
    static func weights(from scores: Tensor, lengths: [Int]) throws -> Tensor

    /// Whether it reads the scores of the padding, which fused kernels leave out. Default false.
    static var readsPadding: Bool { get }

    /// What can go wrong with its numbers, as in "can divide by zero"; default nil for nothing.
    static var risk: String? { get }

    /// Whether real words can have a weight of exactly 0, and then no gradient. Default false.
    static var isSparse: Bool { get }

    /// What the line above a table calls the weights; default the name.
    static var phrase: String { get }
}

extension Normaliser {
    public static var readsPadding: Bool { false }
    public static var risk: String? { nil }
    public static var isSparse: Bool { false }
    public static var phrase: String { card.name }
}

/// Where normalisers stand. Adding one means a file in Normalisers/ and a line in Catalog.swift.
public enum Normalisers: Seam {
    public static var noun: String { "normalisation" }
    public static var parts: [any Normaliser.Type] { Catalog.normalisers }
    public static func card(of part: any Normaliser.Type) -> PartCard { part.card }
}

/// How padding is kept out of the weights, and how they come from the scores.
public typealias Normalisation = PartChoice<Normalisers>

extension PartChoice where Place == Normalisers {
    public static var masked: Normalisation { Normalisation(MaskedSoftmax.self) }
    public static var sparsemax: Normalisation { Normalisation(Sparsemax.self) }
    public static var entmax15: Normalisation { Normalisation(Entmax15.self) }
    public static var renormalising: Normalisation { Normalisation(RenormalisingSoftmax.self) }

    /// What the line above a table calls it.
    public var phrase: String { part?.phrase ?? rawValue }

    /// α of these scores.
    /// - Throws: whatever the normaliser throws, and where this program does not have it.
    public func weights(from scores: Tensor, lengths: [Int]) throws -> Tensor {
        guard let part else {
            throw ShapeError(
                "this program has no normalisation \"\(rawValue)\"; it has \(Self.allCases.map(\.rawValue).joined(separator: ", "))"
            )
        }
        return try part.weights(from: scores, lengths: lengths)
    }
}
