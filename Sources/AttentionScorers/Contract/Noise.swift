// The random numbers of one training step: noise on energies, samples, dropout.

import Randomness

/// Random numbers that depend on the training's seed, the step and the part of the batch alone: nothing of them need be
/// saved in a checkpoint, and they are the same on any number of threads. There is none outside training.
///
/// Each purpose has a stream of its own, so that drawing more for one does not shift another. Belongs to one thread.
public final class Noise {
    private let seed: UInt64, place: String
    /// Numbers that stand in for those of a purpose, first come first served.
    private var given: [String: [Double]] = [:]
    private var streams: [String: RandomSource] = [:]

    /// What the step leaves out.
    public let dropout: DropoutRates

    /// - Parameter shard: the part of the batch that is computed apart.
    public init(seed: UInt64, step: Int, shard: Int, dropout: DropoutRates = DropoutRates()) {
        (self.seed, place, self.dropout) = (seed, "noise \(step) \(shard) ", dropout)
    }

    /// For tests, which know what comes.
    package init(given: [String: [Double]], dropout: DropoutRates = DropoutRates()) {
        (seed, place, self.dropout, self.given) = (0, "", dropout, given)
    }

    /// Uniform in the open interval (0, 1): log u and log(−log u) are numbers.
    public func uniform(_ count: Int, _ purpose: String) -> [Double] {
        draw(count, purpose) { (Double($0.next() >> 12) + 0.5) * 0x1p-52 }
    }

    /// Normal with mean 0 and variance 1.
    public func normal(_ count: Int, _ purpose: String) -> [Double] { draw(count, purpose) { $0.normal() } }

    private func draw(_ count: Int, _ purpose: String, _ next: (inout RandomSource) -> Double) -> [Double] {
        if let numbers = given[purpose], numbers.count >= count {
            given[purpose] = Array(numbers.dropFirst(count))
            return Array(numbers.prefix(count))
        }
        var stream = streams[purpose] ?? RandomSource(seed: seed, purpose: place + purpose)
        defer { streams[purpose] = stream }
        return (0..<count).map { _ in next(&stream) }
    }
}
