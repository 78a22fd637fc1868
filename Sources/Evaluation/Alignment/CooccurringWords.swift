// Which words of two languages stand together in a sentence pair: the places where a translation table has its numbers.

import Corpora

/// A place ("slot") for each source word with each target word that stands in one of its sentences.
///
/// - Complexity: eight bytes a slot.
public struct CooccurringWords: Sendable {
    /// The empty word, which target words with no counterpart belong to. Every source sentence has it.
    package static let emptyWord = 0

    private let sourceIDs: [Spelling: Int], targetIDs: [Spelling: Int]
    /// Where the slots of each source word begin, and where the last one's end.
    private let starts: [Int]
    /// The target word of each slot; those of one source word in the order of their first appearance.
    private let targets: [Int32]
    /// The slots of each source word by target word.
    private let order: [Int32]

    package var targetCount: Int { targetIDs.count }
    package var slotCount: Int { targets.count }
    package var sources: Range<Int> { 0..<starts.count - 1 }

    /// All of one source word, the empty one among them.
    package func slots(ofSource source: Int) -> Range<Int> { starts[source]..<starts[source + 1] }

    /// nil for words that never stood in one pair.
    package func slot(source: Int, target: Int) -> Int? {
        var (low, high) = (starts[source], starts[source + 1])
        while low < high {
            let middle = (low + high) / 2, found = Int(targets[Int(order[middle])])
            if found == target { return Int(order[middle]) }
            if found < target { low = middle + 1 } else { high = middle }
        }
        return nil
    }

    package func id(ofSource word: String) -> Int? { sourceIDs[Spelling(word)] }
    package func id(ofTarget word: String) -> Int? { targetIDs[Spelling(word)] }
}

/// Sentence pairs as slots: what expectation maximisation goes over, pass after pass.
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

extension CooccurringWords {
    /// One source word after the other, so that no table of pairs of words is needed while the slots are given out.
    /// - Parameters:
    ///   - sourceWords: of all pairs end to end, each with the empty word first.
    ///   - slots: are written.
    fileprivate init(
        _ sources: WordIDs, _ targets: WordIDs, _ pairs: [SlottedPairs.Pair], _ sourceWords: [Int],
        _ targetWords: [Int], _ slots: inout [Int32]
    ) {
        let places = Places(pairs, sourceWords, sourceCount: sources.next)
        var found: [Int32] = [], starts = [0], order: [Int32] = []
        // Of each target word: the source word that it was last seen with, and the slot of the two.
        var lastSource = [Int](repeating: -1, count: targets.next),
            lastSlot = [Int32](repeating: 0, count: targets.next)
        for source in 0..<sources.next {
            for place in places.of(source) {
                let pair = pairs[place.pair], width = pair.sourceCount + 1
                for t in 0..<pair.targetCount {
                    let target = targetWords[places.targetStarts[place.pair] + t]
                    if lastSource[target] != source {
                        lastSource[target] = source
                        lastSlot[target] = Int32(truncatingIfNeeded: found.count)
                        found.append(Int32(truncatingIfNeeded: target))
                    }
                    slots[pair.start + t * width + place.word] = lastSlot[target]
                }
            }
            let own = Int32(truncatingIfNeeded: starts[source])..<Int32(truncatingIfNeeded: found.count)
            order += own.sorted { found[Int($0)] < found[Int($1)] }
            starts.append(found.count)
        }
        (sourceIDs, targetIDs) = (sources.ids, targets.ids)
        (self.starts, self.targets, self.order) = (starts, found, order)
    }
}

/// Where each source word stands: pair after pair, and within one from left to right.
private struct Places {
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
