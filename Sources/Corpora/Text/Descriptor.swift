// An open file or folder of this process, and the lock that it may hold. The system takes both back when the process
// ends, however it ends.

import Foundation

/// Closed when nobody needs it any more.
final class Descriptor: Sendable {
    let number: Int32

    init(_ number: Int32) { self.number = number }

    deinit { close(number) }

    /// What asking for a lock gave.
    enum Claim {
        case held(Descriptor)
        /// The number of the process that has it, where the system tells.
        case taken(by: Int32?)
        /// The file is not there, may not be opened, or lies on a file system without locks.
        case unavailable
    }

    /// Asks for the lock of a file or folder, without waiting.
    static func claim(_ path: String) -> Claim {
        let number = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard number >= 0 else { return .unavailable }
        let descriptor = Descriptor(number)
        while flock(number, LOCK_EX | LOCK_NB) != 0 {
            if errno == EINTR { continue }
            return errno == EWOULDBLOCK ? .taken(by: descriptor.holder) : .unavailable
        }
        return .held(descriptor)
    }

    /// Whether the path still leads to this file.
    func isStill(at path: String) -> Bool {
        guard let mine = identity, let there = Self.identity(of: path) else { return false }
        return mine == there
    }

    struct Identity: Equatable { let device: UInt64, file: UInt64 }

    private var identity: Identity? {
        var information = stat()
        return fstat(number, &information) == 0
            ? Identity(device: UInt64(information.st_dev), file: UInt64(information.st_ino)) : nil
    }

    static func identity(of path: String) -> Identity? {
        var information = stat()
        return stat(path, &information) == 0
            ? Identity(device: UInt64(information.st_dev), file: UInt64(information.st_ino)) : nil
    }

    /// The process that holds the lock of this file. Linux lists locks in a file; elsewhere nobody tells.
    private var holder: Int32? {
        guard let identity, let list = try? TextFile.read("/proc/locks") else { return nil }
        // "1: FLOCK  ADVISORY  WRITE 4711 fe:01:131 0 EOF"
        let found = list.split(separator: "\n").compactMap { line -> Int32? in
            let fields = line.split(separator: " ")
            guard fields.count > 5, fields[1] == "FLOCK",
                fields[5].split(separator: ":").last.flatMap({ UInt64($0) }) == identity.file
            else {
                return nil
            }
            return Int32(fields[4])
        }
        // Another disk may have a file of the same number.
        return found.count == 1 && found[0] > 0 ? found[0] : nil
    }
}
