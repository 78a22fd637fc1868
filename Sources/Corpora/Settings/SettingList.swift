// What a list of settings does for all of them: decode what was stored, find what cannot be, say what stands above a
// table.

extension Array {
    /// Reads what was stored. What is not there has the value that `root` has: results and checkpoints of before a
    /// setting existed, its default.
    /// - Throws: `DecodingError` for what has another type.
    public func decode<Root>(from decoder: any Decoder, into root: inout Root) throws where Element == Setting<Root> {
        let values = try decoder.container(keyedBy: SettingKey.self)
        for setting in self {
            let keys = ([setting.key] + setting.earlier).map { SettingKey($0) }
            guard let key = try keys.first(where: { try values.contains($0) && !values.decodeNil(forKey: $0) }) else {
                continue
            }
            try setting.access.decode(values, key, &root)
        }
    }

    /// Those that are no choice: a stored choice may name a part that another program has.
    public func numbers<Root>() -> [Element] where Element == Setting<Root> {
        filter { if case .choice = $0.form { false } else { true } }
    }

    /// The first value that cannot be, as a sentence says it; nil where all can.
    public func fault<Root>(of root: Root) -> String? where Element == Setting<Root> {
        first { !$0.holds(root) }.map { setting in
            if case .rates = setting.form { return "one of its \(setting.key) is not \(setting.form.range)" }
            return "its \(setting.key) is \(setting.text(root)), where \(setting.form.range) was expected"
        }
    }

    /// All of them in one line.
    /// - Parameter standard: the settings that nobody has touched.
    public func heading<Root>(_ root: Root, standard: Root) -> String where Element == Setting<Root> {
        compactMap { $0.heading(root, standard: standard) }.reduce("") { line, words in
            line + (line.isEmpty || words.hasPrefix(" ") || words.hasPrefix(";") ? "" : ", ") + words
        }
    }
}
