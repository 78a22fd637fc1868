// Remarks about lines of a file: the first few of a kind one by one, the others counted.

import AttentionLab

package struct LineRemarks {
    package enum Kind: CaseIterable {
        case blank, unknown, cutOff
        /// Said even where only the result was asked for: the line is lost.
        case failed
    }

    private static let shown = 10
    private let file: String
    private let console: Console
    private var counts: [Kind: Int] = [:]

    package init(file: String, _ console: Console) { (self.file, self.console) = (file, console) }

    package mutating func add(_ kind: Kind, _ text: String, line: Int) {
        counts[kind, default: 0] += 1
        if counts[kind, default: 0] <= Self.shown { say(kind, InputError(text, file: file, line: line).description) }
    }

    /// How many more there were of each kind.
    package func end() {
        for kind in Kind.allCases {
            let more = counts[kind, default: 0] - Self.shown
            guard more > 0 else { continue }
            let what =
                switch kind {
                case .blank: "blank lines"
                case .unknown: "lines with words that the model has never seen"
                case .cutOff: "lines with a translation that was cut off"
                case .failed: "lines that could not be translated"
                }
            say(kind, InputError("\(what): \(more) more", file: file).description)
        }
    }

    private func say(_ kind: Kind, _ text: String) {
        if kind == .failed { console.note("attention: \(text)\n") } else { console.remark("attention: \(text)\n") }
    }
}
