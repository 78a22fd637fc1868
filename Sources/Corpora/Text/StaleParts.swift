// The files that a killed process was writing when it was killed, and when they may be removed.

public import Foundation

extension AtomicFile {
    /// What is written before it is renamed: "results.json.1A2B3C4D.part".
    static func part(of path: String) -> String { path + ".\(UUID().uuidString.prefix(8)).part" }

    /// Removes the parts of one file of a folder, or of all, whose writers are gone.
    ///
    /// A process that is killed outright cannot remove them itself. A part is locked while it is written, so that a
    /// free lock tells that nobody writes it any more; ten seconds lie between making a part and locking it at the very
    /// most. Where there are no locks, age alone decides: a part is written without a pause and takes a second, so that
    /// an hour is safe also where another machine writes the same folder with a clock that is minutes off. Should a
    /// process have been stopped for that long in the middle of a write, its write fails, and the file it was to
    /// replace stays as it was.
    ///
    /// - Parameters:
    ///   - name: of the file; nil for all files of the folder.
    ///   - isHeld: whether this process has the place for itself: no other can be between making and locking.
    /// - Returns: the names of those that were removed. What cannot be removed, or not even looked at, is left there:
    ///   it does no harm.
    @discardableResult
    public static func removeStaleParts(
        in folder: String, of name: String? = nil, isHeld: Bool = false, now: Date = Date()
    ) -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.sorted().filter { part in
            guard let target = target(ofPart: part), name == nil || target == name else { return false }
            let path = folder + "/" + part
            let attributes = try? FileManager.default.attributesOfItem(atPath: path)
            guard attributes?[.type] as? FileAttributeType == .typeRegular,
                let written = attributes?[.modificationDate] as? Date,
                isAbandoned(path, folder + "/" + target, age: now.timeIntervalSince(written), isHeld)
            else { return false }
            SystemFile.remove(path)
            return true
        }
    }

    /// Those of one file, beside it.
    public static func removeStaleParts(of place: String, isHeld: Bool = false) {
        let path = place as NSString, folder = path.deletingLastPathComponent
        removeStaleParts(in: folder.isEmpty ? "." : folder, of: path.lastPathComponent, isHeld: isHeld)
    }

    private static func isAbandoned(_ part: String, _ target: String, age: TimeInterval, _ isHeld: Bool) -> Bool {
        // Killed between giving the file its name and taking the old one away: a second name of a finished file.
        if let one = Descriptor.identity(of: part), one == Descriptor.identity(of: target) { return true }
        switch Descriptor.claim(part) {
        case .taken: return false
        case .held: return isHeld || age > 10
        case .unavailable: return age > 3600
        }
    }

    /// "results.json" of "results.json.1A2B3C4D.part"; nil for what is no part.
    private static func target(ofPart name: String) -> String? {
        guard let match = name.wholeMatch(of: /(.+)\.[0-9A-F]{8}\.part/) else { return nil }
        return String(match.1)
    }
}
