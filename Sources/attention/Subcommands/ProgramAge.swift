// Whether this program is what the student's files say now, or was built before they were changed.

import Foundation
import Workbook

enum ProgramAge {
    /// A sentence where the exercises that were built in are not those of a folder any more; nil where they are.
    static func remark(on folder: URL) -> String? {
        guard PackageFolder.isBuilt(folder) else {
            return "This program was built in \(PackageFolder.built.path), and the exercises of that folder are what it checks, not those of "
                + "\(folder.path); there, swift run attention exercises builds and checks them"
        }
        let changed = newer(in: folder.appendingPathComponent("Exercises"))
        guard let first = changed.first else { return nil }
        let others = changed.count == 1 ? "" : changed.count == 2 ? " and 1 other file" : " and \(changed.count - 1) other files"
        return "\(shown(first))\(others) \(changed.count == 1 ? "was" : "were") changed after this program was built, and what it says is about "
            + "the older code; build again with swift build, or by swift run attention exercises"
    }

    /// The Swift files that were written after this program, the newest first.
    private static func newer(in folder: URL) -> [URL] {
        let program = URL(fileURLWithPath: Bundle.main.executablePath ?? CommandLine.arguments[0]).resolvingSymlinksInPath()
        guard let built = written(program),
              let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil, options: [.skipsHiddenFiles]) else { return [] }
        let dated = files.compactMap { $0 as? URL }.filter { $0.pathExtension == "swift" }.compactMap { file in written(file).map { (file, $0) } }
        return dated.filter { $0.1 > built }.sorted { ($1.1, $0.0.path) < ($0.1, $1.0.path) }.map { $0.0 }
    }

    private static func written(_ file: URL) -> Date? {
        (try? FileManager.default.attributesOfItem(atPath: file.path))?[.modificationDate] as? Date
    }
}
