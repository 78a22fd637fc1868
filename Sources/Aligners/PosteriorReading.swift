// From the posteriors of both directions to links: which rules there are. How the links of two directions are combined,
// once they are links, is `Symmetrisation`.

public import Corpora
public import Evaluation

/// How links are read off `TwoWayPosteriors`. Every link is of the pair as it was given: source word, target word.
public enum PosteriorReading: Sendable, Equatable {
    /// For each target word its most probable source word, the first among equals, unless the null word is more
    /// probable.
    case forward
    /// The same for each source word, by the other direction, turned round.
    case backward
    /// The links of the two, combined.
    case combined(Symmetrisation)
    /// Every link with ½ (ρ→ + ρ←) above the threshold. At ½ it has more of the probability than it lacks, and no other
    /// symmetrisation measured was better.
    case mean(above: Double)
    /// Every link with ρ→ · ρ← above the threshold.
    case product(above: Double)
}

extension TwoWayPosteriors {
    public func links(_ reading: PosteriorReading) -> Set<Link> {
        switch reading {
        case .forward: Self.mostProbable(forward)
        case .backward: Set(Self.mostProbable(backward).map { Link($0.target, $0.source) })
        case .combined(let rule): rule.combine(forward: links(.forward), backward: links(.backward))
        case .mean(let threshold): links { ($0 + $1) / 2 > threshold }
        case .product(let threshold): links { $0 * $1 > threshold }
        }
    }

    /// The row's greatest probability, where what it lacks of 1, the null word's, is not greater still.
    private static func mostProbable(_ matrix: AttentionMatrix) -> Set<Link> {
        let links = matrix.rows.indices.compactMap { word -> Link? in
            guard let best = matrix.argmax(of: word) else { return nil }
            let row = matrix.rows[word]
            return row[best] >= 1 - row.reduce(0, +) ? Link(best, word) : nil
        }
        return Set(links)
    }

    /// The links whose two probabilities pass; a word without a row has the probability 0 of every link.
    private func links(where pass: (_ forward: Double, _ backward: Double) -> Bool) -> Set<Link> {
        func probability(_ row: ArraySlice<Double>?, _ column: Int) -> Double {
            guard let row, row.indices.contains(column) else { return 0 }
            return row[column]
        }
        // Each row once: asking for one adds it up.
        let back = backward.rows.indices.map(backward.weights)
        var links = Set<Link>()
        for target in forward.rows.indices {
            let row = forward.weights(of: target)
            for source in back.indices where pass(probability(row, source), probability(back[source], target)) {
                links.insert(Link(source, target))
            }
        }
        return links
    }
}
