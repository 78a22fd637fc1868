// Making the folder that results go to.

import Foundation

public enum Folder {
    /// Makes the folder and those above it; one that exists is fine.
    /// - Throws: `RunError` with the system's own reason.
    public static func make(_ path: String) throws {
        if path.isEmpty { return }
        do {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        } catch {
            // Foundation's sentence begins with "The operation could not be completed."; the last one of it says why.
            let reason = error.localizedDescription.split(separator: ". ").last.map(String.init) ?? ""
            let bare = reason.hasSuffix(".") ? String(reason.dropLast()) : reason
            throw refused(path, bare)
        }
    }

    /// Makes a folder that nobody else has: two processes that ask for the same name at the same moment get two folders.
    /// - Parameter path: the name; where it is taken, "-2", "-3" … are put behind it.
    /// - Returns: the path of the new folder.
    public static func makeNew(_ path: String) throws -> String {
        try make((path as NSString).deletingLastPathComponent)
        for number in 1...10_000 {
            let name = number == 1 ? path : "\(path)-\(number)"
            do {
                try SystemFile.makeFolder(name)
                return name
            } catch let failure as SystemFile.Failure {
                guard failure.code == EEXIST else { throw refused(name, failure.reason) }
            }
        }
        throw refused(path, "that name and 9999 after it are taken")
    }

    private static func refused(_ path: String, _ reason: String) -> RunError {
        RunError("the folder \(path) cannot be made (\(reason)); give another place, in a folder that you may write to")
    }
}
