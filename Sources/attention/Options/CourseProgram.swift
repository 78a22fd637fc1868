// The program `course` has the exercises and the lessons in it, and is built when somebody asks for them: a table of
// scorers does not need them, and an exercise that does not compile must not stop one.

import AttentionLab
import Foundation
import Terminal

struct CourseProgram {
    private let course = CourseBuild()
    private let console: Console

    init(_ console: Console) { self.console = console }

    /// What must be compiled before that program is of use.
    enum Need {
        /// What a student wrote is run.
        case code
        /// The program is to know what this one knows; it compiles what a student wrote itself.
        case sources
        /// Files and texts alone are read, which helps where nothing compiles.
        case program
    }

    /// Becomes that program.
    static func become(_ subcommand: String, _ words: [String], needs need: Need, _ console: Console) throws -> Never {
        let course = CourseProgram(console)
        if need == .code || !course.isThere || (need == .sources && course.isOld) { try course.build() }
        let path = course.course.program.path
        throw RunError("\(path) could not be started: " + Platform.become(path, [subcommand] + words))
    }

    private var isThere: Bool { course.isThere }

    /// Brings the program up to date. Where nothing was changed since it was, this takes a few milliseconds.
    ///
    /// - Throws: `RunError` where something does not compile, after what the compiler says of it.
    func build() throws {
        if isThere, CourseBuild.isLeftOut { return }
        // In another clone than its own, the program says itself whose exercises it has.
        if isThere, (try? PackageFolder.find()).map(PackageFolder.isBuilt) != true { return }
        if let checked, !sources(of: Self.parts).contains(where: { $0 > checked }) { return }
        let start = Date()
        console.remark(
            "attention: building the exercises and lessons "
                + (isThere ? "as they are now\n" : "for the first time, which takes a minute or two\n"))
        switch course.run() {
        case .built: break
        case .failed(let failure):
            console.note(failure.words() + "\n")
            throw RunError("the exercises and lessons could not be built; see above")
        case .impossible, .stopped:
            throw RunError(
                "swift, which builds the exercises and lessons, was not found; add the folder of the toolchain to PATH")
        }
        try? Data().write(to: stamp)
        try? FileManager.default.setAttributes([.modificationDate: start], ofItemAtPath: stamp.path)
    }

    // MARK: is it up to date?

    /// Says when the program was last found to be up to date: a build that changes nothing leaves the program as old as
    /// it is.
    private var stamp: URL { course.program.appendingPathExtension("checked") }

    private var checked: Date? {
        guard isThere else { return nil }
        return [course.program, stamp].compactMap(FileDate.written).max()
    }

    /// What the program is made of but for what a student writes, and all of it.
    private static let own = ["Package.swift", "Sources"], parts = own + ["Exercises", "Notebooks-md"]

    private var isOld: Bool { checked.map { checked in sources(of: Self.own).contains { $0 > checked } } ?? true }

    /// When each file of such parts was written.
    private func sources(of parts: [String]) -> [Date] {
        parts.flatMap { name -> [Date] in
            let root = PackageFolder.built.appendingPathComponent(name)
            let below = FileManager.default.enumerator(
                at: root, includingPropertiesForKeys: nil, options: [.skipsHiddenFiles])
            let files = [root] + (below?.compactMap { $0 as? URL } ?? [])
            return files.filter { ["swift", "md"].contains($0.pathExtension) || $0.hasDirectoryPath }.compactMap(
                FileDate.written)
        }
    }
}

extension ExercisesCommand: Subcommand {
    package static func run(_ arguments: Arguments, _ console: Console) throws {
        let verb = arguments.operands.first
        let readsOnly = ["show", "hint", "reset", "solution"].contains(verb)
        try CourseProgram.become(
            name, arguments.words, needs: verb == "watch" ? .sources : readsOnly ? .program : .code,
            console)
    }
}

extension Notebooks: Subcommand {
    package static func run(_ arguments: Arguments, _ console: Console) throws {
        try CourseProgram.become(name, arguments.words, needs: arguments.operands.isEmpty ? .program : .code, console)
    }
}
