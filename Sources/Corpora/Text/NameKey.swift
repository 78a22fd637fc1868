// A JSON key that is made of a name, for objects whose keys are those of metrics, counts or settings.

public struct NameKey: CodingKey, Sendable {
    public let stringValue: String
    public var intValue: Int? { nil }

    public init(_ name: String) { stringValue = name }
    public init?(stringValue: String) { self.init(stringValue) }
    /// No object here has numbers for keys.
    public init?(intValue: Int) { nil }
}
