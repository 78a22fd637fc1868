// What is said of results that name a part of models which this program does not have.

import AttentionLab
import Terminal

extension ResultsFile {
    /// On standard error, whatever was asked for: a table may look as if the part were there.
    func tellUnknownParts(_ console: Console) {
        for sentence in unknownParts(among: Main.parts) { console.note("attention: \(sentence)\n") }
    }
}
