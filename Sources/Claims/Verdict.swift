// What a measurement says about a claim, and how the answers to a claim's parts make one verdict.

import Evaluation
import Experiments

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
/// An answer must be given three times: by all seeds, by the odd ones and by the even ones, each with a 95 % interval
/// of its own. Where one of them says otherwise the part is open. A wrong yes (or no) then needs two independent halves
/// that both miss on the same side, which happens in 0.025² of the cases, one in 1600: fourteen parts, as many as a
/// claim here has at most, have one in 115 together. An interval of all seeds corrected for the number of parts
/// (Bonferroni) would promise as much for these seeds, but one odd seed can make it narrow or wide, and it does not
/// show what new seeds would say; two halves do.
public enum PartRule: Sendable, Equatable {
    /// Above a bound; the margin is the least excess that would matter. Yes where the whole interval is above the
    /// bound; no where all of it is below bound and margin, even where some of it is above the bound.
    case above(Double, margin: Double)
    /// Yes where the whole interval is below, no where all of it is above.
    case below(Double)
    /// Yes where the whole interval lies in the range, no where all of it lies outside.
    case inside(ClosedRange<Double>)

    /// What an answer is, for whoever reads a rule.
    public static let words =
        "An interval is one of 95 % over seeds (draws, rounds, models). An answer counts only where all of them give it, "
        + "the odd ones alone, and the even ones alone; otherwise the part is open."

    /// Of a difference.
    static func positive(margin: Double) -> PartRule { .above(0, margin: margin) }

    /// Open where all seeds and both halves of them do not agree.
    public func answer(_ value: HalvedInterval) -> PartAnswer {
        let answers = Set(([value.all] + value.halves).map(answer))
        return answers.count == 1 ? answers.first ?? .open : .open
    }

    /// Open where there is no interval.
    func answer(_ value: MeanInterval) -> PartAnswer {
        guard let lower = value.lower, let upper = value.upper else { return .open }
        return switch self {
        case .above(let bound, let margin): lower > bound ? .yes : upper < bound + margin ? .no : .open
        case .below(let bound): upper < bound ? .yes : lower > bound ? .no : .open
        case .inside(let range):
            lower >= range.lowerBound && upper <= range.upperBound
                ? .yes
                : lower > range.upperBound || upper < range.lowerBound
                    ? .no
                    : .open
        }
    }
}

extension Verdict {
    /// For claims of which nothing is to be said but the figures.
    func sentence(_ numbers: String) -> String {
        switch self {
        case .holds: "It holds: \(numbers)."
        case .doesNotHold: "Not here: \(numbers)."
        case .mixed: "In part: \(numbers)."
        case .notTestable: "Not all of it can be told: \(numbers)."
        }
    }

    /// How a rule ends that has parts.
    static let rule =
        "All parts yes: holds; all no: does not hold; a yes and a no: mixed, whatever is open beside them; otherwise the verdict "
        + "would hang on an open part: not testable here."

    /// All parts yes: holds. All no: does not hold. A yes and a no: mixed, whatever is open beside them. Anything else
    /// has an open part on which the verdict would hang, so there is none.
    public init(of parts: [PartAnswer]) {
        let answers = Set(parts)
        self =
            answers.isSuperset(of: [.yes, .no])
            ? .mixed
            : answers == [.yes] ? .holds : answers == [.no] ? .doesNotHold : .notTestable
    }
}
