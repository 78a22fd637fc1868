// Where the clone is whose exercises and lessons are meant.

public import Foundation

public enum PackageFolder {
    /// The package that the current folder is in; from elsewhere, the one this was built in.
    ///
    /// - Throws: `Missing`, where there is neither.
    public static func find() throws -> URL {
        var folder = URL(fileURLWithPath: FileManager.default.currentDirectoryPath)
        while true {
            if isPackage(folder) { return folder }
            let parent = folder.deletingLastPathComponent()
            if parent.path == folder.path { break }
            folder = parent
        }
        let built = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        guard isPackage(built) else { throw Missing() }
        return built
    }

    private static func isPackage(_ folder: URL) -> Bool {
        ["Package.swift", "Exercises", "Solutions", "Notebooks-md"].allSatisfy { FileManager.default.fileExists(atPath: folder.appendingPathComponent($0).path) }
    }

    public struct Missing: Error, Sendable, CustomStringConvertible {
        public let description = "the exercises and lessons are not here; change to the folder of your clone, where Package.swift is, and try again"
    }
}
