// One process at a time in a place: a folder of results, or a file that is written again and again.
//
// The locks are advisory (flock), on the folder or the file itself: there is no lock file that could be left behind.
// Where a file system knows no locks, there are none.

public import Foundation

/// A folder that one process writes.
public enum FolderLock {
    /// Runs the body while no other process of this toolkit writes into the folder, and removes what a killed one left
    /// half written there.
    ///
    /// - Parameters:
    ///   - path: of a folder that is there.
    ///   - inner: folders in it that belong to it, such as "details".
    /// - Throws: `InputError` where another process has it; whatever the body throws.
    public static func during<Result>(
        _ path: String, and inner: [String] = [], _ body: () throws -> Result
    ) throws -> Result {
        switch Descriptor.claim(path) {
        case .taken(let process): throw PlaceTaken.error(path, process, "another folder")
        case .unavailable: return try body()
        case .held(let lock):
            return try withExtendedLifetime(lock) {
                for folder in [path] + inner.map({ path + "/" + $0 }) {
                    AtomicFile.removeStaleParts(in: folder, isHeld: true)
                }
                return try body()
            }
        }
    }
}

/// A file that one process writes, as often as it likes, for as long as this object lives.
public final class OwnedFile {
    public let path: String
    private let place: String
    /// Of the file as it was written last; nil where there is none yet, or no locks.
    private var file: Descriptor?
    private var isNew: Bool

    /// Nothing is written yet. An empty file, which would look like a result, is not made either: of two processes that
    /// begin at the same moment the one that writes first has the place.
    ///
    /// - Throws: `InputError` where another process has the file.
    public init(_ path: String) throws {
        self.path = path
        place = AtomicFile.place(of: path)
        isNew = SystemFile.kind(of: path) == .missing
        if SystemFile.kind(of: path) == .regular { file = try Self.claim(path, place) }
        AtomicFile.removeStaleParts(of: place, isHeld: file != nil)
    }

    private static func claim(_ path: String, _ place: String) throws -> Descriptor? {
        // Another process may put a new file there between opening and locking: then the lock is one of nothing.
        for _ in 0..<100 {
            switch Descriptor.claim(place) {
            case .taken(let process): throw PlaceTaken.error(path, process, "another file")
            case .unavailable: return nil
            case .held(let lock): if lock.isStill(at: place) { return lock }
            }
        }
        throw PlaceTaken.error(path, nil, "another file")
    }

    /// Replaces the file as a whole.
    /// - Throws: `InputError` where another process has made a file there since; `RunError` where it cannot be written.
    public func write(_ data: Data) throws {
        guard [.missing, .regular].contains(SystemFile.kind(of: path)) else {
            return try AtomicFile.write(data, to: path)
        }
        if let file, SystemFile.kind(of: place) != .missing, !file.isStill(at: place) { throw lost }
        file = try AtomicFile.replace(path, with: data) { part, place in
            guard isNew else { return try SystemFile.move(part, to: place) }
            do { try SystemFile.moveToFree(part, to: place) } catch let failure as SystemFile.Failure {
                throw failure.code == EEXIST ? lost as any Error : failure
            }
        }
        guard isNew else { return }
        isNew = false
        AtomicFile.removeStaleParts(of: place, isHeld: true)
    }

    private var lost: InputError {
        InputError(
            "another process has written this file in the meantime, and its work is kept; give another file", file: path
        )
    }
}

private enum PlaceTaken {
    static func error(_ path: String, _ process: Int32?, _ other: String) -> InputError {
        let who = process.map { "process \($0) of this machine" } ?? "another process"
        return InputError(
            "\(who) is writing here; wait until it has ended, or give \(other). Nothing was changed", file: path)
    }
}
