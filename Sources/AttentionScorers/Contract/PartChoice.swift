// A place in the model where one of several parts can stand, and which one was chosen: a name in settings, a type in
// the program.

/// What a part of the model says of itself.
public struct PartCard: Sendable, Equatable {
    /// What settings, files and the command line call it: lower case, words joined by hyphens.
    public let name: String
    /// In the paper's symbols.
    public let equation: String
    /// Authors, year, section or equation.
    public let source: String

    public init(name: String, equation: String, source: String) {
        (self.name, self.equation, self.source) = (name, equation, source)
    }
}

/// One such place, with the parts for it that come with the toolkit.
public protocol Seam: Sendable {
    /// Such as `any Normaliser.Type`.
    associatedtype Part: Sendable

    /// What sentences call it: "normalisation".
    static var noun: String { get }
    /// The first is the default.
    static var parts: [Part] { get }
    static func card(of part: Part) -> PartCard
}

/// A part that was chosen. Two of one name are the same choice.
public struct PartChoice<Place: Seam>: Sendable {
    /// The name on the card.
    public let rawValue: String
    /// nil where a file named a part that this program does not have: its results can be read, but no model can be
    /// built of it.
    public let part: Place.Part?

    public init(_ part: Place.Part) {
        self.part = part
        rawValue = Place.card(of: part).name
    }

    /// What a file named, of those that come with the toolkit.
    public init(named name: String) { self.init(named: name, among: Place.parts) }

    fileprivate init(named name: String, among parts: [Place.Part]) {
        rawValue = name
        part = parts.first { Place.card(of: $0).name == name }
    }

    /// The same name among these parts, a program's own with them.
    public func resolved(among parts: [Place.Part]) -> PartChoice { PartChoice(named: rawValue, among: parts) }
}

extension PartChoice: RawRepresentable, CaseIterable {
    /// - Returns: nil where no part of the toolkit has this name.
    public init?(rawValue: String) {
        self.init(named: rawValue, among: Place.parts)
        if part == nil { return nil }
    }

    /// Those that come with the toolkit.
    public static var allCases: [PartChoice] { Place.parts.map { PartChoice($0) } }
}

extension PartChoice: Hashable {
    public static func == (a: PartChoice, b: PartChoice) -> Bool { a.rawValue == b.rawValue }
    public func hash(into hasher: inout Hasher) { hasher.combine(rawValue) }
}

extension PartChoice: Codable {
    public init(from decoder: any Decoder) throws {
        self.init(named: try decoder.singleValueContainer().decode(String.self))
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(rawValue)
    }
}

extension PartChoice: CustomStringConvertible {
    public var description: String { rawValue }
}
