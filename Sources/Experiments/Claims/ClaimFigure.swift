// One number that a verdict rests on.

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
    /// Of the 95 % interval of each half of the seeds, odd ones first; nil where the figure is not of seeds, rounds or
    /// draws.
    @ExplicitNull public var halves: [Half]?
    /// How many seeds, rounds or sentences the interval is over.
    public let count: Int
    /// To the part of the claim that the figure is about; nil for one that only stands beside it.
    @ExplicitNull public var answer: PartAnswer?

    /// What one half of the seeds says.
    public struct Half: Sendable, Codable, Equatable {
        @ExplicitNull public var lower: Double?
        @ExplicitNull public var upper: Double?
    }

    /// A figure that only stands beside the parts.
    public init(_ name: String, _ value: HalvedInterval, _ unit: String) { self.init(name, value, unit, answer: nil) }

    /// A part of a claim.
    public init(_ name: String, _ value: HalvedInterval, _ unit: String, _ rule: PartRule) {
        self.init(name, value, unit, answer: rule.answer(value))
    }

    private init(_ name: String, _ value: HalvedInterval, _ unit: String, answer: PartAnswer?) {
        (self.name, self.unit, self.value, count, self.answer) = (name, unit, value.mean, value.count, answer)
        (lower, upper, halves) = (
            value.all.lower, value.all.upper, value.halves.map { Half(lower: $0.lower, upper: $0.upper) }
        )
    }

    /// A figure without chance in it.
    public init(_ name: String, exactly value: Double, _ unit: String, _ answer: PartAnswer? = nil) {
        (self.name, self.unit, self.value, lower, upper, halves, count, self.answer) = (
            name, unit, value, nil, nil, nil, 1, answer
        )
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

    public var intervalText: String { text(lower, upper) }

    /// The intervals of both halves of the seeds.
    public var halvesText: String { halves.map { $0.map { text($0.lower, $0.upper) }.joined(separator: "; ") } ?? "–" }

    private func text(_ lower: Double?, _ upper: Double?) -> String {
        guard let lower, let upper else { return "–" }
        return "\(NumberText.text(lower, digits: digits)) to \(NumberText.text(upper, digits: digits))"
    }
}

extension ClaimFigure {
    /// The largest difference of several systems, and whether they are similar.
    init?(_ name: String, _ test: SimilarityTest, _ unit: String) {
        guard let largest = test.largest else { return nil }
        func half(_ interval: (lower: Double, upper: Double)?) -> Half {
            Half(lower: interval?.lower, upper: interval?.upper)
        }
        let interval = largest.difference.interval()
        (self.name, self.unit, value, count, answer) = (
            "\(name), \(largest.name)", unit, largest.difference.mean, largest.difference.count,
            test.answer
        )
        (lower, upper, halves) = (interval?.lower, interval?.upper, largest.halves.map { half($0.interval()) })
    }
}
