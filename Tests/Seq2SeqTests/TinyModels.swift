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

/// Every architecture that the settings can name.
let everyArchitecture: [ModelSettings] = CellKind.allCases.flatMap { cell in
    EncoderKind.allCases.flatMap { encoder in
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
    public var testDescription: String { "\(scorer) \(cell) \(encoder) \(timing) \(feeding) \(bridge)" }
}
