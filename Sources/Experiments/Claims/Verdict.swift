// What a measurement says about a claim, and how the answers to a claim's parts make one verdict.

public import Evaluation

public enum Verdict: String, Sendable, Codable, CaseIterable {
    case holds
    case doesNotHold = "does not hold"
    case mixed
    case notTestable = "not testable here"
}

/// The answer to one part of a claim: one scorer, one condition, one half of a sentence.
public enum PartAnswer: String, Sendable, Codable {
    case yes, no
    /// The interval allows both.
    case open
}

/// What a part of a claim says of its value; the interval of the value answers.
///
/// All parts of a claim are answered together: with m of them, each interval has the level 1 − 0.05/m (Bonferroni), so that all of them
/// hold at once with 95 %. Without that, of six intervals one would miss its true value in a quarter of all experiments, and a claim could be
/// called mixed for that. (A verdict that needs the same answer of every part would be safe without; it is the safer with it.)
public enum PartRule: Sendable, Equatable {
    /// Above a bound; the margin is the least excess that would matter. Yes where the whole interval is above the bound; no where all of it
    /// is below bound and margin, even where some of it is above the bound.
    case above(Double, margin: Double)
    /// Yes where the whole interval is below, no where all of it is above.
    case below(Double)
    /// Yes where the whole interval lies in the range, no where all of it lies outside.
    case inside(ClosedRange<Double>)

    /// Of a difference.
    static func positive(margin: Double) -> PartRule { .above(0, margin: margin) }

    /// Of the interval of each of so many parts.
    public static func level(ofParts parts: Int) -> Double { 1 - Significance.level / Double(max(parts, 1)) }

    /// Open where there is no interval.
    public func answer(_ value: MeanInterval) -> PartAnswer {
        guard let lower = value.lower, let upper = value.upper else { return .open }
        return switch self {
        case .above(let bound, let margin): lower > bound ? .yes : upper < bound + margin ? .no : .open
        case .below(let bound): upper < bound ? .yes : lower > bound ? .no : .open
        case .inside(let range):
            lower >= range.lowerBound && upper <= range.upperBound ? .yes : lower > range.upperBound || upper < range.lowerBound ? .no
                : .open
        }
    }
}

extension Verdict {
    /// All parts yes: holds. All no: does not hold. Nothing but open ones: the measurement was too uncertain to say. Anything else is
    /// mixed.
    public init(of parts: [PartAnswer]) {
        let answers = Set(parts)
        self = switch answers {
        case [.yes]: .holds
        case [.no]: .doesNotHold
        case [], [.open]: .notTestable
        default: .mixed
        }
    }
}
