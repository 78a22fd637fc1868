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

    /// Makes the folder for what the body writes there. Where that fails, those that were made for it and are empty go
    /// again.
    public static func make<Result>(_ path: String, for body: () throws -> Result) throws -> Result {
        try removing(missing(path)) {
            try make(path)
            return try body()
        }
    }

    /// The same for a folder that nobody else has.
    /// - Parameter body: gets its path.
    public static func makeNew<Result>(_ path: String, for body: (String) throws -> Result) throws -> Result {
        let missing = missing(above(path)), folder = try makeNew(path)
        return try removing([folder] + missing) { try body(folder) }
    }

    /// The folder that a file or a folder is in; empty where that is the one where one stands.
    ///
    /// Foundation's own function for it stops the process at a name of one letter (Swift 6.3, Linux).
    public static func above(_ path: String) -> String {
        let slash = UInt8(ascii: "/"), bytes = path.utf8
        func withoutSlashes(_ part: Substring.UTF8View) -> Substring.UTF8View {
            let end = part.lastIndex { $0 != slash }.map { part.index(after: $0) } ?? part.startIndex
            return part[..<end]
        }
        let name = withoutSlashes(bytes[...])
        guard let last = name.lastIndex(of: slash) else { return "" }
        let folder = withoutSlashes(bytes[..<last])
        return folder.isEmpty ? "/" : String(Substring(folder))
    }

    private static func removing<Result>(_ made: [String], _ body: () throws -> Result) throws -> Result {
        do { return try body() } catch {
            // One with something in it is kept by the system, and so are those above it.
            for folder in made { SystemFile.removeFolder(folder) }
            throw error
        }
    }

    /// The folder and those above it that are not there, the innermost first.
    private static func missing(_ path: String) -> [String] {
        var missing: [String] = [], place = path
        while !place.isEmpty, SystemFile.kind(of: place) == .missing {
            missing.append(place)
            place = above(place)
        }
        return missing
    }

    /// Makes a folder that nobody else has: two processes that ask for the same name at the same moment get two
    /// folders.
    /// - Parameter path: the name; where it is taken, "-2", "-3" … are put behind it.
    /// - Returns: the path of the new folder.
    public static func makeNew(_ path: String) throws -> String {
        try make(above(path))
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
