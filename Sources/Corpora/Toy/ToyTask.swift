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
        let splits = try ToySplits(
            self, seed: seed, options: options, examples: examples, pair: { $0 }, generator: generator)
        return Dataset(name: name, train: splits.train, dev: splits.dev, test: splits.test, long: splits.long)
    }
}
