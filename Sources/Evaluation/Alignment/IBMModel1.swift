// Word co-occurrence as an aligner (Brown et al. 1993, §4.1–4.2: Model 1), the baseline that reads words but no order.
//
//   E-step   p(i | j) = t(f_j | e_i) / Σ_i' t(f_j | e_i')        i runs over the source words and an empty word
//   M-step   t(f | e) ∝ Σ over sentences and j with f_j = f of p(i | j) with e_i = e

import Corpora

/// Translation probabilities t(target word | source word), learnt from sentence pairs without alignments.
///
/// - Complexity: Σ |source|·|target| over the pairs, in time (each iteration) and in memory (four bytes each).
public struct IBMModel1: Sendable {
    private var sourceID: [Spelling: Int] = [:]
    private var targetID: [Spelling: Int] = [:]
    /// Where the probability of (source word, target word) stands in `t`.
    private var slots: [Pair: Int] = [:]
    private var t: [Double] = []

    private struct Pair: Hashable { var source: Int, target: Int }

    /// The empty word, which target words with no counterpart belong to. Every source sentence has it.
    private static let emptyWord = 0

    /// - Parameter iterations: of expectation maximisation, from uniform probabilities. Model 1 has one optimum up to
    ///   ties, and five iterations come near it.
    public init(trainedOn pairs: some Sequence<SentencePair>, iterations: Int = 5) {
        /// For each target word of the corpus, the slots of its pairs with each source word; the words lie end to end.
        var slotList: [Int32] = []
        var slotCounts: [Int] = []
        var sourceOfSlot: [Int] = []
        for pair in pairs {
            let sources = [Self.emptyWord] + pair.source.map { Self.id($0, &sourceID, from: 1) }
            for word in pair.target {
                let target = Self.id(word, &targetID, from: 0)
                for source in sources {
                    let key = Pair(source: source, target: target)
                    let slot = slots[key] ?? slots.count
                    if slot == slots.count {
                        slots[key] = slot
                        sourceOfSlot.append(source)
                    }
                    slotList.append(Int32(truncatingIfNeeded: slot))
                }
                slotCounts.append(sources.count)
            }
        }
        t = [Double](repeating: 1 / Double(max(targetID.count, 1)), count: slots.count)
        var expected = [Double](repeating: 0, count: slots.count)
        var totals = [Double](repeating: 0, count: sourceID.count + 1)
        for _ in 0..<max(iterations, 0) {
            for k in expected.indices { expected[k] = 0 }
            for k in totals.indices { totals[k] = 0 }
            var start = 0
            for count in slotCounts {
                var sum = 0.0
                for k in start..<start + count { sum += t[Int(slotList[k])] }
                if sum > 0 {
                    for k in start..<start + count { expected[Int(slotList[k])] += t[Int(slotList[k])] / sum }
                }
                start += count
            }
            for k in expected.indices { totals[sourceOfSlot[k]] += expected[k] }
            for k in expected.indices where totals[sourceOfSlot[k]] > 0 { t[k] = expected[k] / totals[sourceOfSlot[k]] }
        }
    }

    private static func id(_ word: String, _ ids: inout [Spelling: Int], from first: Int) -> Int {
        let spelling = Spelling(word)
        if let id = ids[spelling] { return id }
        let id = ids.count + first
        ids[spelling] = id
        return id
    }

    /// t(target | source); 0 for words never seen together.
    public func probability(of target: String, given source: String) -> Double {
        guard let s = sourceID[Spelling(source)], let f = targetID[Spelling(target)],
            let slot = slots[Pair(source: s, target: f)]
        else { return 0 }
        return t[slot]
    }

    /// The posterior p(i | j) over the real source words, as if it were attention, so that every metric and the same
    /// rule for links apply to it. A target word never seen with any of the source words gets uniform weights.
    public func weights(_ pair: SentencePair) -> AttentionMatrix {
        let rows = pair.target.map { target in
            let scores = pair.source.map { probability(of: target, given: $0) }
            let sum = scores.reduce(0, +)
            return sum > 0 ? scores.map { $0 / sum } : scores.map { _ in 1 / Double(scores.count) }
        }
        return AttentionMatrix(rows: rows, sourceCount: pair.source.count)
    }

    /// The most probable source word of each target word, the lowest index among equals.
    public func links(_ pair: SentencePair) -> Set<Link> {
        LinkExtraction.argmax.links(weights(pair))
    }
}
