// Which relations of grammar heads follow, over models of several seeds that are trained here.

public import AttentionScorers
public import Corpora
import Dispatch
public import Seq2Seq
import Synchronization

public struct HeadStudy: Sendable {
    public struct Settings: Sendable {
        /// A `ParsedTask`.
        public var task = "english-french"
        public var data: ToyOptions?
        public var dataSeed: UInt64 = 1
        public var seeds = 5
        public var model = ModelSettings(scorer: ScaledDotScorer.card.name)
        public var training = TrainingSettings()

        public init() { Body.transformer.apply(to: &model, &training) }
    }

    public let readings: [(seed: UInt64, reading: HeadReading)]

    /// Of a model that is there.
    public init(_ reading: HeadReading, seed: UInt64) { self.init(readings: [(seed, reading)]) }

    init(readings: [(seed: UInt64, reading: HeadReading)]) { self.readings = readings }

    /// Trains one model a seed, side by side.
    ///
    /// - Parameter watch: told how much of all is done; everything stops where it gives false.
    /// - Throws: `InputError` for a task without relations; `CancellationError` where it was stopped.
    public init(
        _ settings: Settings, scorer: any AttentionScorer.Type,
        watch: @escaping @Sendable (Double) -> Bool = { _ in true }
    ) throws {
        let sentences = try Self.parsedTask(settings.task).treebank(seed: settings.dataSeed, options: settings.data)
        let done = Mutex<[UInt64: Double]>([:]), results = Mutex<[UInt64: Result<HeadReading, any Error>]>([:])
        DispatchQueue.concurrentPerform(iterations: settings.seeds) { index in
            let seed = UInt64(index + 1)
            let result = Result {
                try Self.reading(settings, scorer, sentences, seed: seed) { share in
                    watch(
                        done.withLock {
                            $0[seed] = share
                            return $0.values.reduce(0, +) / Double(settings.seeds)
                        })
                }
            }
            results.withLock { $0[seed] = result }
        }
        readings = try results.withLock { $0 }.sorted { $0.key < $1.key }.map { ($0.key, try $0.value.get()) }
    }

    /// - Throws: `InputError` where there is no such task, or its sentences come from no tree.
    public static func parsedTask(_ name: String) throws -> any ParsedTask {
        guard let task = ToyTasks.named(name) as? any ParsedTask else {
            let names = ToyTasks.all.filter { $0 is any ParsedTask }.map(\.name).joined(separator: " and ")
            throw InputError(
                "the words of \(name) have no relations of grammar; the tasks whose sentences come from a tree are \(names)"
            )
        }
        return task
    }

    private static func reading(
        _ settings: Settings, _ scorer: any AttentionScorer.Type, _ sentences: ToySplits<ParsedPair>, seed: UInt64,
        watch: (Double) -> Bool
    ) throws -> HeadReading {
        let train = sentences.train.map(\.pair), dev = sentences.dev.map(\.pair)
        var training = settings.training
        training.seed = seed
        let translator = Translator(settings.model, scorer: scorer, words: train, seed: seed)
        let trainer = try Trainer(translator, training, train: train, dev: dev)
        var goesOn = true
        try trainer.run(progress: { trainer in
            goesOn = watch(Double(trainer.step) / Double(max(training.steps, 1)))
            return goesOn
        })
        guard goesOn else { throw CancellationError() }
        try trainer.restoreBest()
        return try HeadReading(translator, dev: sentences.dev, test: sentences.test)
    }
}
