// Sentence pairs in four splits. Where they come from is not its business: a toy language or somebody's own text.

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
    /// - Parameter devPairs: at most so many, and never more than a tenth.
    /// - Throws: `InputError` where there are too few pairs to hold any out.
    public init(name: String, pairs: [SentencePair], devPairs: Int = 500) throws {
        let parts = try HeldOut(pairs, name: name, most: max(1, min(devPairs, pairs.count / 10)))
        self.init(name: name, train: parts.rest, dev: parts.held, test: [])
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
