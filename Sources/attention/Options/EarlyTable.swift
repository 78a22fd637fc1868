// The table as it stands while trainings go on: after the first seed of every scorer there is one to look at. It is no
// result yet, and goes where progress goes.

import AttentionLab
import Terminal

struct EarlyTable {
    typealias Tables = @Sendable (ResultsFile) throws -> [ComparisonTable]

    private let tables: Tables?
    private let console: Console
    /// Lines of it on the terminal, to be written over.
    private var shown = 0
    private var isFirst = true

    /// - Parameter tables: nil where nobody waits for one.
    init(_ tables: Tables?, _ console: Console) {
        (self.tables, self.console) = (console.isQuiet ? nil : tables, console)
    }

    /// On a terminal in the place of the one before; elsewhere only the first is shown, with a line that says so.
    ///
    /// - Parameters:
    ///   - results: of the seeds that every scorer has.
    ///   - seeds: that there will be.
    mutating func show(_ results: ResultsFile, of seeds: Int) {
        guard let tables, isFirst || console.errorsAreTerminal, let found = try? tables(results) else { return }
        let done = results.experiment.seeds
        var text =
            "\nSo far, after \(done == 1 ? "seed 1" : "\(done) seeds") of \(seeds) of every scorer"
            + (console.errorsAreTerminal ? ":\n" : "; the table of all seeds comes at the end:\n")
        for table in found { text += "\n\(table.section.title)\n\n" + table.table.text(width: console.width) }
        text += "\n"
        clear()
        isFirst = false
        console.remark(text)
        shown = lines(of: text)
    }

    /// Takes it from the terminal again, where all of it is still in sight; what has scrolled away cannot be written
    /// over.
    mutating func clear() {
        defer { shown = 0 }
        guard console.errorsAreTerminal, shown > 0, shown < Platform.terminalHeight ?? 0 else { return }
        console.progress("\r\u{1B}[\(shown)A\u{1B}[J")
    }

    /// A line that is wider than the terminal takes several of it.
    private func lines(of text: String) -> Int {
        let width = Platform.terminalWidth ?? console.width
        return text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
            .map { max(1, (TextWidth.of(String($0)) + width - 1) / width) }.reduce(0, +)
    }
}
