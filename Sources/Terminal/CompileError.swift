// What the compiler refuses, without the wall of text around it.

import AttentionLab
import Foundation

/// One error of the Swift compiler, at its place.
package struct CompileError: Hashable, Sendable {
    /// With its whole path.
    package let file: String
    package let line: Int
    package let message: String

    package init(file: String, line: Int, message: String) {
        (self.file, self.line, self.message) = (file, line, message)
    }

    /// Those that a build told of, each line of a file once, in the order in which they came.
    package static func all(in log: String) -> [CompileError] {
        var seen: Set<[String]> = []
        return log.split(whereSeparator: \.isNewline).compactMap(read).filter { error in
            seen.insert([error.file, "\(error.line)"]).inserted
        }
    }

    /// "/path/File.swift:29:17: error: cannot find 'x' in scope".
    private static func read(_ line: Substring) -> CompileError? {
        guard let mark = line.range(of: ": error: ") else { return nil }
        let place = line[..<mark.lowerBound].split(separator: ":", omittingEmptySubsequences: false)
        guard place.count >= 3, let number = Int(place[place.count - 2]), Int(place[place.count - 1]) != nil
        else { return nil }
        return CompileError(
            file: place.dropLast(2).joined(separator: ":"), line: number,
            message: String(line[mark.upperBound...]))
    }

    /// "Exercises/Exercise05_LuongGeneral.swift, line 29: cannot find 'x' in scope", and what stands there.
    package var words: String {
        shown(URL(fileURLWithPath: file)) + ", line \(line): \(message)" + (code.map { "\n    \($0)" } ?? "")
    }

    private var code: String? {
        guard let text = try? String(contentsOfFile: file, encoding: .utf8) else { return nil }
        let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        guard lines.indices.contains(line - 1) else { return nil }
        let code = lines[line - 1].drop { $0.isWhitespace }
        return code.isEmpty ? nil : TerminalText.cut(String(code), to: 100)
    }
}
