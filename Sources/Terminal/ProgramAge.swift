// Whether a program is what the student's files say now, or was built before they were changed.

import Foundation

package struct ProgramAge: Sendable {
    /// The folder of the package whose files were built in.
    private let folder: String

    package static let exercises = ProgramAge(folder: "Exercises")
    package static let scorers = ProgramAge(folder: "Exercises/Scorers")

    /// The modules that such files are compiled into.
    private static let modules = ["Exercises", "MyScorers"]

    /// A sentence where the files that were built in are not those of a clone any more; nil where they are.
    ///
    /// - Parameters:
    ///   - package: the clone that is meant.
    ///   - command: the subcommand that is about to use them.
    package func remark(on package: URL, before command: String) -> String? {
        guard PackageFolder.isBuilt(package) else {
            return
                "This program was built in \(PackageFolder.built.path), and the exercises of that folder are what it "
                + "checks, not those of \(package.path); there, swift run attention exercises builds and checks them"
        }
        let changed = newer(in: package)
        guard let first = changed.first else { return nil }
        let others = ["", " and 1 other file", " and \(changed.count - 1) other files"][min(changed.count - 1, 2)]
        return
            "\(shown(first))\(others) \(changed.count == 1 ? "was" : "were") changed after this program was built, and "
            + "what it says is about the older code; build again with swift build, or by swift run attention \(command)"
    }

    /// The Swift files that were written after this program, the newest first.
    package func newer(in package: URL) -> [URL] {
        let program = PackageFolder.program
        let root = package.appendingPathComponent(folder)
        let files = FileManager.default.enumerator(
            at: root, includingPropertiesForKeys: nil, options: [.skipsHiddenFiles])
        guard let built = FileDate.written(program), let files else { return [] }
        let objects = Self.modules.map { program.deletingLastPathComponent().appendingPathComponent($0 + ".build") }
        var found: [(file: URL, date: Date)] = []
        for case let file as URL in files where file.pathExtension == "swift" {
            guard let date = FileDate.written(file), date > built else { continue }
            // A change of nothing but comments or dates is compiled, and then not linked, since the code is the same:
            // the compiler's own note of the file is the younger one. A file that does not compile gets none.
            let note = file.deletingPathExtension().lastPathComponent + ".swiftdeps"
            let compiled = objects.compactMap { FileDate.written($0.appendingPathComponent(note)) }.max()
            if let compiled, compiled > date { continue }
            found.append((file, date))
        }
        return found.sorted { ($1.date, $0.file.path) < ($0.date, $1.file.path) }.map(\.file)
    }
}

package enum FileDate {
    /// When a file was written last; nil where there is none.
    package static func written(_ file: URL) -> Date? {
        (try? FileManager.default.attributesOfItem(atPath: file.path))?[.modificationDate] as? Date
    }
}

/// A file as a message names it: from the current folder on where it is below that, else with its whole path.
package func shown(_ file: URL) -> String {
    let current = FileManager.default.currentDirectoryPath + "/", path = file.standardizedFileURL.path
    return path.hasPrefix(current) ? String(path.dropFirst(current.count)) : path
}
