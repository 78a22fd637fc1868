// Do the weights explain a prediction? Two tests on models that are trained here.
//
//   permutation      TVD(p(α), p(πα)), median over permutations π      TVD(p, q) = ½ Σ |p − q|      Jain & Wallace 2019, §4.2
//   leave-one-out    Kendall's τ-b of α and TVD(p, p without word i)                                 Jain & Wallace 2019, §4.1
//
// Both for the word in the middle of the reference, the words before it given. A prediction that stays under other
// weights does not show that
// attention can never explain (Wiegreffe & Pinter 2019), only that these weights were not needed.

public import AttentionScorers
import Corpora
import Dispatch
import Evaluation
import Experiments
import Randomness
public import Seq2Seq
import Synchronization

public struct ExplanationStudy: Sendable {
    public struct Settings: Sendable {
        public var tasks = ["copy", "dates", "english-french"]
        public var seeds = 10
        public var permutations = 20
        /// Test sentences that are looked at.
        public var sentences = 40
        public var model = ModelSettings(scorer: BahdanauScorer.card.name)
        public var training = TrainingSettings()
        public var trainPairs = 3000

        public init() {
            training.steps = 600
        }
    }

    /// Of the models of one task.
    public struct Line: Sendable {
        public let task: String
        /// Over seeds: the mean over sentences of the median change under permuted weights, 0 to 1.
        public let change: HalvedInterval
        /// Over seeds: the mean over sentences of Kendall's τ-b; sentences where it is undefined are left out.
        public let correlation: HalvedInterval
        /// Over seeds: the mean largest weight.
        public let largestWeight: HalvedInterval
    }

    public let lines: [Line]

    public init(_ settings: Settings, scorer: any AttentionScorer.Type) throws {
        lines = try settings.tasks.compactMap { TaskList.standard[$0] }.map { task in
            var options = task.defaults
            (options.trainPairs, options.longPairs, options.testPairs) = (settings.trainPairs, 0, settings.sentences)
            let models = try Self.models(try task.dataset(seed: 1, options: options), settings, scorer)
            func interval(_ figure: (Figures) -> Double?) -> HalvedInterval {
                HalvedInterval(models.compactMap { seed, model in figure(model).map { (seed, $0) } })
            }
            return Line(
                task: task.name, change: interval(\.change), correlation: interval(\.correlation),
                largestWeight: interval(\.largest))
        }
    }

    /// Of one model, means over sentences.
    private typealias Figures = (change: Double?, correlation: Double?, largest: Double?)

    /// One a seed, side by side: none of them waits for another.
    private static func models(
        _ data: Dataset, _ settings: Settings, _ scorer: any AttentionScorer.Type
    ) throws -> [(seed: UInt64, figures: Figures)] {
        let done = Mutex<[UInt64: Result<Figures, any Error>]>([:])
        DispatchQueue.concurrentPerform(iterations: settings.seeds) { index in
            let seed = UInt64(index + 1), figures = Result { try measure(data, settings, scorer, seed: seed) }
            done.withLock { $0[seed] = figures }
        }
        return try done.withLock { $0 }.sorted { $0.key < $1.key }.map { ($0.key, try $0.value.get()) }
    }

    private static func measure(
        _ data: Dataset, _ settings: Settings, _ scorer: any AttentionScorer.Type, seed: UInt64
    ) throws -> Figures {
        var training = settings.training
        training.seed = seed
        let translator = Translator(settings.model, scorer: scorer, words: data.train, seed: seed)
        let trainer = try Trainer(translator, training, train: data.train, dev: data.dev)
        try trainer.run()
        try trainer.restoreBest()
        var random = RandomSource(seed: seed, purpose: "permutations")
        var changes: [Double] = [], correlations: [Double] = [], largest: [Double] = []
        for pair in try translator.encoded(data.test) where pair.source.count > 1 && !pair.target.isEmpty {
            let prefix = Array(pair.target.prefix(pair.target.count / 2))
            let before = try translator.model.nextWord(source: pair.source, after: prefix)
            changes.append(
                median(
                    try (0..<settings.permutations).map { _ in
                        var weights = before.weights
                        random.shuffle(&weights)
                        let after = try translator.model.nextWord(source: pair.source, after: prefix, weights: weights)
                        return distance(before.probabilities, after.probabilities)
                    }))
            let without = try pair.source.indices.map { left in
                var rest = pair.source
                rest.remove(at: left)
                return distance(
                    before.probabilities, try translator.model.nextWord(source: rest, after: prefix).probabilities)
            }
            if let tau = KendallTau.b(before.weights, without) { correlations.append(tau) }
            if let weight = before.weights.max() { largest.append(weight) }
        }
        return (MeanInterval(changes).mean, MeanInterval(correlations).mean, MeanInterval(largest).mean)
    }

    /// Total variation.
    static func distance(_ p: [Double], _ q: [Double]) -> Double { zip(p, q).reduce(0) { $0 + abs($1.0 - $1.1) } / 2 }

    static func median(_ values: [Double]) -> Double {
        let sorted = values.sorted()
        guard !sorted.isEmpty else { return .nan }
        return (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
    }
}
