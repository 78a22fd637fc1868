// The four splits of whatever a toy task draws.

import Randomness

/// Train, dev, test and long of a toy task.
public struct ToySplits<Drawn: Sendable>: Sendable {
    public let train: [Drawn], dev: [Drawn], test: [Drawn], long: [Drawn]

    /// - Parameters:
    ///   - examples: at the head of the test split, and nowhere else.
    ///   - pair: the sentences of what is drawn.
    /// - Throws: `InputError` where the options cannot be met.
    init(
        _ task: some ToyTask, seed: UInt64, options given: ToyOptions?, examples: [Drawn],
        pair: @escaping @Sendable (Drawn) -> SentencePair,
        generator: (ToyOptions) -> (Int, inout RandomSource) -> Drawn
    ) throws {
        var options = given ?? task.defaults
        try options.check(task: task.name, known: Set(task.defaults.rates.keys))
        options.rates = task.defaults.rates.merging(options.rates) { _, chosen in chosen }
        let known = Array(examples.prefix(options.testPairs)), draw = generator(options)
        // Two pictures have the same places and are different all the same.
        var seen = Set(examples.map { SourceKey(pair($0)) })
        func drawn(_ count: Int, _ split: String, _ lengths: ClosedRange<Int>) throws -> [Drawn] {
            var random = RandomSource(seed: seed, purpose: "\(task.name) \(split)")
            var all: [Drawn] = [], misses = 0
            while all.count < count {
                let one = draw(drawLength(lengths, &random), &random)
                if lengths.contains(pair(one).source.count), seen.insert(SourceKey(pair(one))).inserted {
                    all.append(one)
                    misses = 0
                } else {
                    misses += 1
                    guard misses < 10_000 else {
                        throw InputError(
                            "\(task.name) has too few different sentences of \(lengths.lowerBound) to \(lengths.upperBound) words for these options: \(all.count) of \(count) \(split) pairs were found; ask for fewer pairs, or for a wider range of lengths"
                        )
                    }
                }
            }
            return all
        }
        test = try known + drawn(options.testPairs - known.count, "test", options.lengths)
        dev = try drawn(options.devPairs, "dev", options.lengths)
        long = try drawn(options.longPairs, "long", options.longLengths)
        train = try drawn(options.trainPairs, "train", options.lengths)
    }
}

/// What two pairs must not share.
private struct SourceKey: Hashable {
    let words: [String], extras: SourceExtras?

    init(_ pair: SentencePair) { (words, extras) = (pair.source, pair.extras) }
}

/// Leans towards the shorter lengths, as text does.
private func drawLength(_ lengths: ClosedRange<Int>, _ random: inout RandomSource) -> Int {
    let steps = lengths.upperBound - lengths.lowerBound + 1
    // The smaller of two draws, half of the time.
    let first = random.below(steps), second = random.below(steps)
    return lengths.lowerBound + (random.chance(0.5) ? min(first, second) : first)
}
