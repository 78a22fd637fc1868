// A part of an experiment's runs: what one of several machines does.

import Corpora

/// The third of sixteen parts. Every run is in exactly one part, whoever asks: machines need not know of one another.
public struct Shard: Sendable, Equatable {
    /// Counted from 1.
    public let number: Int
    public let count: Int

    /// - Parameter text: "3/16".
    /// - Throws: `InputError` for what is no part.
    public init(_ text: String) throws {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
        guard parts.count == 2, let number = parts[0], let count = parts[1], (1...100_000).contains(count),
            (1...count).contains(number)
        else {
            throw InputError("--shard is “\(text)”; write which part of how many, from 1/16 to 16/16: --shard 3/16")
        }
        (self.number, self.count) = (number, count)
    }

    public var text: String { "\(number)/\(count)" }

    /// The runs of this part, in the order of the experiment.
    ///
    /// The longest runs are dealt first, each to the part that has least to do (Graham 1969: at most 4/3 of the best
    /// there is).
    public func runs(of experiment: Experiment) -> [Experiment.Run] {
        let runs = experiment.runs, work = runs.map(experiment.work)
        let order = runs.indices.sorted { work[$0] == work[$1] ? $0 < $1 : work[$0] > work[$1] }
        // Parts beyond the number of runs stay empty.
        let count = min(self.count, max(runs.count, 1))
        var loads = [Double](repeating: 0, count: count)
        var mine: [Int] = []
        for (turn, index) in order.enumerated() {
            // Equal parts take turns in an order that shifts with each round: or one of eleven parts would get the
            // slowest of eleven scorers every time.
            let first = turn / count
            let part = (0..<count).map { ($0 + first) % count }.min { loads[$0] < loads[$1] } ?? 0
            loads[part] += work[index]
            if part == number - 1 { mine.append(index) }
        }
        return mine.sorted().map { runs[$0] }
    }
}

extension Experiment {
    /// How long a run takes, in any unit: words through the model times its size. Scorers are taken to be equal; the
    /// slowest takes less than twice the time of the fastest.
    func work(_ run: Run) -> Double {
        let (model, training) = settings(in: run.condition, task: run.task), data = options(run.task, in: run.condition)
        // In floating point throughout: an experiment that a program made may hold any numbers.
        func sum(_ lengths: ClosedRange<Int>) -> Double { Double(lengths.lowerBound) + Double(lengths.upperBound) }
        let words = sum(data.lengths), hidden = Double(model.hidden)
        let cells = hidden * (Double(model.embedding) + 2 * hidden + Double(model.attention))
        let tested = Double(data.testPairs) * words + Double(data.longPairs) * sum(data.longLengths)
        // Forward and backward are about three times a decoding.
        return cells * model.timeFactor * (3 * words * Double(training.steps) * Double(training.batchSize) + tested)
    }

    public var estimatedSeconds: Double { estimatedSeconds(of: runs) }

    /// Seconds on one core, as a rule of thumb: the default comparison took 160 seconds on two cores.
    public func estimatedSeconds(of some: [Run]) -> Double { some.map(work).reduce(0, +) * 3.25e-10 }
}
