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
        guard symbols >= Ranges.symbols.lowerBound else {
            throw InputError("\(task): \(symbols) symbols were asked for; a sequence task needs at least 2")
        }
        guard Ranges.lexiconShare.contains(lexiconShare) else {
            throw InputError("\(task): a lexicon share of \(lexiconShare) was asked for; it is above 0 and at most 1")
        }
        for (name, rate) in rates.sorted(by: { $0.key < $1.key }) {
            guard known.contains(name) else {
                throw InputError(
                    "\(task) has no rate “\(name)”; it has"
                        + (known.isEmpty ? " none" : ": " + known.sorted().joined(separator: ", "))
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

    /// Between which values the numbers may lie.
    enum Ranges {
        static let pairs = 1...10_000_000
        /// Beyond this a generated sentence is of no use to anyone.
        static let length = 1...10_000
        static let symbols = 2...100_000
        static let lexiconShare = Double.leastNonzeroMagnitude...1

        static func hold(_ lengths: ClosedRange<Int>) -> Bool {
            length.contains(lengths.lowerBound) && length.contains(lengths.upperBound)
        }
    }

    /// The first value that cannot be, as a sentence says it; nil where all can.
    public var fault: String? { Self.settings.fault(of: self) }
}

// MARK: declarations

extension ToyOptions {
    public static let settings = common + special

    /// What every task reads.
    static let common: [Setting<ToyOptions>] = [
        .whole("trainPairs", \.trainPairs, Ranges.pairs, "Training pairs of a toy language.") {
            Counted.text($0.trainPairs, "training pair")
        },
        .lengths("lengths", \.lengths, Ranges.length, "Source words of train, dev and test.") {
            " of \(words($0.lengths)) words"
        },
        .whole("devPairs", \.devPairs, Ranges.pairs, "Pairs that the best parameters are chosen by.") {
            "\($0.devPairs) dev"
        },
        .whole("testPairs", \.testPairs, Ranges.pairs, "Test pairs.") { "\($0.testPairs) test" },
        .whole("longPairs", \.longPairs, 0...Ranges.pairs.upperBound, "Pairs of the long split.") {
            "\($0.longPairs) long"
        },
        .lengths("longLengths", \.longLengths, Ranges.length, "Source words of the long split.") {
            " (\(words($0.longLengths)) words)"
        },
    ]

    /// What a task reads if it says so (`ToyTask.reads`).
    static let special: [Setting<ToyOptions>] = [
        .whole("symbols", \.symbols, Ranges.symbols, "Different symbols of copy, reverse and sort.") {
            "; \($0.symbols) symbols"
        },
        .number(
            "lexiconShare", \.lexiconShare, Ranges.lexiconShare, earlier: ["lexicon"],
            "Share of the words that the languages use."
        ) {
            "; \(Counted.text($0.lexiconShare * 100, significant: 3)) % of the lexicon"
        },
        .rates(
            "rates", \.rates, 0...1, earlier: ["rate"],
            "How often a phenomenon happens where it can; may be repeated. `attention data TASK --list-rates` shows "
                + "them."
        ),
    ]

    /// What stands in the place of a setting that a file of before it existed does not have is its default.
    public init(from decoder: any Decoder) throws {
        self.init()
        try Self.settings.decode(from: decoder, into: &self)
    }

    private static func words(_ range: ClosedRange<Int>) -> String { "\(range.lowerBound) to \(range.upperBound)" }
}
