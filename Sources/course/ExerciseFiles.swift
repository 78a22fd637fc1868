// The files of the exercises: shown, and set back without losing what a student wrote, whatever its bytes.

import AttentionLab
import Foundation
import Terminal
import Workbook

/// Those of one exercise, in the clone that is meant.
struct ExerciseFiles {
    let exercise: Exercise
    let folder: URL

    private var file: URL { folder.appendingPathComponent(exercise.file) }
    private var solutionFile: URL { folder.appendingPathComponent("Solutions/\(exercise.fileName)") }

    /// What the student has.
    func text() throws -> String {
        guard try Self.isThere(file, ifNot: "move it elsewhere") else {
            throw InputError(
                "this file is missing; `attention exercises reset \(exercise.name.short)` brings it back",
                file: shown(file))
        }
        return try TextFile.read(file.path, returnsEndLines: true)
    }

    /// With the marks of its gaps.
    func solution() throws -> String {
        guard try Self.isThere(solutionFile, ifNot: "put the solution in its place") else {
            throw InputError(
                "this file is missing, and with it the solution that the exercise is made of; copy the "
                    + "folder Solutions from a fresh clone of AttentionLab", file: shown(solutionFile))
        }
        return try TextFile.read(solutionFile.path, keepingMark: true, returnsEndLines: true)
    }

    /// The exercise as it was in the beginning. What was there is kept first, byte for byte.
    ///
    /// - Returns: a sentence that says what was done.
    func reset() throws -> String {
        let fresh = try Data(freshText().utf8)
        guard try Self.isThere(file, ifNot: "move it elsewhere, then reset again") else {
            try Folder.make(file.deletingLastPathComponent().path)
            try AtomicFile.write(fresh, to: file.path)
            return "\(shown(file)) was missing and is there again"
        }
        let old = try TextFile.bytes(file.path)
        if Self.withoutReturns(old) == Self.withoutReturns(fresh) {
            return "\(shown(file)) is as it was in the beginning; nothing to do"
        }
        let copy = try keep(Data(old))
        try AtomicFile.write(fresh, to: file.path)
        return "\(shown(file)) is as it was in the beginning; what you wrote is in \(shown(copy))"
    }

    private func freshText() throws -> String {
        let solution = try solution()
        do { return try StubText.exercise(from: solution) } catch {
            throw InputError(error.message, file: shown(solutionFile), line: error.line)
        }
    }

    /// Exercise01_Softmax-1.swift, or with the next number that is free.
    private func keep(_ bytes: Data) throws -> URL {
        let copies = folder.appendingPathComponent("Exercises/.copies")
        let stem = exercise.fileName.dropLast(".swift".count)
        let places = (1...).lazy.map { copies.appendingPathComponent("\(stem)-\($0).swift").path }
        return try Folder.make(copies.path) { try URL(fileURLWithPath: AtomicFile.write(bytes, toFirstFreeOf: places)) }
    }

    /// Line ends do not make a file another one.
    private static func withoutReturns(_ bytes: some Sequence<UInt8>) -> [UInt8] {
        bytes.filter { $0 != UInt8(ascii: "\r") }
    }

    /// False where nothing is.
    ///
    /// - Throws: `InputError` where something else than a file is, or a link that leads nowhere.
    private static func isThere(_ file: URL, ifNot advice: String) throws -> Bool {
        func type(_ path: String) -> FileAttributeType? {
            (try? FileManager.default.attributesOfItem(atPath: path))?[.type] as? FileAttributeType
        }
        guard let own = type(file.path) else { return false }
        switch own == .typeSymbolicLink ? type(file.resolvingSymlinksInPath().path) : own {
        case .typeRegular: return true
        case .typeDirectory: throw InputError("this is a folder, and should be a file; \(advice)", file: shown(file))
        case nil, .typeSymbolicLink:
            throw InputError("this is a link, and what it leads to is not there; remove the link", file: shown(file))
        default: throw InputError("this is no file with a text; \(advice)", file: shown(file))
        }
    }
}
