// How large and how hard a toy data set is.

/// Sizes, lengths and rates of a toy data set; every task has its own defaults.
public struct ToyOptions: Sendable, Codable, Equatable {
    public var trainPairs: Int
    public var devPairs: Int
    public var testPairs: Int
    public var longPairs: Int
    /// Source words of a pair in train, dev and test.
    public var lengths: ClosedRange<Int>
    /// Source words of a pair in `long`: well beyond the training lengths.
    public var longLengths: ClosedRange<Int>
    /// How many different symbols `copy`, `reverse` and `sort` use; the languages ignore it.
    public var symbols: Int
    /// Share of the nouns, verbs, adjectives … that the languages use: fewer are easier to learn.
    public var lexiconShare: Double
    /// How often a phenomenon happens where it can, between 0 and 1; the names are the task's own.
    public var rates: [String: Double]

    public init(trainPairs: Int = 6000, devPairs: Int = 300, testPairs: Int = 500, longPairs: Int = 300,
                lengths: ClosedRange<Int> = 5...20, longLengths: ClosedRange<Int> = 22...40,
                symbols: Int = 40, lexiconShare: Double = 1, rates: [String: Double] = [:]) {
        self.trainPairs = trainPairs
        self.devPairs = devPairs
        self.testPairs = testPairs
        self.longPairs = longPairs
        self.lengths = lengths
        self.longLengths = longLengths
        self.symbols = symbols
        self.lexiconShare = lexiconShare
        self.rates = rates
    }

    func rate(_ name: String) -> Double { rates[name] ?? 0 }

    /// - Parameter known: the rates that the task understands.
    /// - Throws: `InputError` for a size, length or rate that cannot be.
    func check(task: String, known: Set<String>) throws {
        for (name, size) in [("train", trainPairs), ("dev", devPairs), ("test", testPairs), ("long", longPairs)] where size < 0 {
            throw InputError("\(task): \(size) \(name) pairs were asked for; a size is 0 or more")
        }
        for range in [lengths, longLengths] where range.lowerBound < 1 || range.upperBound > Self.longest {
            throw InputError("\(task): source lengths \(range.lowerBound) to \(range.upperBound) were asked for; lengths are 1 to \(Self.longest)")
        }
        guard symbols >= 2 else { throw InputError("\(task): \(symbols) symbols were asked for; a sequence task needs at least 2") }
        guard lexiconShare > 0, lexiconShare <= 1 else {
            throw InputError("\(task): a lexicon share of \(lexiconShare) was asked for; it is above 0 and at most 1")
        }
        for (name, rate) in rates.sorted(by: { $0.key < $1.key }) {
            guard known.contains(name) else {
                throw InputError("\(task) has no rate “\(name)”; it has\(known.isEmpty ? " none" : ": " + known.sorted().joined(separator: ", "))")
            }
            guard (0...1).contains(rate) else { throw InputError("\(task): the rate “\(name)” is \(rate); rates are between 0 and 1") }
        }
    }

    /// Beyond this a generated sentence is of no use to anyone.
    private static let longest = 10_000
}
