// The sums BLEU is computed from (Papineni et al. 2002, §2.2–2.3), counted as sacreBLEU 2.x counts them.

/// Of one sentence or, added up, of a corpus: lengths in tokens and n-gram counts for n = 1 … 4.
public struct BLEUStatistics: Counts {
    public static let orders = 4

    public var sentences = 0
    public var hypothesisLength = 0
    /// The length of the reference closest in length, the shorter of two equally close ones.
    public var referenceLength = 0
    /// n-grams also in a reference, each counted at most as often as in the reference that has most of it.
    public internal(set) var correct = [Int](repeating: 0, count: orders)
    /// n-grams of the hypothesis.
    public internal(set) var total = [Int](repeating: 0, count: orders)

    public init() {}

    /// Counts one sentence. For many, `BLEU.statistics` is faster.
    public init(hypothesis: String, references: [String], options: BLEUOptions = .init()) {
        var counter = BLEUCounter(options)
        self = counter.count(hypothesis: hypothesis, references: references)
    }

    public static let fields: [CountField<Self>] = [
        .number("sentences", \.sentences),
        .number("hypothesisLength", \.hypothesisLength, earlier: "hypothesis_length"),
        .number("referenceLength", \.referenceLength, earlier: "reference_length"),
        .numbers("correct", \.correct, count: orders).part(of: \.total),
        .numbers("total", \.total, count: orders).part(of: \.hypothesisLength),
    ]
}

/// Counts sentence after sentence with the same buffers.
struct BLEUCounter {
    private let lowercase: Bool, tokenizer: BLEUTokenizer
    private var numbers = TokenNumbers()
    private var bag = NGramBag()

    init(_ options: BLEUOptions) { (lowercase, tokenizer) = (options.lowercase, options.tokenizer) }

    /// The line's tokens as numbers.
    private mutating func tokens(_ line: String) -> [UInt32] {
        let bytes = tokenizer.spaced(Array((lowercase ? PythonText.lowercased(line) : line).utf8))
        var tokens: [UInt32] = []
        PythonText.forEachToken(bytes) { tokens.append(numbers.number(bytes[$0])) }
        return tokens
    }

    mutating func count(hypothesis: String, references: [String]) -> BLEUStatistics {
        let hypothesis = tokens(hypothesis)
        let references = references.map { tokens($0) }
        var statistics = BLEUStatistics()
        statistics.sentences = 1
        statistics.hypothesisLength = hypothesis.count
        statistics.referenceLength = Self.closest(to: hypothesis.count, references.map(\.count))

        bag.removeAll(expecting: BLEUStatistics.orders * references.reduce(0) { $0 + $1.count })
        for reference in references {
            bag.startReference()
            for n in 1...BLEUStatistics.orders {
                Self.forEachNGram(reference, n) { bag.insert($0) }
            }
        }
        for n in 1...BLEUStatistics.orders {
            statistics.total[n - 1] = max(0, hypothesis.count - n + 1)
            Self.forEachNGram(hypothesis, n) { if bag.take($0) { statistics.correct[n - 1] += 1 } }
        }
        return statistics
    }

    private static func closest(to length: Int, _ lengths: [Int]) -> Int {
        lengths.min { (abs($0 - length), $0) < (abs($1 - length), $1) } ?? 0
    }

    /// Tokens are numbered from 1, so n-grams of different orders never look alike.
    private static func forEachNGram(_ tokens: [UInt32], _ n: Int, _ body: (NGram) -> Void) {
        guard tokens.count >= n else { return }
        var ngram = NGram()
        for (i, token) in tokens.enumerated() {
            ngram.append(token, width: 32)
            if i >= n - 1 {
                ngram.keep(last: UInt64(32 * n))
                body(ngram)
            }
        }
    }
}
