// What is tested in each column of a comparison: the figure of a seed, and what the sentences add to it.

public import Evaluation

/// The rows of one line of a table: one scorer (in one condition), one row a seed.
public struct RowGroup: Sendable {
    public let name: String
    public let rows: [ResultRow]

    public init(name: String, rows: [ResultRow]) {
        self.name = name
        self.rows = rows
    }

    /// Lines that were measured on the same sentences, and the rows of each: only these may be paired.
    struct Block: Sendable {
        let section: ResultSection
        /// By index of the lines; a system's name says its condition where the section has several.
        let members: [(line: Int, system: ResultSection.System, group: RowGroup)]
    }

    /// One a section that has any of these lines.
    static func blocks(_ results: ResultsFile, _ lines: [SummaryLine]) -> [Block] {
        results.experiment.sections.compactMap { section in
            let rows = Dictionary(section.groups(of: results).map { ($0.system, $0.rows) }) { first, _ in first }
            let members = lines.indices.filter { section.has(lines[$0]) }.map { index in
                let system = ResultSection.System(scorer: lines[index].scorer, condition: lines[index].condition)
                return (index, system, RowGroup(name: section.name(of: system), rows: rows[system] ?? []))
            }
            return members.isEmpty ? nil : Block(section: section, members: members)
        }
    }
}

extension SummaryLine.Column {
    /// As it stands over the table.
    public var title: String {
        switch self {
        case .bleu: "BLEU"
        case .testAccuracy: "test %"
        case .longAccuracy: "long %"
        case .aer: "AER"
        case .contentAER: "content AER"
        }
    }

    /// From the unit of the results to that of the table.
    public var scale: Double { self == .testAccuracy || self == .longAccuracy ? 100 : 1 }

    /// The least and the greatest figure that there can be, in the unit of the results.
    var bounds: ClosedRange<Double> { self == .bleu ? 0...100 : 0...1 }

    /// After the point, in the table.
    public var digits: Int { self == .aer || self == .contentAER ? 3 : 1 }

    /// The figure of one training, in the unit of the results; nil for scorers without alignment.
    public func figure(_ row: ResultRow) -> Double? {
        switch self {
        case .bleu: row.test.translation.all.bleuScore
        case .testAccuracy: row.test.translation.all.accuracy.sentenceAccuracy
        case .longAccuracy: row.long.translation.all.accuracy.sentenceAccuracy
        case .aer: row.test.alignment?.all.links.aer
        case .contentAER: row.test.alignment?.content.links.aer
        }
    }

    /// The figures of a line.
    public func interval(_ line: SummaryLine) -> MeanInterval {
        switch self {
        case .bleu: line.bleu
        case .testAccuracy: line.testAccuracy
        case .longAccuracy: line.longAccuracy
        case .aer: line.aer
        case .contentAER: line.contentAER
        }
    }

    /// All pairs of these groups, tested in this column. Groups without figures, such as those without alignment, are left out.
    ///
    /// - Throws: `InputError` where they were not measured on the same sentences.
    public func pairs(_ groups: [RowGroup], test: PairedComparison.Test = .pairedBootstrap) throws -> PairwiseTests {
        func tests<Sentence>(_ statistic: ResampledStatistic<Sentence>, _ sentences: (ResultRow) -> [Sentence]?) throws -> PairwiseTests {
            let whole = groups.filter { !$0.rows.isEmpty && $0.rows.allSatisfy { sentences($0) != nil } }
            return try PairwiseTests(whole.map { .init(name: $0.name, sentences: $0.rows.compactMap(sentences)) }, by: statistic, test: test)
        }
        return switch self {
        case .bleu: try tests(.bleu) { $0.test.translation.perSentence }
        case .testAccuracy: try tests(.mean("sentence accuracy")) { $0.test.translation.perSentenceExact }
        case .longAccuracy: try tests(.mean("sentence accuracy")) { $0.long.translation.perSentenceExact }
        case .aer: try tests(.aer) { $0.test.alignment?.perSentence }
        case .contentAER: try tests(.aer) { $0.test.alignment?.perSentenceContent }
        }
    }
}
