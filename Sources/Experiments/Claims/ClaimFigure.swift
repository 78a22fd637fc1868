// One number that a verdict rests on.

public import Evaluation
import Reports

public struct ClaimFigure: Sendable, Codable, Equatable {
    /// "bahdanau, BLEU gained".
    public let name: String
    /// "%", "points" of a percentage, "BLEU", "×"; empty for a plain number.
    public let unit: String
    @ExplicitNull public var value: Double?
    /// Of the 95 % interval; nil where the figure has none.
    @ExplicitNull public var lower: Double?
    @ExplicitNull public var upper: Double?
    /// How many seeds, rounds or sentences the interval is over.
    public let count: Int
    /// To the part of the claim that the figure is about; nil for one that only stands beside it.
    @ExplicitNull public var answer: PartAnswer?

    public init(_ name: String, _ interval: MeanInterval, _ unit: String, _ answer: PartAnswer? = nil) {
        (self.name, self.unit, value, count, self.answer) = (name, unit, interval.mean, interval.count, answer)
        (lower, upper) = (interval.lower, interval.upper)
    }

    /// A figure without chance in it.
    public init(_ name: String, exactly value: Double, _ unit: String, _ answer: PartAnswer? = nil) {
        (self.name, self.unit, self.value, lower, upper, count, self.answer) = (name, unit, value, nil, nil, 1, answer)
    }

    private var digits: Int {
        switch unit {
        case "": 3
        case "%": abs(value ?? 0) < 10 ? 2 : abs(value ?? 0) < 100 ? 1 : 0
        default: 2
        }
    }

    public var valueText: String { value.map { NumberText.text($0, digits: digits) + (unit == "" || unit == "×" ? unit : " " + unit) } ?? "–" }

    public var intervalText: String {
        guard let lower, let upper else { return "–" }
        return "\(NumberText.text(lower, digits: digits)) to \(NumberText.text(upper, digits: digits))"
    }
}

extension ClaimFigure {
    init(_ name: String, _ difference: WelchDifference, _ unit: String, _ answer: PartAnswer? = nil) {
        (self.name, self.unit, value, count, self.answer) = (name, unit, difference.mean, difference.count, answer)
        (lower, upper) = (difference.lower, difference.upper)
    }
}
