// Whether any two of several systems differ over seeds by more than a margin: Welch's test for each pair, corrected by
// Holm 1979, and its interval, of all seeds and of both halves of them.

import Evaluation

struct SimilarityTest {
    struct Pair {
        /// "bahdanau against luong-dot", the higher one first.
        let name: String
        let difference: WelchDifference
        /// Of the odd and of the even seeds, in the same direction.
        let halves: [WelchDifference]
        /// Welch's test over all seeds with Holm's correction says so.
        fileprivate(set) var isSignificant = false

        /// The 95 % intervals, of all seeds and of each half; nil where one of them has none.
        fileprivate var intervals: [(lower: Double, upper: Double)]? {
            let all = ([difference] + halves).compactMap { $0.interval() }
            return all.count == 1 + halves.count ? all : nil
        }
    }

    private(set) var pairs: [Pair]
    let margin: Double

    init(_ systems: [(name: String, values: [(seed: UInt64, value: Double)])], margin: Double) {
        self.margin = margin
        let systems = systems.filter { $0.values.count > 0 }.map {
            (name: $0.name, values: $0.values, figure: HalvedInterval($0.values))
        }
        pairs = systems.indices.flatMap { i in
            systems.indices.dropFirst(i + 1).map { j in
                let isOrdered = (systems[i].figure.mean ?? 0) >= (systems[j].figure.mean ?? 0)
                let (a, b) = isOrdered ? (systems[i], systems[j]) : (systems[j], systems[i])
                return Pair(
                    name: "\(a.name) against \(b.name)",
                    difference: WelchDifference(a.values.map(\.value), b.values.map(\.value)),
                    halves: zip(a.figure.halves, b.figure.halves).map { WelchDifference($0, $1) })
            }
        }
        let adjusted = HolmCorrection.adjusted(pairs.map(\.difference.pValue))
        for (index, p) in adjusted.enumerated() { pairs[index].isSignificant = (p ?? 1) < Significance.level }
    }

    /// Pairs that are told apart, whatever the size of their difference.
    var significant: [Pair] { pairs.filter(\.isSignificant) }

    /// Those that differ by more than the margin: the test says so, and so does every interval.
    var different: [Pair] { significant.filter { $0.intervals?.allSatisfy { $0.lower > margin } ?? false } }

    var largest: Pair? { pairs.max { ($0.difference.mean ?? 0) < ($1.difference.mean ?? 0) } }

    /// Yes: similar.
    var answer: PartAnswer {
        if !different.isEmpty { return .no }
        // The widest interval decides, which need not be that of the largest difference.
        let areClose = pairs.allSatisfy {
            $0.intervals?.allSatisfy { $0.upper < margin && $0.lower > -margin } ?? false
        }
        return !pairs.isEmpty && areClose ? .yes : .open
    }
}
