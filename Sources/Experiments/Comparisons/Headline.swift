// What came out of a comparison, in sentences that are made of its tests: who can be told apart from whom.

import Evaluation
import Reports

/// The sentences of one table. They say no more than its letters do.
struct Headline {
    /// What matters most of the task: translation, as BLEU has it.
    let first: String
    /// Alignment, where there are weights, or what the task names next.
    let second: String?
    /// The other columns.
    let others: [String]
    /// What the sentences must be read with: one seed, trainings that are missing.
    let limits: String?

    init(_ table: ComparisonTable, _ results: ResultsFile) {
        func sentence(_ metric: Metric) -> String? {
            table.groups.first { $0.column == metric }.flatMap { ColumnSentence($0, table)?.text }
        }
        let leading = table.metrics.leading
        first = leading.first.flatMap(sentence) ?? "No training is finished."
        second = leading.dropFirst().first.flatMap(sentence)
        others = table.metrics.tested.filter { !leading.contains($0) }.compactMap(sentence)
        let runs = results.experiment.runs.filter { table.section.has($0) }
        let missing = results.missing.count { table.section.has($0) }, seeds = table.lines.map(\.seeds).max() ?? 0
        limits = [
            missing > 0
                ? "\(NumberText.count(missing, "training")) of \(runs.count) "
                    + "\(missing == 1 ? "is" : "are") missing, and these sentences are of the others." : nil,
            seeds == 1 && table.lines.count > 1
                ? "One seed: only other sentences were tested, and other seeds may rank otherwise." : nil,
        ].compactMap { $0 }.reduce(nil) { ($0.map { $0 + " " } ?? "") + $1 }
    }
}

/// What one column says.
struct ColumnSentence {
    let column: Metric
    /// "scorers", or "rows" where conditions are compared too.
    let noun: String
    let seeds: Int
    /// The best first, with means in the unit of the results.
    let systems: [(name: String, mean: Double)]
    /// Of the places of two systems, the first before the second.
    let isDifferent: (Int, Int) -> Bool

    var text: String {
        guard systems.count > 1 else {
            let over = seeds > 1 ? "over \(seeds) seeds" : "with one seed"
            return "\(systems[0].name) has \(figure(systems[0].mean)) \(over); there is nothing to compare it with."
        }
        let tiers = tiers
        guard tiers.count > 1 || pairs(tiers[0]).found > 0 else {
            let who = systems.count == 2 ? "\(names(tiers[0])) cannot" : "no two of the \(systems.count) \(noun) can"
            return
                "In \(column.phrase), \(who) be told apart (\(range(tiers[0]))); that is no proof that they are equal."
        }
        let steps = zip(tiers, tiers.dropFirst()).map { above, below in
            "\(subject(above)) \(above.count > 1 ? "each do" : "does") better than \(object(below))"
        }
        let said = steps.isEmpty ? [] : ["In \(column.phrase), " + steps.joined(separator: "; ") + "."]
        return (said + tiers.compactMap { within($0, isWhole: tiers.count == 1) }).joined(separator: " ")
    }

    /// The ranking, cut where everything above is better than everything below.
    private var tiers: [Range<Int>] {
        let cuts = systems.indices.dropFirst().filter { cut in
            (0..<cut).allSatisfy { above in (cut..<systems.count).allSatisfy { isDifferent(above, $0) } }
        }
        return zip([0] + cuts, cuts + [systems.count]).map { $0..<$1 }
    }

    private func pairs(_ tier: Range<Int>) -> (found: Int, all: Int) {
        let all = tier.flatMap { a in tier.filter { $0 > a }.map { (a, $0) } }
        return (all.count { isDifferent($0.0, $0.1) }, all.count)
    }

    /// What can be told apart among those that stand together; nil for one alone.
    private func within(_ tier: Range<Int>, isWhole: Bool) -> String? {
        guard tier.count > 1 else { return nil }
        let (found, all) = pairs(tier), first = tier.lowerBound
        let these =
            isWhole
            ? "the \(systems.count) \(noun)"
            : tier.count <= Self.most
                ? names(tier)
                : "the \(first == 0 ? "first" : "other") \(tier.count)"
        guard found > 0 else {
            return tier.count == 2
                ? "\(names(tier)) cannot be told apart."
                : "Of \(these), no two can be told apart."
        }
        let best = systems[first].name, others = tier.dropFirst(), worse = others.filter { isDifferent(first, $0) }
        let count =
            (isWhole ? "In \(column.phrase), of" : "Of") + " the \(NumberText.count(all, "pair")) among \(these), "
            + "\(found) can be told apart"
        guard !worse.isEmpty else { return count + ", but none from the best, \(best)." }
        let rest = others.filter { !worse.contains($0) }.map { systems[$0].name },
            lead =
                isWhole
                ? " (\(figure(systems[first].mean)))" : ""
        let same =
            rest.isEmpty
            ? ""
            : ", and cannot be told from \(rest.count <= Self.most ? list(rest) : "the others")"
        return count + ": the best, \(best)\(lead), does better than \(list(worse.map { systems[$0].name }))\(same)."
    }

    // MARK: words

    /// Names that a sentence can hold.
    private static let most = 5

    private func subject(_ tier: Range<Int>) -> String {
        if tier.count <= Self.most { return "\(names(tier)) (\(range(tier)))" }
        return "\(tier.count) \(noun), \(systems[tier.lowerBound].name) first (\(range(tier))),"
    }

    private func object(_ tier: Range<Int>) -> String {
        tier.count <= Self.most
            ? "\(names(tier)) (\(range(tier)))"
            : "the \(tier.count) others from \(systems[tier.lowerBound].name) on (\(range(tier)))"
    }

    private func names(_ tier: Range<Int>) -> String { list(tier.map { systems[$0].name }) }

    private func list(_ names: [String]) -> String {
        guard names.count > 1 else { return names.joined() }
        return names.dropLast().joined(separator: ", ") + " and " + names[names.count - 1]
    }

    /// From the best to the worst.
    private func range(_ tier: Range<Int>) -> String {
        let ends = [tier.lowerBound, tier.upperBound - 1].map { number(systems[$0].mean) }
        return (ends[0] == ends[1] ? ends[0] : "\(ends[0]) to \(ends[1])") + unit
    }

    private func figure(_ mean: Double) -> String { number(mean) + unit }
    private func number(_ mean: Double) -> String { ComparisonTable.number(mean * column.scale, column.digits) }
    private var unit: String { " \(column.unit.label)" }
}

extension ColumnSentence {
    /// nil where the column has no figures.
    init?(_ groups: ColumnGroups, _ table: ComparisonTable) {
        let showsConditions = table.section.showsConditions, names = groups.tests.names
        let systems = groups.lettered.compactMap { one -> (name: String, mean: Double)? in
            let line = table.lines.first { $0.scorer == one.system.scorer && $0.condition == one.system.condition }
            let condition = showsConditions ? one.system.condition.map { " (\($0))" } ?? "" : ""
            return line.flatMap { $0[groups.column].mean }.map { (one.system.scorer + condition, $0) }
        }
        guard !systems.isEmpty, systems.count == names.count else { return nil }
        let different = Set(groups.tests.pairs.filter(\.isDifferent).map { [$0.a, $0.b] })
        self.init(
            column: groups.column, noun: showsConditions ? "rows" : "scorers",
            seeds: table.lines.map(\.seeds).max() ?? 0, systems: systems,
            isDifferent: { different.contains([names[$0], names[$1]]) })
    }
}
