// Result rows on disk: written as rows finish, read by everything that draws a table.

import Corpora
import Foundation

/// The content of a results.json.
public struct ResultsFile: Sendable, Codable, Equatable {
    /// Raised when the meaning of a field changes.
    public static let currentSchema = 1

    public var schema = ResultsFile.currentSchema
    public var experiment: Experiment
    /// In the order of the experiment's runs, whatever the order in which they finished.
    public var rows: [ResultRow] = []
    /// Alignment baselines of each task.
    public var baselines: [BaselineRow] = []

    public init(experiment: Experiment) { self.experiment = experiment }

    /// The runs that have no row yet.
    public var missing: [Experiment.Run] {
        let done = Set(rows.map(\.run))
        return experiment.runs.filter { !done.contains($0) }
    }

    public mutating func add(_ row: ResultRow) {
        rows.append(row)
        let place = Dictionary(uniqueKeysWithValues: experiment.runs.enumerated().map { ($1, $0) })
        rows.sort { (place[$0.run] ?? .max) < (place[$1.run] ?? .max) }
    }

    /// Writes beside `path` and renames: a reader never sees half a file.
    public func write(to path: String) throws {
        try AtomicFile.write(json(), to: path)
    }

    public func json() throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        return try encoder.encode(self)
    }

    /// - Throws: `InputError` where the file is missing, is not a result file, or is of another version.
    public static func read(_ path: String) throws -> ResultsFile {
        let data = Data(try TextFile.bytes(path))
        struct Version: Decodable { let schema: Int }
        guard let version = try? JSONDecoder().decode(Version.self, from: data) else {
            throw InputError("this is not a results file of attention compare (no \"schema\" in it, or not JSON); name the folder that `attention compare --output` wrote", file: path)
        }
        guard version.schema == currentSchema else {
            throw InputError("this results file has schema \(version.schema), but this program reads schema \(currentSchema); run the comparison again", file: path)
        }
        do { return try JSONDecoder().decode(ResultsFile.self, from: data) } catch {
            throw InputError("this results file is damaged (\(error)); use another copy, or run the comparison again in a new folder", file: path)
        }
    }
}
