// Making the folder that results go to.

import Foundation

public enum Folder {
    /// Makes the folder and those above it; one that exists is fine.
    /// - Throws: `RunError` with the system's own reason.
    public static func make(_ path: String) throws {
        do {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        } catch {
            // Foundation's sentence begins with "The operation could not be completed."; the last one of it says why.
            let reason = error.localizedDescription.split(separator: ". ").last.map(String.init) ?? ""
            let bare = reason.hasSuffix(".") ? String(reason.dropLast()) : reason
            throw RunError("the folder \(path) cannot be made (\(bare)); give another place, in a folder that you may write to")
        }
    }
}
