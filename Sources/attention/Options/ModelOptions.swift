// The options of the model and its training, which `compare` and `train` share.

import AttentionLab
import Terminal

enum ModelOptions {
    static let all: [Option] = {
        let model = ModelSettings(scorer: ""), training = TrainingSettings()
        return [
            Option("--steps", "N", "Optimiser steps of a training, at most.", standard: "\(training.steps)"),
            Option("--batch", "N", "Sentence pairs a step.", standard: "\(training.batchSize)"),
            Option(
                "--shards", "N", "Parts of a batch that threads can share; they decide how sums are rounded.",
                standard: "one for 32 pairs"),
            Option(
                "--learning-rate", "X", "Adam's, falling linearly to a tenth.", standard: "\(training.learningRate)"),
            Option("--clip", "X", "Largest norm of the gradient.", standard: "\(training.clip)"),
            Option(
                "--hidden", "N", "H, encoder units a direction; the decoder has D = 2H.", standard: "\(model.hidden)"),
            Option("--embedding", "N", "E, width of the word embeddings.", standard: "\(model.embedding)"),
            Option(
                "--attention", "N", "A, width of the hidden layer of additive scorers.", standard: "\(model.attention)"),
            Option("--cell", "CELL", "gru or lstm.", standard: model.cell.rawValue),
            Option(
                "--encoder", "KIND", names(Main.parts.encoders.map(EncoderKind.init)) + ".",
                standard: model.encoder.rawValue),
            Option(
                "--query", "WHEN", "Ask where to look after or before the decoder's cell.",
                standard: model.timing.rawValue),
            Option(
                "--feeding", "WHAT", "What the cell reads beside the last word: context, attentional or none.",
                standard: model.feeding.rawValue),
            Option("--bridge", "HOW", "First decoder state: summary, zero or last.", standard: model.bridge.rawValue),
            Option(
                "--copying", "HOW",
                "Words come from the output layer (none), or are copied from the source too (pointer).",
                standard: model.copying.rawValue),
            Option("--minimum-count", "N", "Rarer words become <unknown>.", standard: "\(model.minimumCount)"),
            Option(
                "--maximum-source", "N", "Longest source that location scorers can point into.",
                standard: "\(model.maximumSource)"),
        ]
    }()

    /// "bidirectional or forward".
    private static func names<Place: Seam>(_ choices: [PartChoice<Place>]) -> String {
        let names = choices.map(\.rawValue)
        return names.count < 2
            ? names.joined() : names.dropLast().joined(separator: ", ") + " or " + names[names.count - 1]
    }

    /// Puts what was given in the place of what is there.
    static func apply(_ arguments: Arguments, _ model: inout ModelSettings, _ training: inout TrainingSettings) throws {
        training.steps = try arguments.integer("--steps", TrainingSettings.Ranges.steps) ?? training.steps
        training.batchSize = try arguments.integer("--batch", TrainingSettings.Ranges.batchSize) ?? training.batchSize
        training.shards = try arguments.integer("--shards", TrainingSettings.Ranges.shards) ?? training.shards
        training.learningRate = try arguments.number("--learning-rate", above: 0) ?? training.learningRate
        training.clip = try arguments.number("--clip", above: 0) ?? training.clip
        model.hidden = try arguments.integer("--hidden", ModelSettings.Ranges.width) ?? model.hidden
        model.embedding = try arguments.integer("--embedding", ModelSettings.Ranges.width) ?? model.embedding
        model.attention = try arguments.integer("--attention", ModelSettings.Ranges.width) ?? model.attention
        model.cell = try arguments.choice("--cell", CellKind.self) ?? model.cell
        model.encoder = try arguments.choice("--encoder", among: Main.parts.encoders) ?? model.encoder
        model.timing = try arguments.choice("--query", QueryTiming.self) ?? model.timing
        model.feeding = try arguments.choice("--feeding", Feeding.self) ?? model.feeding
        model.bridge = try arguments.choice("--bridge", Bridge.self) ?? model.bridge
        model.copying = try arguments.choice("--copying", Copying.self) ?? model.copying
        model.minimumCount =
            try arguments.integer("--minimum-count", ModelSettings.Ranges.minimumCount) ?? model.minimumCount
        model.maximumSource =
            try arguments.integer("--maximum-source", ModelSettings.Ranges.maximumSource) ?? model.maximumSource
    }
}
