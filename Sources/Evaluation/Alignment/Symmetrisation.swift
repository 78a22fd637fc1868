// One alignment from the links of two directions (Och & Ney 2003, §4; Koehn et al. 2005, grow-diag-final).
// The order of visits follows symal of the Moses toolkit: by target word, then by source word.

import Corpora

/// How the links of the two directions are combined.
///
/// `forward` are the links of the source → target model (each target word points at source words); `backward` those of
/// the target → source model, already turned round so that `Link.source` is a word of the same source sentence.
public enum Symmetrisation: Sendable, Codable, Equatable {
    /// Links both directions agree on ("mutual argmax" when both are argmax links).
    case intersection
    case union
    /// The intersection, grown by neighbouring links of the union, diagonal neighbours included.
    case growDiag(GrowRule)
    /// Grow-diag, then every directional link of which at least one word is still unaligned; forward links first.
    case growDiagFinal(GrowRule)
    /// Grow-diag, then every directional link of which both words are still unaligned; forward links first.
    case growDiagFinalAnd(GrowRule)

    /// When a neighbouring link is taken. Both rules are published as "grow-diag", and on the same input they differ by
    /// four points of AER, so a report must name the one it used.
    public enum GrowRule: String, Sendable, Codable, CaseIterable {
        /// The source or the target word is unaligned: what the programs do (Moses symal, atools).
        case either
        /// Both are unaligned: the pseudo-code in the Moses manual.
        case both
    }

    public func combine(forward: Set<Link>, backward: Set<Link>) -> Set<Link> {
        switch self {
        case .intersection: return forward.intersection(backward)
        case .union: return forward.union(backward)
        case .growDiag(let rule):
            return Growth(forward, backward, rule).links
        case .growDiagFinal(let rule):
            var growth = Growth(forward, backward, rule)
            growth.finish(forward, .either)
            growth.finish(backward, .either)
            return growth.links
        case .growDiagFinalAnd(let rule):
            var growth = Growth(forward, backward, rule)
            growth.finish(forward, .both)
            growth.finish(backward, .both)
            return growth.links
        }
    }
}

/// The growing alignment, with the words it already covers.
private struct Growth {
    var links: Set<Link>
    var coveredSources: Set<Int>
    var coveredTargets: Set<Int>

    /// (target, source) steps in symal's order: the four direct neighbours, then the diagonal ones.
    static let neighbours = [(-1, 0), (0, -1), (1, 0), (0, 1), (-1, -1), (-1, 1), (1, -1), (1, 1)]

    init(_ forward: Set<Link>, _ backward: Set<Link>, _ rule: Symmetrisation.GrowRule) {
        links = forward.intersection(backward)
        coveredSources = Set(links.map(\.source))
        coveredTargets = Set(links.map(\.target))
        let candidates = forward.union(backward)
        let order = candidates.sorted()

        // A link added during a pass is visited in the same pass if it comes later in the order, as in symal.
        var grew = true
        while grew {
            grew = false
            for link in order where links.contains(link) {
                for (down, right) in Self.neighbours {
                    let near = Link(link.source + right, link.target + down)
                    if candidates.contains(near), isOpen(near, rule) {
                        take(near)
                        grew = true
                    }
                }
            }
        }
    }

    mutating func finish(_ directional: Set<Link>, _ rule: Symmetrisation.GrowRule) {
        for link in directional.sorted() where isOpen(link, rule) { take(link) }
    }

    func isOpen(_ link: Link, _ rule: Symmetrisation.GrowRule) -> Bool {
        let source = !coveredSources.contains(link.source), target = !coveredTargets.contains(link.target)
        return rule == .either ? source || target : source && target
    }

    mutating func take(_ link: Link) {
        links.insert(link)
        coveredSources.insert(link.source)
        coveredTargets.insert(link.target)
    }
}
