// What a toy language must say about itself, and how a data set is made from it.

import Randomness

/// A task whose sentence pairs are generated, with gold alignments by construction.
///
/// A new one is one file, and one line in `ToyTasks`.
public protocol ToyTask: Sendable {
    var name: String { get }
    /// One sentence: what the task is for.
    var summary: String { get }
    /// The rates in it are those that the task understands.
    var defaults: ToyOptions { get }
    /// Which of the options that only some tasks have it reads, such as `\.symbols`; its defaults name its rates.
    var reads: [PartialKeyPath<ToyOptions>] { get }
    /// Pairs that people know the task by; they stand at the head of the test split and nowhere else.
    var examples: [SentencePair] { get }
    /// What draws one pair with about so many source words; one that is too long or too short is thrown away and drawn
    /// again.
    func generator(_ options: ToyOptions) -> PairGenerator
}

public typealias PairGenerator = @Sendable (_ sourceLength: Int, _ random: inout RandomSource) -> SentencePair

extension ToyTask {
    public var examples: [SentencePair] { [] }
    public var reads: [PartialKeyPath<ToyOptions>] { [] }

    /// The options that it reads.
    public var settings: [Setting<ToyOptions>] {
        let reads = reads + (defaults.rates.isEmpty ? [] : [\.rates])
        return ToyOptions.common + ToyOptions.special.filter { reads.contains(where: $0.isAt) }
    }

    /// The four splits for a seed. No source sentence stands in two of them, or twice in one.
    ///
    /// Every split has its own random stream, so that asking for more training pairs changes neither test nor dev.
    /// - Throws: `InputError` where the options cannot be met.
    public func dataset(seed: UInt64, options: ToyOptions? = nil) throws -> Dataset {
        var options = options ?? defaults
        try options.check(task: name, known: Set(defaults.rates.keys))
        options.rates = defaults.rates.merging(options.rates) { _, chosen in chosen }

        let pair = generator(options)
        // Two pictures have the same places and are different all the same.
        var seen: Set<SourceKey> = []
        let known = Array(examples.prefix(options.testPairs))
        for example in examples { seen.insert(SourceKey(example)) }
        func draw(_ count: Int, _ split: String, _ lengths: ClosedRange<Int>) throws -> [SentencePair] {
            var random = RandomSource(seed: seed, purpose: "\(name) \(split)")
            var pairs: [SentencePair] = [], misses = 0
            while pairs.count < count {
                let pair = pair(drawLength(lengths, &random), &random)
                if lengths.contains(pair.source.count), seen.insert(SourceKey(pair)).inserted {
                    pairs.append(pair)
                    misses = 0
                } else {
                    misses += 1
                    guard misses < 10_000 else {
                        throw InputError(
                            "\(name) has too few different sentences of \(lengths.lowerBound) to \(lengths.upperBound) words for these options: \(pairs.count) of \(count) \(split) pairs were found; ask for fewer pairs, or for a wider range of lengths"
                        )
                    }
                }
            }
            return pairs
        }
        let test = try known + draw(options.testPairs - known.count, "test", options.lengths)
        let dev = try draw(options.devPairs, "dev", options.lengths)
        let long = try draw(options.longPairs, "long", options.longLengths)
        let train = try draw(options.trainPairs, "train", options.lengths)
        return Dataset(name: name, train: train, dev: dev, test: test, long: long)
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
