// How a model is trained. Printed with every result, stored in every checkpoint.

public import AttentionScorers
public import Corpora

/// Teacher forcing with Adam; see `Trainer`.
public struct TrainingSettings: Sendable, Codable, Equatable {
    /// Optimiser steps at most.
    public var steps = 1200
    /// Pairs a step.
    public var batchSize = 32
    /// Tokens a step at most, see `BatchLimit`; nil: so many for each pair that sentences of usual length do not reach
    /// them.
    public var batchTokens: Int?
    /// Parts of a batch whose gradients are computed apart, so that threads can share one training. The parts, not the
    /// threads, decide how sums are rounded. nil: one part for every 32 pairs.
    public var shards: Int?
    public var learningRate = 1e-2
    /// The learning rate falls linearly to this share of itself at the last step; 1 keeps it.
    public var finalLearningRate = 0.1
    /// β₂ of Adam, as Vaswani et al. 2017, §5.3, chose it: a mean over the last fifty squares and not the last
    /// thousand, which is as long as these trainings are. On the toy languages 1200 steps so reach what 1600 reach with
    /// 0.999.
    public var beta2 = 0.98
    /// Largest norm of the whole gradient.
    public var clip = 1.0
    /// Steps between two looks at the dev loss.
    public var evaluationInterval = 200
    /// Looks without improvement before the training stops early.
    public var patience = 5
    /// Looks at dev whose parameters are averaged for what is looked at and kept; 1 keeps them as they are.
    public var average = 1
    /// Draws the first parameters and the order of the batches.
    public var seed: UInt64 = 1
    /// Share of the numbers in the encoder's states and in readouts that a training step leaves out.
    public var dropout = 0.0
    /// Share of the attention weights.
    public var attentionDropout = 0.0
    /// ε: the share of a target's probability that is spread over all words (Szegedy et al. 2016, §7).
    public var labelSmoothing = 0.0
    /// What is lowered beside the cross-entropy, made of where the model looked.
    public var terms: TermList = [:]

    public init() {}

    /// Sets what was left at its default.
    public mutating func prefer<Value: Equatable>(_ setting: WritableKeyPath<TrainingSettings, Value>, _ value: Value) {
        if self[keyPath: setting] == TrainingSettings()[keyPath: setting] { self[keyPath: setting] = value }
    }

    var dropoutRates: DropoutRates { DropoutRates(hidden: dropout, attention: attentionDropout) }

    public var batchLimit: BatchLimit { BatchLimit(pairs: batchSize, tokens: batchTokens) }

    /// Of a look at dev.
    public var lookLimit: BatchLimit { .evaluation(pairs: 64, tokens: batchTokens) }

    /// Parts of a full batch.
    public var shardCount: Int { max(1, shards ?? batchSize / 32) }
}

// MARK: declarations

extension TrainingSettings {
    /// What can be set, in the order of files and of the line above a table. The seed stands apart: experiments count
    /// it.
    public static func settings(_ parts: PartList) -> [Setting<TrainingSettings>] {
        let kinds = parts.terms.map(TermKind.init)
        return [
            .whole("steps", \.steps, counts, "Optimiser steps of a training, at most.") {
                "at most \(Counted.text($0.steps, "step"))"
            },
            .whole("batchSize", \.batchSize, 1...100_000, earlier: ["batch"], "Sentence pairs a step.") {
                " of \($0.batchSize) pairs"
            },
            .whole(
                "batchTokens", \.batchTokens, 1...1_000_000_000,
                open: "\(BatchLimit.tokensPerPair) for each pair of the batch size",
                "Tokens a step at most, of both sides and with padding: batches of long sentences have fewer pairs."
            ) { $0.batchTokens.map { " and at most \($0) tokens" } },
            .whole(
                "shards", \.shards, 1...1024, open: "one for every 32 pairs",
                "Parts of a batch that threads can share; they decide how sums are rounded."
            ) {
                $0.shardCount > 1 ? " in \($0.shardCount) parts" : nil
            },
            .number("learningRate", \.learningRate, positive, "Adam's at the first step.") {
                "Adam \(short($0.learningRate))"
            },
            .number(
                "finalLearningRate", \.finalLearningRate, 0...1,
                "Share of the learning rate that is left at the last step, to which it falls linearly."
            ) {
                " falling to \(short($0.learningRate * $0.finalLearningRate))"
            },
            .number("beta2", \.beta2, 0...0.999_999_999, "Adam's β₂, by which it forgets old squares.") {
                "β₂ \(short($0.beta2))"
            },
            .number("clip", \.clip, positive, "Largest norm of the gradient.") {
                "gradient norm at most \(short($0.clip))"
            },
            .whole("evaluationInterval", \.evaluationInterval, counts, "Steps between two looks at dev.") {
                "a look at dev every \($0.evaluationInterval) steps"
            },
            .whole("patience", \.patience, counts, "Looks at dev without improvement before a training ends early.") {
                "patience \($0.patience)"
            },
            .whole(
                "average", \.average, 1...100,
                "Looks at dev whose parameters are averaged: their mean is what is looked at and kept, and the training goes on from its own."
            ) {
                $0.average == 1 ? nil : "means of the parameters of \($0.average) looks"
            },
            .number(
                "dropout", \.dropout, rates,
                "Share of the numbers in encoder states, and in readouts before the output layer, that a training step leaves out."
            ) {
                $0.dropout == 0 ? nil : "dropout \(short($0.dropout))"
            },
            .number(
                "attentionDropout", \.attentionDropout, rates,
                "Share of the attention weights that a training step leaves out of contexts; alignments keep them."
            ) {
                $0.attentionDropout == 0 ? nil : "attention dropout \(short($0.attentionDropout))"
            },
            .number(
                "labelSmoothing", \.labelSmoothing, rates,
                "Share of a target's probability that training spreads over all words."
            ) {
                $0.labelSmoothing == 0 ? nil : "label smoothing \(short($0.labelSmoothing))"
            },
            .weights(
                "terms", \.terms, among: kinds.map(\.rawValue), none: TermList.none, earlier: ["term", "objective"],
                "Terms of the loss beside the cross-entropy, with weights, made of where the model looked. "
                    + "The parameters that are kept are those with the lowest cross-entropy on dev.",
                read: { TermList(named: $0, among: kinds) }, weights: \.weights
            ) {
                $0.terms.isEmpty ? nil : "terms " + $0.terms.description
            },
        ]
    }

    /// Of one training; an experiment counts its own.
    public static let seed = Setting<TrainingSettings>.seed(
        "seed", \.seed, "Draws the first parameters and the order of the batches."
    ) { "seed \($0.seed)" }

    private static let counts = 1...1_000_000_000
    private static let rates = 0...0.9
    private static let positive = Double.leastNonzeroMagnitude...Double.greatestFiniteMagnitude

    private static func short(_ number: Double) -> String { Counted.text(number, significant: 3) }

    public init(from decoder: any Decoder) throws {
        self.init()
        try (Self.settings(.standard) + [Self.seed]).decode(from: decoder, into: &self)
    }

    /// The first number that cannot be, as a sentence says it; nil where all can.
    public var fault: String? { Self.settings(.standard).numbers().fault(of: self) }
}

extension TrainingSettings {
    /// Whether a model can be trained so: asked before anything is trained.
    ///
    /// - Throws: `InputError` for terms of the loss that it cannot have (see `TermList.check`), and for smoothed labels
    ///   where the output layer does not smooth them.
    public func check(_ model: ModelSettings, _ scorer: ScorerCard, pairs: [SentencePair]) throws {
        try terms.check(scorer, pairs: pairs)
        guard model.subwords == 0 || pairs.allSatisfy({ $0.extras?.vectors == nil }) else {
            throw InputError(
                "the source of these pairs is made of vectors, which have no pieces; leave --subwords at 0")
        }
        guard labelSmoothing == 0 || model.use.part?.readsWords != true else {
            throw InputError(
                "the use \(model.use) writes words from single source words, and smooths no labels; leave the label "
                    + "smoothing at 0, or the use at \(UseOfWeights.mean)")
        }
        guard labelSmoothing == 0 || model.copying.part?.smoothsLabels != false else {
            throw InputError(
                "the output layer with copying \(model.copying) does not smooth labels; leave the label smoothing out, or "
                    + "copying at \(Copying.none)")
        }
    }
}
