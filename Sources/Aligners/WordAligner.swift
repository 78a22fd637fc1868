// What aligns words: it learns from sentence pairs without links, and then says where each word comes from.

public import Corpora
public import Evaluation

/// The posterior probabilities of one pair's links, read in both directions.
///
/// A row may sum to less than 1: the rest is the null word's, which stands for "a translation of nothing".
public struct TwoWayPosteriors: Sendable, Equatable {
    /// p(target word t comes from source word i | both sentences), [target][source].
    public var forward: AttentionMatrix
    /// p(source word i comes from target word t | both sentences), [source][target].
    public var backward: AttentionMatrix

    public init(forward: AttentionMatrix, backward: AttentionMatrix) {
        (self.forward, self.backward) = (forward, backward)
    }
}

/// An aligner that has learnt. One type, one line in `AlignerList.standard`.
public protocol WordAligner: Sendable {
    /// How it is called, as on the command line.
    static var name: String { get }
    /// What it is, in one line, and where it comes from.
    static var summary: String { get }
    /// What it reads of the settings. Default: seed, null probability and passes.
    static var settings: [Setting<AlignerSettings>] { get }

    /// Learns both directions.
    ///
    /// - Parameter watch: told of the share of the work that is done, 0 to 1; learning stops where it gives false.
    /// - Throws: `InputError` where nothing can be learnt from these pairs, `CancellationError` where it was stopped.
    static func learnt(
        from pairs: [SentencePair], _ settings: AlignerSettings, watch: (Double) -> Bool
    ) throws -> Self

    /// The posteriors of a pair, which need not be one that was learnt from.
    func posteriors(of pair: SentencePair) -> TwoWayPosteriors
}

extension WordAligner {
    public static var settings: [Setting<AlignerSettings>] {
        [AlignerSettings.seed, AlignerSettings.nullProbability, AlignerSettings.passes]
    }
}

/// The aligners that there are.
public enum AlignerList {
    public static let standard: [any WordAligner.Type] = [
        BothWays<ModelOne>.self,
        BothWays<DiagonalModel>.self,
        BothWays<HiddenMarkovModel>.self,
    ]

    /// The one that is taken where none is named: the latent one aligns best of those measured.
    public static var preferred: any WordAligner.Type { named("latent") ?? standard[standard.count - 1] }

    /// nil where there is none of that name.
    public static func named(_ name: String) -> (any WordAligner.Type)? { standard.first { $0.name == name } }
}
