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
}

/// Trains and measures every run of an experiment that a results file still lacks.
public struct Comparison {
    public let experiment: Experiment
    private let datasets: [String: (data: Dataset, options: ToyOptions)]
    private let scorers: ScorerList

    /// - Parameter scorers: those that the experiment may name.
    /// - Throws: `InputError` for a task or scorer that does not exist or is named twice, no training steps, or data that cannot be made.
    public init(_ experiment: Experiment, scorers: ScorerList) throws {
        for (kind, names) in [("task", experiment.tasks), ("scorer", experiment.scorers)] where Set(names).count < names.count {
            throw InputError("a \(kind) is named twice (\(names.joined(separator: ", "))); name each one once")
        }
        guard experiment.training.steps >= 1 else {
            throw InputError("\(experiment.training.steps) training steps were asked for; there is nothing to compare without at least 1")
        }
        self.experiment = experiment
        self.scorers = try experiment.scorers.map { name in
            guard let found = scorers.first(where: { $0.card.name == name }) else {
                throw InputError("there is no scorer \"\(name)\"; there are \(scorers.map { $0.card.name }.joined(separator: ", "))")
            }
            return found
        }
        var datasets: [String: (Dataset, ToyOptions)] = [:]
        for name in experiment.tasks {
            guard let task = ToyTasks.named(name) else {
                throw InputError("there is no task \"\(name)\"; there are \(ToyTasks.all.map(\.name).joined(separator: ", "))")
            }
            let options = experiment.data[name] ?? task.defaults
            datasets[name] = (try task.dataset(seed: experiment.dataSeed, options: options), options)
        }
        self.datasets = datasets
    }

    /// Alignment baselines of every task.
    public var baselines: [BaselineRow] {
        experiment.tasks.flatMap { name in datasets[name].map { Baselines.rows($0.data) } ?? [] }
    }

    /// Everything that the threads share, behind one lock.
    private struct Shared {
        var writer: ResultsWriter
        var waiting: [Experiment.Run]
        /// Share done of each run that is going on.
        var going: [Experiment.Run: Double] = [:]
        var finished = 0
        var failure: (any Error)?
    }

    /// - Parameters:
    ///   - results: rows that exist already are not run again.
    ///   - path: where to write the results after each row.
    ///   - details: where to keep what a page shows of each sentence; nil for nowhere.
    ///   - threads: trainings side by side.
    ///   - isCancelled: asked after each training step; rows in progress are then dropped, finished ones are on disk.
    /// - Returns: the results, complete unless cancelled.
    /// - Throws: `InputError` where the results are of another experiment, `RunError` where a run fails or a row cannot be written.
    public func run(continuing results: ResultsFile, path: String, details: DetailsFolder? = nil, threads: Int,
                    isCancelled: @escaping @Sendable () -> Bool, event: @escaping @Sendable (ComparisonEvent) -> Void) throws -> ResultsFile {
        guard results.experiment == experiment else {
            throw InputError("these results are of another comparison: its tasks, scorers, seeds or settings differ; continue it with the same ones, or start a new one", file: path)
        }
        let waiting = results.missing
        let total = waiting.count
        let shared = Mutex(Shared(writer: try ResultsWriter(results), waiting: waiting.reversed()))
        let scorers = self.scorers, datasets = self.datasets, experiment = self.experiment

        @Sendable func work() {
            while let run = shared.withLock({ $0.failure == nil ? $0.waiting.popLast() : nil }) {
                if isCancelled() { return }
                guard let task = datasets[run.task], let scorer = scorers.first(where: { $0.card.name == run.scorer }) else { continue }
                let start = DispatchTime.now().uptimeNanoseconds
                do {
                    let row = try RowRun(experiment: experiment, run: run, dataset: task.data, options: task.options, scorer: scorer, details: details).result { share in
                        let (done, finished) = shared.withLock { state in
                            state.going[run] = share
                            return (Double(state.finished) + state.going.values.reduce(0, +), state.finished)
                        }
                        event(.progress(share: done / Double(max(total, 1)), finished: finished, of: total))
                        return !isCancelled()
                    }
                    guard let row else { return }
                    let json = try ResultsWriter.json(of: row)
                    // Written inside the lock: rows must reach the disk in the order in which they are added.
                    try shared.withLock { state in
                        state.going[run] = nil
                        state.finished += 1
                        state.writer.add(row, json: json)
                        try state.writer.write(to: path)
                    }
                    event(.finished(run, seconds: Double(DispatchTime.now().uptimeNanoseconds - start) * 1e-9))
                } catch {
                    shared.withLock { if $0.failure == nil { $0.failure = RunError("\(run.scorer) on \(run.task), seed \(run.seed): \(error)") } }
                }
            }
        }
        DispatchQueue.concurrentPerform(iterations: max(1, min(threads, total))) { _ in work() }
        let (outcome, failure) = shared.withLock { ($0.writer.results, $0.failure) }
        if let failure { throw failure }
        return outcome
    }
}
