// IBM Model 1 as an aligner: see `IBMModel1`.

public import Corpora
public import Evaluation

/// Every link as likely as any other before the words are known.
public struct ModelOne: OneWayModel {
    public static let name = "ibm-1"
    public static let summary = "IBM Model 1: which words go together, and nothing of their order (Brown et al. 1993)."
    public static let settings = [AlignerSettings.passes]

    public let passes: Int
    public private(set) var model: IBMModel1

    public init(_ words: CooccurringWords, _ settings: AlignerSettings) {
        (model, passes) = (IBMModel1(words), settings.passes ?? 5)
    }

    public mutating func pass(over pairs: SlottedPairs, watch: (Double) -> Bool) throws -> Double {
        model.pass(over: pairs)
    }

    public func posterior(of pair: SentencePair) -> AttentionMatrix { model.posterior(pair) }
}
