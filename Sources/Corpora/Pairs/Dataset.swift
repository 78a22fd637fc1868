// Sentence pairs in four splits. Where they come from is not its business: a toy language or somebody's own text.

import Randomness

public struct Dataset: Sendable, Codable, Equatable {
    /// The task's name, or what the user called their text.
    public var name: String
    public var train: [SentencePair]
    public var dev: [SentencePair]
    public var test: [SentencePair]
    /// Sentences well beyond the training lengths; may be empty.
    public var long: [SentencePair]

    public init(
        name: String, train: [SentencePair], dev: [SentencePair], test: [SentencePair], long: [SentencePair] = []
    ) {
        self.name = name
        self.train = train
        self.dev = dev
        self.test = test
        self.long = long
    }

    /// Somebody's own pairs, some of them held out for dev: the same ones for the same pairs.
    ///
    /// A pair whose source also stands in the training part is no test of anything, so repeated sources stay together.
    /// - Parameter devPairs: at most so many, and never more than a tenth.
    /// - Throws: `InputError` where there are too few pairs to hold any out.
    public init(name: String, pairs: [SentencePair], devPairs: Int = 500) throws {
        let groups = Dictionary(grouping: pairs.indices) { pairs[$0].source.map(Spelling.init) }
        var order = groups.keys.map { groups[$0] ?? [] }.sorted { ($0.first ?? 0) < ($1.first ?? 0) }
        guard order.count >= 2 else {
            throw InputError(
                "\(name) has \(Counted.text(pairs.count, "pair")) with \(Counted.text(order.count, "different source sentence")); at least 2 are needed, one to train on and one for dev"
            )
        }
        var random = RandomSource(seed: 1, purpose: "held out")
        random.shuffle(&order)
        let wanted = max(1, min(devPairs, pairs.count / 10))
        var dev: [Int] = []
        while dev.count < wanted, order.count > 1 { dev += order.removeLast() }
        self.init(
            name: name, train: order.joined().sorted().map { pairs[$0] }, dev: dev.sorted().map { pairs[$0] }, test: [])
    }

    /// Words of the longest source sentence, of any split.
    public var longestSource: Int { [train, dev, test, long].joined().lazy.map(\.source.count).max() ?? 0 }

    public static let splitNames = ["train", "dev", "test", "long"]

    /// nil where there is no split of that name.
    public func split(_ name: String) -> [SentencePair]? {
        switch name {
        case "train": train
        case "dev": dev
        case "test": test
        case "long": long
        default: nil
        }
    }
}
