// How the links of a pair are asked for: one direction or both, the largest or those above a threshold.

public import Corpora
public import Evaluation

/// The rules by name, as on the command line; what each does stands at `PosteriorReading` and `Symmetrisation`.
public struct LinkReading: Sendable, Equatable {
    public enum Rule: String, Sendable, CaseIterable {
        case forward, reverse, intersection, union
        case growDiag = "grow-diag"
        case growDiagFinal = "grow-diag-final"
        case growDiagFinalAnd = "grow-diag-final-and"
        case mean, product
    }

    public var rule: Rule
    /// Which of the two published rules the grow-diags follow.
    public var grow: Symmetrisation.GrowRule
    /// What `mean` and `product` must be above; of the other rules, what every link must reach, in place of the one link
    /// of each word. nil for ½ of a mean, ¼ of a product, and that one link.
    public var threshold: Double?
    /// Whether every word gets a link: as if there were no null word.
    public var linksEveryWord: Bool

    public init(
        _ rule: Rule, grow: Symmetrisation.GrowRule = .either, threshold: Double? = nil, linksEveryWord: Bool = false
    ) {
        (self.rule, self.grow, self.threshold, self.linksEveryWord) = (rule, grow, threshold, linksEveryWord)
    }

    /// Whether it needs nothing but the direction source → target.
    public var isForward: Bool { rule == .forward }

    public func links(of posteriors: TwoWayPosteriors) -> Set<Link> {
        var read = posteriors
        if linksEveryWord { (read.forward, read.backward) = (read.forward.normalised(), read.backward.normalised()) }
        switch rule {
        case .mean: return read.links(.mean(above: threshold ?? 0.5))
        case .product: return read.links(.product(above: threshold ?? 0.25))
        case .forward: return forward(read)
        case .reverse: return backward(read)
        case .intersection: return combined(.intersection, read)
        case .union: return combined(.union, read)
        case .growDiag: return combined(.growDiag(grow), read)
        case .growDiagFinal: return combined(.growDiagFinal(grow), read)
        case .growDiagFinalAnd: return combined(.growDiagFinalAnd(grow), read)
        }
    }

    private func combined(_ rule: Symmetrisation, _ read: TwoWayPosteriors) -> Set<Link> {
        rule.combine(forward: forward(read), backward: backward(read))
    }

    private func forward(_ read: TwoWayPosteriors) -> Set<Link> {
        threshold.map { LinkExtraction.threshold($0).links(read.forward) } ?? read.links(.forward)
    }

    private func backward(_ read: TwoWayPosteriors) -> Set<Link> {
        guard let threshold else { return read.links(.backward) }
        return Set(LinkExtraction.threshold(threshold).links(read.backward).map { Link($0.target, $0.source) })
    }
}
