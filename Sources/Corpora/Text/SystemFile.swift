// Reading and writing whole files through the POSIX calls that macOS and Linux share. The only file of this module that
// talks to the system: Foundation's own calls differ between the two in which errors they report and which they trap
// on.

import Foundation

enum SystemFile {
    /// What the system answered instead of doing as asked.
    struct Failure: Error {
        let code: Int32
        var reason: String { String(cString: strerror(code)) }
    }

    enum Kind { case missing, regular, directory, other }

    static func kind(of path: String) -> Kind {
        var information = stat()
        guard stat(path, &information) == 0 else { return .missing }
        switch information.st_mode & S_IFMT {
        case S_IFREG: return .regular
        case S_IFDIR: return .directory
        default: return .other
        }
    }

    static func isPipe(_ path: String) -> Bool {
        var information = stat()
        return stat(path, &information) == 0 && information.st_mode & S_IFMT == S_IFIFO
    }

    /// All bytes until the end of the file; pipes and terminals are read too.
    static func read(_ path: String) throws -> [UInt8] {
        let descriptor = open(path, O_RDONLY)
        guard descriptor >= 0 else { throw Failure(code: errno) }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = Foundation.read(descriptor, &chunk, chunk.count)
            if count < 0 {
                if errno == EINTR { continue }
                throw Failure(code: errno)
            }
            if count == 0 { return bytes }
            bytes.append(contentsOf: chunk[..<count])
        }
    }

    /// Writes all bytes to a pipe or a device, which is there already.
    static func write(_ data: Data, to path: String) throws {
        let descriptor = open(path, O_WRONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Failure(code: errno) }
        defer { close(descriptor) }
        try write(data, descriptor)
    }

    /// A new file with these bytes, which are on the disk when this returns. The file is locked until the descriptor is
    /// closed: whoever finds the lock free knows that the writer is gone.
    /// - Parameter other: a file whose rights the new one gets; where there is none, those that the user gives new
    ///   files.
    static func create(_ path: String, _ data: Data, rightsOf other: String) throws -> Descriptor {
        let number = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
        guard number >= 0 else { throw Failure(code: errno) }
        let descriptor = Descriptor(number)
        _ = flock(number, LOCK_EX | LOCK_NB)
        var information = stat()
        if stat(other, &information) == 0 { fchmod(number, information.st_mode & 0o777) }
        try write(data, number)
        return descriptor
    }

    private static func write(_ data: Data, _ descriptor: Int32) throws {
        try data.withUnsafeBytes { buffer in
            var done = 0
            while done < buffer.count {
                let count = Foundation.write(descriptor, buffer.baseAddress! + done, buffer.count - done)
                if count >= 0 { done += count } else if errno != EINTR { throw Failure(code: errno) }
            }
        }
        // A device or a pipe cannot be synchronised, and need not be.
        if fsync(descriptor) != 0, errno != EINVAL, errno != ENOTSUP, errno != EROFS { throw Failure(code: errno) }
    }

    static func move(_ path: String, to place: String) throws {
        if rename(path, place) != 0 { throw Failure(code: errno) }
    }

    /// Gives the file its name, unless that name is taken.
    /// - Throws: `Failure` with EEXIST where it is taken.
    static func moveToFree(_ path: String, to place: String) throws {
        guard link(path, place) != 0 else { return remove(path) }
        // A file system without links (FAT) cannot promise it.
        guard errno == EPERM || errno == ENOTSUP || errno == EOPNOTSUPP || errno == ENOSYS || errno == EMLINK else {
            throw Failure(code: errno)
        }
        try move(path, to: place)
    }

    static func remove(_ path: String) {
        unlink(path)
    }

    /// Removes a folder that is empty; one that is not stays.
    static func removeFolder(_ path: String) { rmdir(path) }

    /// Makes one folder; those above it must be there.
    /// - Throws: `Failure` with EEXIST where there is anything of that name.
    static func makeFolder(_ path: String) throws {
        if mkdir(path, 0o755) != 0 { throw Failure(code: errno) }
    }
}
