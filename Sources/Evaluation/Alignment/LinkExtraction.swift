// From weights to links (Luong et al. 2015, §4.4: one link a target word, where the weight is largest).

import Corpora

/// The rule that turns the weights of one direction into links. Rules for two directions: `Symmetrisation`.
public enum LinkExtraction: Sendable, Codable, Equatable {
    /// One link for each target word: the largest weight, the lowest index among equals.
    case argmax
    /// Every link with α ≥ threshold; a target word can get none or several.
    case threshold(Double)
    /// Every link with α ≥ fraction · (largest α of that target word).
    case relativeThreshold(Double)

    /// The source words that target word `target` is linked with, in rising order.
    public func sources(of target: Int, in matrix: AttentionMatrix) -> [Int] {
        switch self {
        case .argmax:
            return matrix.argmax(of: target).map { [$0] } ?? []
        case .threshold(let tau):
            guard let row = matrix.weights(of: target) else { return [] }
            return row.indices.filter { row[$0] >= tau }
        case .relativeThreshold(let fraction):
            guard let row = matrix.weights(of: target), let largest = row.max() else { return [] }
            return row.indices.filter { row[$0] >= fraction * largest }
        }
    }

    /// The links of a whole sentence. Target words without weights get none.
    public func links(_ matrix: AttentionMatrix) -> Set<Link> {
        var links = Set<Link>()
        for target in matrix.rows.indices {
            for source in sources(of: target, in: matrix) { links.insert(Link(source, target)) }
        }
        return links
    }
}
