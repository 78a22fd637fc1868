// A file that something was made from: where it is, and a check sum that tells whether it still is the same.

import Foundation
import Randomness

/// Two are equal where their contents are, wherever they lie: another machine has them in another folder. Before they
/// were read, where their paths are.
public struct NamedFile: Sendable, Equatable {
    public var path: String
    /// Of the bytes; nil before they were read.
    public private(set) var digest: String?

    public init(_ path: String) { self.path = path }

    public static func == (a: Self, b: Self) -> Bool {
        guard let first = a.digest, let second = b.digest else { return a.digest == b.digest && a.path == b.path }
        return first == second
    }

    /// The same file with its check sum as it is now.
    /// - Throws: `InputError` where it cannot be read, and for what can be read only once: somebody will ask again.
    public func read() throws -> NamedFile {
        guard path != TextFile.standardInput, !SystemFile.isPipe(path) else {
            throw InputError(
                "a text that is compared on is read again, by --resume, by other machines and by whoever checks it, and this "
                    + "can be read only once; write it into a file first", file: Self.fromHere(path))
        }
        var known = self
        known.digest = String(FNV1a.hash(try TextFile.bytes(Self.fromHere(path))), radix: 16)
        return known
    }

    /// The path without the folders.
    public var name: String { path.split(separator: "/").last.map(String.init) ?? path }

    /// A path as it is meant in a folder: what begins with a slash is one already.
    /// - Parameter folder: nil for the one where one stands.
    public static func absolute(_ path: String, in folder: String? = nil) -> String {
        guard !path.hasPrefix("/"), path != TextFile.standardInput else { return path }
        let here = FileManager.default.currentDirectoryPath
        let base = folder.map { $0.isEmpty ? here : absolute($0) } ?? here
        return URL(fileURLWithPath: path, relativeTo: URL(fileURLWithPath: base, isDirectory: true))
            .standardizedFileURL.path
    }

    /// How one calls a path from where one stands: files below have short names.
    public static func fromHere(_ path: String) -> String {
        let here = FileManager.default.currentDirectoryPath + "/"
        return path.hasPrefix(here) ? String(path.dropFirst(here.count)) : path
    }
}

/// The path alone before the file was read.
extension NamedFile: Codable {
    private enum CodingKeys: String, CodingKey { case path, digest }

    public init(from decoder: any Decoder) throws {
        if let path = try? decoder.singleValueContainer().decode(String.self) {
            self.init(path)
        } else {
            let values = try decoder.container(keyedBy: CodingKeys.self)
            self.init(try values.decode(String.self, forKey: .path))
            digest = try values.decode(String.self, forKey: .digest)
        }
    }

    public func encode(to encoder: any Encoder) throws {
        if let digest {
            var values = encoder.container(keyedBy: CodingKeys.self)
            try values.encode(path, forKey: .path)
            try values.encode(digest, forKey: .digest)
        } else {
            var value = encoder.singleValueContainer()
            try value.encode(path)
        }
    }
}
