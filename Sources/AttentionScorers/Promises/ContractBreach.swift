// What is said of a scorer that does not keep a promise of the contract.

/// A broken promise: whose, what came and what was expected, and what it likely comes from.
public struct ContractBreach: Error, Sendable, CustomStringConvertible {
    public let description: String

    /// - Parameters:
    ///   - what: "the weights of sentence 1 sum to 0.5, expected 1".
    ///   - cause: the likely reason or what to do, without its full stop; a question keeps its mark.
    package init(_ scorer: any AttentionScorer.Type, _ what: String, _ cause: String) {
        description =
            "\(scorer.card.name): \(what). Likely cause: \(cause)\("?!.…".contains(cause.last ?? ".") ? "" : ".")"
    }

    /// For what says itself what to do.
    init(_ scorer: any AttentionScorer.Type, _ error: any Error) { description = "\(scorer.card.name): \(error)." }
}
