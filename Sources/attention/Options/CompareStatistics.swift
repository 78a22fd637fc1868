// What `attention compare` says of all pairs: letters, a table of pairs, and what JSON has of them.

import AttentionLab
import Terminal

/// `--groups`, `--pairs` and `--sentence-test`.
struct CompareStatistics {
    static let options = [
        Option("--groups", "Letters in place of stars: scorers that share one cannot be told apart."),
        Option(
            "--pairs", "A,B",
            "Also every pair of scorers in these columns (\(columnNames.joined(separator: ", "))): difference, interval, p-values, effect "
                + "size. "
                + "With --format csv, nothing else."),
        Option(
            sentenceTest, "NAME", "The test over sentences of --groups and --pairs: bootstrap or randomisation.",
            standard: "bootstrap"),
    ]

    enum Test: String, CaseIterable {
        case bootstrap, randomisation

        var comparison: PairedComparison.Test { self == .bootstrap ? .pairedBootstrap : .approximateRandomisation }
    }

    private static let sentenceTest = "--sentence-test"

    /// Until a text of one's own could be tested on, `--test` named the test over sentences.
    static func renamed(_ words: [String]) -> [String] {
        words.enumerated().map { index, word in
            let value =
                word == "--test" ? words.dropFirst(index + 1).first : word.split(separator: "=").last.map(String.init)
            let isOld = word == "--test" || word.hasPrefix("--test=")
            guard isOld, value.flatMap(Test.init) != nil else { return word }
            return sentenceTest + word.dropFirst("--test".count)
        }
    }

    private static let columns = Main.tasks.metrics.tested
    private static let columnNames = columns.map(\.id)

    let hasGroups: Bool
    let pairs: [Metric]
    let test: PairedComparison.Test

    init(_ arguments: Arguments) throws {
        hasGroups = arguments.has("--groups")
        let names =
            try arguments.names(
                "--pairs", of: "column", among: Self.columnNames,
                earlier: Metric.earlierNames) ?? []
        pairs = names.compactMap { name in Self.columns.first { $0.id == name } }
        let wanted = try arguments.choice(Self.sentenceTest, Test.self)
        test = (wanted ?? .bootstrap).comparison
        if wanted != nil, !hasGroups, pairs.isEmpty {
            throw UsageError(
                "\(Self.sentenceTest) is of --groups and --pairs, and neither was given; add one, such as "
                    + "--pairs test_accuracy, or leave it out")
        }
    }

    func tables(_ results: ResultsFile) throws -> [ComparisonTable] {
        try hasGroups ? ComparisonTable.grouped(results, test: test) : ComparisonTable.all(results)
    }

    /// Of all sections.
    private func groups(_ results: ResultsFile, _ summary: Summary, _ columns: [Metric]?) throws -> [ColumnGroups] {
        try ColumnGroups.all(results, summary.lines, columns: columns, test: test)
    }

    /// - Throws: `UsageError` for a column of no task: its table would be empty.
    func check(_ experiment: Experiment) throws {
        let measured = experiment.tasks.flatMap { experiment.metrics(of: $0).tested }
        guard let column = pairs.first(where: { !measured.contains($0) }) else { return }
        let known = measured.map(\.id).reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
        let tasks = experiment.tasks.joined(separator: ", ")
        throw UsageError(
            "--pairs names \(column.id), which is not measured of \(tasks). "
                + Suggestion.orList(for: column.id, among: known))
    }

    func csv(_ results: ResultsFile) throws -> String {
        let summary = try Summary(results)
        guard pairs.isEmpty else { return try PairTable.csv(groups(results, summary, pairs)) }
        return try ComparisonTable.csv(summary, groups: hasGroups ? groups(results, summary, nil) : [])
    }

    /// Of one section, below its table.
    func pairTables(_ results: ResultsFile, _ section: ResultSection) throws -> [PairTable] {
        guard !pairs.isEmpty else { return [] }
        let summary = try Summary(results)
        return try groups(results, summary, pairs).filter { $0.section == section && !$0.tests.pairs.isEmpty }.map(
            PairTable.init)
    }

    // MARK: JSON

    struct Groups: Encodable {
        let task: String, column: Metric, test: PairedComparison.Test
        let letters: [Letters]

        init(_ groups: ColumnGroups) {
            (task, column, test) = (groups.task, groups.column, groups.tests.test)
            letters = groups.lettered.map {
                Letters(scorer: $0.system.scorer, condition: $0.system.condition, letters: $0.letters)
            }
        }
    }

    /// No key for the condition where there are none.
    struct Letters: Encodable { let scorer: String, condition: String?, letters: String }

    struct Pairs: Encodable {
        let task: String, column: Metric, test: PairedComparison.Test
        let pairs: [PairTest]

        init(_ groups: ColumnGroups) {
            (task, column, test, pairs) = (groups.task, groups.column, groups.tests.test, groups.pairs)
        }
    }

    /// nil, and no key in the JSON, where they were not asked for.
    func json(_ results: ResultsFile, _ summary: Summary) throws -> (groups: [Groups]?, pairs: [Pairs]?) {
        (
            hasGroups ? try groups(results, summary, nil).map(Groups.init) : nil,
            pairs.isEmpty ? nil : try groups(results, summary, pairs).map(Pairs.init)
        )
    }
}
