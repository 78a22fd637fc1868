// The kinds of settings: whole numbers, numbers, choices, lengths, rates and weights.

extension Setting {
    /// - Parameters:
    ///   - read: the value that a text is; nil for what is none.
    ///   - holds: whether a value lies in the range.
    init<Value: Codable & Sendable>(
        _ key: String, _ path: Path<Value>, _ form: SettingForm, earlier: [String], open: String? = nil, _ help: String,
        read: @escaping @Sendable (String) -> Value?, text: @escaping @Sendable (Value) -> String,
        holds: @escaping @Sendable (Value) -> Bool, heading: @escaping @Sendable (Root, Root) -> String?
    ) {
        (self.key, self.earlier, self.form, self.open, self.help, self.path) = (key, earlier, form, open, help, path)
        access = Access(
            set: { text, root in
                guard let value = read(text), holds(value) else { return false }
                root[keyPath: path] = value
                return true
            },
            text: { text($0[keyPath: path]) },
            holds: { holds($0[keyPath: path]) },
            decode: { root, key, into in into[keyPath: path] = try root.decode(Value.self, forKey: key) },
            heading: heading)
    }

    public static func whole(
        _ key: String, _ path: Path<Int>, _ range: ClosedRange<Int>, earlier: [String] = [], _ help: String,
        heading: @escaping Heading
    ) -> Setting {
        Setting(
            key, path, .whole(range), earlier: earlier, help, read: { Int($0) }, text: { "\($0)" },
            holds: range.contains
        ) { root, _ in heading(root) }
    }

    /// One that may be left open.
    /// - Parameter open: what it then is.
    public static func whole(
        _ key: String, _ path: Path<Int?>, _ range: ClosedRange<Int>, open: String, earlier: [String] = [],
        _ help: String,
        heading: @escaping Heading
    ) -> Setting {
        Setting(
            key, path, .whole(range), earlier: earlier, open: open, help, read: { Int($0).map { .some($0) } },
            text: { $0.map { "\($0)" } ?? open }, holds: { $0.map(range.contains) ?? true }
        ) { root, _ in heading(root) }
    }

    /// A seed of random numbers.
    public static func seed(
        _ key: String, _ path: Path<UInt64>, _ help: String, heading: @escaping Heading
    ) -> Setting {
        Setting(
            key, path, .whole(0...Int.max), earlier: [], help, read: { Int($0).flatMap(UInt64.init(exactly:)) },
            text: { "\($0)" }, holds: { $0 <= UInt64(Int.max) }
        ) { root, _ in heading(root) }
    }

    public static func number(
        _ key: String, _ path: Path<Double>, _ range: ClosedRange<Double>, earlier: [String] = [], _ help: String,
        heading: @escaping Heading
    ) -> Setting {
        Setting(
            key, path, .number(range), earlier: earlier, help, read: { Double($0) }, text: { "\($0)" },
            holds: range.contains
        ) { root, _ in heading(root) }
    }

    /// One that may be left open.
    /// - Parameter open: what it then is.
    public static func number(
        _ key: String, _ path: Path<Double?>, _ range: ClosedRange<Double>, open: String, earlier: [String] = [],
        _ help: String, heading: @escaping Heading
    ) -> Setting {
        Setting(
            key, path, .number(range), earlier: earlier, open: open, help, read: { Double($0).map { .some($0) } },
            text: { $0.map { "\($0)" } ?? open }, holds: { $0.map(range.contains) ?? true }
        ) { root, _ in heading(root) }
    }

    /// - Parameter choices: those that there are; a file may hold another, which is then no value of this program.
    public static func choice<Choice: RawRepresentable & Codable & Sendable>(
        _ key: String, _ path: Path<Choice>, among choices: [Choice], earlier: [String] = [], _ help: String,
        heading: @escaping Heading
    ) -> Setting where Choice.RawValue == String {
        let names = choices.map(\.rawValue)
        return Setting(
            key, path, .choice(names), earlier: earlier, help,
            read: { text in choices.first { $0.rawValue == text } }, text: \.rawValue,
            holds: { names.contains($0.rawValue) }
        ) { root, _ in heading(root) }
    }

    public static func choice<Choice: RawRepresentable & CaseIterable & Codable & Sendable>(
        _ key: String, _ path: Path<Choice>, earlier: [String] = [], _ help: String, heading: @escaping Heading
    ) -> Setting where Choice.RawValue == String {
        choice(key, path, among: Array(Choice.allCases), earlier: earlier, help, heading: heading)
    }

    /// The shortest and the longest of something: "5-20".
    public static func lengths(
        _ key: String, _ path: Path<ClosedRange<Int>>, _ range: ClosedRange<Int>, earlier: [String] = [],
        _ help: String,
        heading: @escaping Heading
    ) -> Setting {
        Setting(
            key, path, .lengths(range), earlier: earlier, help,
            read: { text in
                let ends = text.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
                guard ends.count == 2, let lower = ends[0], let upper = ends[1], lower <= upper else { return nil }
                return lower...upper
            }, text: { "\($0.lowerBound)-\($0.upperBound)" },
            holds: { range.contains($0.lowerBound) && range.contains($0.upperBound) }
        ) { root, _ in heading(root) }
    }

    /// A number for each of some of these names, all of them in one flag: "coverage=1,supervised=0.5".
    /// - Parameters:
    ///   - none: words that mean no names at all; the first is said.
    ///   - read: the value that has these weights.
    ///   - weights: those of a value.
    public static func weights<Value: Codable & Sendable>(
        _ key: String, _ path: Path<Value>, among names: [String], none: [String], earlier: [String] = [],
        _ help: String, read: @escaping @Sendable ([String: Double]) -> Value,
        weights: @escaping @Sendable (Value) -> [String: Double], heading: @escaping Heading
    ) -> Setting {
        Setting(
            key, path, .weights(names, none: none), earlier: earlier, help,
            read: { text in (try? NamedWeights.read(text, among: names, none: none)).map(read) },
            text: { NamedWeights.text(weights($0), none: none[0]) },
            holds: { weights($0).values.allSatisfy(NamedWeights.range.contains) }
        ) { root, _ in heading(root) }
    }

    /// A number for each of some names, which the defaults name. A flag sets one of them: "negation=0.5".
    public static func rates(
        _ key: String, _ path: Path<[String: Double]>, _ range: ClosedRange<Double>, earlier: [String] = [],
        _ help: String
    ) -> Setting {
        let read: @Sendable (String) -> (name: String, rate: Double)? = { text in
            let parts = text.split(separator: "=", omittingEmptySubsequences: false)
            guard parts.count == 2, let rate = Double(parts[1]), range.contains(rate) else { return nil }
            return (String(parts[0]), rate)
        }
        return Setting(
            key: key, earlier: earlier, form: .rates(range), open: nil, help: help, path: path,
            access: Access(
                set: { text, root in
                    guard let one = read(text) else { return false }
                    root[keyPath: path][one.name] = one.rate
                    return true
                },
                text: { _ in "the task's own" },
                holds: { $0[keyPath: path].values.allSatisfy(range.contains) },
                decode: { root, key, into in into[keyPath: path] = try root.decode([String: Double].self, forKey: key)
                },
                heading: { root, standard in
                    let own = standard[keyPath: path]
                    let changed = root[keyPath: path].filter { own[$0.key] != $0.value }.sorted { $0.key < $1.key }
                    return changed.isEmpty ? nil : changed.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
                }))
    }
}
