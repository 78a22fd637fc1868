// Somebody's own text as a data set: which files, how they are read, and how much of them.

/// Files of sentence pairs, with gold links where somebody has drawn them. `read` makes a data set of them.
public struct OwnText: Sendable, Equatable {
    /// What tables call it.
    public var name: String
    /// One file (source, tab, target on each line), or the source's and the target's.
    public var train: [NamedFile]
    /// In the same form; empty where a part of the training text is held out.
    public var dev: [NamedFile] = []
    /// In the same form; empty where a part of the training text is held out.
    public var test: [NamedFile] = []
    /// Links of the test pairs, or of the training text's where there is no test text; Pharaoh or NAACL.
    public var gold: NamedFile?
    /// What the first word is called in the gold file; nil for what is usual in its format.
    public var goldBase: Int?
    /// Whether the gold file writes the target word first.
    public var goldReversed = false
    /// Words that a side of a pair may have; nil for any number.
    public var maximumLength: Int?
    /// Whether capitals are read as small letters.
    public var lowerCase = false
    /// Whether each line has a label, a tab and a document, in the place of a sentence and its translation.
    public var documents = false
    /// How much there is, once it was read.
    public var sizes: Sizes?

    public init(_ name: String, train: [String]) {
        self.name = name
        self.train = train.map(NamedFile.init)
    }

    /// What a text came to when all of it was read.
    public struct Sizes: Sendable, Codable, Equatable {
        public var train: Int, dev: Int, test: Int
        /// Source words of a pair.
        public var shortest: Int, longest: Int
        /// Test pairs with links.
        public var aligned: Int
    }

    /// Each with what it is to the text.
    public var files: [(role: String, file: NamedFile)] {
        func roles(_ kind: String, _ files: [NamedFile]) -> [(String, NamedFile)] {
            let sides = files.count == 2 ? ["source of the ", "target of the "] : [""]
            return zip(sides, files).map { ("the \($0)\(kind) text", $1) }
        }
        return roles("training", train) + roles("dev", dev) + roles("test", test)
            + (gold.map { [("the gold links", $0)] } ?? [])
    }

    /// With every file changed in the same way.
    public func changingFiles(_ change: (NamedFile) throws -> NamedFile) rethrows -> OwnText {
        var text = self
        text.train = try train.map(change)
        text.dev = try dev.map(change)
        text.test = try test.map(change)
        text.gold = try gold.map(change)
        return text
    }

    /// With its files where those of another are that has the same.
    public func lying(as other: OwnText) -> OwnText {
        var text = self
        (text.train, text.dev, text.test, text.gold) = (other.train, other.dev, other.test, other.gold)
        return text
    }

    /// The first file that is another one than in a text of the same settings, as a sentence begins with it; nil where
    /// none is.
    public func changedFile(since old: OwnText) -> String? {
        let before = old.files, now = files
        func file(_ role: String, _ files: [(role: String, file: NamedFile)]) -> NamedFile? {
            files.first { $0.role == role }?.file
        }
        for (role, known) in before where file(role, now) == nil { return "\(role) was \(known.path), and is none now" }
        for (role, found) in now {
            guard let known = file(role, before) else { return "\(role) is \(found.path), and there was none" }
            if known != found {
                return known.digest != nil && found.digest != nil
                    ? "\(role), \(found.path), has another content" : "\(role) was \(known.path), and is \(found.path)"
            }
        }
        return nil
    }
}

// MARK: JSON

/// Without what is left at its default.
extension OwnText: Codable {
    /// In the order in which files are written.
    public enum CodingKeys: String, CodingKey, CaseIterable {
        case name, train, dev, test, gold, goldBase, goldReversed, maximumLength, lowerCase, documents, sizes

        /// The same word with hyphens.
        public var flag: String { "--" + SettingText.hyphened(rawValue) }
    }

    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        func files(_ key: CodingKeys) throws -> [NamedFile] {
            guard values.contains(key) else { return [] }
            if let one = try? values.decode(NamedFile.self, forKey: key) { return [one] }
            return try values.decode([NamedFile].self, forKey: key)
        }
        self.init(try values.decode(String.self, forKey: .name), train: [])
        (train, dev, test) = (try files(.train), try files(.dev), try files(.test))
        gold = try values.decodeIfPresent(NamedFile.self, forKey: .gold)
        goldBase = try values.decodeIfPresent(Int.self, forKey: .goldBase)
        goldReversed = try values.decodeIfPresent(Bool.self, forKey: .goldReversed) ?? false
        maximumLength = try values.decodeIfPresent(Int.self, forKey: .maximumLength)
        lowerCase = try values.decodeIfPresent(Bool.self, forKey: .lowerCase) ?? false
        documents = try values.decodeIfPresent(Bool.self, forKey: .documents) ?? false
        sizes = try values.decodeIfPresent(Sizes.self, forKey: .sizes)
    }

    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        func encode(_ files: [NamedFile], _ key: CodingKeys) throws {
            if files.count == 1 { try values.encode(files[0], forKey: key) }
            if files.count > 1 { try values.encode(files, forKey: key) }
        }
        try values.encode(name, forKey: .name)
        try encode(train, .train)
        try encode(dev, .dev)
        try encode(test, .test)
        try values.encodeIfPresent(gold, forKey: .gold)
        try values.encodeIfPresent(goldBase, forKey: .goldBase)
        if goldReversed { try values.encode(true, forKey: .goldReversed) }
        try values.encodeIfPresent(maximumLength, forKey: .maximumLength)
        if lowerCase { try values.encode(true, forKey: .lowerCase) }
        if documents { try values.encode(true, forKey: .documents) }
        try values.encodeIfPresent(sizes, forKey: .sizes)
    }
}
