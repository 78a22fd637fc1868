// What a tested column is called, and which end of it is the better one.

extension SummaryLine.Column {
    /// The one name of the column: in flags, in CSV and in JSON.
    public var name: String { rawValue }

    /// Names that a column had in flags and files of earlier versions. Flags still take them.
    public static let earlierNames: [String: String] = [
        "test": testAccuracy.name, "test-accuracy": testAccuracy.name, "test_sentence_accuracy": testAccuracy.name,
        "long": longAccuracy.name, "long-accuracy": longAccuracy.name, "long_sentence_accuracy": longAccuracy.name,
        "content-aer": contentAER.name,
    ]

    /// Whether less of it is better: of errors.
    public var isBetterLow: Bool { self == .aer || self == .contentAER }
}
