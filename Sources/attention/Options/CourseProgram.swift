// The program `course` has the exercises and the lessons in it, and is built when somebody asks for them: a table of
// scorers does not need them, and an exercise that does not compile must not stop one.

import AttentionLab
import Foundation
import Terminal

struct CourseProgram {
    private let program = PackageFolder.program.deletingLastPathComponent().appendingPathComponent("course")
    private let console: Console

    init(_ console: Console) { self.console = console }

    /// Becomes that program.
    ///
    /// - Parameter usesCode: whether what a student wrote is run, so that it must be compiled first.
    static func become(_ subcommand: String, _ words: [String], usesCode: Bool, _ console: Console) throws -> Never {
        let course = CourseProgram(console)
        if usesCode || !course.isThere { try course.build() }
        throw RunError(
            "\(course.program.path) could not be started: "
                + Platform.become(course.program.path, [subcommand] + words))
    }

    private var isThere: Bool { FileManager.default.isExecutableFile(atPath: program.path) }

    /// Brings the program up to date. Where nothing was changed since it was, this takes a few milliseconds.
    ///
    /// - Throws: `RunError` where something does not compile, after what the compiler says of it.
    func build() throws {
        let folder = PackageFolder.built
        // Where SwiftPM runs this program, in a test, another SwiftPM would wait for it for ever.
        if isThere, ProcessInfo.processInfo.environment["ATTENTIONLAB_COURSE"] == "as-built" { return }
        // In another clone than its own, the program says itself whose exercises it has.
        if isThere, (try? PackageFolder.find()).map(PackageFolder.isBuilt) != true { return }
        if let checked, !sources(folder).contains(where: { $0 > checked }) { return }
        let start = Date()
        console.remark(
            "attention: building the exercises and lessons "
                + (isThere ? "as they are now\n" : "for the first time, which takes a minute or two\n"))
        let log = FileManager.default.temporaryDirectory.appendingPathComponent("attentionlab-\(UUID().uuidString).log")
        defer { try? FileManager.default.removeItem(at: log) }
        let status = Platform.run(
            ["swift", "build", "--package-path", folder.path, "--product", "course"] + place, output: log.path)
        guard status != 127 else {
            throw RunError(
                "swift, which builds the exercises and lessons, was not found; add the folder of the toolchain to PATH")
        }
        guard status == 0 else {
            console.note((try? String(contentsOf: log, encoding: .utf8)) ?? "")
            throw RunError("the exercises and lessons could not be built; see above")
        }
        try? Data().write(to: stamp)
        try? FileManager.default.setAttributes([.modificationDate: start], ofItemAtPath: stamp.path)
    }

    // MARK: is it up to date?

    /// Says when the program was last found to be up to date: a build that changes nothing leaves the program as old as
    /// it is.
    private var stamp: URL { program.appendingPathExtension("checked") }

    private var checked: Date? {
        guard isThere else { return nil }
        return [program, stamp].compactMap(FileDate.written).max()
    }

    /// When each file that the program is made of was written.
    private func sources(_ folder: URL) -> [Date] {
        ["Package.swift", "Sources", "Exercises", "Notebooks-md"].flatMap { name -> [Date] in
            let root = folder.appendingPathComponent(name)
            let below = FileManager.default.enumerator(
                at: root, includingPropertiesForKeys: nil, options: [.skipsHiddenFiles])
            let files = [root] + (below?.compactMap { $0 as? URL } ?? [])
            return files.filter { ["swift", "md"].contains($0.pathExtension) || $0.hasDirectoryPath }.compactMap(
                FileDate.written)
        }
    }

    /// The flags with which SwiftPM builds where this program was built, `…/.build/x86_64-unknown-linux-gnu/debug` for
    /// example.
    private var place: [String] {
        let products = program.deletingLastPathComponent(), configuration = products.lastPathComponent
        guard ["debug", "release"].contains(configuration) else { return [] }
        return [
            "--configuration", configuration,
            "--scratch-path", products.deletingLastPathComponent().deletingLastPathComponent().path,
        ]
    }
}

extension ExercisesCommand: Subcommand {
    package static func run(_ arguments: Arguments, _ console: Console) throws {
        // These read files and texts alone, and help where nothing compiles.
        let readsOnly = ["show", "hint", "reset", "solution"].contains(arguments.operands.first)
        try CourseProgram.become(name, arguments.words, usesCode: !readsOnly, console)
    }
}

extension Notebooks: Subcommand {
    package static func run(_ arguments: Arguments, _ console: Console) throws {
        try CourseProgram.become(name, arguments.words, usesCode: arguments.operands.first != nil, console)
    }
}
