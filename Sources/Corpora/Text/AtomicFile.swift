// Writing a file so that its reader sees all of it or none of it.

import Foundation

/// Writes beside the place and then renames: an interrupted run or a full disk leaves the old file as it was.
public enum AtomicFile {
    /// - Throws: `RunError` where the folder is missing or closed to writing, or the disk is full; nothing is left
    ///   behind.
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
            _ = try replace(path, with: data) { try SystemFile.move($0, to: $1) }
        }
    }

    /// Writes to the first of these places where nothing is, and over nothing, also where another process chooses at
    /// that moment.
    ///
    /// - Returns: the place.
    public static func write(_ data: Data, toFirstFreeOf paths: some Sequence<String>) throws -> String {
        for path in paths where SystemFile.kind(of: path) == .missing {
            var isTaken = false
            do {
                _ = try replace(path, with: data) { part, place in
                    do { try SystemFile.moveToFree(part, to: place) } catch let failure as SystemFile.Failure {
                        isTaken = failure.code == EEXIST
                        throw failure
                    }
                }
                return path
            } catch  where isTaken { continue }
        }
        throw RunError("no name was free to write to")
    }

    /// - Parameter move: gives the finished file its name.
    /// - Returns: the file, locked.
    static func replace(
        _ path: String, with data: Data, move: (_ part: String, _ place: String) throws -> Void
    ) throws -> Descriptor {
        let place = place(of: path), temporary = part(of: place)
        do {
            return try attempt(path) {
                let file = try SystemFile.create(temporary, data, rightsOf: place)
                try move(temporary, place)
                return file
            }
        } catch {
            SystemFile.remove(temporary)
            throw error
        }
    }

    /// A link stays a link: the file it leads to is replaced.
    static func place(of path: String) -> String { URL(fileURLWithPath: path).resolvingSymlinksInPath().path }

    private static func attempt<Result>(_ path: String, _ body: () throws -> Result) throws -> Result {
        do { return try body() } catch let failure as SystemFile.Failure {
            let advice =
                switch failure.code {
                case ENOENT, ENOTDIR: "create the folder first"
                case EACCES, EPERM, EROFS: "choose a folder you may write to"
                case ENOSPC, EDQUOT: "free some space or choose another disk"
                default: "choose another place"
                }
            throw RunError(
                "\(path): cannot be written (\(failure.reason)); what was there before is unchanged; \(advice)")
        }
    }
}
