// How likely a jump from one source word to another is by its width alone, and sums over all jumps of a sentence.

/// c(d): weights of the jumps d = i − k from word k to word i; those of `reach` words and more share one on each side.
///
/// A chain's places are 0, before the first word, and 1 … S, at each source word: word i (from 0) is place i + 1, and
/// from place p the jump to word i is i − p + 1 wide.
/// - Complexity: S · reach for each of the three sums: all far jumps weigh the same, so running sums stand for them.
public struct JumpTable: Sendable, Equatable {
    static let reach = 8
    /// Of −reach and less, …, −1, 0, 1, …, reach and more.
    public private(set) var weights: [Double]

    private static let leftmost = 0, rightmost = 2 * reach, near = 1 - reach...reach - 1

    /// One word on is the most likely, until something is learnt.
    init() { weights = (-Self.reach...Self.reach).map { 1 / Double(1 + abs($0 - 1)) } }

    init(weights: [Double]) { self.weights = weights }

    /// Σ_p x_p c(i − p + 1), for each word i.
    ///
    /// - Parameter x: of each place.
    func ahead(_ x: [Double]) -> [Double] {
        let source = x.count - 1
        var sums = [Double](repeating: 0, count: source)
        for d in Self.near {
            let weight = weights[d + Self.reach]
            for i in Self.words(d, source) { sums[i] += weight * x[i + 1 - d] }
        }
        Self.eachFar(x) { i, left, right in sums[i] += weights[Self.leftmost] * left + weights[Self.rightmost] * right }
        return sums
    }

    /// Σ_i y_i c(i − p + 1), for each place p; of ones it is what the weights of a place are divided by.
    ///
    /// - Parameter y: of each word.
    func back(_ y: [Double]) -> [Double] {
        let source = y.count
        var sums = [Double](repeating: 0, count: source + 1)
        for d in Self.near {
            let weight = weights[d + Self.reach]
            for i in Self.words(d, source) { sums[i + 1 - d] += weight * y[i] }
        }
        var left = 0.0, right = 0.0
        for p in stride(from: Self.reach + 1, through: source, by: 1) {
            left += y[p - 1 - Self.reach]
            sums[p] += weights[Self.leftmost] * left
        }
        for p in stride(from: source - Self.reach, through: 0, by: -1) {
            right += y[p - 1 + Self.reach]
            sums[p] += weights[Self.rightmost] * right
        }
        return sums
    }

    /// Σ x_p y_i over the places and words of each width.
    static func widths(_ x: [Double], _ y: [Double]) -> [Double] {
        var sums = [Double](repeating: 0, count: rightmost + 1)
        for d in near {
            var sum = 0.0
            for i in words(d, y.count) { sum += x[i + 1 - d] * y[i] }
            sums[d + reach] = sum
        }
        eachFar(x) { i, left, right in
            sums[leftmost] += left * y[i]
            sums[rightmost] += right * y[i]
        }
        return sums
    }

    /// The words that a jump of width d can lead to.
    private static func words(_ d: Int, _ source: Int) -> Range<Int> {
        let first = max(0, d - 1)
        return first..<max(first, min(source, source + d))
    }

    /// Each word that far jumps lead to, with the sums of x over the places that are far on its right (from where one
    /// jumps to the left), and far on its left.
    private static func eachFar(_ x: [Double], _ body: (_ word: Int, _ left: Double, _ right: Double) -> Void) {
        let source = x.count - 1
        var sum = 0.0
        for i in stride(from: reach - 1, to: source, by: 1) {
            sum += x[i + 1 - reach]
            body(i, 0, sum)
        }
        sum = 0
        for i in stride(from: source - 1 - reach, through: 0, by: -1) {
            sum += x[i + 1 + reach]
            body(i, sum, 0)
        }
    }
}

/// Jumps that were expected.
struct JumpCounts {
    /// How often one jumped from each place, by the number of source words.
    private(set) var places: [Int: [Double]] = [:]
    private(set) var widths = [Double](repeating: 0, count: 2 * JumpTable.reach + 1)

    /// The jumps of one step.
    ///
    /// - Parameters:
    ///   - x: what each place brings, over what its weights are divided by.
    ///   - y: what each word takes.
    ///   - taken: `table.back(y)`.
    mutating func add(_ x: [Double], _ y: [Double], taken: [Double], _ table: JumpTable) {
        let found = JumpTable.widths(x, y)
        for b in found.indices { widths[b] += table.weights[b] * found[b] }
        var sums = places.removeValue(forKey: y.count) ?? [Double](repeating: 0, count: x.count)
        for p in x.indices { sums[p] += x[p] * taken[p] }
        places[y.count] = sums
    }

    /// Weights under which these jumps are more likely than under `table`, and in the end most likely.
    ///
    /// Not the shares of the widths: a place near an edge has fewer jumps to choose from, so that each weight is
    /// divided by another sum. Hunter 2004, "MM algorithms for generalized Bradley–Terry models", §5: c(d) = n(d) over
    /// the sum, over all jumps from where d was possible, of 1 / (sum of the weights that were possible there).
    func likelier(than table: JumpTable) -> JumpTable {
        var chances = [Double](repeating: 0, count: widths.count)
        for (source, counts) in places.sorted(by: { $0.key < $1.key }) {
            let ones = [Double](repeating: 1, count: source), sums = table.back(ones)
            let found = JumpTable.widths(zip(counts, sums).map { $0 / $1 }, ones)
            for b in found.indices { chances[b] += found[b] }
        }
        let weights = widths.indices.map { chances[$0] > 0 ? widths[$0] / chances[$0] : table.weights[$0] }
        return JumpTable(weights: weights)
    }
}
