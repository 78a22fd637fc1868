// A file that is written when the work is done: whether it can be is asked before the work.

import AttentionLab
import Foundation
import Terminal

enum OutputFile {
    /// - Parameters:
    ///   - option: that named it.
    ///   - inputs: files that the same command reads, which it must not write over.
    /// - Throws: `UsageError` where it is one of those, `RunError` where there is no folder for it.
    static func check(_ path: String, _ option: String, isNoneOf inputs: [String]) throws {
        func place(_ path: String) -> String { URL(fileURLWithPath: path).resolvingSymlinksInPath().path }
        if let input = inputs.first(where: { place($0) == place(path) }) {
            throw UsageError(
                "\(option) is \(path), which is read here too (\(input)) and would be lost; name another file")
        }
        let folder = URL(fileURLWithPath: place(path)).deletingLastPathComponent().path
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder), isFolder.boolValue else {
            throw RunError("\(path) cannot be written: there is no folder \(folder); create the folder first")
        }
    }

    /// The name of one of several pictures: the path itself where there is one alone, else path-1.svg, path-2.svg …
    /// - Parameter number: from 0.
    static func numbered(_ path: String, _ number: Int, of count: Int) -> String {
        guard count != 1 else { return path }
        return (path.hasSuffix(".svg") ? String(path.dropLast(4)) : path) + "-\(number + 1).svg"
    }
}
