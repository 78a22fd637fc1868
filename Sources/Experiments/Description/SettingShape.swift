// What may stand at each place of an experiment file, and the sentence for what may not.

import AttentionScorers
import Corpora
import Seq2Seq

/// The form of one setting. A file is checked against it before anything is decoded: a decoder's own messages are for
/// programmers.
indirect enum SettingShape: Sendable {
    case integer(ClosedRange<Int>)
    case number(ClosedRange<Double>)
    case text
    case choice([String])
    case list(SettingShape)
    /// [5, 20]: the shortest and the longest.
    case lengths
    case object([Member])
    /// Or null, for none.
    case optional(SettingShape)

    struct Member: Sendable {
        let key: String
        let shape: SettingShape

        init(_ key: String, _ shape: SettingShape) { (self.key, self.shape) = (key, shape) }
    }

    var members: [Member] {
        switch self {
        case .object(let members): members
        case .optional(let shape): shape.members
        default: []
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
        case (.integer(let range), _):
            guard case .integer(let number) = value, range.contains(number) else {
                throw refused("a whole number, " + Self.text(range))
            }
        case (.number(let range), .integer(let number)):
            guard range.contains(Double(number)) else { throw refused("a number, " + Self.text(range)) }
        case (.number(let range), _):
            guard case .number(let number) = value, range.contains(number) else {
                throw refused("a number, " + Self.text(range))
            }
        case (.text, _):
            guard case .text = value else { throw refused("text in quotation marks") }
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
        case (.lengths, _):
            guard case .list(let ends) = value, ends.count == 2, case .integer(let lower) = ends[0],
                case .integer(let upper) = ends[1],
                lower <= upper, ToyOptions.Ranges.length.contains(lower), ToyOptions.Ranges.length.contains(upper)
            else {
                throw InputError(
                    "\(path) is \(value.plain); it must be the shortest and the longest length, "
                        + "\(Self.text(ToyOptions.Ranges.length)), such as [5, 20]", file: file)
            }
        case (.optional(let shape), _):
            if value != .null { try shape.check(value, path, file) }
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

    private static func text(_ range: ClosedRange<Int>) -> String {
        range.upperBound >= 1_000_000_000 ? "\(range.lowerBound) or more" : "\(range.lowerBound) to \(range.upperBound)"
    }

    private static func text(_ range: ClosedRange<Double>) -> String {
        let lower = range.lowerBound > 0 && range.lowerBound < 1e-100 ? "above 0" : "\(range.lowerBound) or more"
        return range.upperBound < .greatestFiniteMagnitude ? "\(lower) and at most \(range.upperBound)" : lower
    }
}

// MARK: the settings

extension SettingShape {
    /// In the order in which they are written. A test holds these lists against the settings themselves.
    static func experiment(_ parts: PartList, _ tasks: TaskList = .standard) -> SettingShape {
        let model = model(parts), data = data(tasks)
        return .object([
            Member("tasks", .list(.choice(tasks.names))), Member("scorers", .list(.text)),
            Member("seeds", .integer(Experiment.seedRange)), Member("dataSeed", .integer(0...Int.max)),
            Member("model", model), Member("training", training), Member("data", data),
            Member("conditions", .list(condition(model, data))),
        ])
    }

    private static func condition(_ model: SettingShape, _ data: SettingShape) -> SettingShape {
        .object([
            Member("name", .text), Member("scorers", .list(.text)), Member("model", model),
            Member("training", training),
            Member("data", data),
        ])
    }

    static func model(_ parts: PartList) -> SettingShape {
        .object([
            Member("embedding", .integer(ModelSettings.Ranges.width)),
            Member("hidden", .integer(ModelSettings.Ranges.width)),
            Member("attention", .integer(ModelSettings.Ranges.width)),
            Member("maximumSource", .integer(ModelSettings.Ranges.maximumSource)),
            Member("timing", choice(QueryTiming.self)),
            Member("feeding", choice(Feeding.self)), Member("cell", choice(CellKind.self)),
            Member("encoder", choice(parts.encoders.map(EncoderKind.init))),
            Member("bridge", choice(Bridge.self)),
            Member("normalisation", choice(parts.normalisers.map(Normalisation.init))),
            Member("copying", choice(Copying.self)),
            Member("minimumCount", .integer(ModelSettings.Ranges.minimumCount)),
        ])
    }

    static let training = SettingShape.object([
        Member("steps", .integer(TrainingSettings.Ranges.steps)),
        Member("batchSize", .integer(TrainingSettings.Ranges.batchSize)),
        Member("shards", .optional(.integer(TrainingSettings.Ranges.shards))),
        Member("learningRate", .number(TrainingSettings.Ranges.rate)),
        Member("finalLearningRate", .number(TrainingSettings.Ranges.finalLearningRate)),
        Member("beta2", .number(TrainingSettings.Ranges.beta2)), Member("clip", .number(TrainingSettings.Ranges.rate)),
        Member("evaluationInterval", .integer(TrainingSettings.Ranges.steps)),
        Member("patience", .integer(TrainingSettings.Ranges.steps)),
    ])

    static func data(_ tasks: TaskList) -> SettingShape {
        .object(tasks.all.map { Member($0.name, data($0)) })
    }

    private static func data(_ task: any MeasuredTask) -> SettingShape {
        .object([
            Member("trainPairs", .integer(ToyOptions.Ranges.pairs)),
            Member("devPairs", .integer(ToyOptions.Ranges.pairs)),
            Member("testPairs", .integer(ToyOptions.Ranges.pairs)),
            Member("longPairs", .integer(0...ToyOptions.Ranges.pairs.upperBound)), Member("lengths", .lengths),
            Member("longLengths", .lengths), Member("symbols", .integer(ToyOptions.Ranges.symbols)),
            Member("lexiconShare", .number(ToyOptions.Ranges.lexiconShare)),
            Member("rates", .object(task.defaults.rates.keys.sorted().map { Member($0, .number(0...1)) })),
        ])
    }

    private static func choice<Kind: RawRepresentable & CaseIterable>(_ type: Kind.Type) -> SettingShape
    where Kind.RawValue == String {
        .choice(Kind.allCases.map(\.rawValue))
    }

    private static func choice<Place: Seam>(_ choices: [PartChoice<Place>]) -> SettingShape {
        .choice(choices.map(\.rawValue))
    }
}
