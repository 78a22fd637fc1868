// Writing a file so that its reader sees all of it or none of it.

import Foundation

/// Writes beside the place and then renames: an interrupted run or a full disk leaves the old file as it was.
public enum AtomicFile {
    /// - Throws: `RunError` where the folder is missing or closed to writing, or the disk is full; nothing is left behind.
    public static func write(_ text: String, to path: String) throws {
        try write(Data(text.utf8), to: path)
    }

    public static func write(_ data: Data, to path: String) throws {
        switch SystemFile.kind(of: path) {
        case .directory:
            throw RunError("\(path): cannot be written, because it is a folder; name a file inside it")
        case .other:
            // A pipe or a device: renaming over it would replace it.
            try attempt(path) { try SystemFile.write(data, to: path) }
        case .missing, .regular:
            // A link stays a link: the file it leads to is replaced.
            let place = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
            let temporary = part(of: place)
            do {
                try attempt(path) {
                    try SystemFile.write(data, to: temporary)
                    try SystemFile.move(temporary, to: place)
                }
            } catch {
                SystemFile.remove(temporary)
                throw error
            }
        }
    }

    /// Writes to the first of these places where nothing is, and over nothing, also where another process chooses at that moment.
    ///
    /// - Returns: the place.
    public static func write(_ data: Data, toFirstFreeOf paths: some Sequence<String>) throws -> String {
        for path in paths where SystemFile.kind(of: path) == .missing {
            var isTaken = false
            try attempt(path) {
                do { try SystemFile.write(data, to: path, isNew: true) } catch let failure as SystemFile.Failure {
                    isTaken = failure.code == EEXIST
                    if isTaken { return }
                    SystemFile.remove(path)
                    throw failure
                }
            }
            if !isTaken { return path }
        }
        throw RunError("no name was free to write to")
    }

    private static func attempt(_ path: String, _ body: () throws -> Void) throws {
        do { try body() } catch let failure as SystemFile.Failure {
            let advice = switch failure.code {
            case ENOENT, ENOTDIR: "create the folder first"
            case EACCES, EPERM, EROFS: "choose a folder you may write to"
            case ENOSPC, EDQUOT: "free some space or choose another disk"
            default: "choose another place"
            }
            throw RunError("\(path): cannot be written (\(failure.reason)); what was there before is unchanged; \(advice)")
        }
    }
}
