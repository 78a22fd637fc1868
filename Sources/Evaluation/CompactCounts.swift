// How the link counts of single sentences stand in a results file. A few hundred sentences for each trained model would
// otherwise be most of the file.

/// Encodes each sentence as five whole numbers in a flat list: |A|, |S|, |P|, |A∩S|, |A∩P|.
@propertyWrapper
public struct CompactCounts: Sendable, Codable, Equatable {
    public var wrappedValue: [AlignmentCounts]

    public init(wrappedValue: [AlignmentCounts]) { self.wrappedValue = wrappedValue }

    public init(from decoder: any Decoder) throws {
        let numbers = try decoder.singleValueContainer().decode([Int].self)
        guard numbers.count.isMultiple(of: 5) else {
            throw DecodingError.dataCorrupted(.init(codingPath: decoder.codingPath, debugDescription:
                "link counts come in fives, one five a sentence; this list has \(numbers.count) numbers"))
        }
        wrappedValue = stride(from: 0, to: numbers.count, by: 5).map { k in
            var counts = AlignmentCounts()
            counts.predicted = numbers[k]
            counts.sure = numbers[k + 1]
            counts.possible = numbers[k + 2]
            counts.predictedSure = numbers[k + 3]
            counts.predictedPossible = numbers[k + 4]
            return counts
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(wrappedValue.flatMap { [$0.predicted, $0.sure, $0.possible, $0.predictedSure, $0.predictedPossible] })
    }
}
