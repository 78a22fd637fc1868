// Figures made of what a task counts for itself: the one entry that a metric of a new task needs.

import Evaluation

extension Metric {
    /// Sentences of the lengths of training, or beyond them.
    public enum Split: Sendable { case test, long }

    /// A figure of the sums of a task's counts, tested over sentences unless neither end of it is the better one.
    ///
    /// - Parameters:
    ///   - names: as `MeasuredTask.counts` has them.
    ///   - figure: of their sums over sentences, in this order; nil where it is undefined.
    public static func counted(
        _ id: String, title: String, note: Note, phrase: String? = nil, unit: Unit = .percent,
        digits: Int = 1, direction: Direction = .higher, split: Split = .test, of names: [String],
        figure: @escaping @Sendable ([Double]) -> Double?
    ) -> Metric {
        @Sendable func sentences(_ row: ResultRow) -> [[Double]]? {
            (split == .test ? row.test : row.long).counts?.sentences(of: names)
        }
        let statistic = ResampledStatistic<[Double]>(
            name: title, higherIsBetter: direction == .higher, components: { $0 },
            value: figure)
        return Metric(
            id, title: title, note: note, phrase: phrase, unit: unit, digits: digits, direction: direction,
            place: .quality,
            seedChart: SeedChart(name: "seeds-" + id.replacing("_", with: "-"), title: "\(title) of each seed"),
            test: direction == .neither ? nil : SentenceTest(statistic, sentences), counts: names
        ) { row in
            sentences(row).flatMap { statistic.value(of: $0) }
        }
    }

    /// The sum of one count in that of another: right answers in all, weight on the gold in all weight.
    public static func share(
        _ id: String, title: String, note: Note, phrase: String? = nil, split: Split = .test,
        of part: String, in whole: String
    ) -> Metric {
        counted(id, title: title, note: note, phrase: phrase, split: split, of: [part, whole]) { sums in
            sums[1] > 0 ? sums[0] / sums[1] : nil
        }
    }

    /// Each once, in the order in which they come first.
    static func distinct(_ metrics: [Metric]) -> [Metric] {
        metrics.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }

    func answers(to name: String) -> Bool { id == name || aliases.contains(name) }
}

extension [Metric] {
    /// Those with stars, letters and pairs, in their order.
    public var tested: [Metric] { filter { $0.test != nil } }

    /// Whether a table of them has rows of what aligns without attention.
    var showBaselines: Bool { contains { $0.baseline?.isShown == true } }

    /// The two that a page opens with: the first that is tested, and AER where it is one of them, or else the next.
    var leading: [Metric] {
        let tested = tested, second = tested.contains(.aer) ? .aer : tested.dropFirst().first
        return Metric.distinct(tested.prefix(1) + [second].compactMap { $0 })
    }
}
