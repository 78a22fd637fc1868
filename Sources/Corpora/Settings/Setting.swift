// A setting, declared once: flag, help, refusal, JSON key, tolerant decoding and the words above a table come from it.

/// One choice that a training, a model, a toy task or an experiment leaves open.
///
/// `Root` lists its settings; a new one is a property with its default, and an entry in that list.
public struct Setting<Root: Sendable>: Sendable {
    public typealias Path<Value> = WritableKeyPath<Root, Value> & Sendable
    /// What stands above a table; nil for nothing. Words that begin with a space or a semicolon go on with those
    /// before.
    public typealias Heading = @Sendable (Root) -> String?

    /// The name of the property, which is the key in JSON; the flag is the same word with hyphens.
    public let key: String
    /// What it was called in earlier versions, as a key or as a flag without dashes; still understood at both places.
    public let earlier: [String]
    public let form: SettingForm
    /// What it is while nobody has said anything; nil where the property always has a value.
    public let open: String?
    /// One sentence.
    public let help: String
    let path: PartialKeyPath<Root> & Sendable
    let access: Access

    /// What needs the type of the value.
    struct Access: Sendable {
        /// Returns whether the text is a value.
        let set: @Sendable (String, inout Root) -> Bool
        let text: @Sendable (Root) -> String
        let holds: @Sendable (Root) -> Bool
        let decode: @Sendable (KeyedDecodingContainer<SettingKey>, SettingKey, inout Root) throws -> Void
        /// Of settings and the defaults.
        let heading: @Sendable (Root, Root) -> String?
    }

    /// "--learning-rate".
    public var flag: String { "--" + SettingText.hyphened(key) }

    /// The flags of earlier versions.
    public var earlierFlags: [String] { earlier.map { "--" + SettingText.hyphened($0) } }

    /// Whether a key of a file means this setting: its own, an earlier one, or the word of the flag.
    public func isCalled(_ word: String) -> Bool {
        ([key] + earlier).contains { $0 == word || SettingText.hyphened($0) == word }
    }

    /// The value, as a flag has it.
    public func text(_ root: Root) -> String { access.text(root) }

    /// Sets it to what a flag has; returns false where that is no value.
    public func set(_ text: String, in root: inout Root) -> Bool { access.set(text, &root) }

    /// Whether the value lies in the range.
    public func holds(_ root: Root) -> Bool { access.holds(root) }

    public func isAt(_ path: PartialKeyPath<Root>) -> Bool { self.path == path }

    /// - Parameter standard: the settings that nobody has touched.
    public func heading(_ root: Root, standard: Root) -> String? { access.heading(root, standard) }
}

/// A key of JSON that only its declaration knows.
struct SettingKey: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init(_ name: String) { stringValue = name }
    init?(stringValue: String) { self.init(stringValue) }
    init?(intValue: Int) { nil }
}
