// Sentence pairs in four splits. Where they come from is not its business: a toy language or somebody's own text.

public struct Dataset: Sendable, Codable, Equatable {
    /// The task's name, or what the user called their text.
    public var name: String
    public var train: [SentencePair]
    public var dev: [SentencePair]
    public var test: [SentencePair]
    /// Sentences well beyond the training lengths; may be empty.
    public var long: [SentencePair]

    public init(name: String, train: [SentencePair], dev: [SentencePair], test: [SentencePair], long: [SentencePair] = []) {
        self.name = name
        self.train = train
        self.dev = dev
        self.test = test
        self.long = long
    }

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
