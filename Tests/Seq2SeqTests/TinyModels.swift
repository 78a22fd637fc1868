// Models and data so small that training them takes a fraction of a second.

import AttentionScorers
import Corpora
import Seq2Seq
import TensorCore
import Testing

/// Sequences of at most five of six symbols, to be copied.
func tinyData(
    train: Int = 60, dev: Int = 10, test: Int = 10, symbols: Int = 6, lengths: ClosedRange<Int> = 2...5
) throws -> Dataset {
    let options = ToyOptions(
        trainPairs: train, devPairs: dev, testPairs: test, longPairs: 0, lengths: lengths, symbols: symbols)
    return try CopyTask().dataset(seed: 1, options: options)
}

func tinySettings(_ scorer: String = "bahdanau") -> ModelSettings {
    var settings = ModelSettings(scorer: scorer)
    (settings.embedding, settings.hidden, settings.attention, settings.maximumSource) = (6, 4, 5, 12)
    return settings
}

func scorerType(_ name: String) throws -> any AttentionScorer.Type {
    try #require(Catalog.scorers.first { $0.card.name == name })
}

func tinyTranslator(
    _ settings: ModelSettings = tinySettings(), words: [SentencePair], seed: UInt64 = 1
) throws -> Translator {
    try Translator(settings, scorer: scorerType(settings.scorer), words: words, seed: seed)
}

func tinyTraining(steps: Int, seed: UInt64 = 1) -> TrainingSettings {
    var settings = TrainingSettings()
    (settings.steps, settings.batchSize, settings.evaluationInterval, settings.seed) = (steps, 16, 10, seed)
    return settings
}

/// Every architecture that the settings can name; of layers and bodies a few.
let everyArchitecture: [ModelSettings] = everyRecurrent + deepRecurrent + everyTransformer

/// A Transformer with 2 heads; in tiny models, E is not D.
func tinyTransformer(_ scorer: String = "bahdanau", _ norm: NormPlace = .pre, layers: Int = 2) -> ModelSettings {
    var settings = tinySettings(scorer)
    (settings.encoder, settings.decoder) = (Body.transformer.encoder, Body.transformer.decoder)
    (settings.norm, settings.layers, settings.heads, settings.feedForward) = (norm, layers, 2, 10)
    return settings
}

private let everyTransformer = NormPlace.allCases.flatMap { norm in
    EncoderKind.allCases.map { encoder in
        var settings = tinyTransformer("bahdanau", norm)
        settings.encoder = encoder
        return settings
    }
}

private let deepRecurrent = CellKind.allCases.flatMap { cell in
    EncoderKind.allCases.map { encoder in
        var settings = tinySettings()
        (settings.cell, settings.encoder, settings.layers) = (cell, encoder, 2)
        (settings.timing, settings.bridge) = cell == .lstm ? (.before, .last) : (.after, .summary)
        return settings
    }
}

private let everyRecurrent: [ModelSettings] = CellKind.allCases.flatMap { cell in
    [EncoderKind.bidirectional, .forward].flatMap { encoder in
        QueryTiming.allCases.flatMap { timing in
            Feeding.allCases.flatMap { feeding in
                Bridge.allCases.map { bridge in
                    var settings = tinySettings()
                    (settings.cell, settings.encoder, settings.timing) = (cell, encoder, timing)
                    (settings.feeding, settings.bridge) = (feeding, bridge)
                    return settings
                }
            }
        }
    }
}

extension ModelSettings: CustomTestStringConvertible {
    public var testDescription: String {
        "\(scorer) \(cell) \(encoder) \(decoder) \(layers ?? 0) \(norm) \(timing) \(feeding) \(bridge)"
    }
}

/// Finite differences of a model's loss against its gradients. Across the kink of a relu they are no gradient, so the
/// units of feed-forward layers are moved far to either side of it first.
func checkLossGradients(of model: TranslationModel, _ batch: Batch) throws {
    let parameters = model.parameters, bends = parameters.names.filter { $0.hasSuffix(".b1") }
    for name in bends {
        let count = try #require(parameters[name]).count
        try parameters.set(name, to: (0..<count).map { $0 % 2 == 0 ? 4 : -4 })
    }
    let step: Scalar? = bends.isEmpty || MemoryLayout<Scalar>.size == 8 ? nil : 5e-3
    try checkGradients(of: parameters, step: step, most: 3) { try model.loss(batch) }
}
