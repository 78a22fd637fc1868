// The pairs that are learnt from, as ids, and in batches.

import Corpora
import Randomness

struct AlignmentText {
    let source: Vocabulary, target: Vocabulary
    var batches: Batches

    /// - Throws: `InputError` where there is nothing to learn from.
    init(_ pairs: [SentencePair], _ settings: AlignerSettings) throws {
        let usable = pairs.filter { pair in
            [pair.source.count, pair.target.count].allSatisfy { 1...max(1, settings.longest) ~= $0 }
        }
        guard !usable.isEmpty else {
            throw InputError(
                "there is nothing to learn alignments from: of \(pairs.count) pairs none has a word on both sides and at "
                    + "most \(settings.longest) words on each; give such pairs, or set the longest sentence higher")
        }
        let source = Vocabulary(sentences: usable.lazy.map(\.source), minimumCount: settings.minimumCount)
        let target = Vocabulary(sentences: usable.lazy.map(\.target), minimumCount: settings.minimumCount)
        (self.source, self.target) = (source, target)
        batches = try Batches(
            usable.map { try EncodedPair($0, source: source, target: target) }, batchSize: Descent.batchSize,
            random: RandomSource(seed: settings.seed, purpose: "aligner batches"))
    }

    /// How often each word occurs.
    var sourceCounts: [Int] { Self.counts(batches.pairs.lazy.map(\.source), source.count) }
    var targetCounts: [Int] { Self.counts(batches.pairs.lazy.map(\.target), target.count) }

    private static func counts(_ sentences: some Sequence<[Int]>, _ words: Int) -> [Int] {
        sentences.joined().reduce(into: [Int](repeating: 0, count: words)) { $0[$1] += 1 }
    }

    /// The next pairs, as source and target.
    mutating func next() -> [(source: [Int], target: [Int])] {
        batches.next().indices.map { (batches.pairs[$0].source, batches.pairs[$0].target) }
    }
}
