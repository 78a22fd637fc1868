// Groups of sentences by source length, because attention earns its keep on long ones (Bahdanau et al. 2015, fig. 2).

/// Buckets of source length, in words.
public struct LengthBuckets: Sendable, Codable, Equatable {
    /// The largest length of each bucket but the last, rising; the last bucket is open.
    public let upperBounds: [Int]

    /// - Parameter upperBounds: in any order; repeated and non-positive bounds are dropped.
    public init(upperBounds: [Int] = [5, 10, 15, 20, 30, 50]) {
        self.upperBounds = Set(upperBounds.filter { $0 > 0 }).sorted()
    }

    /// One label a bucket, in order: "1-5", "6-10", …, "51+".
    public var labels: [String] {
        var lower = 1
        var labels: [String] = []
        for bound in upperBounds {
            labels.append(lower == bound ? "\(bound)" : "\(lower)-\(bound)")
            lower = bound + 1
        }
        return labels + ["\(lower)+"]
    }

    /// The label of the bucket a length falls into. An empty source goes with the shortest.
    public func label(of length: Int) -> String {
        labels[upperBounds.firstIndex { length <= $0 } ?? upperBounds.count]
    }
}
