// Whether any two of several systems differ over seeds: Welch's test for each pair, corrected by Holm 1979.

import Evaluation

struct SimilarityTest {
    struct Pair {
        /// "bahdanau against luong-dot", the higher one first.
        let name: String
        let difference: WelchDifference
        var isDifferent = false
    }

    private(set) var pairs: [Pair]
    let margin: Double
    /// Of the intervals; the tests are at what it leaves.
    let level: Double

    /// - Parameter parts: how many a claim has, of which this is one.
    init(_ systems: [(name: String, values: [Double])], margin: Double, of parts: Int) {
        (self.margin, level) = (margin, PartRule.level(ofParts: parts))
        let systems = systems.filter { $0.values.count > 0 }
        pairs = systems.indices.flatMap { i in
            systems.indices.dropFirst(i + 1).map { j in
                let isOrdered = (MeanInterval(systems[i].values).mean ?? 0) >= (MeanInterval(systems[j].values).mean ?? 0)
                let (a, b) = isOrdered ? (systems[i], systems[j]) : (systems[j], systems[i])
                return Pair(name: "\(a.name) against \(b.name)", difference: WelchDifference(a.values, b.values))
            }
        }
        let adjusted = HolmCorrection.adjusted(pairs.map(\.difference.pValue))
        for (index, p) in adjusted.enumerated() { pairs[index].isDifferent = (p ?? 1) < Significance.level / Double(parts) }
    }

    var different: Int { pairs.count(where: \.isDifferent) }

    var largest: Pair? { pairs.max { ($0.difference.mean ?? 0) < ($1.difference.mean ?? 0) } }

    /// Yes: similar.
    var answer: PartAnswer {
        if different > 0 { return .no }
        guard !pairs.isEmpty else { return .open }
        // The widest interval decides, which need not be that of the largest difference.
        return pairs.allSatisfy { $0.difference.interval(level: level).map { $0.upper < margin } ?? false } ? .yes : .open
    }
}
