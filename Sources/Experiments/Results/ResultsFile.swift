// Result rows on disk: written as rows finish, read by everything that draws a table.

import Corpora
import Evaluation
import Foundation
public import Seq2Seq

/// The content of a results.json.
public struct ResultsFile: Sendable, Codable, Equatable {
    /// Raised when a key, or the meaning of a field, changes. Files of earlier ones are read, and are of this one when
    /// they are written again. In 1 the counts had names in snake case, and everything else in camel case.
    public static let currentSchema = 2

    public var schema = ResultsFile.currentSchema
    public var experiment: Experiment
    /// In the order of the experiment's runs, whatever the order in which they finished.
    public var rows: [ResultRow] = []
    /// Alignment baselines of each task whose tables show them.
    public var baselines: [BaselineRow] = []

    public init(experiment: Experiment) { self.experiment = experiment }

    /// The runs that have no row yet.
    public var missing: [Experiment.Run] {
        let done = Set(rows.map(\.run))
        return experiment.runs.filter { !done.contains($0) }
    }

    /// Those of one part of the experiment; of all of it where there is none.
    public func missing(in shard: Shard?) -> [Experiment.Run] {
        guard let shard else { return missing }
        let done = Set(rows.map(\.run))
        return shard.runs(of: experiment).filter { !done.contains($0) }
    }

    /// Those of the first seeds alone: what a shorter experiment would have given.
    public func first(seeds: Int) -> ResultsFile {
        var first = self
        first.experiment.seeds = min(seeds, experiment.seeds)
        first.rows = rows.filter { $0.seed <= UInt64(first.experiment.seeds) }
        return first
    }

    /// How many seeds every scorer has, under every condition.
    public var wholeSeeds: Int { missing.map { Int($0.seed) - 1 }.min() ?? experiment.seeds }

    public mutating func add(_ row: ResultRow) {
        rows.append(row)
        let place = Dictionary(experiment.runs.enumerated().map { ($1, $0) }) { first, _ in first }
        rows.sort { (place[$0.run] ?? .max) < (place[$1.run] ?? .max) }
    }

    /// The same rows for an experiment with more tasks, scorers, conditions or seeds.
    ///
    /// - Throws: `InputError` where any other setting differs, or rows would be lost: figures of two settings do not
    ///   belong in one table.
    public func extended(to wanted: Experiment, file: String? = nil) throws -> ResultsFile {
        func refused(_ what: String, _ old: Any, _ new: Any) -> InputError {
            InputError(
                "these results were made with \(what) \(old), but \(new) was asked for; leave the option out, or give another "
                    + "--output folder", file: file)
        }
        if let changed = wanted.changedFile(since: experiment) {
            throw InputError(
                "these results were made with another text: \(changed); put the old file back, or give another --output "
                    + "folder", file: file)
        }
        if let one = SettingDifference.first(experiment, wanted.restricted(to: experiment)) {
            throw refused(one.option, one.old, one.new)
        }
        for (what, old, new) in [
            ("the tasks", experiment.tasks, wanted.tasks), ("the scorers", experiment.scorers, wanted.scorers),
            ("the conditions", experiment.conditions.map(\.name), wanted.conditions.map(\.name)),
        ]
        where !Set(old).isSubset(of: new) || what == "the conditions" && old.isEmpty != new.isEmpty {
            throw refused(
                what, old.isEmpty ? "none" : old.joined(separator: ","),
                new.isEmpty ? "none" : new.joined(separator: ","))
        }
        guard wanted.seeds >= experiment.seeds else { throw refused("--seeds", experiment.seeds, wanted.seeds) }
        var result = self
        result.experiment = wanted
        result.rows = []
        for row in rows { result.add(row) }
        return result
    }

    /// Writes beside `path` and renames: a reader never sees half a file.
    public func write(to path: String) throws {
        try AtomicFile.write(json(), to: path)
    }

    public func json() throws -> Data { try Self.encoder.encode(self) }

    static var encoder: JSONEncoder {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        return encoder
    }

    /// - Parameter parts: those that its models may name; one that names another is read, but trains nothing
    ///   (`unknownParts`).
    /// - Parameter tasks: what the names of its tasks mean.
    /// - Throws: `InputError` where the file is missing, is not a result file, or is of another version.
    public static func read(
        _ path: String, parts: PartList = .standard, tasks: TaskList = .standard
    ) throws -> ResultsFile {
        let data = Data(try TextFile.bytes(path))
        do { try GuardedJSON.check(data, .counts) } catch let fault as GuardedJSON.Fault {
            throw damaged("in it \(fault.what)\(fault.place)", path, line: fault.line)
        }
        let decoder = JSONDecoder()
        decoder.userInfo[.countsSchema] = currentSchema
        guard let content = try? decoder.decode(Content.self, from: data) else {
            // The first key in the order of their names; what begins so was one.
            if data.starts(with: Data("{\"baselines\":".utf8)) {
                throw InputError(
                    "this results file is damaged, part of it is missing; use another copy, or run the comparison again in a new folder",
                    file: path)
            }
            throw InputError(
                "this is not a results file of attention compare (no \"schema\" in it, or not JSON); name the folder that "
                    + "`attention compare --output` wrote", file: path)
        }
        guard 1...currentSchema ~= content.schema else {
            throw InputError(
                "this results file has schema \(content.schema), but this program reads schema 1 to \(currentSchema); read it "
                    + "with the version that wrote it, or run the comparison again", file: path)
        }
        decoder.userInfo[.countsSchema] = content.schema
        let read = content.results ?? Result { try decoder.decode(ResultsFile.self, from: data) }
        var results: ResultsFile
        do { results = try read.get() } catch {
            throw damaged("it cannot be read\(GuardedJSON.place(error))\(reason(error))", path)
        }
        results.schema = currentSchema
        results.experiment.taskList = tasks
        if let fault = results.fault { throw damaged(fault, path) }
        return results.resolved(among: parts)
    }

    /// A file whose schema is not known yet. One of today's is parsed once, and an older one again when that is known.
    private struct Content: Decodable {
        let schema: Int
        /// nil where the file is not of the schema that the decoder was told.
        let results: Result<ResultsFile, any Error>?

        init(from decoder: any Decoder) throws {
            schema = try decoder.container(keyedBy: NameKey.self).decode(Int.self, forKey: NameKey("schema"))
            let isTold = decoder.userInfo[.countsSchema] as? Int == schema
            results = isTold ? Result { try ResultsFile(from: decoder) } : nil
        }
    }

    /// Which counts cannot be, where that is what is wrong.
    private static func reason(_ error: any Error) -> String {
        guard case .dataCorrupted(let context)? = error as? DecodingError else { return "" }
        return (context.underlyingError as? ImpossibleCounts).map { ": \($0)" } ?? ""
    }

    private static func damaged(_ what: String, _ path: String, line: Int? = nil) -> InputError {
        InputError(
            "this results file is damaged: \(what); use another copy, or run the comparison again in a new folder",
            file: path, line: line)
    }

    /// The first thing that no comparison writes, as a sentence says it; nil where all can be. Asked before anything is
    /// computed with it.
    private var fault: String? {
        if let fault = experiment.fault { return fault }
        for row in rows {
            let of = "of \(row.run.text) "
            if let fault = row.model.fault ?? row.training.fault ?? row.data.fault { return of + fault }
            let counts = [row.parameters, row.steps, row.sourceVocabulary, row.targetVocabulary]
            guard counts.allSatisfy({ $0 >= 0 }) else { return of + "a size is below 0" }
            guard row.measured.allSatisfy({ $0 >= 0 }) else { return of + "a time, a speed or a loss is below 0" }
        }
        let planned = Set(experiment.runs)
        if let row = rows.first(where: { !planned.contains($0.run) }) {
            return "the experiment in it has no training \(row.run.text)"
        }
        let runs = Set(rows.map(\.run))
        return runs.count == rows.count ? nil : "a training stands in it twice"
    }
}
