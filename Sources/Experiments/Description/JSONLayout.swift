// JSON laid out for people: settings in the order of their description, short ones on one line.

import Foundation

enum JSONLayout {
    /// Characters of a line.
    private static let width = 110

    static func text(_ value: JSONValue, _ shape: SettingShape, indent: Int = 0) -> String {
        let line = oneLine(value, shape)
        if indent > 0, indent + line.count <= width { return line }
        let (open, items, close) = parts(value, shape) { text($0, $1, indent: indent + 2) }
        guard !items.isEmpty else { return line }
        let space = String(repeating: " ", count: indent)
        return open + "\n" + items.map { space + "  " + $0 }.joined(separator: ",\n") + "\n" + space + close
    }

    private static func oneLine(_ value: JSONValue, _ shape: SettingShape) -> String {
        let (open, items, close) = parts(value, shape, oneLine)
        return open + items.joined(separator: ", ") + close
    }

    private static func parts(
        _ value: JSONValue, _ shape: SettingShape,
        _ inner: (JSONValue, SettingShape) -> String
    ) -> (String, [String], String) {
        switch value {
        case .object(let members):
            let known = shape.members(of: members)
            return (
                "{",
                known.compactMap { member in
                    members[member.key].map { quoted(member.key) + ": " + inner($0, member.shape) }
                },
                "}"
            )
        case .list(let items):
            let shape = if case .list(let one) = shape { one } else { shape }
            return ("[", items.map { inner($0, shape) }, "]")
        case .text(let text): return (quoted(text), [], "")
        default: return (value.plain, [], "")
        }
    }

    private static func quoted(_ text: String) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .withoutEscapingSlashes
        return (try? encoder.encode(text)).map { String(decoding: $0, as: UTF8.self) } ?? "\"\""
    }
}
