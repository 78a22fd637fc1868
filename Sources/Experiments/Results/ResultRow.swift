// What one training gave: settings, quality, speed, machine. The unit of every result file.

public import Corpora
public import Evaluation
public import Seq2Seq

/// Quality on one test split.
public struct SplitResult: Sendable, Codable, Equatable {
    /// Of greedy translations.
    public var translation: TranslationReport
    /// Of the weights under the reference (forced decoding); nil for a scorer that looks nowhere.
    public var alignment: AlignmentReport?
    /// Links of the weights themselves, where `alignment` is of the posterior (see `UseOfWeights.alignment`); nil
    /// elsewhere, and in rows of before there was any.
    public var prior: AlignmentCounts?
    /// What the task counts for itself; nil where that is nothing, and in rows of before there was any.
    public var counts: NamedCounts?
    /// Of each of several heads; nil where there are not several.
    public var heads: HeadLinks?
}

/// Measured on the machine of the row, beside whatever else ran there: comparable within one run, not between machines.
public struct SpeedFigures: Sendable, Codable, Equatable {
    /// Target tokens a second in training steps, looks at dev left out.
    public var trainingTokensPerSecond: Double
    /// Seconds in training steps.
    public var trainingSeconds: Double
    /// Median time of one scoring step (scores, weights, context; forward only), in microseconds, for the shape that
    /// `ScoringSpeed` has by default.
    public var scoringMicroseconds: Double
    /// Target tokens a second of greedy decoding on the test split.
    public var decodingTokensPerSecond: Double
}

public struct ResultRow: Sendable, Codable, Equatable {
    public var task: String
    public var scorer: String
    public var seed: UInt64
    /// Of the experiment's conditions; nil where it has none.
    public var condition: String?
    public var model: ModelSettings
    public var training: TrainingSettings
    public var dataSeed: UInt64
    public var data: ToyOptions
    public var sourceVocabulary: Int
    public var targetVocabulary: Int
    /// Trained numbers.
    public var parameters: Int
    /// Optimiser steps made; fewer than asked where dev stopped improving.
    public var steps: Int
    /// Lowest dev loss, nats a token.
    public var devLoss: Double
    public var history: [TrainingReport]
    public var test: SplitResult
    public var long: SplitResult
    public var speed: SpeedFigures
    public var machine: Machine
    /// What the scorer computed when it was trained; nil in rows of before it was kept.
    public var fingerprint: ScorerFingerprint?
    /// Of several heads the one that aligns best on dev, from 0; nil where there are not several.
    public var bestHead: Int?
    /// Of the row's file of details; nil where none was kept, and in rows of before it was.
    public var details: String?

    /// What cannot be below 0: losses in nats, times and speeds.
    var measured: [Double] {
        [
            devLoss, speed.trainingTokensPerSecond, speed.trainingSeconds, speed.scoringMicroseconds,
            speed.decodingTokensPerSecond,
        ]
            + history.flatMap { [$0.trainLoss, $0.devLoss] }
    }

    /// The terms of the loss before the step whose parameters are kept, each as a mean; empty where it has none.
    public var terms: [TermValue] { history.first { $0.devLoss == devLoss }?.terms ?? [] }

    public var run: Experiment.Run { Experiment.Run(task: task, scorer: scorer, seed: seed, condition: condition) }
}
