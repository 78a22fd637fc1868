// A JSON key that is made of a name, for objects whose keys are those of the metrics.

struct NameKey: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init(_ name: String) { stringValue = name }
    init?(stringValue: String) { self.init(stringValue) }
    /// No object here has numbers for keys.
    init?(intValue: Int) { nil }
}
