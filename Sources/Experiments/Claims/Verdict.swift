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

    /// The part says that a value is above a bound; of a difference, above 0.
    ///
    /// - Parameter margin: the least excess that would matter. An interval all below it answers no, even where some of it is above the
    /// bound.
    /// - Returns: yes where the whole interval is above the bound; no where all of it is below bound and margin; otherwise open, as
    /// without an interval.
    public static func above(_ bound: Double, _ value: MeanInterval, margin: Double) -> PartAnswer {
        guard let lower = value.lower, let upper = value.upper else { return .open }
        return lower > bound ? .yes : upper < bound + margin ? .no : .open
    }

    /// The part says that a difference is above 0.
    public static func above(_ difference: MeanInterval, margin: Double) -> PartAnswer { above(0, difference, margin: margin) }

    /// The part says that a value lies in a range: yes where the whole interval does, no where all of it lies outside.
    public static func inside(_ value: MeanInterval, _ range: ClosedRange<Double>) -> PartAnswer {
        guard let lower = value.lower, let upper = value.upper else { return .open }
        if lower >= range.lowerBound, upper <= range.upperBound { return .yes }
        return lower > range.upperBound || upper < range.lowerBound ? .no : .open
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
