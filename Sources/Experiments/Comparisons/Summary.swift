// Result rows → one line a scorer and condition: means over seeds with intervals, and who leads each column.

import Corpora
public import Evaluation

/// The figures of one scorer on one task, over its seeds.
public struct SummaryLine: Sendable, Equatable {
    public var task: String
    public var scorer: String
    /// Of the experiment's conditions; nil where it has none.
    public var condition: String?
    public var seeds: Int
    public var parameters: Int
    /// What is measured of the task, in the order of its tables.
    public let metrics: [Metric]
    /// By the id of their metric.
    private var figures: [String: MeanInterval]
    /// The shift (−1, 0, +1) of least AER over all seeds together, and that AER.
    public var bestShift: Int?
    public var bestShiftAER: Double?
    /// Metrics in which no other line of the table is significantly better.
    public var leads: [Metric]

    /// In the unit of the results; without any value where the metric is undefined, as that of an alignment is without
    /// weights.
    public subscript(_ metric: Metric) -> MeanInterval { figures[metric.id] ?? MeanInterval([]) }

    /// - Parameters:
    ///   - rows: of one system, at least one.
    ///   - metrics: of the task.
    init(_ task: String, _ system: ResultSection.System, _ rows: [ResultRow], _ metrics: [Metric], leads: [Metric]) {
        var shifts = ShiftCounts()
        for row in rows { if let alignment = row.test.alignment { shifts += alignment.shifts } }
        let best = shifts.best
        (self.task, scorer, condition, self.leads) = (task, system.scorer, system.condition, leads)
        (seeds, parameters, self.metrics) = (rows.count, rows[0].parameters, metrics)
        figures = Dictionary((Metric.all + metrics).map { ($0.id, $0.interval(rows)) }) { first, _ in first }
        bestShift = best
        bestShiftAER = best.flatMap { $0 < 0 ? shifts.earlier.aer : $0 > 0 ? shifts.later.aer : shifts.same.aer }
    }
}

/// In JSON the metrics stand beside the other keys, each under its id, and a shift that is undefined is null.
extension SummaryLine: Codable {
    public init(from decoder: any Decoder) throws {
        let c = try decoder.container(keyedBy: NameKey.self)
        task = try c.decode(String.self, forKey: NameKey("task"))
        scorer = try c.decode(String.self, forKey: NameKey("scorer"))
        condition = try c.decodeIfPresent(String.self, forKey: NameKey("condition"))
        seeds = try c.decode(Int.self, forKey: NameKey("seeds"))
        parameters = try c.decode(Int.self, forKey: NameKey("parameters"))
        bestShift = try c.decodeIfPresent(Int.self, forKey: NameKey("bestShift"))
        bestShiftAER = try c.decodeIfPresent(Double.self, forKey: NameKey("bestShiftAER"))
        leads = try c.decode([Metric].self, forKey: NameKey("leads"))
        figures = try Metric.all.reduce(into: [:]) {
            $0[$1.id] = try c.decodeIfPresent(MeanInterval.self, forKey: NameKey($1.id))
        }
        let known = figures
        metrics = Metric.all.filter { known[$0.id] != nil }
    }

    public func encode(to encoder: any Encoder) throws {
        var c = encoder.container(keyedBy: NameKey.self)
        try c.encode(task, forKey: NameKey("task"))
        try c.encode(scorer, forKey: NameKey("scorer"))
        try c.encodeIfPresent(condition, forKey: NameKey("condition"))
        try c.encode(seeds, forKey: NameKey("seeds"))
        try c.encode(parameters, forKey: NameKey("parameters"))
        for metric in metrics { try c.encode(self[metric], forKey: NameKey(metric.id)) }
        if metrics.contains(.aer) {
            try c.encode(bestShift, forKey: NameKey("bestShift"))
            try c.encode(bestShiftAER, forKey: NameKey("bestShiftAER"))
        }
        try c.encode(leads, forKey: NameKey("leads"))
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
            let systems = section.groups(of: results),
                groups = systems.map { RowGroup(name: $0.system.name, rows: $0.rows) }
            let metrics = results.experiment.metrics(of: section.task)
            let leaders = try metrics.tested.map { (metric: $0, names: try $0.test?.leaders(groups) ?? []) }
            lines += systems.map { system, rows in
                let leads = leaders.filter { $0.names.contains(system.name) }.map(\.metric)
                return SummaryLine(section.task, system, rows, metrics, leads: leads)
            }
        }
    }
}
