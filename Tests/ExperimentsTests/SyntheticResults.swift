// Results that no training made: as many sentences and scorers as a test wants, under any names.

import Corpora
import Evaluation
import Foundation
import Randomness

@testable import Experiments
@testable import Seq2Seq

struct SyntheticResults {
    let folder: URL
    var results: ResultsFile

    var path: String { folder.appendingPathComponent("results.json").path }
    var details: DetailsFolder { DetailsFolder(beside: path) }

    /// Each scorer looks at the gold link most of the time, the first one always.
    /// - Parameters:
    ///   - right: the share of right translations of each scorer; nil for one that falls from scorer to scorer.
    ///   - blind: those that look nowhere.
    init(
        in folder: URL, scorers: [String], pairs: [SentencePair], seeds: Int = 1, right: [Double]? = nil,
        blind: Set<String> = []
    ) throws {
        self.folder = folder
        var experiment = Experiment(tasks: ["copy"], scorers: scorers)
        experiment.seeds = seeds
        results = ResultsFile(experiment: experiment)
        for seed in 1...UInt64(seeds) {
            for (index, scorer) in scorers.enumerated() {
                var random = RandomSource(seed: UInt64(index) + 1000 * (seed - 1), purpose: "weights")
                let weights = pairs.map { Self.matrix($0, sharpness: 1 - 0.06 * Double(index), &random) }
                let share = right?[index] ?? 1 - 0.05 * Double(index)
                let outputs = pairs.map { random.chance(share) ? $0.target : Array($0.target.reversed()) }
                var row = Self.row(scorer, pairs, outputs, weights)
                row.seed = seed
                row.speed.scoringMicroseconds = 5 * Double(index + 1)
                if blind.contains(scorer) { row.test.alignment = nil }
                row.details = try details.write(
                    row.run, pairs,
                    Answers(
                        outputs: outputs, weights: blind.contains(scorer) ? [] : weights, tokens: 0, seconds: 0),
                    speed: [8, 64].map {
                        .init(
                            source: $0, batch: 32,
                            microseconds: Double($0 * (index + 1)))
                    })
                results.add(row)
            }
        }
        try results.write(to: path)
    }

    /// Sentences of a few words between 5 and 20, with a link for each word.
    static func pairs(
        _ count: Int, words: [String] = ["house", "garden", "green", "walks", "the"], lengths: ClosedRange<Int> = 5...20
    ) -> [SentencePair] {
        var random = RandomSource(seed: 1, purpose: "pairs")
        return (0..<count).map { _ in
            let length = lengths.lowerBound + random.below(lengths.count)
            let source = (0..<length).map { _ in words[random.below(words.count)] }
            return SentencePair(
                source: source, target: source.map { $0 + "!" },
                gold: GoldAlignment(sure: Set((0..<length).map { Link($0, $0) }), possible: [Link(1, 0)]),
                phenomena: (0..<length).map { $0.isMultiple(of: 2) ? "even" : length > 12 ? "odd & long" : "odd" },
                isContent: [])
        }
    }

    private static func matrix(_ pair: SentencePair, sharpness: Double, _ random: inout RandomSource) -> AttentionMatrix
    {
        AttentionMatrix(
            rows: pair.target.indices.map { j in
                let place = random.chance(sharpness) ? j : random.below(pair.source.count)
                var row = pair.source.indices.map { _ in Double(random.below(1000)) / 1000 }
                row[place] += 2
                let sum = row.reduce(0, +)
                return row.map { $0 / sum }
            }, sourceCount: pair.source.count)
    }

    private static func row(
        _ scorer: String, _ pairs: [SentencePair], _ outputs: [[String]], _ weights: [AttentionMatrix]
    ) -> ResultRow {
        var translation = TranslationReport(), alignment = AlignmentReport()
        for (pair, output) in zip(pairs, outputs) { translation.add(output: output, pair) }
        for (pair, matrix) in zip(pairs, weights) { alignment.add(matrix, pair) }
        return ResultRow(
            task: "copy", scorer: scorer, seed: 1, model: ModelSettings(scorer: scorer), training: TrainingSettings(),
            dataSeed: 1,
            data: ToyOptions(
                trainPairs: 10, devPairs: 1, testPairs: pairs.count, longPairs: 0, lengths: 5...20,
                longLengths: 21...30, symbols: 5),
            sourceVocabulary: 9, targetVocabulary: 9, parameters: 100, steps: 400, devLoss: 0.5,
            history: [200, 400].map { TrainingReport(step: $0, epoch: 1, trainLoss: 1, devLoss: 200 / Double($0)) },
            test: SplitResult(translation: translation, alignment: alignment),
            long: SplitResult(translation: TranslationReport(), alignment: nil),
            speed: SpeedFigures(
                trainingTokensPerSecond: 1000, trainingSeconds: 1, scoringMicroseconds: 5, decodingTokensPerSecond: 100),
            machine: .current)
    }
}
