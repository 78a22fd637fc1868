// A toy language that can tell the relations of its source words.

import Randomness

/// A sentence pair with the relations of its source words.
public struct ParsedPair: Sendable {
    public let pair: SentencePair
    public let dependencies: [Dependency]
}

/// A task whose source sentences come from a tree.
public protocol ParsedTask: ToyTask {
    var parsedExamples: [ParsedPair] { get }
    /// The same draws as those of `generator`.
    func parsedGenerator(_ options: ToyOptions) -> ParsedGenerator
}

public typealias ParsedGenerator = @Sendable (_ sourceLength: Int, _ random: inout RandomSource) -> ParsedPair

extension ParsedTask {
    public var examples: [SentencePair] { parsedExamples.map(\.pair) }

    /// The pairs of `dataset`, with their relations.
    /// - Throws: `InputError` where the options cannot be met.
    public func treebank(seed: UInt64, options: ToyOptions? = nil) throws -> ToySplits<ParsedPair> {
        try ToySplits(
            self, seed: seed, options: options, examples: parsedExamples, pair: \.pair, generator: parsedGenerator)
    }
}
