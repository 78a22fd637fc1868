// A results file that grows row by row, without encoding the rows again that are in it already.

import Corpora
import Foundation

/// Rows hold every sentence's counts: a whole comparison is megabytes, and encoding all of it after each training cost
/// a tenth of the comparison, with every other thread waiting.
struct ResultsWriter {
    private(set) var results: ResultsFile
    /// The JSON of each row.
    private var encoded: [Experiment.Run: Data] = [:]

    init(_ results: ResultsFile) throws {
        self.results = results
        for row in results.rows { encoded[row.run] = try Self.json(of: row) }
    }

    /// The slow part, which needs no lock.
    static func json(of row: ResultRow) throws -> Data { try ResultsFile.encoder.encode(row) }

    /// - Parameter json: of this row.
    mutating func add(_ row: ResultRow, json: Data) {
        results.add(row)
        encoded[row.run] = json
    }

    func write(to path: String) throws { try AtomicFile.write(json(), to: path) }

    /// The same bytes as `ResultsFile.json`.
    func json() throws -> Data {
        var frame = results
        frame.rows = []
        let data = try ResultsFile.encoder.encode(frame)
        guard let hole = data.range(of: Data("\"rows\":[]".utf8), options: .backwards) else {
            return try results.json()
        }
        var whole = data[..<(hole.upperBound - 1)]
        for (index, row) in results.rows.enumerated() {
            if index > 0 { whole.append(UInt8(ascii: ",")) }
            whole.append(try encoded[row.run] ?? Self.json(of: row))
        }
        whole.append(data[(hole.upperBound - 1)...])
        return whole
    }
}
