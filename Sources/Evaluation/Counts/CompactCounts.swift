// How the counts of single sentences stand in a results file. A few hundred sentences for each trained model would
// otherwise be most of the file.

/// Counts of one sentence as a fixed number of whole numbers.
public protocol CountList {
    static var width: Int { get }
    /// As many as `width`.
    var numbers: [Int] { get }
    /// - Precondition: as many as `width`.
    init(numbers: ArraySlice<Int>)
}

/// Encodes an array of counts as one flat list of numbers.
@propertyWrapper
public struct CompactCounts<Counts: CountList & Sendable & Equatable>: Sendable, Codable, Equatable {
    public var wrappedValue: [Counts]

    public init(wrappedValue: [Counts]) { self.wrappedValue = wrappedValue }

    public init(from decoder: any Decoder) throws {
        let numbers = try decoder.singleValueContainer().decode([Int].self)
        guard numbers.count.isMultiple(of: Counts.width) else {
            throw DecodingError.dataCorrupted(
                .init(
                    codingPath: decoder.codingPath,
                    debugDescription:
                        "there should be \(Counts.width) numbers a sentence, but \(numbers.count) is no multiple of that"
                ))
        }
        wrappedValue = stride(from: 0, to: numbers.count, by: Counts.width).map {
            Counts(numbers: numbers[$0..<$0 + Counts.width])
        }
        for counts in wrappedValue { try (counts as? any PossibleCounts)?.check(decoder) }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(wrappedValue.flatMap(\.numbers))
    }
}

/// |A|, |S|, |P|, |A∩S|, |A∩P|
extension AlignmentCounts: CountList {
    public static var width: Int { 5 }
    public var numbers: [Int] { [predicted, sure, possible, predictedSure, predictedPossible] }
    public init(numbers: ArraySlice<Int>) {
        let x = Array(numbers)
        self.init()
        (predicted, sure, possible, predictedSure, predictedPossible) = (x[0], x[1], x[2], x[3], x[4])
    }
}

/// Sentences, hypothesis and reference length, correct n-grams for n = 1 … 4, n-grams for n = 1 … 4
extension BLEUStatistics: CountList {
    public static var width: Int { 3 + 2 * orders }
    public var numbers: [Int] { [sentences, hypothesisLength, referenceLength] + correct + total }
    public init(numbers: ArraySlice<Int>) {
        let x = Array(numbers)
        self.init()
        (sentences, hypothesisLength, referenceLength) = (x[0], x[1], x[2])
        correct = Array(x[3..<3 + Self.orders])
        total = Array(x[(3 + Self.orders)...])
    }
}
