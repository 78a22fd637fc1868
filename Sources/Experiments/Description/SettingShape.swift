// What may stand at each place of an experiment file, and the sentence for what may not.

import AttentionScorers
import Corpora
import Seq2Seq

/// The form of one setting. A file is checked against it before anything is decoded: a decoder's own messages are for
/// programmers.
indirect enum SettingShape: Sendable {
    /// One that is declared.
    /// - standard: what it is where it is left out.
    case setting(SettingForm, isOpen: Bool, standard: String)
    case text
    /// true or false.
    case truth
    /// A path, or a list of up to two.
    case files
    case choice([String])
    /// One of these names, or what stands in place of one.
    case named([String], or: SettingShape)
    case list(SettingShape)
    case object([Member])

    struct Member: Sendable {
        let key: String
        let shape: SettingShape
        /// Whether a key means this member: its own, or one of earlier versions.
        let isCalled: @Sendable (String) -> Bool

        init(_ key: String, _ shape: SettingShape) {
            (self.key, self.shape) = (key, shape)
            isCalled = { $0 == key }
        }

        /// - Parameter standard: what it is where it is left out, if that is not its default.
        init<Root>(_ setting: Setting<Root>, in root: Root, standard: String? = nil) {
            key = setting.key
            shape = .setting(setting.form, isOpen: setting.open != nil, standard: standard ?? setting.text(root))
            isCalled = setting.isCalled
        }

        /// A table of numbers, whose names are known.
        init<Root>(
            _ setting: Setting<Root>, _ range: ClosedRange<Double>, of values: [String: Double], standard: String?
        ) {
            key = setting.key
            shape = .object(
                values.sorted { $0.key < $1.key }.map { name, value in
                    Member(name, .setting(.number(range), isOpen: false, standard: standard ?? "\(value)"))
                })
            isCalled = setting.isCalled
        }
    }

    var members: [Member] {
        switch self {
        case .object(let members): members
        case .named(_, let shape): shape.members
        default: []
        }
    }

    /// Those of an object that stand there, in the order in which they are written: of weights, whatever is named.
    func members(of given: [String: JSONValue]) -> [Member] {
        if case .setting(.weights, _, _) = self { return given.keys.sorted().map { Member($0, .text) } }
        return members.filter { given[$0.key] != nil }
    }

    /// The same value with the names of today for those of earlier versions.
    /// - Throws: `InputError` where one setting stands there under two names.
    func renamed(_ value: JSONValue, _ path: String, _ file: String?) throws -> JSONValue {
        switch (self, value) {
        case (.list(let shape), .list(let items)):
            return .list(try items.enumerated().map { try shape.renamed($1, "\(path)[\($0)]", file) })
        case (.named(_, let shape), .object): return try shape.renamed(value, path, file)
        case (.object(let members), .object(let given)):
            var named: [String: JSONValue] = [:], keys: [String: String] = [:]
            for (key, inner) in given.sorted(by: { $0.key < $1.key }) {
                let member = members.first { $0.isCalled(key) }, name = member?.key ?? key
                guard named[name] == nil else {
                    let place = path.isEmpty ? name : "\(path).\(name)"
                    throw InputError(
                        "\(place) stands there twice, as \"\(keys[name] ?? name)\" and as \"\(key)\"; give it once",
                        file: file)
                }
                keys[name] = key
                named[name] = try member?.shape.renamed(inner, path.isEmpty ? name : "\(path).\(name)", file) ?? inner
            }
            return .object(named)
        default: return value
        }
    }

    /// - Parameter path: "conditions[1].model.hidden"; empty for the whole file.
    /// - Throws: `InputError` that names the place.
    func check(_ value: JSONValue, _ path: String, _ file: String?) throws {
        func refused(_ expected: String) -> InputError {
            InputError(
                "\(path.isEmpty ? "the experiment" : path) is \(Self.described(value)); it must be \(expected)",
                file: file)
        }
        switch (self, value) {
        case (.setting(let form, let isOpen, let standard), _):
            guard form.accepts(value) || isOpen && value == .null else {
                let word: String? =
                    switch value {
                    case .text(let text): text
                    case .object(let members): form.flagText(members)
                    case .list: nil
                    default: value.plain
                    }
                let given =
                    switch (form, value) {
                    case (.choice, .text(let word)): "\"\(word)\""
                    case (.lengths, .list): value.plain
                    case (.weights, .object): "{" + (word ?? "") + "}"
                    default: Self.described(value)
                    }
                throw InputError(
                    form.refusal(of: path, given: given, word: word, standard: standard, .file), file: file)
            }
        case (.text, _):
            guard case .text = value else { throw refused("text in quotation marks") }
        case (.truth, _):
            guard case .bool = value else { throw refused("true or false") }
        case (.files, _):
            guard Self.isFiles(value) else {
                throw refused(
                    "a file, or a list of two: the source's, and the target's; relative to the experiment's folder")
            }
        case (.named(_, let shape), .object): try shape.check(value, path, file)
        case (.named(let known, _), _): try SettingShape.choice(known).check(value, path, file)
        case (.choice(let known), _):
            guard case .text(let word) = value else {
                throw refused("one of " + known.map { "\"\($0)\"" }.joined(separator: ", "))
            }
            guard known.contains(word) else {
                throw InputError("\(path) is \"\(word)\". \(Suggestion.orList(for: word, among: known))", file: file)
            }
        case (.list(let shape), _):
            guard case .list(let items) = value else { throw refused("a list in square brackets") }
            for (index, item) in items.enumerated() { try shape.check(item, "\(path)[\(index)]", file) }
        case (.object(let members), _):
            guard case .object(let given) = value else { throw refused("an object in braces") }
            for (key, inner) in given.sorted(by: { $0.key < $1.key }) {
                guard let member = members.first(where: { $0.key == key }) else {
                    throw Self.unknown(key, path, members.map(\.key), file)
                }
                try member.shape.check(inner, path.isEmpty ? key : "\(path).\(key)", file)
            }
        }
    }

    private static func isFiles(_ value: JSONValue) -> Bool {
        switch value {
        case .text(let path): !path.isEmpty
        case .list(let items):
            (1...2).contains(items.count) && items.allSatisfy { if case .text = $0 { true } else { false } }
        default: false
        }
    }

    private static func unknown(_ key: String, _ path: String, _ known: [String], _ file: String?) -> InputError {
        let place = path.isEmpty ? "" : " in \(path)"
        let help =
            switch key {
            case "scorer": "The scorers are named at the top, in \"scorers\"; leave it out."
            case "seed": "\"seeds\" at the top says how many trainings there are; leave it out."
            default: Suggestion.orList(for: key, among: known)
            }
        return InputError("there is no setting \"\(key)\"\(place). \(help)", file: file)
    }

    private static func described(_ value: JSONValue) -> String {
        switch value {
        case .text(let text): "the text \"\(text)\""
        case .list: "a list"
        case .object: "an object"
        default: value.plain
        }
    }
}

extension SettingForm {
    /// Whether what stands in a file is a value.
    fileprivate func accepts(_ value: JSONValue) -> Bool {
        switch (self, value) {
        case (.whole(let range), .integer(let number)): range.contains(number)
        case (.number(let range), .integer(let number)): range.contains(Double(number))
        case (.number(let range), .number(let number)): range.contains(number)
        case (.choice(let names), .text(let name)): names.contains(name)
        case (.lengths(let range), .list(let ends)):
            if case .integer(let lower)? = ends.first, case .integer(let upper)? = ends.last {
                ends.count == 2 && lower <= upper && range.contains(lower) && range.contains(upper)
            } else {
                false
            }
        case (.weights(_, let none), .text(let word)): none.contains(word)
        case (.weights(let names, _), .object(let members)):
            members.allSatisfy { names.contains($0.key) && Self.isWeight($0.value) }
        default: false
        }
    }

    /// null takes out a weight that the experiment of a condition has.
    private static func isWeight(_ value: JSONValue) -> Bool {
        switch value {
        case .integer(let number): NamedWeights.range.contains(Double(number))
        case .number(let number): NamedWeights.range.contains(number)
        default: value == .null
        }
    }

    /// Weights as a flag would have them; nil for what is no object of weights.
    fileprivate func flagText(_ members: [String: JSONValue]) -> String? {
        guard case .weights = self else { return nil }
        return members.sorted { $0.key < $1.key }.map { "\($0)=\($1.plain)" }.joined(separator: ",")
    }
}

// MARK: the settings

extension SettingShape {
    /// In the order in which they are declared, which is that in which they are written.
    static func experiment(_ parts: PartList, _ tasks: TaskList = .standard) -> SettingShape {
        let standard = Experiment(tasks: [], scorers: [])
        return .object(
            [Member("tasks", .list(.named(tasks.names, or: .ownText))), Member("scorers", .list(.text))]
                + Experiment.settings.map { Member($0, in: standard) } + settings(parts, tasks)
                + [Member("conditions", .list(condition(parts, tasks)))])
    }

    /// A text of one's own among the tasks.
    static let ownText = SettingShape.object(
        OwnText.CodingKeys.allCases.filter { $0 != .sizes }.map { key in
            let shape: SettingShape =
                switch key {
                case .train, .dev, .test: .files
                case .goldBase: .setting(.whole(0...1), isOpen: true, standard: "what is usual in its format")
                case .maximumLength: .setting(.whole(1...1_000_000), isOpen: true, standard: "any length")
                case .goldReversed, .lowerCase, .documents: .truth
                case .name, .gold, .sizes: .text
                }
            return Member(key.rawValue, shape)
        })

    private static func condition(_ parts: PartList, _ tasks: TaskList) -> SettingShape {
        .object(
            [Member("name", .text), Member("scorers", .list(.text))]
                + settings(parts, tasks, standard: "that of the experiment"))
    }

    /// - Parameter standard: what is left out, if that is not the default.
    private static func settings(_ parts: PartList, _ tasks: TaskList, standard: String? = nil) -> [Member] {
        let model = ModelSettings(scorer: ""), training = TrainingSettings()
        return [
            Member("model", .object(ModelSettings.settings(parts).map { Member($0, in: model, standard: standard) })),
            Member(
                "training",
                .object(TrainingSettings.settings(parts).map { Member($0, in: training, standard: standard) })),
            Member("data", .object(tasks.all.map { Member($0.name, data($0.defaults, standard)) })),
        ]
    }

    /// Those that the task does not read may stand there too: results have always had them.
    private static func data(_ defaults: ToyOptions, _ standard: String?) -> SettingShape {
        .object(
            ToyOptions.settings.map { setting in
                guard case .rates(let range) = setting.form else {
                    return Member(setting, in: defaults, standard: standard)
                }
                return Member(setting, range, of: defaults.rates, standard: standard)
            })
    }
}
