// Counting for chrF: characters and words of a line, and the n-grams two lines share. The formula is in ChrF.swift.

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
        case 0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E: true
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
        for n in 1...ChrF.characterOrders {
            counts += match(hypothesis.characters, reference.characters, n, width: 21)
        }
        for n in 1..<1 + metric.wordOrders {
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
