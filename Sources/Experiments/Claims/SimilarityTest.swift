// Whether any two of several systems differ over seeds: Welch's test for each pair (Welch 1947), corrected by Holm 1979.
//
//   d = x̄ − ȳ,  interval d ± t(0.975, ν) · √(s²ₓ/m + s²ᵧ/n),  ν by Welch and Satterthwaite

import Evaluation

struct SimilarityTest {
    struct Pair {
        /// "bahdanau against luong-dot", the higher one first.
        let name: String
        /// With Welch's interval.
        let difference: WelchDifference
        let pValue: Double?
        var isDifferent = false
    }

    private(set) var pairs: [Pair]
    let margin: Double

    init(_ systems: [(name: String, values: [Double])], margin: Double) {
        self.margin = margin
        let systems = systems.filter { $0.values.count > 0 }
        pairs = systems.indices.flatMap { i in
            systems.indices.dropFirst(i + 1).map { j in
                let isOrdered = (MeanInterval(systems[i].values).mean ?? 0) >= (MeanInterval(systems[j].values).mean ?? 0)
                let (a, b) = isOrdered ? (systems[i], systems[j]) : (systems[j], systems[i])
                return Pair(name: "\(a.name) against \(b.name)", difference: WelchDifference(a.values, b.values), pValue: Significance.welch(a.values, b.values))
            }
        }
        for (index, p) in HolmCorrection.adjusted(pairs.map(\.pValue)).enumerated() { pairs[index].isDifferent = (p ?? 1) < Significance.level }
    }

    var different: Int { pairs.count(where: \.isDifferent) }

    var largest: Pair? { pairs.max { ($0.difference.mean ?? 0) < ($1.difference.mean ?? 0) } }

    /// Yes: similar.
    var answer: PartAnswer {
        if different > 0 { return .no }
        guard !pairs.isEmpty else { return .open }
        // The widest interval decides, which need not be that of the largest difference.
        return pairs.allSatisfy { $0.difference.upper.map { $0 < margin } ?? false } ? .yes : .open
    }
}

/// A difference of two means with its interval.
struct WelchDifference {
    let mean: Double?
    let lower: Double?
    let upper: Double?
    let count: Int

    init(_ a: [Double], _ b: [Double]) {
        let x = MeanInterval(a), y = MeanInterval(b)
        count = min(x.count, y.count)
        mean = x.mean.flatMap { x in y.mean.map { x - $0 } }
        guard let mean, let sx = x.standardDeviation, let sy = y.standardDeviation else {
            (lower, upper) = (nil, nil)
            return
        }
        let va = sx * sx / Double(x.count), vb = sy * sy / Double(y.count), sum = va + vb
        let degrees = sum > 0 ? sum * sum / (va * va / Double(x.count - 1) + vb * vb / Double(y.count - 1)) : 1
        let half = sum > 0 ? (StudentT.quantile(0.975, degrees: degrees) ?? .infinity) * sum.squareRoot() : 0
        (lower, upper) = (mean - half, mean + half)
    }
}
