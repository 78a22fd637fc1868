// Many comparisons in one table (Holm 1979, "A simple sequentially rejective multiple test procedure").
//
//   p̃_(k) = max over j ≤ k of min(1, (m − j + 1) · p_(j))      p_(1) ≤ p_(2) ≤ … ≤ p_(m)

public enum HolmCorrection {
    /// The adjusted p-values, in the order given: compare them with the level as if there were one test. An undefined
    /// p-value stays undefined and does not count as a test.
    public static func adjusted(_ pValues: [Double?]) -> [Double?] {
        let order = pValues.indices.filter { pValues[$0] != nil }.sorted {
            (pValues[$0] ?? 1, $0) < (pValues[$1] ?? 1, $1)
        }
        var adjusted = [Double?](repeating: nil, count: pValues.count)
        var largest = 0.0
        for (rank, index) in order.enumerated() {
            guard let p = pValues[index] else { continue }
            largest = max(largest, min(1, Double(order.count - rank) * p))
            adjusted[index] = largest
        }
        return adjusted
    }
}
