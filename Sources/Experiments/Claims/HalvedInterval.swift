// A figure over seeds, and over each half of them: a verdict must not rest on which seeds there were.

public import Evaluation

/// The mean of one figure with its interval: of all seeds, and of the odd and of the even ones.
///
/// Another processor rounds otherwise, and a training that is rounded otherwise goes its own way: it is as if the seeds
/// were new ones. What the next machine would say, another half of the seeds says already, from trainings that have
/// nothing in common with the first.
public struct HalvedInterval: Sendable, Equatable {
    public let all: MeanInterval
    /// Odd seeds, even seeds.
    public let halves: [MeanInterval]

    /// - Parameter values: each with its seed.
    public init(_ values: [(seed: UInt64, value: Double)]) {
        all = MeanInterval(values.map(\.value))
        halves = [1, 0].map { rest in MeanInterval(values.filter { $0.seed % 2 == rest }.map(\.value)) }
    }

    /// Of draws or rounds, which count as seeds from 1 on.
    public init(_ values: [Double]) { self.init(values.enumerated().map { (UInt64($0 + 1), $1) }) }

    public var mean: Double? { all.mean }
    public var count: Int { all.count }
}
