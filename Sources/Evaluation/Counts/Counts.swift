// Counts that add: what is counted in one sentence and, added up, in a corpus. A kind of counts lists its fields once;
// how it is added, what stands of it in a file, and which counts no measurement can have given follow from that list.

import Corpora

/// Counts of one sentence or, added up, of a corpus.
///
///     public struct HitCounts: Counts {
///         public var words = 0
///         public var hits = 0
///         public init() {}
///
///         public var accuracy: Double? { ratio(hits, words) }
///
///         public static let fields: [CountField<Self>] = [
///             .number("words", \.words), .number("hits", \.hits).part(of: \.words),
///         ]
///         public static let figures: [CountFigure<Self>] = [.init("accuracy", \.accuracy)]
///     }
public protocol Counts: Sendable, Codable, Equatable {
    /// Nothing counted: adding it changes nothing.
    init()

    /// Every stored property, once.
    static var fields: [CountField<Self>] { get }

    /// What is computed from them. Written beside them, so that a file can be read without this library; never read
    /// back.
    static var figures: [CountFigure<Self>] { get }

    /// What no measurement gives, beyond what the fields say of themselves; nil where it can be.
    var fault: String? { get }
}

extension Counts {
    public static var figures: [CountFigure<Self>] { [] }
    public var fault: String? { nil }

    public static func += (a: inout Self, b: Self) {
        for field in fields { field.add(&a, b) }
    }

    /// The first thing in these counts that no measurement gives, as a sentence says it; nil where they are possible.
    public var impossible: String? {
        for field in Self.fields {
            if let fault = field.fault(self) { return fault }
        }
        return fault
    }
}

// MARK: in files

extension Counts {
    /// - Throws: `DecodingError` with the place in the file, also for counts that no measurement gives: figures are
    ///   computed from counts and not read, so a share above the whole would stand in a table like any other.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: NameKey.self), schema = decoder.countsSchema
        self.init()
        for field in Self.fields where field.since <= schema {
            try field.read(&self, container, field.name(in: schema))
        }
        if let impossible { throw DecodingError.impossible(impossible, at: container.codingPath) }
    }

    /// A figure that is undefined stands as `null`.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: NameKey.self)
        for figure in Self.figures { try figure.write(self, &container) }
        for field in Self.fields { try field.write(self, &container, field.name) }
    }
}

/// What is computed from counts, under the name that it has in files.
public struct CountFigure<Root>: Sendable {
    let write: @Sendable (Root, inout KeyedEncodingContainer<NameKey>) throws -> Void

    public init<Value: Encodable & Sendable>(_ name: String, _ path: KeyPath<Root, Value?> & Sendable) {
        let key = NameKey(name)
        write = { try $1.encode($0[keyPath: path], forKey: key) }
    }
}

extension CodingUserInfoKey {
    /// For decoders: the schema of the file that counts are read from, a whole number.
    public static let countsSchema = CodingUserInfoKey(rawValue: "counts schema").unsafelyUnwrapped
}

extension Decoder {
    /// That of today where nobody says another one.
    var countsSchema: Int { userInfo[.countsSchema] as? Int ?? .max }
}

/// Why counts of a file cannot be, for a sentence about that file.
public struct ImpossibleCounts: Error, CustomStringConvertible {
    public let description: String
}

extension DecodingError {
    static func impossible(_ what: String, at path: [any CodingKey]) -> DecodingError {
        .dataCorrupted(
            .init(codingPath: path, debugDescription: what, underlyingError: ImpossibleCounts(description: what)))
    }
}
