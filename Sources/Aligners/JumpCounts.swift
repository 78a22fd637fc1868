// Jumps that the E-step expects, and the M-step that makes them more likely.

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
