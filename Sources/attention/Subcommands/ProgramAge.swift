// Whether this program is what the student's files say now, or was built before they were changed.

import Exercises
import Foundation
import Workbook

enum ProgramAge {
    /// What is said where figures of the learner's own scorers may be those of older ones; nil where there are none, then and now.
    ///
    /// - Parameter command: the subcommand that is about to use them.
    static func remarkOnScorers(before command: String) -> String? {
        let isListed = !myScorers.isEmpty || newer(in: PackageFolder.built).contains { $0.lastPathComponent == "MyScorers.swift" }
        return isListed ? remark(on: PackageFolder.built, before: command) : nil
    }

    /// A sentence where the exercises that were built in are not those of a folder any more; nil where they are.
    static func remark(on folder: URL, before command: String = ExercisesCommand.name) -> String? {
        guard PackageFolder.isBuilt(folder) else {
            return "This program was built in \(PackageFolder.built.path), and the exercises of that folder are what it checks, not "
                + "those of \(folder.path); there, swift run attention exercises builds and checks them"
        }
        let changed = newer(in: folder)
        guard let first = changed.first else { return nil }
        let others = ["", " and 1 other file", " and \(changed.count - 1) other files"][min(changed.count - 1, 2)]
        return "\(shown(first))\(others) \(changed.count == 1 ? "was" : "were") changed after this program was built, and what it says "
            + "is about the older code; build again with swift build, or by swift run attention \(command)"
    }

    /// The Swift files of the exercises that were written after this program, the newest first.
    private static func newer(in folder: URL) -> [URL] {
        let program = URL(fileURLWithPath: Bundle.main.executablePath ?? CommandLine.arguments[0]).resolvingSymlinksInPath()
        let exercises = folder.appendingPathComponent("Exercises")
        let files = FileManager.default.enumerator(at: exercises, includingPropertiesForKeys: nil, options: [.skipsHiddenFiles])
        guard let built = written(program), let files else { return [] }
        let objects = program.deletingLastPathComponent().appendingPathComponent("Exercises.build")
        var found: [(file: URL, date: Date)] = []
        for case let file as URL in files where file.pathExtension == "swift" {
            guard let date = written(file), date > built else { continue }
            // A change of nothing but comments or dates is compiled, and then not linked, since the code is the same: the compiler's own note
            // of the file is the younger one. A file that does not compile gets none.
            let stem = file.deletingPathExtension().lastPathComponent
            if let compiled = written(objects.appendingPathComponent(stem + ".swiftdeps")), compiled > date { continue }
            found.append((file, date))
        }
        return found.sorted { ($1.date, $0.file.path) < ($0.date, $1.file.path) }.map(\.file)
    }

    private static func written(_ file: URL) -> Date? {
        (try? FileManager.default.attributesOfItem(atPath: file.path))?[.modificationDate] as? Date
    }
}
