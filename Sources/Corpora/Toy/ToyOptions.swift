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

    public init(
        trainPairs: Int = 6000, devPairs: Int = 300, testPairs: Int = 500, longPairs: Int = 300,
        lengths: ClosedRange<Int> = 5...20, longLengths: ClosedRange<Int> = 22...40,
        symbols: Int = 40, lexiconShare: Double = 1, rates: [String: Double] = [:]
    ) {
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
        for (name, size) in sizes where size < 0 || size > Ranges.pairs.upperBound {
            throw InputError("\(task): \(size) \(name) pairs were asked for; a size is 0 to \(Ranges.pairs.upperBound)")
        }
        for range in [lengths, longLengths] where !Ranges.hold(range) {
            throw InputError(
                "\(task): source lengths \(range.lowerBound) to \(range.upperBound) were asked for; lengths are 1 to "
                    + "\(Ranges.length.upperBound)")
        }
        guard symbols >= 2 else {
            throw InputError("\(task): \(symbols) symbols were asked for; a sequence task needs at least 2")
        }
        guard lexiconShare > 0, lexiconShare <= 1 else {
            throw InputError("\(task): a lexicon share of \(lexiconShare) was asked for; it is above 0 and at most 1")
        }
        for (name, rate) in rates.sorted(by: { $0.key < $1.key }) {
            guard known.contains(name) else {
                throw InputError(
                    "\(task) has no rate “\(name)”; it has\(known.isEmpty ? " none" : ": " + known.sorted().joined(separator: ", "))"
                )
            }
            guard (0...1).contains(rate) else {
                throw InputError("\(task): the rate “\(name)” is \(rate); rates are between 0 and 1")
            }
        }
    }

    private var sizes: [(name: String, size: Int)] {
        [("train", trainPairs), ("dev", devPairs), ("test", testPairs), ("long", longPairs)]
    }

    /// Between which values the numbers may lie: asked of a flag, of an experiment file and of a results file.
    public enum Ranges {
        public static let pairs = 1...10_000_000
        /// Beyond this a generated sentence is of no use to anyone.
        public static let length = 1...10_000
        public static let symbols = 2...100_000
        public static let lexiconShare = Double.leastNonzeroMagnitude...1

        static func hold(_ lengths: ClosedRange<Int>) -> Bool {
            length.contains(lengths.lowerBound) && length.contains(lengths.upperBound)
        }
    }

    /// The first number that cannot be, as a sentence says it; nil where all can.
    public var fault: String? {
        if let wrong = sizes.first(where: { !(0...Ranges.pairs.upperBound).contains($0.size) }) {
            return "its \(wrong.name)Pairs are \(wrong.size)"
        }
        if let wrong = [lengths, longLengths].first(where: { !Ranges.hold($0) }) {
            return "its lengths are \(wrong.lowerBound) to \(wrong.upperBound)"
        }
        return nil
    }
}
