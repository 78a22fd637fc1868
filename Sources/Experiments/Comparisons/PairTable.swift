// Every pair of scorers in one column, as a table that people read and as one that programs read.

import Evaluation
import Foundation
public import Reports

public struct PairTable: Sendable {
    public let title: String
    public let table: Table
    public let notes: [String]

    public init(_ groups: ColumnGroups) {
        let column = groups.column, tests = groups.tests
        title = "\(column.title): all pairs"
        var table = Table(
            [Table.Column("A", .left), Table.Column("B", .left)]
                + ["B − A", "95 % interval", "p", "Holm", "Welch", "Holm", "g", "95 % interval"].map {
                    // The least p-value on top.
                    Table.Column($0, best: ["p", "Holm", "Welch"].contains($0) ? .least : .greatest)
                }, names: 2)
        for pair in tests.pairs {
            let effect = pair.effect
            table.add(
                Self.cells(pair, scale: column.scale, digits: column.digits) + [
                    Self.p(pair.pSeeds), Self.p(pair.adjustedSeeds), effect.map { Self.effect($0.g) } ?? "–",
                    Self.interval(effect?.lower, effect?.upper, Self.effect),
                ],
                exact: [
                    nil, nil, pair.difference, pair.lower, pair.pSentences, pair.adjustedSentences, pair.pSeeds,
                    pair.adjustedSeeds,
                    effect?.g, effect?.lower,
                ])
        }
        self.table = table
        let seeds = tests.pairs.contains { $0.pSeeds != nil }
        notes = [
            "B − A: of the means over seeds\(column.scale == 100 ? ", in points" : ""); its interval is of the paired bootstrap over "
                + "sentences, of those means "
                + "(other sentences, the same trainings). p: \(tests.test.rawValue) over sentences, \(tests.trials) draws. "
                + "Welch: p of the t-test over seeds. "
                + "Holm: the p before it, corrected for the \(NumberText.count(tests.pairs.count, "pair")) of this table.",
            "* different: \(seeds ? "both corrected p-values are" : "the corrected p-value is") below 0.05.",
            "g: Hedges' g, the difference in standard deviations over seeds, corrected for few seeds, and its interval by the "
                + "noncentral t distribution; "
                + "– where seeds do not differ.",
        ]
    }

    /// Of systems without seeds, such as files of translations: there is one test.
    /// - Parameter draws: what is drawn, as a sentence says it.
    public init(_ tests: PairwiseTests, title: String, digits: Int, draws: String) {
        self.title = "\(title): all pairs"
        var table = Table(
            [Table.Column("A", .left), Table.Column("B", .left)]
                + ["B − A", "95 % interval", "p", "Holm"].map { Table.Column($0) }, names: 2)
        for pair in tests.pairs { table.add(Self.cells(pair, scale: 1, digits: digits)) }
        self.table = table
        notes = [
            "95 % interval: of the paired bootstrap. p: \(tests.test.rawValue) over \(draws), \(tests.trials) draws. Holm: the p "
                + "before it, corrected for the \(NumberText.count(tests.pairs.count, "pair")) of this table.",
            "* different: the corrected p-value is below 0.05.",
        ]
    }

    /// What every table of pairs begins with.
    private static func cells(_ pair: PairTest, scale: Double, digits: Int) -> [String] {
        func number(_ value: Double) -> String { NumberText.text(value * scale, digits: digits) }
        return [
            pair.a, pair.b, signed(pair.difference * scale, digits) + (pair.isDifferent ? "*" : " "),
            interval(pair.lower, pair.upper, number), p(pair.pSentences), p(pair.adjustedSentences),
        ]
    }

    private static func signed(_ value: Double, _ digits: Int) -> String {
        let text = NumberText.text(value, digits: digits)
        return text.hasPrefix("−") || !text.contains { ("1"..."9").contains($0) } ? text : "+" + text
    }

    private static func interval(_ lower: Double?, _ upper: Double?, _ number: (Double) -> String) -> String {
        guard let lower, let upper else { return "–" }
        return "\(number(lower)) … \(number(upper))"
    }

    private static func effect(_ g: Double) -> String { NumberText.text(g, digits: abs(g) < 100 ? 2 : 0) }

    /// Never 0: that a p-value is.
    private static func p(_ value: Double?) -> String {
        guard let value else { return "–" }
        return value < 0.0005 ? "<0.001" : NumberText.text(value, digits: 3)
    }

    // MARK: every figure

    /// Unrounded, in the units of the results (shares from 0 to 1); empty where undefined.
    public static func csv(_ groups: [ColumnGroups]) -> String {
        func text(_ value: Double?) -> String { value.map { "\($0)" } ?? "" }
        let hasConditions = groups.contains { $0.section.conditions != [nil] }
        func named(_ a: String, _ b: String, _ conditions: [String]) -> [String] {
            hasConditions ? [a, conditions[0], b, conditions[1]] : [a, b]
        }
        var table = Table(
            (["task", "column"] + named("a", "b", ["condition_a", "condition_b"])
                + [
                    "mean_a", "mean_b", "difference", "lower", "upper", "test", "p_sentences", "p_sentences_holm",
                    "p_seeds", "p_seeds_holm", "hedges_g", "hedges_g_lower", "hedges_g_upper", "different",
                ]).map { Table.Column($0) })
        for group in groups {
            for pair in group.pairs {
                table.add(
                    [group.task, group.column.id]
                        + named(
                            pair.a, pair.b,
                            [pair.conditionA ?? "", pair.conditionB ?? ""])
                        + [pair.meanA, pair.meanB, pair.difference, pair.lower, pair.upper].map(text) + [
                            group.tests.test.rawValue
                        ]
                        + [
                            pair.pSentences, pair.adjustedSentences, pair.pSeeds, pair.adjustedSeeds,
                            pair.effect?.g, pair.effect?.lower, pair.effect?.upper,
                        ].map(text)
                        + [pair.isDifferent ? "true" : "false"])
            }
        }
        return table.csv
    }
}
