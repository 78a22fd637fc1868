// Finding a function in a source file, so that a message can say at which line.

import Corpora
public import Foundation
import TextLines

/// The first line, from 1, that declares a function, property or type of that name.
public func lineOfFunction(_ name: String, in file: URL) -> Int? {
    guard let text = try? TextFile.read(file.path, returnsEndLines: true) else { return nil }
    return lineOfFunction(name, inText: text)
}

/// The same in a text.
public func lineOfFunction(_ name: String, inText text: String) -> Int? {
    let declarations =
        ["func \(name)(", "func \(name)<"] + ["let", "var", "struct"].flatMap { ["\($0) \(name):", "\($0) \(name) "] }
    return TextLine.texts(of: text).firstIndex { line in declarations.contains { line.contains($0) } }.map { $0 + 1 }
}
