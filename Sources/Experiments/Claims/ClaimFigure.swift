// One number that a verdict rests on.

public import Evaluation
import Reports

public struct ClaimFigure: Sendable, Codable, Equatable {
    /// "bahdanau, BLEU gained".
    public let name: String
    /// "%", "points" of a percentage, "BLEU", "×"; empty for a plain number.
    public let unit: String
    @ExplicitNull public var value: Double?
    /// Of the interval; nil where the figure has none.
    @ExplicitNull public var lower: Double?
    @ExplicitNull public var upper: Double?
    /// Of the interval: 0.95, or what each of a claim's parts needs for all of them to hold together with 95 %.
    @ExplicitNull public var level: Double?
    /// How many seeds, rounds or sentences the interval is over.
    public let count: Int
    /// To the part of the claim that the figure is about; nil for one that only stands beside it.
    @ExplicitNull public var answer: PartAnswer?

    /// A figure that only stands beside the parts.
    public init(_ name: String, _ interval: MeanInterval, _ unit: String) { self.init(name, interval, unit, answer: nil) }

    /// A part of a claim that has so many.
    public init(_ name: String, _ value: MeanInterval, _ unit: String, _ rule: PartRule, of parts: Int) {
        let interval = value.at(level: PartRule.level(ofParts: parts))
        self.init(name, interval, unit, answer: rule.answer(interval))
    }

    private init(_ name: String, _ interval: MeanInterval, _ unit: String, answer: PartAnswer?) {
        (self.name, self.unit, value, count, self.answer) = (name, unit, interval.mean, interval.count, answer)
        (lower, upper, level) = (interval.lower, interval.upper, interval.lower == nil ? nil : interval.level)
    }

    /// A figure without chance in it.
    public init(_ name: String, exactly value: Double, _ unit: String, _ answer: PartAnswer? = nil) {
        (self.name, self.unit, self.value, lower, upper, level, count, self.answer) = (name, unit, value, nil, nil, nil, 1, answer)
    }

    private var digits: Int {
        switch unit {
        case "": 3
        case "%": abs(value ?? 0) < 10 ? 2 : abs(value ?? 0) < 100 ? 1 : 0
        default: 2
        }
    }

    public var valueText: String {
        value.map { NumberText.text($0, digits: digits) + (unit == "" || unit == "×" ? unit : " " + unit) } ?? "–"
    }

    public var intervalText: String {
        guard let lower, let upper else { return "–" }
        return "\(NumberText.text(lower, digits: digits)) to \(NumberText.text(upper, digits: digits))"
    }
}

extension ClaimFigure {
    /// The largest difference of several systems, and whether they are similar.
    init?(_ name: String, _ test: SimilarityTest, _ unit: String) {
        guard let largest = test.largest else { return nil }
        let interval = largest.difference.interval(level: test.level)
        (self.name, self.unit, value, count, answer) = ("\(name), \(largest.name)", unit, largest.difference.mean, largest.difference.count,
            test.answer)
        (lower, upper, level) = (interval?.lower, interval?.upper, interval == nil ? nil : test.level)
    }
}
