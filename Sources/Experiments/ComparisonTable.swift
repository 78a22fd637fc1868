// A summary as a table that people read: one a task, with everything above it that changed the figures.

import Evaluation
public import Reports

/// The lines above a table, the table, and the lines below it.
public struct ComparisonTable: Sendable {
    public let task: String
    public let header: [String]
    public let table: Table
    public let notes: [String]

    /// One for each task of the results, in their order.
    /// - Parameter summary: of these results, where it is at hand: its tests take a second.
    public static func all(_ results: ResultsFile, summary: Summary? = nil) throws -> [ComparisonTable] {
        let summary = try summary ?? Summary(results)
        return results.experiment.tasks.map { task in
            ComparisonTable(task, results, summary.lines.filter { $0.task == task }, summary.baselines.filter { $0.task == task })
        }
    }

    private init(_ task: String, _ results: ResultsFile, _ lines: [SummaryLine], _ baselines: [BaselineRow]) {
        self.task = task
        header = SettingsText(results, task).lines
        var table = Table(Self.columns.map { Table.Column($0.name, $0.name == "scorer" ? .left : .right) })
        for line in lines { table.add(Self.columns.map { $0.cell(line) }) }
        table.addRule()
        for baseline in baselines { table.add(Self.cells(baseline)) }
        self.table = table
        notes = Self.notes(lines, seeds: results.experiment.seeds)
    }

    // MARK: columns

    private struct Column: Sendable {
        let name: String
        let cell: @Sendable (SummaryLine) -> String
    }

    private static let columns: [Column] = [
        Column(name: "scorer") { $0.scorer },
        Column(name: "parameters") { String($0.parameters) },
        Column(name: "BLEU") { interval($0.bleu, digits: 1, mark: $0.leads.contains(.bleu)) },
        Column(name: "test %") { interval($0.testAccuracy, times: 100, digits: 1, mark: $0.leads.contains(.testAccuracy)) },
        Column(name: "long %") { interval($0.longAccuracy, times: 100, digits: 1, mark: $0.leads.contains(.longAccuracy)) },
        Column(name: "AER") { interval($0.aer, digits: 3, mark: $0.leads.contains(.aer)) },
        Column(name: "content AER") { interval($0.contentAER, digits: 3, mark: $0.leads.contains(.contentAER)) },
        Column(name: "pointing %") { number($0.pointing.mean.map { $0 * 100 }, 1) },
        Column(name: "gold mass %") { number($0.goldMass.mean.map { $0 * 100 }, 1) },
        Column(name: "entropy") { number($0.entropy.mean, 2) },
        Column(name: "shift") { $0.bestShift.map { $0 > 0 ? "+\($0)" : $0 < 0 ? "−\(-$0)" : "0" } ?? "–" },
        Column(name: "train tokens/s") { $0.trainingTokensPerSecond.mean.map { String(Int($0.rounded())) } ?? "–" },
        Column(name: "step µs") { number($0.scoringMicroseconds.mean, 1) },
    ]

    private static func cells(_ baseline: BaselineRow) -> [String] {
        let links = baseline.test?.all.links.aer ?? baseline.expectedTestAER
        let content = baseline.test?.content.links.aer ?? baseline.expectedTestContentAER
        return columns.map { column in
            switch column.name {
            case "scorer": "(\(baseline.name))"
            case "AER": number(links, 3)
            case "content AER": number(content, 3)
            case "pointing %": number(baseline.test?.all.pointing.accuracy.map { $0 * 100 }, 1)
            default: ""
            }
        }
    }

    // MARK: CSV

    /// Unrounded: for every figure its mean and the ends of its interval; empty where undefined.
    public static func csv(_ summary: Summary) -> String {
        let figures: [(String, (SummaryLine) -> MeanInterval)] = [
            ("bleu", { $0.bleu }), ("chrf2", { $0.chrF }), ("test_sentence_accuracy", { $0.testAccuracy }),
            ("long_sentence_accuracy", { $0.longAccuracy }), ("test_token_accuracy", { $0.tokenAccuracy }), ("aer", { $0.aer }),
            ("content_aer", { $0.contentAER }), ("long_aer", { $0.longAER }), ("soft_aer", { $0.softAER }), ("pointing", { $0.pointing }),
            ("gold_mass", { $0.goldMass }), ("entropy", { $0.entropy }), ("training_tokens_per_second", { $0.trainingTokensPerSecond }),
            ("scoring_microseconds", { $0.scoringMicroseconds }),
        ]
        func text(_ value: Double?) -> String { value.map { "\($0)" } ?? "" }
        var table = Table((["task", "scorer", "seeds", "parameters", "best_shift", "leads"]
            + figures.flatMap { [$0.0, $0.0 + "_lower", $0.0 + "_upper"] }).map { Table.Column($0) })
        for line in summary.lines {
            table.add([line.task, line.scorer, "\(line.seeds)", "\(line.parameters)", line.bestShift.map { "\($0)" } ?? "",
                       line.leads.map { $0.rawValue }.joined(separator: " ")]
                + figures.flatMap { name, figure in [figure(line).mean, figure(line).lower, figure(line).upper].map(text) })
        }
        return table.csv
    }

    // MARK: numbers

    static func number(_ value: Double?, _ digits: Int) -> String {
        guard let value, value.isFinite else { return "–" }
        return NumberText.text(value, digits: digits)
    }

    private static func interval(_ value: MeanInterval, times scale: Double = 1, digits: Int, mark: Bool) -> String {
        guard let mean = value.mean else { return "–" }
        let half = value.halfWidth.map { " ±" + NumberText.text($0 * scale, digits: digits) } ?? ""
        // A space where there is no mark, so that the points stand under one another.
        return NumberText.text(mean * scale, digits: digits) + half + (mark ? "*" : " ")
    }

    // MARK: notes

    private static func notes(_ lines: [SummaryLine], seeds: Int) -> [String] {
        var notes: [String] = []
        if seeds > 1 {
            notes.append("± half of the 95 % interval of the mean over \(seeds) seeds (Student's t).")
            notes.append("* the best of its column, or not significantly worse (5 %): a scorer counts as worse only where the paired bootstrap over sentences "
                + "and Welch's test over seeds both say so, each with Holm's correction. No star in a column: nothing in it can be told apart.")
        } else {
            notes.append("One seed: no intervals. * the best of its column, or not significantly worse (5 %) by the paired bootstrap over sentences, "
                + "with Holm's correction. Other seeds may rank otherwise.")
        }
        notes.append("test %, long %: sentences that are right to the last word, at the lengths of training and beyond them (greedy search).")
        notes.append("AER: alignment error rate of the largest weight of each target word while the decoder reads the reference; 0 is perfect. "
            + "pointing: largest weight on a sure link. gold mass: weight on sure links. entropy: 0 on one word, 1 spread evenly.")
        notes.append("shift: −1 or +1 where the links fit better when the weights of the step before or after are taken.")
        notes.append("(…) align without attention: along the diagonal, at random, and by IBM Model 1 on the training pairs.")
        notes.append("step µs: scores, weights and context for 32 sentences of 16 words. Speed is of this machine, beside whatever else ran on it.")
        return notes
    }
}
