// The first setting in which two descriptions differ, by its name in the JSON.

import Corpora
import Foundation
import Seq2Seq

/// Compares any two encodable values leaf by leaf.
public struct SettingDifference: Sendable {
    /// "training.steps", "conditions.before.model.timing".
    public let what: String
    public let old: String
    public let new: String

    /// As the command line calls it, "--timing"; where no option sets it, its name in the JSON.
    public var option: String {
        let path = what.split(separator: ".").map(String.init)
        // "training.steps", "data.copy.rates.article"; what stands in a condition is set in a file.
        guard let first = path.first, path.count == 1 || ["model", "training", "data", "tasks"].contains(first) else {
            return what
        }
        // The name of a task may have points in it, and what stands below a key is a part of one option's value.
        let isOfTask = ["data", "tasks"].contains(first), keys = path.dropFirst(path.count == 1 ? 0 : 1)
        let name = isOfTask && path.count > 1 ? keys.dropFirst().last { Self.options[$0] != nil } : keys.first
        return name.flatMap { Self.options[$0] } ?? what
    }

    /// By their keys.
    static let options: [String: String] = {
        func pairs<Root>(_ settings: [Setting<Root>]) -> [(String, String)] { settings.map { ($0.key, $0.flag) } }
        let all =
            pairs(ModelSettings.settings(.standard))
            + pairs(TrainingSettings.settings(.standard) + [TrainingSettings.seed])
            + pairs(ToyOptions.settings) + pairs(Experiment.settings)
        let texts = OwnText.CodingKeys.allCases.filter { $0 != .sizes }.map { ($0.rawValue, $0.flag) }
        return Dictionary(all + texts + [("scorer", "--scorer")]) { first, _ in first }
    }()

    /// All of them, in the order of their names.
    public static func all(_ old: some Encodable, _ new: some Encodable) -> [SettingDifference] {
        let a = leaves(old), b = leaves(new)
        return Set(a.keys).union(b.keys).sorted().filter { a[$0] != b[$0] }
            .map { SettingDifference(what: $0, old: a[$0] ?? "nothing", new: b[$0] ?? "nothing") }
    }

    static func first(_ old: some Encodable, _ new: some Encodable) -> SettingDifference? { all(old, new).first }

    private static func leaves(_ value: some Encodable) -> [String: String] {
        var found: [String: String] = [:]
        func walk(_ value: JSONValue, _ path: String) {
            func place(_ key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }
            switch value {
            case .object(let members): for (key, inner) in members { walk(inner, place(key)) }
            case .list(let items):
                let isPlain = items.allSatisfy { if case .object = $0 { false } else { true } }
                if isPlain {
                    found[path] = items.map(\.plain).joined(separator: ",")
                } else {
                    // A condition is known by its name, not by its place.
                    for (index, inner) in items.enumerated() { walk(inner, place(inner["name"]?.plain ?? "\(index)")) }
                }
            default: found[path] = value.plain
            }
        }
        if let json = try? JSONValue(encoding: value) { walk(json, "") }
        return found
    }
}
