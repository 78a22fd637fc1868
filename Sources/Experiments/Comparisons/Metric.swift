// What a figure of a comparison is: its name, unit and meaning, where it comes from, and how it is tested. Those of
// the toolkit are in Metrics.swift. Every table, chart and file has those that its task names, in its order.

import Evaluation
import Reports

/// One figure of every line of a comparison.
public struct Metric: Sendable {
    /// The one name: in flags, in CSV and in JSON.
    public let id: String
    /// Names of earlier versions. Flags still take them.
    public let aliases: [String]
    /// As it stands over a table.
    public let title: String
    /// What it is, below a table.
    public let note: Note
    /// As a sentence calls it: "In right long sentences, …".
    public let phrase: String
    public let unit: Unit
    /// After the point, in tables.
    public let digits: Int
    public let direction: Direction
    /// Where it stands in tables.
    public let place: Place
    /// The chart with a dot for every seed; nil where there is none.
    let seedChart: SeedChart?
    /// The figure of one training, in the unit of the results; nil where it has none, as for alignment without weights.
    public let figure: @Sendable (ResultRow) -> Double?
    /// Of what aligns without attention; nil where that has no such figure.
    public let baseline: Baseline?
    /// Over sentences; nil for what has no stars, letters and pairs.
    public let test: SentenceTest?
    /// Which of a task's own counts it is made of; empty where it is made of others.
    let counts: [String]

    init(
        _ id: String, aliases: [String] = [], title: String, note: Note, phrase: String? = nil, unit: Unit, digits: Int,
        direction: Direction, place: Place, seedChart: SeedChart? = nil, baseline: Baseline? = nil,
        test: SentenceTest? = nil,
        counts: [String] = [], figure: @escaping @Sendable (ResultRow) -> Double?
    ) {
        (self.id, self.aliases, self.title, self.note, self.phrase) = (id, aliases, title, note, phrase ?? title)
        (self.unit, self.digits, self.direction, self.place, self.seedChart) = (
            unit, digits, direction, place, seedChart
        )
        (self.figure, self.baseline, self.test, self.counts) = (figure, baseline, test, counts)
    }

    /// The same figure as a task shows it that has less, or other, things to say of it.
    /// - Parameter isKnown: whether there can be any: what nobody can have is neither tested nor held against others.
    func changed(place: Place? = nil, note: Note? = nil, isKnown: Bool = true) -> Metric {
        Metric(
            id, aliases: aliases, title: title, note: note ?? self.note, phrase: phrase, unit: unit, digits: digits,
            direction: direction, place: place ?? self.place, seedChart: seedChart,
            baseline: isKnown ? baseline : nil, test: isKnown ? test : nil, counts: counts, figure: figure)
    }

    /// From the unit of the results to that of the table.
    public var scale: Double { unit.scale }

    /// Which end stands on top where a table is sorted by it.
    var best: Table.Best { direction == .lower ? .least : .greatest }

    /// The figures of these rows, over seeds.
    func interval(_ rows: [ResultRow]) -> MeanInterval { MeanInterval(rows.compactMap(figure), bounds: unit.bounds) }
}

extension Metric {
    /// Which end of it is the better one.
    public enum Direction: Sendable { case higher, lower, neither }

    /// Which part of a table it stands in; `files` are CSV and JSON alone.
    public enum Place: Sendable { case quality, speed, files }

    /// What figures are counted in.
    public struct Unit: Sendable, Equatable {
        /// Behind a figure, and at the axis of a chart.
        public let label: String
        /// From the unit of the results to that of tables.
        public let scale: Double
        /// The least and the greatest figure that there can be, in the unit of the results; nil where there is no end.
        public let bounds: ClosedRange<Double>?

        public init(_ label: String, scale: Double = 1, _ bounds: ClosedRange<Double>?) {
            (self.label, self.scale, self.bounds) = (label, scale, bounds)
        }

        /// A share from 0 to 1, shown in percent.
        public static let percent = Unit("%", scale: 100, 0...1)
        static let aer = Unit("AER", 0...1)
    }

    /// A sentence that says what the figure is. Neighbours with the same text share a line, and so does a note that
    /// joins another.
    public struct Note: Sendable, Equatable, ExpressibleByStringLiteral, ExpressibleByStringInterpolation {
        /// Without the full stop at its end.
        public let text: String
        /// As the note calls the figure; nil for its title.
        let name: String?
        /// The id of the metric on whose line it stands; nil on one of its own.
        let joins: String?

        init(_ text: String, called name: String? = nil, joins: String? = nil) {
            (self.text, self.name, self.joins) = (text, name, joins)
        }

        public init(stringLiteral text: String) { self.init(text) }
    }

    /// The figure of what aligns without attention.
    public struct Baseline: Sendable {
        public let figure: @Sendable (BaselineRow) -> Double?
        /// Whether every baseline has it, the random one by expectation; JSON has these.
        public let isExpected: Bool
        /// Whether tables have it, and not only the CSV.
        let isShown: Bool

        /// Every baseline has it, the random one by expectation.
        static func expected(isShown: Bool = true, _ figure: @escaping @Sendable (BaselineRow) -> Double?) -> Baseline {
            Baseline(figure: figure, isExpected: true, isShown: isShown)
        }

        /// Of those that have weights.
        static func measured(
            isShown: Bool = false, _ figure: @escaping @Sendable (AlignmentMeasures) -> Double?
        ) -> Baseline {
            Baseline(figure: { $0.test.flatMap { figure($0.all) } }, isExpected: false, isShown: isShown)
        }
    }

    /// What the chart of every seed is called, as a file and over it.
    struct SeedChart: Sendable {
        let name: String, title: String
    }
}

extension Metric: Hashable {
    public static func == (a: Metric, b: Metric) -> Bool { a.id == b.id }
    public func hash(into hasher: inout Hasher) { hasher.combine(id) }
}

/// By its id, in JSON.
extension Metric: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer(), id = try container.decode(String.self)
        guard let metric = Metric.named(id) else {
            let known = Metric.all.map(\.id).joined(separator: ", ")
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "there is no figure “\(id)”; there are \(known)")
        }
        self = metric
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(id)
    }
}

extension Metric {
    /// Those with stars, letters and pairs, in the order of the tables.
    public static let tested = all.tested

    /// By its id, or by a name of earlier versions; nil where there is none.
    public static func named(_ name: String) -> Metric? { all.first { $0.answers(to: name) } }

    /// The id for each name of earlier versions.
    public static let earlierNames = Dictionary(all.flatMap { metric in metric.aliases.map { ($0, metric.id) } }) {
        first, _ in first
    }

    /// What the figures in one part of a table are, a line each, or one for several that are explained together.
    static func notes(_ metrics: [Metric], _ place: Place) -> [String] {
        let shown = metrics.filter { $0.place == place }
        /// Where it stands, where the table has that metric at all.
        func line(_ metric: Metric) -> String? {
            metric.note.joins.flatMap { id in shown.contains { $0.id == id } ? id : nil }
        }
        var lines: [(names: [String], text: String, joined: String)] = []
        for metric in shown where line(metric) == nil {
            let (name, text) = (metric.note.name ?? metric.title, metric.note.text)
            let joined = shown.filter { line($0) == metric.id }
                .map { " \($0.note.name ?? $0.title): \($0.note.text)." }.joined()
            if let last = lines.indices.last, lines[last].text == text {
                lines[last].names.append(name)
                lines[last].joined += joined
            } else {
                lines.append(([name], text, joined))
            }
        }
        return lines.map { "\($0.names.joined(separator: ", ")): \($0.text)." + $0.joined }
    }
}
