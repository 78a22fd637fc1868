// The files that a killed process was writing when it was killed, and when they may be removed.

public import Foundation

extension AtomicFile {
    /// What is written before it is renamed: "results.json.1A2B3C4D.part".
    static func part(of path: String) -> String { path + ".\(UUID().uuidString.prefix(8)).part" }

    /// Removes the parts of one file of a folder, or of all, that nothing has been written to for an hour.
    ///
    /// A process that is killed outright cannot remove them itself. Age alone decides: a part is written without a pause and takes a second, so that
    /// an hour is safe also where another machine writes the same folder with a clock that is minutes off. Should a process have been stopped
    /// for that long in the middle of a write, its write fails, and the file it was to replace stays as it was. Process numbers or locks would not do:
    /// they say nothing, or not reliably, of other machines.
    ///
    /// - Parameter name: of the file; nil for all files of the folder.
    /// - Returns: the names of those that were removed. What cannot be removed, or not even looked at, is left there: it does no harm.
    @discardableResult
    public static func removeStaleParts(in folder: String, of name: String? = nil, now: Date = Date()) -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.sorted().filter { part in
            guard let target = target(ofPart: part), name == nil || target == name else { return false }
            let attributes = try? FileManager.default.attributesOfItem(atPath: folder + "/" + part)
            guard attributes?[.type] as? FileAttributeType == .typeRegular, let written = attributes?[.modificationDate] as? Date,
                  now.timeIntervalSince(written) > 3600 else { return false }
            SystemFile.remove(folder + "/" + part)
            return true
        }
    }

    /// "results.json" of "results.json.1A2B3C4D.part"; nil for what is no part.
    private static func target(ofPart name: String) -> String? {
        guard let match = name.wholeMatch(of: /(.+)\.[0-9A-F]{8}\.part/) else { return nil }
        return String(match.1)
    }
}
