// Sentence pairs whose words have numbers: what expectation maximisation goes over, pass after pass.

package import Corpora

/// For each target word of a text, its slots with each source word of its pair.
///
/// - Complexity: Σ (|source| + 1)·|target| over the pairs, in time and in memory (four bytes each).
public struct SlottedPairs: Sendable {
    package struct Pair: Sendable {
        package let sourceCount: Int, targetCount: Int
        /// Slots of target word t: from `start` + t·(`sourceCount` + 1) on, the empty word's first.
        package let start: Int
    }

    package let pairs: [Pair]
    package let slots: [Int32]
    package let words: CooccurringWords

    package init(_ sentences: some Sequence<SentencePair>) {
        var sources = WordIDs(next: CooccurringWords.emptyWord + 1), targets = WordIDs(next: 0)
        var pairs: [Pair] = [], sourceWords: [Int] = [], targetWords: [Int] = [], start = 0
        for pair in sentences {
            pairs.append(Pair(sourceCount: pair.source.count, targetCount: pair.target.count, start: start))
            start += (pair.source.count + 1) * pair.target.count
            sourceWords.append(CooccurringWords.emptyWord)
            for word in pair.source { sourceWords.append(sources.id(of: word)) }
            for word in pair.target { targetWords.append(targets.id(of: word)) }
        }
        self.pairs = pairs
        var slots = [Int32](repeating: 0, count: start)
        words = CooccurringWords(sources, targets, pairs, sourceWords, targetWords, &slots)
        self.slots = slots
    }
}

/// Numbers for words, in the order in which they come.
struct WordIDs {
    private(set) var ids: [Spelling: Int] = [:]
    private(set) var next: Int

    init(next: Int) { self.next = next }

    mutating func id(of word: String) -> Int {
        let spelling = Spelling(word)
        if let id = ids[spelling] { return id }
        defer { next += 1 }
        ids[spelling] = next
        return next
    }
}

/// Where each source word stands: pair after pair, and within one from left to right.
struct Places {
    struct Place { let pair: Int, word: Int }

    /// Of each pair, where its target words begin among those of all pairs.
    private(set) var targetStarts: [Int] = []
    private var starts: [Int]
    private var all: [Place]

    init(_ pairs: [SlottedPairs.Pair], _ sourceWords: [Int], sourceCount: Int) {
        var ends = [Int](repeating: 0, count: sourceCount + 1)
        for word in sourceWords { ends[word + 1] += 1 }
        for word in 0..<sourceCount { ends[word + 1] += ends[word] }
        starts = ends
        all = [Place](repeating: Place(pair: 0, word: 0), count: sourceWords.count)
        var (first, target) = (0, 0)
        for (index, pair) in pairs.enumerated() {
            targetStarts.append(target)
            for place in 0...pair.sourceCount {
                let word = sourceWords[first + place]
                all[ends[word]] = Place(pair: index, word: place)
                ends[word] += 1
            }
            first += pair.sourceCount + 1
            target += pair.targetCount
        }
    }

    func of(_ source: Int) -> ArraySlice<Place> { all[starts[source]..<starts[source + 1]] }
}
