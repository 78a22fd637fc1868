// Reading and writing whole files through the POSIX calls that macOS and Linux share. The only file of this module that
// talks to the system: Foundation's own calls differ between the two in which errors they report and which they trap on.

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

    /// Creates or empties the file and writes all bytes; they are on the disk when this returns.
    ///
    /// - Parameter isNew: the file must not be there yet, whoever else is about to make it.
    static func write(_ data: Data, to path: String, isNew: Bool = false) throws {
        let descriptor = open(path, O_WRONLY | O_CREAT | (isNew ? O_EXCL : O_TRUNC), 0o644)
        guard descriptor >= 0 else { throw Failure(code: errno) }
        do {
            try data.withUnsafeBytes { buffer in
                var done = 0
                while done < buffer.count {
                    let count = Foundation.write(descriptor, buffer.baseAddress! + done, buffer.count - done)
                    if count >= 0 { done += count } else if errno != EINTR { throw Failure(code: errno) }
                }
            }
            // A device or a pipe cannot be synchronised, and need not be.
            if fsync(descriptor) != 0, errno != EINVAL, errno != ENOTSUP, errno != EROFS { throw Failure(code: errno) }
        } catch {
            close(descriptor)
            throw error
        }
        if close(descriptor) != 0, errno != EINTR { throw Failure(code: errno) }
    }

    static func move(_ path: String, to place: String) throws {
        if rename(path, place) != 0 { throw Failure(code: errno) }
    }

    static func remove(_ path: String) {
        unlink(path)
    }
}
