// A word aligner from any model that explains target words by source words: learnt once in each direction by
// expectation maximisation (Brown et al. 1993; Dempster et al. 1977).

public import Corpora
public import Evaluation

/// p(target | source) with the links summed out, one direction. One type, and one `BothWays` of it in
/// `AlignerList.standard`.
///
/// Every pass raises the likelihood of the pairs, as EM does, where no prior pulls at the probabilities.
public protocol OneWayModel: Sendable {
    /// How the aligner is called that learns it both ways.
    static var name: String { get }
    static var summary: String { get }
    static var settings: [Setting<AlignerSettings>] { get }

    init(_ words: CooccurringWords, _ settings: AlignerSettings)

    /// How often `pass` is to be called.
    var passes: Int { get }

    /// One E-step and one M-step.
    ///
    /// - Parameter watch: told of the share of the pass that is done.
    /// - Returns: Σ log p(target | source) with the parameters before it, the lengths taken as known.
    /// - Throws: `CancellationError` where `watch` gave false.
    mutating func pass(over pairs: SlottedPairs, watch: (Double) -> Bool) throws -> Double

    /// p(i | j) of each target word j over the source words i; what a row lacks to 1 is the null word's.
    func posterior(of pair: SentencePair) -> AttentionMatrix
}

/// Both directions of a model, each learnt for itself.
public struct BothWays<Model: OneWayModel>: WordAligner {
    public static var name: String { Model.name }
    public static var summary: String { Model.summary }
    public static var settings: [Setting<AlignerSettings>] { Model.settings }

    public let forward: Model, backward: Model
    /// What each pass found, of the forward direction and of the backward one.
    public let logLikelihoods: (forward: [Double], backward: [Double])

    public static func learnt(
        from pairs: [SentencePair], _ settings: AlignerSettings, watch: (Double) -> Bool
    ) throws -> Self {
        guard !pairs.isEmpty else {
            throw InputError("there is no sentence pair to learn from; give a few hundred, better some thousands")
        }
        let forward = try direction(pairs, settings) { watch($0 / 2) }
        let backward = try direction(pairs.map(\.reversed), settings) { watch(0.5 + $0 / 2) }
        return Self(
            forward: forward.model, backward: backward.model,
            logLikelihoods: (forward.logLikelihoods, backward.logLikelihoods))
    }

    private static func direction(
        _ sentences: [SentencePair], _ settings: AlignerSettings, watch: (Double) -> Bool
    ) throws -> (model: Model, logLikelihoods: [Double]) {
        let pairs = SlottedPairs(sentences)
        var model = Model(pairs.words, settings), found: [Double] = []
        for pass in 0..<model.passes {
            let all = Double(model.passes)
            found.append(try model.pass(over: pairs) { watch((Double(pass) + $0) / all) })
            guard watch(Double(pass + 1) / all) else { throw CancellationError() }
        }
        return (model, found)
    }

    public func posteriors(of pair: SentencePair) -> TwoWayPosteriors {
        TwoWayPosteriors(forward: forward.posterior(of: pair), backward: backward.posterior(of: pair.reversed))
    }
}

extension SentencePair {
    /// Its source is the translation, and the translation its source; nothing else of it is kept.
    var reversed: SentencePair { SentencePair(source: target, target: source) }
}

extension SlottedPairs {
    /// Pairs between two looks at the clock.
    private static let step = 256

    /// Each pair in turn.
    /// - Throws: `CancellationError` where `watch` gave false.
    func each(watch: (Double) -> Bool, _ body: (Int, Pair) -> Void) throws {
        for (index, pair) in pairs.enumerated() {
            if index % Self.step == 0, !watch(Double(index) / Double(pairs.count)) { throw CancellationError() }
            body(index, pair)
        }
    }
}
