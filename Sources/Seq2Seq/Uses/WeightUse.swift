// What becomes of the weights when a word is written: the contract of every use of them.
//
// A use decides what a batch of references costs in training, which scores a search ranks words by, and which
// alignment forced decoding reads. What is fed to the decoder's cell is the mean context whatever the use, so that a
// state depends on no choice, and the sum over the source words of one step is exact.

public import AttentionScorers
public import TensorCore

/// A type and no value: it has nothing to learn, and keeps nothing. `MeanContext` is what most models do; the others
/// write a word from one source word, and differ in how they are trained.
public protocol WeightUse: SendableMetatype {
    static var card: PartCard { get }

    /// Whether a word is written from one source word, for which the states must be there one by one: `ModelSettings`
    /// says which models cannot have that. Default true.
    static var readsWords: Bool { get }

    /// Whether a training draws words, for which it needs a soft start. Default false.
    static var takesSamples: Bool { get }

    /// How long a training takes against one with the mean context: for estimates of time. Default: as long.
    static var timeFactor: Double { get }

    /// What a training step lowers, and on dev what trainings are compared by.
    ///
    /// Default: the exact cost, −log Σᵢ αᵢ p(y | i).
    /// - Parameters:
    ///   - targets: n ids, `Vocabulary.pad` where there is none.
    ///   - total: what the sum is divided by where these rows are a part of a larger batch.
    static func loss(_ seen: UsedWeights, targets: [Int], dividingBy total: Int?) throws -> UsedLoss

    /// Of the next word. Default: log Σᵢ αᵢ p(y | i).
    static func scores(_ seen: UsedWeights) throws -> WordScores

    /// What the words that came say. Default: their exact probability, and the posterior.
    static func reading(_ seen: UsedWeights, targets: [Int]) throws -> WordReading
}

/// Where the rows of an alignment come from; printed with it, because the two are not the same question.
public enum AlignmentReading: String, Sendable, Codable {
    /// α, before the word is known.
    case prior
    /// ρᵢ = αᵢ p(y | i) / p(y), once it is.
    case posterior
}

/// What a use has of some rows, and can make of them.
public struct UsedWeights {
    /// States, contexts, weights: n rows, the sentences of one step, or those of all steps, time first.
    public let reading: DecoderReading
    public let output: any OutputLayer
    public let settings: ModelSettings
    /// How far the training has come; nil outside training.
    public let progress: TrainingProgress?

    /// Whether a training has not yet passed its soft start.
    public var isSoft: Bool {
        progress.map { Double($0.step) < settings.softStart * Double($0.steps) } ?? false
    }

    /// α [n,S].
    public func weights() throws -> Tensor { try known(reading.weights, "weights") }
    /// s [n,D].
    public func state() throws -> Tensor { try known(reading.state, "states") }

    /// v [B·S,D], of which a context is made: row b·S + i is word i of sentence b.
    public func values() throws -> Tensor {
        let values = reading.source.memory.values
        try expect(
            values.shape, is: reading.source.memory.states.shape, "the values that one word is written from",
            axes: "B,S,D")
        return try values.reshaped([values.shape.rows, values.shape.last])
    }

    /// The row of `values` that belongs to a place in the source of a row.
    public func value(row: Int, place: Int) -> Int {
        row % reading.source.memory.batch * reading.source.memory.source + place
    }

    /// Scores of readouts [n,D], by the layer that the model has.
    public func scores(ofReadouts readouts: Tensor) throws -> Tensor { try generator().scores(of: readouts) }

    /// What a training step leaves of readouts that were made of words and not of contexts.
    public func dropping(_ readouts: Tensor) throws -> Tensor {
        try reading.source.noise?.dropping(readouts, "readouts of words") ?? readouts
    }

    /// The words of each row, as many as the settings keep, and what each of them would write.
    /// - Parameter isKept: of each row whether it counts.
    public func mixture(where isKept: (Int) -> Bool = { _ in true }) throws -> WordMixture {
        let weights = try weights(), words = try KeptWords(of: weights, top: settings.top, where: isKept)
        let generator = try generator()
        let readouts = try reading.decoder.readouts(
            contexts: values(), states: state(),
            pairs: words.pairs.map { (value(row: $0.row, place: $0.place), $0.row) })
        return try WordMixture(
            readouts: dropping(readouts), weights: weights, words: words, weight: generator.Wv, bias: generator.bv)
    }

    private func generator() throws -> Generator {
        guard let generator = output as? Generator else {
            throw ShapeError(
                "the output layer \(type(of: output).card.name) cannot write a word from one source word; take copying "
                    + "\(Generator.card.name), or use \(MeanContext.card.name)")
        }
        return generator
    }

    private func known(_ tensor: Tensor?, _ what: String) throws -> Tensor {
        guard let tensor else { throw ShapeError("a use of the weights was given no \(what)") }
        return tensor
    }
}

/// The cost of a batch.
public struct UsedLoss {
    /// Mean of −log P of the words that should have come, in nats, or of what stands for it in training.
    public let crossEntropy: Tensor
    /// What is lowered beside it, in training; reported apart.
    public let terms: [LossTerm]

    public init(_ crossEntropy: Tensor, terms: [LossTerm] = []) {
        (self.crossEntropy, self.terms) = (crossEntropy, terms)
    }
}

/// Scores of the next word.
public struct WordScores {
    /// Softmax gives the probabilities [n,V].
    public let scores: Tensor
    /// ρ [S] of one row, should this word be written; nil where the weights themselves are the alignment.
    public let posterior: ((_ row: Int, _ word: Int) -> [Scalar])?

    public init(_ scores: Tensor, posterior: ((_ row: Int, _ word: Int) -> [Scalar])? = nil) {
        (self.scores, self.posterior) = (scores, posterior)
    }
}

/// What the words that came say of n rows.
public struct WordReading {
    /// log P of each; 0 where there is no word.
    public let logProbabilities: [Double]
    /// ρ [n,S]; nil where the weights themselves are the alignment.
    public let posterior: Tensor?

    public init(logProbabilities: [Double], posterior: Tensor? = nil) {
        (self.logProbabilities, self.posterior) = (logProbabilities, posterior)
    }
}

/// Where uses stand. Adding one means a file in Uses/ and a line here.
public enum WeightUses: Seam {
    public static var noun: String { "use of the weights" }
    public static var parts: [any WeightUse.Type] {
        [
            MeanContext.self,
            ExactWords.self,
            SampledWords.self,
            StraightThrough.self,
        ]
    }
    public static func card(of part: any WeightUse.Type) -> PartCard { part.card }
}

public typealias UseOfWeights = PartChoice<WeightUses>

extension PartChoice where Place == WeightUses {
    /// The context is the mean of the states.
    public static var mean: UseOfWeights { UseOfWeights(MeanContext.self) }
    /// The probability is the mean over the words.
    public static var words: UseOfWeights { UseOfWeights(ExactWords.self) }
    public static var sampled: UseOfWeights { UseOfWeights(SampledWords.self) }
    public static var straightThrough: UseOfWeights { UseOfWeights(StraightThrough.self) }

    /// Which alignment a model with this use reads.
    public var alignment: AlignmentReading { part?.readsWords == true ? .posterior : .prior }
}
