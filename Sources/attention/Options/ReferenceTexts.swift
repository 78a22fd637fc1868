// The texts of `bleu`: references, and hypotheses that must have as many lines.

import AttentionLab
import Terminal

struct ReferenceTexts {
    let files: [String]
    /// The lines of each.
    let references: [[String]]

    init(_ files: [String]) throws {
        self.files = files
        references = try files.map(Self.segments)
    }

    /// The lines of a system's output.
    /// - Throws: `InputError` where there are none, or not as many as of each reference.
    func hypotheses(_ file: String, _ console: Console) throws -> [String] {
        let hypotheses = try Self.segments(file)
        for (reference, lines) in zip(files, references) where lines.count != hypotheses.count {
            throw InputError(
                "\(reference) has \(NumberText.count(lines.count, "line")), but \(file) has \(hypotheses.count); give one segment a "
                    + "line in both, in the same order")
        }
        var oddities = TextOddities()
        for (file, lines) in [(file, hypotheses)] + zip(files, references) { oddities.add(lines: lines, of: file) }
        for remark in oddities.remarks { console.remark("attention: \(remark)\n") }
        guard !hypotheses.isEmpty else {
            throw InputError("this file is empty; give one segment a line", file: file)
        }
        return hypotheses
    }

    /// A byte order mark belongs to the first segment, as sacreBLEU has it.
    private static func segments(_ file: String) throws -> [String] {
        TextFile.lines(of: try TextFile.read(file, keepingMark: true))
    }
}
