// Where the clone is whose exercises and lessons are meant.

import Foundation

package enum PackageFolder {
    /// Where the package was built, and so where the code is that the checks run.
    package static let built = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// The program that runs.
    package static var program: URL {
        URL(fileURLWithPath: Bundle.main.executablePath ?? CommandLine.arguments[0]).resolvingSymlinksInPath()
    }

    /// The package that a folder is in; from elsewhere, the one this was built in.
    ///
    /// A folder with a Package.swift and one of the course's folders is meant, whatever else is missing in it: to look
    /// further would be to show, and to change, the files of another clone.
    ///
    /// - Parameter start: by default the current folder.
    /// - Throws: `Missing`, where there is neither.
    package static func find(from start: String = FileManager.default.currentDirectoryPath) throws -> URL {
        // A current folder that was deleted has no path, and then no folder above it either.
        if start.hasPrefix("/") {
            var folder = URL(fileURLWithPath: start)
            while true {
                if isPackage(folder) { return folder }
                let parent = folder.deletingLastPathComponent()
                if parent.path == folder.path { break }
                folder = parent
            }
        }
        guard isPackage(built) else { throw Missing() }
        return built
    }

    /// Whether a folder is the one this was built in.
    package static func isBuilt(_ folder: URL) -> Bool {
        folder.resolvingSymlinksInPath().path == built.resolvingSymlinksInPath().path
    }

    private static func isPackage(_ folder: URL) -> Bool {
        func has(_ name: String) -> Bool {
            FileManager.default.fileExists(atPath: folder.appendingPathComponent(name).path)
        }
        return has("Package.swift") && ["Exercises", "Solutions", "Notebooks-md"].contains(where: has)
    }

    package struct Missing: Error, Sendable, CustomStringConvertible {
        public let description =
            "the exercises and lessons are not here; change to the folder of your clone, where "
            + "Package.swift is, and try again"
    }
}
