// `bleu --sentence-level`: the score of each segment, by each system.

import AttentionLab
import Terminal

struct SegmentScores {
    private struct Column: Encodable {
        let system: String, metric: String, signature: String
        var scores: [Double] = []
    }

    private var columns: [Column] = []
    private let systems: [String]

    init(_ texts: ReferenceTexts, _ systems: Systems, _ tool: BLEUCommand.Tool, _ console: Console) throws {
        self.systems = systems.names
        let references = texts.references.count
        for (name, file) in systems.all {
            let lines = try texts.hypotheses(file, console)
            var bleu = Column(
                system: name, metric: "bleu", signature: tool.options.signature(references: references))
            try BLEU.count(hypotheses: lines, references: texts.references, options: tool.options) {
                bleu.scores.append(BLEU.score($0, references: references, options: tool.options).score)
            }
            columns.append(bleu)
            guard let chrF = tool.chrF else { continue }
            var second = Column(system: name, metric: "chrf2", signature: chrF.signature(references: references))
            try chrF.count(hypotheses: lines, references: texts.references) { second.scores.append(chrF.score($0)) }
            columns.append(second)
        }
    }

    /// A row a segment. On a terminal, and into a file, nothing but scores with tabs between them.
    func print(_ format: OutputFormat, _ console: Console) throws {
        let rows = columns[0].scores.indices
        switch format {
        case .json: try console.print(json: columns)
        case .csv:
            var table = Table([Table.Column("segment")] + columns.map { Table.Column(title($0)) })
            for row in rows { table.add(["\(row + 1)"] + columns.map { "\($0.scores[row])" }) }
            try console.print(words: table.csv)
        case .markdown, .latex:
            var table = Table([Table.Column("segment")] + columns.map { Table.Column(title($0)) })
            for row in rows { table.add(["\(row + 1)"] + shown(row)) }
            try console.print(table, as: format)
        case .terminal: try console.print(rows.map { shown($0).joined(separator: "\t") + "\n" }.joined())
        }
        for signature in Set(columns.map(\.signature)).sorted() { console.remark("attention: \(signature)\n") }
    }

    private func title(_ column: Column) -> String {
        systems.count == 1 ? column.metric : "\(column.system) \(column.metric)"
    }

    private func shown(_ row: Int) -> [String] { columns.map { NumberText.text($0.scores[row], digits: 2) } }
}
