// Result rows → one line a scorer and condition: means over seeds with intervals, and who leads each column.

public import Evaluation

/// The figures of one scorer on one task, over its seeds.
public struct SummaryLine: Sendable, Codable, Equatable {
    public var task: String
    public var scorer: String
    /// Of the experiment's conditions; nil where it has none.
    public var condition: String?
    public var seeds: Int
    public var parameters: Int
    /// In percent.
    public var bleu: MeanInterval
    public var chrF: MeanInterval
    /// Shares of exactly right sentences.
    public var testAccuracy: MeanInterval
    public var longAccuracy: MeanInterval
    public var tokenAccuracy: MeanInterval
    /// Of the links of argmax under the reference; all nil for baselines without alignment.
    public var aer: MeanInterval
    public var contentAER: MeanInterval
    public var longAER: MeanInterval
    public var softAER: MeanInterval
    public var pointing: MeanInterval
    public var goldMass: MeanInterval
    public var entropy: MeanInterval
    /// The shift (−1, 0, +1) of least AER over all seeds together, and that AER.
    @ExplicitNull public var bestShift: Int?
    @ExplicitNull public var bestShiftAER: Double?
    public var trainingTokensPerSecond: MeanInterval
    public var scoringMicroseconds: MeanInterval
    /// Columns in which no other line of the table is significantly better.
    public var leads: [Column]

    /// The columns that are tested.
    public enum Column: String, Sendable, Codable, CaseIterable {
        case bleu, testAccuracy = "test_accuracy", longAccuracy = "long_accuracy", aer, contentAER = "content_aer"
    }

    /// In JSON, in snake case, as in the CSV.
    private enum CodingKeys: String, CodingKey {
        case task, scorer, condition, seeds, parameters, bleu, chrF = "chrf2", testAccuracy, longAccuracy,
            tokenAccuracy, aer, contentAER
        case longAER, softAER, pointing, goldMass, entropy, bestShift, bestShiftAER, trainingTokensPerSecond
        case scoringMicroseconds, leads
    }
}

public struct Summary: Sendable, Codable, Equatable {
    public var lines: [SummaryLine]
    public var baselines: [BaselineRow]

    /// - Throws: where the rows of one task were not measured on the same sentences.
    public init(_ results: ResultsFile) throws {
        lines = []
        baselines = results.baselines
        for section in results.experiment.sections {
            let groups = section.groups(of: results)
            let leaders = try Summary.leaders(groups.map { ($0.system.name, $0.rows) })
            lines += groups.map { system, rows in
                Summary.line(section.task, system, rows,
                    leads: SummaryLine.Column.allCases.filter { leaders[$0]?.contains(system.name) == true })
            }
        }
    }

    private static func line(_ task: String, _ system: ResultSection.System, _ rows: [ResultRow],
                             leads: [SummaryLine.Column]) -> SummaryLine {
        func mean(_ bounds: ClosedRange<Double>? = 0...1, _ figure: (ResultRow) -> Double?) -> MeanInterval {
            MeanInterval(rows.compactMap(figure), bounds: bounds)
        }
        func column(_ column: SummaryLine.Column) -> MeanInterval { mean(column.bounds, column.figure) }
        var shifts = ShiftCounts()
        for row in rows { if let alignment = row.test.alignment { shifts += alignment.shifts } }
        let best = shifts.best
        return SummaryLine(
            task: task, scorer: system.scorer, condition: system.condition, seeds: rows.count, parameters: rows[0].parameters,
            bleu: column(.bleu), chrF: mean(0...100) { $0.test.translation.all.chrFScore },
            testAccuracy: column(.testAccuracy), longAccuracy: column(.longAccuracy),
            tokenAccuracy: mean { $0.test.translation.all.accuracy.tokenAccuracy },
            aer: column(.aer), contentAER: column(.contentAER),
            longAER: mean { $0.long.alignment?.all.links.aer }, softAER: mean { $0.test.alignment?.all.soft.aer },
            pointing: mean { $0.test.alignment?.all.pointing.accuracy }, goldMass: mean { $0.test.alignment?.all.pointing.goldMass },
            entropy: mean { $0.test.alignment?.all.entropy.mean },
            bestShift: best, bestShiftAER: best.flatMap { $0 < 0 ? shifts.earlier.aer : $0 > 0 ? shifts.later.aer : shifts.same.aer },
            trainingTokensPerSecond: mean(nil) { $0.speed.trainingTokensPerSecond }, scoringMicroseconds: mean(nil) { $0.speed.scoringMicroseconds },
            leads: leads)
    }

    private static func leaders(_ groups: [(String, [ResultRow])]) throws -> [SummaryLine.Column: Set<String>] {
        func exact(_ split: (ResultRow) -> SplitResult) throws -> Set<String> {
            try Significance.leaders(groups.map { .init(name: $0.0, sentences: $0.1.map { split($0).translation.perSentenceExact }) },
                                     by: .mean("sentence accuracy"))
        }
        func links(_ counts: (AlignmentReport) -> [AlignmentCounts]) throws -> Set<String> {
            let aligned = groups.filter { $0.1.allSatisfy { $0.test.alignment != nil } }
            return try Significance.leaders(aligned.map { .init(name: $0.0, sentences: $0.1.compactMap { $0.test.alignment.map(counts) }) },
                                            by: .aer)
        }
        return try [
            .bleu: Significance.leaders(groups.map { .init(name: $0.0, sentences: $0.1.map(\.test.translation.perSentence)) }, by: .bleu),
            .testAccuracy: exact(\.test), .longAccuracy: exact(\.long),
            .aer: links(\.perSentence), .contentAER: links(\.perSentenceContent),
        ]
    }
}
