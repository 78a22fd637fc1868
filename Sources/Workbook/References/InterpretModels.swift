// The small models that project D looks at, trained once for all its checks.

import AttentionLab

/// Weights of four small models that learnt to reverse symbols, each with another scorer.
enum TrainedHeads {
    static let healthy = Result { () throws -> (heads: [[AttentionMatrix]], pairs: [SentencePair]) in
        let options = ToyOptions(
            trainPairs: 1500, devPairs: 60, testPairs: 25, longPairs: 0, lengths: 4...7, symbols: 12)
        let data = try ReverseTask().dataset(seed: 4, options: options)
        let scorers: [any AttentionScorer.Type] = [
            BahdanauScorer.self, LuongDotScorer.self, LuongGeneralScorer.self, LuongConcatScorer.self,
        ]
        let heads = try scorers.map { scorer in
            try zip(StudiedModel.train(data, scorer, steps: 240).align(data.test), data.test).map { weights, pair in
                AttentionMatrix(rows: weights.weights, endRow: weights.endWeights, sourceCount: pair.source.count)
            }
        }
        return (heads, data.test)
    }

    static func broken(_ matrix: AttentionMatrix, _ fault: HeadFault) -> AttentionMatrix {
        var result = matrix
        let even = [Double](repeating: 1 / Double(matrix.sourceCount), count: matrix.sourceCount)
        switch fault {
        case .spread: result.rows = matrix.rows.map { zip($0, even).map { 0.06 * $0 + 0.94 * $1 } }
        case .firstWord:
            result.rows = matrix.rows.map { row in row.enumerated().map { ($0 == 0 ? 0.85 : 0) + 0.15 * $1 } }
        case .late:
            result.rows = [even] + matrix.rows.dropLast()
            result.endRow = matrix.rows.last
        case .padding: result.rows = matrix.rows.map { $0.map { 0.55 * $0 } }
        }
        return result
    }
}

/// A small trained model, kept as numbers: a model itself stays on one thread.
struct StudiedModel: Sendable {
    let words: [SentencePair], test: [SentencePair]
    /// How many words of the reference are given.
    let prefix: Int
    let values: [[Scalar]]

    static let copying = Result {
        let options = ToyOptions(
            trainPairs: 2000, devPairs: 50, testPairs: 40, longPairs: 0, lengths: 4...8, symbols: 20)
        return try StudiedModel(CopyTask().dataset(seed: 1, options: options), prefix: 3)
    }

    /// The month after "from" and the five that follow. After the first of them, the decoder knows all it needs.
    static let counting = Result {
        var random = RandomSource(seed: 1, purpose: "counting months")
        let months = [
            "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
            "november", "december",
        ]
        let pairs = (0..<2090).map { _ in
            let numbers = (0..<4 + random.below(4)).map { _ in random.below(12) }, start = random.below(numbers.count)
            var source = numbers.map { months[$0] }
            source.insert("from", at: start)
            return SentencePair(source: source, target: (0..<6).map { months[(numbers[start] + $0) % 12] })
        }
        return try StudiedModel(
            Dataset(
                name: "counting", train: Array(pairs[90...]), dev: Array(pairs[40..<90]), test: Array(pairs[..<40])),
            prefix: 1)
    }

    private init(_ data: Dataset, prefix: Int) throws {
        (words, test, self.prefix) = (data.train, data.test, prefix)
        values = try Self.train(data, BahdanauScorer.self, steps: 300).model.parameters.tensors.map(\.values)
    }

    private static func fresh(_ scorer: any AttentionScorer.Type, _ words: [SentencePair]) -> Translator {
        var settings = ModelSettings(scorer: scorer.card.name)
        (settings.embedding, settings.hidden, settings.attention) = (24, 16, 24)
        return Translator(settings, scorer: scorer, words: words, seed: 1)
    }

    static func train(_ data: Dataset, _ scorer: any AttentionScorer.Type, steps: Int) throws -> Translator {
        var training = TrainingSettings()
        (training.steps, training.evaluationInterval) = (steps, 100)
        let trainer = try Trainer(fresh(scorer, data.train), training, train: data.train, dev: data.dev)
        try trainer.run()
        try trainer.restoreBest()
        return trainer.translator
    }

    func translator() throws -> Translator {
        let translator = Self.fresh(BahdanauScorer.self, words)
        for (name, numbers) in zip(translator.model.parameters.names, values) {
            try translator.model.parameters.set(name, to: numbers)
        }
        return translator
    }
}
