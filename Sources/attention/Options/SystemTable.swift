// What `aer` and `bleu` print of several systems: a row for each, letters for who can be told apart, tables of pairs.

import AttentionLab
import Foundation
import Terminal

struct SystemTable {
    struct Column {
        /// Over the table, and in CSV.
        let title: String, id: String
        /// After the point.
        let digits: Int
        /// One a system; nil where it is undefined.
        let values: [Double?]
        /// Of this column; nil where it has no letters.
        var tests: PairwiseTests?
    }

    /// A further table.
    struct Part {
        let title: String
        let table: Table
        var notes: [String] = []
    }

    let title: String
    let names: [String]
    let columns: [Column]
    /// What one draw of a test draws from, as a sentence says it.
    let draws: String
    var notes: [String] = []
    /// Below the table.
    var parts: [Part] = []

    // MARK: for people

    var table: Table {
        var table = Table([Table.Column("system", .left)] + columns.map { Table.Column($0.title) })
        for (row, name) in names.enumerated() {
            table.add([name] + columns.map { cell($0, row) }, exact: [nil] + columns.map { $0.values[row] })
        }
        return table
    }

    private func cell(_ column: Column, _ row: Int) -> String {
        guard let value = column.values[row] else { return "–" }
        let figure = NumberText.text(value, digits: column.digits)
        guard let letters = column.tests?.letters else { return figure }
        let width = letters.values.map(\.count).max() ?? 0, own = letters[names[row]] ?? ""
        return figure + " " + own + String(repeating: " ", count: width - own.count)
    }

    var pairTables: [Part] {
        columns.compactMap { column in
            guard let tests = column.tests, !tests.pairs.isEmpty else { return nil }
            let pairs = PairTable(tests, title: column.title, digits: column.digits, draws: draws)
            return Part(title: pairs.title, table: pairs.table, notes: pairs.notes)
        }
    }

    /// What letters mean; nil where there are none.
    private var lettersNote: String? {
        guard let tests = columns.lazy.compactMap(\.tests).first(where: { !$0.pairs.isEmpty }) else { return nil }
        return
            "a, b, …: systems of a column that share a letter cannot be told apart (5 %): two differ where the "
            + "\(tests.test.rawValue) over \(draws) (\(tests.trials) draws) says so, with Holm's correction for all pairs "
            + "(\(tests.pairs.count)). Sharing a letter is no proof of being equal."
    }

    /// Everything, in any format but JSON.
    /// - Parameter text: in place of the table where a terminal shows one system; nil for a table.
    func print(_ format: OutputFormat, text: String?, _ console: Console) throws {
        let notes = (lettersNote.map { [$0] } ?? []) + notes
        func list(_ lines: [String]) -> String {
            lines.map { (format == .markdown ? "- " : "  ") + Compare.line($0, console, format) + "\n" }.joined()
        }
        switch format {
        case .csv, .json: try console.print(words: csv)
        case .latex:
            try console.print("% \\usepackage{booktabs}\n\n")
            try console.print(words: table.latex(caption: title, label: title, notes: notes))
            for part in parts {
                try console.print(
                    words: "\n"
                        + part.table.latex(caption: part.title, label: part.title, notes: part.notes, keepsRows: true))
            }
        case .terminal, .markdown:
            if let text, format == .terminal {
                try console.print(words: text)
            } else {
                try console.print(table, as: format)
                try console.print(words: "\n" + list(notes))
            }
            for part in parts {
                let heading = Compare.line(part.title, console, format)
                try console.print(words: "\n\(format == .markdown ? "### " : "")\(heading)\n\n")
                try console.print(part.table, as: format)
                if !part.notes.isEmpty { try console.print(words: "\n" + list(part.notes)) }
            }
        }
    }

    // MARK: for programs

    private static func exact(_ value: Double?) -> String { value.map { "\($0)" } ?? "" }

    /// Unrounded; empty where undefined.
    var csv: String {
        var table = Table(
            [Table.Column("system")]
                + columns.flatMap { column in
                    [Table.Column(column.id)] + (column.tests == nil ? [] : [Table.Column(column.id + "_group")])
                })
        for (row, name) in names.enumerated() {
            table.add(
                [name]
                    + columns.flatMap { column in
                        [Self.exact(column.values[row])] + (column.tests.map { [$0.letters[name] ?? ""] } ?? [])
                    })
        }
        return table.csv
    }

    var pairsCSV: String {
        var table = Table(
            [
                "column", "a", "b", "score_a", "score_b", "difference", "lower", "upper", "test", "p", "p_holm",
                "different",
            ].map { Table.Column($0) })
        for column in columns {
            for pair in column.tests?.pairs ?? [] {
                let figures = [pair.meanA, pair.meanB, pair.difference, pair.lower, pair.upper].map(Self.exact)
                table.add(
                    [column.id, pair.a, pair.b] + figures + [column.tests?.test.rawValue ?? ""]
                        + [pair.pSentences, pair.adjustedSentences].map(Self.exact)
                        + [pair.isDifferent ? "true" : "false"])
            }
        }
        return table.csv
    }

    struct Pairs: Encodable {
        let column: String, test: PairedComparison.Test, draws: Int
        let letters: [Letters]
        let pairs: [PairTest]
    }

    struct Letters: Encodable { let system: String, letters: String }

    /// nil, and no key in the JSON, for one system.
    var pairsJSON: [Pairs]? {
        let all = columns.compactMap { column in
            column.tests.map { tests in
                Pairs(
                    column: column.id, test: tests.test, draws: tests.trials,
                    letters: tests.names.map { Letters(system: $0, letters: tests.letters[$0] ?? "") },
                    pairs: tests.pairs)
            }
        }
        return all.isEmpty ? nil : all
    }
}

/// What `--format json` prints: the figures of one system as they are, or those of several with what tells them apart.
struct SystemsJSON<Figures: Encodable>: Encodable {
    let names: [String]
    let systems: [Figures]
    let pairs: [SystemTable.Pairs]?

    private enum Key: String, CodingKey { case name, systems, pairs }

    private struct Named: Encodable {
        let name: String, figures: Figures

        func encode(to encoder: any Encoder) throws {
            try figures.encode(to: encoder)
            var container = encoder.container(keyedBy: Key.self)
            try container.encode(name, forKey: .name)
        }
    }

    func encode(to encoder: any Encoder) throws {
        if systems.count == 1 { return try systems[0].encode(to: encoder) }
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(zip(names, systems).map { Named(name: $0, figures: $1) }, forKey: .systems)
        try container.encodeIfPresent(pairs, forKey: .pairs)
    }
}
