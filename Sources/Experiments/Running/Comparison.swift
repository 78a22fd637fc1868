// Runs an experiment: every run on one thread, as many side by side as there are threads.

import AttentionScorers
import Corpora
import Dispatch
import Foundation
public import Seq2Seq
import Synchronization

/// What a comparison says while it runs. Called from its threads.
public enum ComparisonEvent: Sendable {
    /// Share of the whole work that is done, 0 to 1, and runs finished of all.
    case progress(share: Double, finished: Int, of: Int)
    case finished(Experiment.Run, seconds: Double)
    /// Every scorer has one seed more than before, and there are more to come: the results of these seeds.
    case wholeSeeds(ResultsFile)
}

/// Trains and measures every run of an experiment that a results file still lacks.
public struct Comparison {
    public let experiment: Experiment
    private let datasets: [DataKey: (task: any MeasuredTask, data: Dataset, options: ToyOptions)]
    private let scorers: ScorerList
    /// Learnt once for all models that read the same data the same way.
    private let vocabularies: [WordKey: Vocabularies]

    /// A task's data are those of a condition, or the experiment's own.
    private struct DataKey: Hashable {
        let task: String, condition: String?

        init(_ task: String, in condition: String?, of experiment: Experiment) {
            (self.task, self.condition) = (task, experiment.dataCondition(task, in: condition))
        }
    }

    /// Data, and how their words are read.
    private struct WordKey: Hashable {
        let data: DataKey, subwords: Int, minimumCount: Int, limit: Int?

        init(_ run: Experiment.Run, of experiment: Experiment) {
            let model = experiment.settings(run).0
            data = DataKey(run.task, in: run.condition, of: experiment)
            (subwords, minimumCount, limit) = (model.subwords, model.minimumCount, model.vocabulary)
        }
    }

    /// - Parameters:
    ///   - scorers: those that the experiment may name.
    ///   - watch: is told which scorer is tried.
    /// - Throws: `InputError` where the experiment cannot be run (see `Experiment.check`), for data that cannot be
    ///   made, and for a scorer that breaks a promise (see `ModelSettings.check`).
    public init(_ experiment: Experiment, scorers: ScorerList, watch: StepWatch? = nil) throws {
        try experiment.check(scorers: scorers.map { $0.card.name })
        self.experiment = experiment
        self.scorers = scorers.filter { experiment.scorers.contains($0.card.name) }
        var datasets: [DataKey: (any MeasuredTask, Dataset, ToyOptions)] = [:]
        for task in experiment.tasks.compactMap({ experiment.taskList[$0] }) {
            for condition in experiment.conditionNames {
                let key = DataKey(task.name, in: condition, of: experiment),
                    options = experiment.options(task.name, in: condition)
                guard datasets[key] == nil else { continue }
                datasets[key] = (task, try task.dataset(seed: experiment.dataSeed, options: options), options)
            }
        }
        self.datasets = datasets
        var vocabularies: [WordKey: Vocabularies] = [:]
        for run in experiment.runs where run.seed == 1 {
            let key = WordKey(run, of: experiment)
            guard vocabularies[key] == nil, let data = datasets[key.data]?.1 else { continue }
            let found = experiment.settings(run).0.vocabularies(of: data.train)
            try found.check(data.train, minimumCount: key.minimumCount)
            vocabularies[key] = found
        }
        self.vocabularies = vocabularies
        try checkScorers(watch)
    }

    /// Every scorer in every model that it will have, once.
    private func checkScorers(_ watch: StepWatch?) throws {
        var tried: [(model: ModelSettings, longest: Int)] = []
        for run in experiment.runs where run.seed == 1 {
            let (model, training) = experiment.settings(run),
                data = datasets[DataKey(run.task, in: run.condition, of: experiment)]?.data
            for scorer in scorers where scorer.card.name == run.scorer {
                try training.check(model, scorer.card, pairs: data?.train ?? [])
            }
            let words = vocabularies[WordKey(run, of: experiment)]
            let longest = data.flatMap { words?.longestSource(of: $0) } ?? 0
            guard !tried.contains(where: { $0 == (model, longest) }) else { continue }
            tried.append((model, longest))
            for scorer in scorers where scorer.card.name == run.scorer {
                watch?.sign("a first step of \(run.scorer)")
                defer { watch?.end("a first step of \(run.scorer)") }
                try model.check(scorer, longestSource: longest)
            }
        }
    }

    /// Alignment baselines of every task whose tables have them, and of every condition that has data of its own.
    public var baselines: [BaselineRow] {
        baselineKeys.flatMap { key in
            datasets[key].map { Baselines.rows($0.data, condition: key.condition) } ?? []
        }
    }

    /// Whether the results have the baselines of all these data.
    public func hasBaselines(_ results: ResultsFile) -> Bool {
        Set(results.baselines.map { DataKey($0.task, in: $0.condition, of: experiment) }) == Set(baselineKeys)
    }

    /// Each once.
    private var baselineKeys: [DataKey] {
        let aligned = experiment.tasks.filter { experiment.metrics(of: $0).showBaselines }
        let keys = aligned.flatMap { task in experiment.conditionNames.map { DataKey(task, in: $0, of: experiment) } }
        return keys.indices.filter { !keys[..<$0].contains(keys[$0]) }.map { keys[$0] }
    }

    /// Everything that the threads share, behind one lock.
    private struct Shared {
        var writer: ResultsWriter
        var waiting: [Experiment.Run]
        /// Share done of each run that is going on.
        var going: [Experiment.Run: Double] = [:]
        var finished = 0
        var failure: (any Error)?
        /// Seeds that every scorer has.
        var seeds: Int

        init(writer: ResultsWriter, waiting: [Experiment.Run]) {
            (self.writer, self.waiting, seeds) = (writer, waiting, writer.results.wholeSeeds)
        }

        /// - Parameter share: of this run that is done.
        /// - Returns: runs that are done, with what is done of those that go on, and whole ones.
        mutating func progress(of run: Experiment.Run, _ share: Double) -> (done: Double, finished: Int) {
            going[run] = share
            return (Double(finished) + going.values.reduce(0, +), finished)
        }

        /// Adds a row and writes the results. Under the lock: rows must reach the disk in the order in which they are
        /// added.
        mutating func add(_ row: ResultRow, of run: Experiment.Run, json: Data, to path: String) throws -> ResultsFile?
        {
            going[run] = nil
            finished += 1
            writer.add(row, json: json)
            try writer.write(to: path)
            return newSeeds()
        }

        func outcome() throws -> ResultsFile {
            if let failure { throw failure }
            return writer.results
        }

        /// The results of the seeds that every scorer has, where they became more and are not all yet.
        private mutating func newSeeds() -> ResultsFile? {
            let results = writer.results, before = seeds
            seeds = results.wholeSeeds
            return seeds > before && seeds < results.experiment.seeds ? results.first(seeds: seeds) : nil
        }
    }

    /// - Parameters:
    ///   - results: rows that exist already are not run again.
    ///   - shard: the part to run; nil for all.
    ///   - path: where to write the results after each row.
    ///   - details: where to keep what a page shows of each sentence; nil for nowhere.
    ///   - threads: trainings side by side.
    ///   - watch: is told of every step.
    ///   - isCancelled: asked after each training step; rows in progress are then dropped, finished ones are on disk.
    /// - Returns: the results, complete unless cancelled.
    /// - Throws: `InputError` where the results are of another experiment, `RunError` where a run fails or a row cannot
    ///   be written.
    public func run(
        continuing results: ResultsFile, shard: Shard? = nil, path: String, details: DetailsFolder? = nil, threads: Int,
        watch: StepWatch? = nil, isCancelled: @escaping @Sendable () -> Bool,
        event: @escaping @Sendable (ComparisonEvent) -> Void
    ) throws -> ResultsFile {
        try prepare(results, path, details)
        let waiting = results.missing(in: shard)
        let total = waiting.count
        let shared = Mutex(Shared(writer: try ResultsWriter(results), waiting: waiting.reversed()))
        let scorers = self.scorers, datasets = self.datasets, experiment = self.experiment,
            vocabularies = self.vocabularies

        @Sendable func work() {
            while let run = shared.withLock({ $0.failure == nil ? $0.waiting.popLast() : nil }) {
                if isCancelled() { return }
                watch?.sign(run.text)
                defer { watch?.end(run.text) }
                guard let found = datasets[DataKey(run.task, in: run.condition, of: experiment)],
                    let scorer = scorers.first(where: { $0.card.name == run.scorer }),
                    let words = vocabularies[WordKey(run, of: experiment)]
                else { continue }
                let start = DispatchTime.now().uptimeNanoseconds
                do {
                    let row = try RowRun(
                        experiment: experiment, run: run, task: found.task, dataset: found.data,
                        options: found.options, scorer: scorer, vocabularies: words, details: details
                    ).result { share in
                        watch?.sign(run.text)
                        let (done, finished) = shared.withLock { $0.progress(of: run, share) }
                        event(.progress(share: done / Double(max(total, 1)), finished: finished, of: total))
                        return !isCancelled()
                    }
                    guard let row else { return }
                    let json = try ResultsWriter.json(of: row)
                    let whole = try shared.withLock { try $0.add(row, of: run, json: json, to: path) }
                    event(.finished(run, seconds: Double(DispatchTime.now().uptimeNanoseconds - start) * 1e-9))
                    if let whole { event(.wholeSeeds(whole)) }
                } catch {
                    shared.withLock { if $0.failure == nil { $0.failure = RunError("\(run.text): \(error)") } }
                }
            }
        }
        DispatchQueue.concurrentPerform(iterations: max(1, min(threads, total))) { _ in work() }
        return try shared.withLock { try $0.outcome() }
    }

    /// Refuses results that cannot be gone on with, and removes what killed processes left beside them.
    private func prepare(_ results: ResultsFile, _ path: String, _ details: DetailsFolder?) throws {
        guard results.experiment == experiment else {
            throw InputError(
                "these results are of another comparison: its tasks, scorers, seeds or settings differ; continue it with the "
                    + "same ones, or start a new one", file: path)
        }
        AtomicFile.removeStaleParts(of: path)
        if let details { AtomicFile.removeStaleParts(in: details.path) }
        try results.checkScorers(scorers, file: path)
    }
}
