// An experiment as a file that people write: JSON in which only what differs from the defaults need be said.

public import AttentionScorers
import Corpora
import Foundation
public import Seq2Seq

/// Reads and writes experiment files. What is left out has its default; in a condition, and in the data of a task, what
/// is left out is that of the experiment, and of the task.
public enum ExperimentFile {
    /// - Parameters:
    ///   - scorers: the names that there are, and groups of them; a file that names none means the default's.
    ///   - parts: the other parts of models that it may name.
    ///   - tasks: what it may compare on.
    /// - Throws: `InputError` for what is no JSON (with its line), an unknown setting (by name) or a value that cannot
    ///   be (with its place).
    public static func read(
        _ path: String, scorers: ScorerNames, parts: PartList = .standard,
        tasks: TaskList = .standard
    ) throws -> Experiment {
        try experiment(Data(TextFile.bytes(path)), file: path, scorers: scorers, parts: parts, tasks: tasks)
    }

    static func experiment(
        _ data: Data, file: String?, scorers: ScorerNames, parts: PartList = .standard,
        tasks: TaskList = .standard
    ) throws -> Experiment {
        let found = try json(data, file), texts = try OwnTextsFile.texts(found, file, known: tasks)
        let tasks = tasks.with(texts), shape = SettingShape.experiment(parts, tasks)
        let given = try shape.renamed(found, "", file)
        try shape.check(given, "", file)
        do {
            // A list of names is replaced, an object completed.
            var whole = try JSONValue(encoding: Experiment(tasks: [ToyTasks.all[0].name], scorers: scorers.standard))
            for key in ["tasks", "scorers"] + Experiment.settings.map(\.key) {
                if let value = given[key] { whole[key] = value }
            }
            for key in ["model", "training"] {
                whole[key] = whole[key]?.overlaid(with: given[key] ?? .object([:])).withoutNulls
            }
            whole["data"] = try given["data"].map { try completed($0) { try task($0, tasks) } } ?? .object([:])
            if case .list(let conditions)? = given["conditions"] {
                whole["conditions"] = .list(
                    try conditions.enumerated().map { index, one in
                        guard one["name"] != nil else {
                            throw InputError(
                                "conditions[\(index)] has no name; give it one: \"name\": \"before\"", file: file)
                        }
                        return try condition(one, of: whole, tasks)
                    })
            }
            var experiment = try whole.decoded(as: Experiment.self).resolved(among: parts, file: file)
            (experiment.taskList, experiment.texts) = (tasks, texts)
            try experiment.expand(scorers, file)
            return experiment
        } catch let error as DecodingError {
            throw InputError(
                "this experiment cannot be read (\(error)); compare it with what `attention compare --print-experiment` "
                    + "writes", file: file)
        }
    }

    private static func condition(_ given: JSONValue, of experiment: JSONValue, _ tasks: TaskList) throws -> JSONValue {
        var condition = given
        for key in ["model", "training"] {
            if let changes = given[key] { condition[key] = experiment[key]?.overlaid(with: changes).withoutNulls }
        }
        if let data = given["data"] {
            condition["data"] = try completed(data) { try experiment["data"]?[$0] ?? task($0, tasks) }
        }
        return condition
    }

    private static func completed(_ data: JSONValue, from base: (String) throws -> JSONValue) throws -> JSONValue {
        guard case .object(let tasks) = data else { return data }
        return .object(
            Dictionary(
                uniqueKeysWithValues: try tasks.map { name, options in
                    (name, try base(name).overlaid(with: options).withoutNulls)
                }))
    }

    private static func task(_ name: String, _ tasks: TaskList) throws -> JSONValue {
        try JSONValue(encoding: tasks[name]?.defaults ?? ToyOptions())
    }

    private static func json(_ data: Data, _ file: String?) throws -> JSONValue {
        do { return try GuardedJSON.decode(JSONValue.self, from: data, .init()) } catch let fault as GuardedJSON.Fault {
            throw InputError(
                "\(fault.what)\(fault.place); mend that, or begin with what `attention compare --print-experiment` writes",
                file: file, line: fault.line)
        } catch {
            let (reason, line) = complaint(data)
            throw InputError(
                "this is not JSON (\(reason)); `attention compare --print-experiment` writes an experiment to begin with",
                file: file, line: line)
        }
    }

    /// What is wrong, and where: the decoder keeps it for itself, the older parser of Foundation tells, in words that
    /// differ between systems.
    private static func complaint(_ data: Data) -> (reason: String, line: Int?) {
        guard !data.isEmpty else { return ("the file is empty", nil) }
        do { _ = try JSONSerialization.jsonObject(with: data, options: .fragmentsAllowed) } catch {
            let reason = (error as NSError).userInfo["NSDebugDescription"] as? String ?? "\(error)"
            let words = reason.split { !$0.isLetter && !$0.isNumber }
            func number(after word: String) -> Int? {
                words.indices.dropLast().first { words[$0] == word }.flatMap { Int(words[$0 + 1]) }
            }
            let place = number(after: "character") ?? (reason.contains("end of file") ? data.count : nil)
            let line =
                number(after: "line") ?? place.map { data.prefix($0).filter { $0 == UInt8(ascii: "\n") }.count + 1 }
            return (reason.hasSuffix(".") ? String(reason.dropLast()) : reason, line)
        }
        return ("it cannot be read", nil)
    }

    // MARK: writing

    /// The whole experiment; of its conditions, what they change. Read back, it is the same experiment.
    public static func text(_ experiment: Experiment) throws -> String {
        var whole = try JSONValue(encoding: experiment)
        for (key, hidden) in [("model", "scorer"), ("training", "seed")] { whole[key]?[hidden] = nil }
        if !experiment.texts.isEmpty { try OwnTextsFile.write(experiment, to: &whole) }
        if !experiment.conditions.isEmpty {
            whole["conditions"] = .list(try experiment.conditions.map { try changes($0, whole, experiment.taskList) })
        }
        return JSONLayout.text(whole, .experiment(.standard, experiment.taskList)) + "\n"
    }

    private static func changes(_ condition: Condition, _ whole: JSONValue, _ known: TaskList) throws -> JSONValue {
        var json = try JSONValue(encoding: condition)
        for (key, hidden) in [("model", "scorer"), ("training", "seed")] {
            json[key]?[hidden] = nil
            if let base = whole[key] { json[key] = json[key]?.changes(from: base) }
        }
        if case .object(let tasks)? = json["data"] {
            json["data"] = .object(
                Dictionary(
                    uniqueKeysWithValues: try tasks.map { name, options in
                        (name, options.changes(from: try whole["data"]?[name] ?? task(name, known)))
                    }))
        }
        return json
    }
}

extension Experiment {
    /// Puts the scorers in the place of the groups that mean them.
    /// - Throws: `InputError` for a name that nothing has.
    fileprivate mutating func expand(_ known: ScorerNames, _ file: String?) throws {
        func expanded(_ names: [String]) throws -> [String] {
            if let stranger = names.first(where: { !known.known.contains($0) }) {
                throw InputError(
                    "there is no scorer \"\(stranger)\". \(Suggestion.orList(for: stranger, among: known.known))",
                    file: file)
            }
            return known.expanded(names)
        }
        scorers = try expanded(scorers)
        for index in conditions.indices { conditions[index].scorers = try conditions[index].scorers.map(expanded) }
    }
}

extension JSONValue {
    /// The members that differ; null for those that are gone. `base.overlaid(with:)` and `withoutNulls` lead back.
    func changes(from base: JSONValue) -> JSONValue {
        guard case .object(let members) = self, case .object(let old) = base else { return self }
        var changed: [String: JSONValue] = [:]
        for (key, value) in members where old[key] != value { changed[key] = old[key].map(value.changes) ?? value }
        for key in old.keys where members[key] == nil { changed[key] = .null }
        return .object(changed)
    }

    var withoutNulls: JSONValue {
        guard case .object(let members) = self else { return self }
        return .object(members.filter { $1 != .null }.mapValues(\.withoutNulls))
    }
}
