// The links that `aer` judges and those it judges by, read from their files.

import AttentionLab
import Terminal

struct JudgedLinks {
    let gold: LinkTable
    /// One a system.
    let systems: [LinkTable]
    private let allSure: Bool
    /// nil where no text was given.
    private let text: [(source: Substring, target: Substring)]?

    /// - Throws: `InputError` for files that do not fit each other, `UsageError` for options that do not.
    init(_ arguments: Arguments, _ systems: Systems, _ console: Console) throws {
        allSure = arguments.has("--all-sure")
        text = try Self.text(arguments)
        let lengths = text.map(SentenceLengths.of)
        func read(_ file: AlignmentFile, _ side: String, count: Int?) throws -> LinkTable {
            let counting = try LinkCounting(
                base: arguments.integer("--\(side)-base", 0...1) ?? file.format.usualBase,
                targetFirst: arguments.has("--\(side)-reversed"), leavesOutEnd: arguments.has("--without-end"))
            return try file.table(counting: counting, lengths: lengths, count: count)
        }
        let goldFile = try arguments.required("--gold", "FILE"), goldText = try AlignmentFile(goldFile)
        // A NAACL file does not tell how many sentences it is about, if the last ones have no links: another file must.
        var tables: [LinkTable] = [], told: [Bool] = []
        for system in systems.all {
            let file = try AlignmentFile(system.file)
            tables.append(try read(file, "hypothesis", count: nil))
            told.append(file.format == .pharaoh)
        }
        let gold = try read(goldText, "gold", count: zip(tables, told).first { $1 }?.0.count)
        for (place, system) in systems.all.enumerated() {
            if !told[place] { tables[place].pad(to: gold.count) }
            guard gold.count == tables[place].count else {
                throw InputError(
                    "\(goldFile) has \(NumberText.count(gold.count, "sentence")), but \(system.file) has \(tables[place].count); give "
                        + "one line a sentence in both, in the same order")
            }
        }
        guard gold.hasLinks else {
            throw InputError("the gold alignment has no link at all, so there is nothing to measure", file: goldFile)
        }
        (self.gold, self.systems) = (gold, tables)
        if text == nil { tellBase(goldFile, systems, console) }
    }

    private func tellBase(_ goldFile: String, _ systems: Systems, _ console: Console) {
        let goldNever = gold.neverLinksFirstWords
        for (table, system) in zip(self.systems, systems.all) where table.neverLinksFirstWords != goldNever {
            console.remark(
                "attention: \(goldNever ? goldFile : system.file) never links a first word, \(goldNever ? system.file : "the other file") "
                    + "does: is it counted from another base? (--hypothesis-base, --gold-base; --source and --target check it)\n"
            )
        }
    }

    private static func text(_ arguments: Arguments) throws -> [(source: Substring, target: Substring)]? {
        if arguments.has("--without-end"), !arguments.has("--source") {
            throw UsageError(
                "--without-end needs --source and --target: only the text tells which word is the last one")
        }
        return switch (arguments.text("--source"), arguments.text("--target")) {
        case (nil, nil): nil
        case (let source?, let target?): try TwoFiles.lines(source: source, target: target)
        default: throw UsageError("--source and --target belong together; give both, or neither")
        }
    }

    /// - Parameter errors: how many errors to name; nil for none.
    func measure(_ system: LinkTable, errors most: Int?) -> AlignmentMeasurement {
        AlignmentMeasurement(system, gold: gold, allSure: allSure, text: text, errors: most)
    }
}
