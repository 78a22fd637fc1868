// How alike two orders are (Kendall 1945, with ties).
//
//   τ_b = (C − D) / √((n₀ − n₁)(n₀ − n₂))      C, D pairs in the same and in the opposite order;
//   n₀ all pairs, n₁ and n₂ those tied in x and in y

public enum KendallTau {
    /// −1 to 1; nil where all of one side are equal, or there are fewer than two.
    public static func b(_ x: [Double], _ y: [Double]) -> Double? {
        let n = min(x.count, y.count)
        var balance = 0, untiedX = 0, untiedY = 0
        for i in 0..<n {
            for j in 0..<i {
                let a = sign(x[i] - x[j]), b = sign(y[i] - y[j])
                balance += a * b
                untiedX += abs(a)
                untiedY += abs(b)
            }
        }
        guard untiedX > 0, untiedY > 0 else { return nil }
        return Double(balance) / (Double(untiedX) * Double(untiedY)).squareRoot()
    }

    private static func sign(_ value: Double) -> Int { value > 0 ? 1 : value < 0 ? -1 : 0 }
}
