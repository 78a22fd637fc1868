// Letters instead of stars: which scorers of a column cannot be told apart.

import Dispatch
public import Evaluation
import Reports
import Synchronization

/// All pairs of one column, among lines that were measured on the same sentences.
public struct ColumnGroups: Sendable, Equatable {
    /// All lines that are paired are of this one.
    public let section: ResultSection
    public let column: Metric
    /// By names that say the condition where the section has several.
    public let tests: PairwiseTests
    /// By index of the summary's lines.
    let letters: [Int: String]
    /// By name in the tests.
    private let systems: [String: ResultSection.System]

    public var task: String { section.task }

    /// Whose letters these are, in the order of the tests.
    public var lettered: [(system: ResultSection.System, letters: String)] {
        tests.names.compactMap { name in systems[name].map { ($0, tests.letters[name] ?? "") } }
    }

    /// For programs: scorers and conditions apart.
    public var pairs: [PairTest] {
        tests.pairs.map { pair in
            guard let a = systems[pair.a], let b = systems[pair.b] else { return pair }
            return pair.between(a, b)
        }
    }

    /// For each section and each of the columns that is tested.
    /// - Parameters:
    ///   - columns: nil for all that a section's task has.
    ///   - progress: the share that is done, from any thread.
    /// - Throws: `InputError` where rows that should be of the same sentences are not.
    public static func all(
        _ results: ResultsFile, _ lines: [SummaryLine], columns: [Metric]? = nil,
        test: PairedComparison.Test = .pairedBootstrap,
        progress: @Sendable (Double) -> Void = { _ in }
    ) throws -> [ColumnGroups] {
        let jobs = RowGroup.blocks(results, lines).flatMap { block in
            let measured = results.experiment.metrics(of: block.section.task)
            return (columns ?? measured).filter(measured.contains).compactMap { column in
                column.test.map { (block: block, column: column, test: $0) }
            }
        }
        // A column takes half a second with eleven scorers of five seeds, and none waits for another.
        let done = Mutex<[Int: Result<ColumnGroups, any Error>]>([:])
        DispatchQueue.concurrentPerform(iterations: jobs.count) { index in
            let job = jobs[index]
            let groups = Result {
                ColumnGroups(job.block, job.column, try job.test.pairs(job.block.members.map(\.group), test: test))
            }
            progress(
                done.withLock { done in
                    done[index] = groups
                    return Double(done.count) / Double(jobs.count)
                })
        }
        let found = done.withLock { $0 }
        return try jobs.indices.compactMap { try found[$0]?.get() }
    }

    private init(_ block: RowGroup.Block, _ column: Metric, _ tests: PairwiseTests) {
        (section, self.column, self.tests) = (block.section, column, tests)
        let found = tests.letters
        letters = Dictionary(block.members.compactMap { member in found[member.group.name].map { (member.line, $0) } })
        { first, _ in first }
        systems = Dictionary(block.members.map { ($0.group.name, $0.system) }) { first, _ in first }
    }
}

extension ComparisonTable {
    /// The tables with letters in place of stars.
    /// - Parameter summary: of these results, where it is at hand.
    public static func grouped(
        _ results: ResultsFile, summary: Summary? = nil, test: PairedComparison.Test = .pairedBootstrap,
        progress: @Sendable (Double) -> Void = { _ in }
    ) throws -> [ComparisonTable] {
        let tables = try all(results, summary: summary)
        return try tables.enumerated().map { number, table in
            var table = table
            table.groups = try ColumnGroups.all(results, table.lines, test: test) {
                progress((Double(number) + $0) / Double(tables.count))
            }
            table.showLetters(test, seeds: results.experiment.seeds)
            return table
        }
    }

    private mutating func showLetters(_ test: PairedComparison.Test, seeds: Int) {
        let pairs = groups.map(\.tests.pairs.count).max() ?? 0, trials = groups.map(\.tests.trials).max() ?? 0
        guard pairs > 0 else { return }
        for column in metrics.tested {
            guard let place = table.columns.firstIndex(where: { $0.name == column.title }) else { continue }
            let letters = Dictionary(
                groups.filter { $0.column == column }.flatMap(\.letters).map { ($0.key, $0.value) }
            ) { first, _ in first }
            let width = letters.values.map(\.count).max() ?? 0
            for row in lines.indices {
                guard let text = letters[row] else { continue }
                let figure = table.rows[row][place].drop(while: { $0 == " " }).prefix { $0 != "*" }
                table.replace(
                    row: row, column: place,
                    with: Self.trimmed(figure) + " " + text + String(repeating: " ", count: width - text.count))
            }
        }
        let seedTest = seeds > 1 ? " and Welch's test over seeds both say so, each" : " says so,"
        let note =
            "a, b, …: \(section.showsConditions ? "rows" : "scorers") of a column that share a letter cannot be told apart (5 %): "
            + "two differ only where the \(test.rawValue) over sentences (\(trials) draws)\(seedTest) with Holm's correction for all pairs of the "
            + "column (up to \(pairs)). Sharing a letter is no proof of being equal. Stars, which are of tests against the best alone, can "
            + "keep apart what letters leave together."
        statistics.removeAll { $0 == Self.stars }
        if let star = statistics.firstIndex(where: { $0.hasPrefix("* ") }) {
            statistics[star] = note
        } else {
            statistics.append(note)
        }
    }

    private static func trimmed(_ text: Substring) -> String {
        var text = text
        while text.last == " " { text.removeLast() }
        return String(text)
    }
}
