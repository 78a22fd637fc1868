// chrF (Popović 2015) and chrF++ (Popović 2017), exactly as sacreBLEU 2.x computes them.
//
//   chrF2 = 5 · P · R / (4 · P + R)      P, R the means over n-gram orders of precision and recall
//
// Characters are Unicode scalars, whitespace is left out; n = 1 … 6, for chrF++ also words, n = 1, 2. Orders that the
// hypothesis or the reference is too short for are left out of the means.

import Corpora

/// Of one sentence or, added up, of a corpus: for each order the n-grams of the hypothesis, of the reference, of both.
public struct ChrFStatistics: Sendable, Codable, Equatable {
    public var sentences = 0
    /// (hypothesis, reference, matching) for each order in turn.
    public var counts: [Int]

    init(counts: [Int]) { self.counts = counts }

    /// No sentence yet.
    public init(_ metric: ChrF) { counts = [Int](repeating: 0, count: 3 * metric.orders) }

    public static func += (a: inout Self, b: Self) {
        a.sentences += b.sentences
        for k in 0 ..< min(a.counts.count, b.counts.count) { a.counts[k] += b.counts[k] }
    }
}

/// A chrF score in percent.
public struct ChrFScore: Sendable, Codable, Equatable {
    public let name: String
    public let score: Double
    public let signature: String
}

/// One variant of the metric: `ChrF.chrF2` or `ChrF.chrF2PlusPlus`.
public struct ChrF: Sendable, Codable, Equatable {
    static let characterOrders = 6
    let wordOrders: Int
    public var lowercase = false

    public static let chrF2 = ChrF(wordOrders: 0)
    /// With word unigrams and bigrams.
    public static let chrF2PlusPlus = ChrF(wordOrders: 2)

    var orders: Int { Self.characterOrders + wordOrders }
    public var name: String { "chrF2" + String(repeating: "+", count: wordOrders) }

    public func signature(references: Int) -> String {
        "nrefs:\(references)|case:\(lowercase ? "lc" : "mixed")|eff:yes|nc:\(Self.characterOrders)|nw:\(wordOrders)"
            + "|space:no|version:\(BLEU.sacreBLEUVersion)"
    }

    /// - Parameter references: one list a reference translation, each as long as `hypotheses`.
    /// - Throws: `InputError` where there is nothing to score or the numbers of lines differ.
    public func corpus(hypotheses: [String], references: [[String]]) throws -> ChrFScore {
        var sum = ChrFStatistics(self)
        for sentence in try statistics(hypotheses: hypotheses, references: references) { sum += sentence }
        return ChrFScore(name: name, score: score(sum), signature: signature(references: references.count))
    }

    public func sentence(_ hypothesis: String, references: [String]) -> ChrFScore {
        var counter = ChrFCounter(self)
        let statistics = counter.count(hypothesis: hypothesis, references: references)
        return ChrFScore(name: name, score: score(statistics), signature: signature(references: references.count))
    }

    /// The statistics of each sentence, for tests that resample sentences.
    /// - Throws: as `corpus`.
    public func statistics(hypotheses: [String], references: [[String]]) throws -> [ChrFStatistics] {
        try BLEU.checkLines(hypotheses, references)
        var counter = ChrFCounter(self)
        return hypotheses.indices.map { line in
            counter.count(hypothesis: hypotheses[line], references: references.map { $0[line] })
        }
    }

    /// The score of added statistics, in percent.
    public func score(_ sums: ChrFStatistics) -> Double { score(sums.counts.map(Double.init)) }

    func score(_ counts: [Double]) -> Double {
        var precision = 0.0, recall = 0.0, used = 0.0
        for n in 0 ..< min(orders, counts.count / 3) {
            let hypothesis = counts[3 * n], reference = counts[3 * n + 1], matching = counts[3 * n + 2]
            guard hypothesis > 0, reference > 0 else { continue }
            precision += matching / hypothesis
            recall += matching / reference
            used += 1
        }
        guard used > 0, precision + recall > 0 else { return 0 }
        precision /= used
        recall /= used
        return 100 * (5 * precision * recall / (4 * precision + recall))
    }
}

/// Counts sentence after sentence with the same buffers.
struct ChrFCounter {
    let metric: ChrF
    private var numbers = TokenNumbers()
    private var bag = NGramBag()

    init(_ metric: ChrF) { self.metric = metric }

    /// Scalars (21 bits each) without whitespace, and words as numbers (32 bits each).
    private struct Text {
        var characters: [UInt32] = []
        var words: [UInt32] = []
    }

    private mutating func read(_ line: String) -> Text {
        let line = metric.lowercase ? PythonText.lowercased(line) : line
        let bytes = Array(line.utf8)
        var text = Text()
        var packed: [UInt8] = []
        packed.reserveCapacity(bytes.count)
        PythonText.forEachToken(bytes) { token in
            packed += bytes[token]
            if metric.wordOrders > 0 {
                for word in Self.splitEdge(bytes[token]) { text.words.append(numbers.number(word)) }
            }
        }
        // From 1 up, so that a run of U+0000 differs from a shorter one.
        text.characters = String(decoding: packed, as: UTF8.self).unicodeScalars.map { $0.value + 1 }
        return text
    }

    /// The last character if it is ASCII punctuation, else the first if it is, becomes a word of its own.
    private static func splitEdge(_ word: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
        guard let first = word.first, let last = word.last, word.count > 1 else { return [word] }
        if isPunctuation(last) { return [word.dropLast(), word.suffix(1)] }
        if isPunctuation(first) { return [word.prefix(1), word.dropFirst()] }
        return [word]
    }

    private static func isPunctuation(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x21 ... 0x2F, 0x3A ... 0x40, 0x5B ... 0x60, 0x7B ... 0x7E: true
        default: false
        }
    }

    /// Against the reference with the best sentence score, the first among equals.
    mutating func count(hypothesis: String, references: [String]) -> ChrFStatistics {
        let hypothesis = read(hypothesis)
        var best = ChrFStatistics(metric), bestScore = -1.0
        for reference in references {
            let statistics = ChrFStatistics(counts: match(hypothesis, read(reference)))
            let score = metric.score(statistics)
            if score > bestScore {
                best = statistics
                bestScore = score
            }
        }
        best.sentences = 1
        return best
    }

    private mutating func match(_ hypothesis: Text, _ reference: Text) -> [Int] {
        var counts: [Int] = []
        for n in 1 ... ChrF.characterOrders {
            counts += match(hypothesis.characters, reference.characters, n, width: 21)
        }
        for n in 1 ..< 1 + metric.wordOrders {
            counts += match(hypothesis.words, reference.words, n, width: 32)
        }
        return counts
    }

    private mutating func match(_ hypothesis: [UInt32], _ reference: [UInt32], _ n: Int, width: Int) -> [Int] {
        let referenceCount = max(0, reference.count - n + 1)
        // Where the reference is too short for the order, sacreBLEU does not count the hypothesis either.
        guard referenceCount > 0 else { return [0, 0, 0] }
        bag.removeAll(expecting: referenceCount)
        bag.startReference()
        Self.forEachNGram(reference, n, width) { bag.insert($0) }
        var matching = 0
        Self.forEachNGram(hypothesis, n, width) { if bag.take($0) { matching += 1 } }
        return [max(0, hypothesis.count - n + 1), referenceCount, matching]
    }

    private static func forEachNGram(_ symbols: [UInt32], _ n: Int, _ width: Int, _ body: (NGram) -> Void) {
        guard symbols.count >= n else { return }
        var ngram = NGram()
        for (i, symbol) in symbols.enumerated() {
            ngram.append(symbol, width: UInt64(width))
            if i >= n - 1 {
                ngram.keep(last: UInt64(width * n))
                body(ngram)
            }
        }
    }
}
