// Which files of the exercises were written since the last look: by their dates, which every system has, and every
// editor changes, whether it writes into a file or puts a new one in its place.

import Foundation

struct WatchedFiles {
    private struct Stamp: Equatable {
        let date: Date?, size: UInt64?, number: UInt64?
    }

    private let folder: URL
    /// Those that must be there, from the top of the package.
    private let exercises: [String]
    private var stamps: [String: Stamp]
    /// How often in a row a file was not there.
    private var missed: [String: Int] = [:]

    init(_ folder: URL, exercises: [String]) {
        (self.folder, self.exercises) = (folder, exercises)
        stamps = Self.stamps(folder)
    }

    /// - Returns: what was written, came or went, and the exercises that are gone. An editor that puts a new file in
    ///   the place of the old one may leave none for a moment: gone is what was not there twice.
    mutating func look() -> (saved: [String], gone: [String]) {
        let now = Self.stamps(folder)
        var saved: [String] = [], gone: [String] = []
        for file in Set(stamps.keys).union(now.keys).union(exercises).sorted() {
            if now[file] == nil, exercises.contains(file) {
                missed[file, default: 0] += 1
                if missed[file] == 2 { gone.append(file) }
                continue
            }
            if now[file] != stamps[file] || missed[file, default: 0] > 1 { saved.append(file) }
            missed[file] = nil
        }
        // What is away for a moment keeps the stamp it had.
        stamps = now.merging(stamps.filter { missed[$0.key] != nil }) { new, _ in new }
        return (saved, gone)
    }

    private static func stamps(_ folder: URL) -> [String: Stamp] {
        var found: [String: Stamp] = [:]
        for below in ["Exercises", "Exercises/Scorers"] {
            let names =
                (try? FileManager.default.contentsOfDirectory(atPath: folder.appendingPathComponent(below).path)) ?? []
            for name in names where name.hasSuffix(".swift") && !name.hasPrefix(".") {
                let path = folder.appendingPathComponent("\(below)/\(name)").resolvingSymlinksInPath().path
                guard let all = try? FileManager.default.attributesOfItem(atPath: path) else { continue }
                found["\(below)/\(name)"] = Stamp(
                    date: all[.modificationDate] as? Date, size: (all[.size] as? NSNumber)?.uint64Value,
                    number: (all[.systemFileNumber] as? NSNumber)?.uint64Value)
            }
        }
        return found
    }
}
