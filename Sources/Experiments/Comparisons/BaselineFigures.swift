// What JSON has of an aligner without attention: the figures that all of them have, under the names of their metrics.

/// A null where a figure is undefined, as in the lines of scorers.
public struct BaselineFigures: Encodable {
    private let row: BaselineRow

    public init(_ row: BaselineRow) { self.row = row }

    public func encode(to encoder: any Encoder) throws {
        var c = encoder.container(keyedBy: NameKey.self)
        try c.encode(row.task, forKey: NameKey("task"))
        try c.encodeIfPresent(row.condition, forKey: NameKey("condition"))
        try c.encode(row.name, forKey: NameKey("name"))
        for metric in Metric.all {
            if let baseline = metric.baseline, baseline.isExpected {
                try c.encode(baseline.figure(row), forKey: NameKey(metric.id))
            }
        }
    }
}
