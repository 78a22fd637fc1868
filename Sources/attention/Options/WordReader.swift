// Words of what a person types: a capital, an accent of its own or a full stop without a space shall not be an unknown
// word.

import AttentionLab
import Foundation
import Terminal

/// Only for sentences that are typed. A file is read as `train` reads it: words stand between spaces and are what they
/// are.
struct WordReader {
    let translator: Translator

    struct Reading {
        var words: [String] = []
        /// What was typed and is read otherwise, with what it is read as.
        var changes: [(typed: String, read: String)] = []
    }

    func read(_ sentence: String) -> Reading {
        Words.split(sentence).reduce(into: Reading()) { reading, word in
            let parts = parts(word)
            if parts.map(Spelling.init) != [Spelling(word)] { reading.changes.append((word, Words.join(parts))) }
            reading.words += parts
        }
    }

    func unknown(_ words: [String]) -> [String] { words.filter { !translator.knows($0, .source) } }

    /// As a whole: what can only be read in pieces may well be another word with a capital.
    private func isKnown(_ word: String) -> Bool { translator.hasWhole(word, .source) }

    private func parts(_ word: String) -> [String] {
        var rest = word, marks: [String] = []
        while true {
            if let known = forms(rest).first(where: isKnown) { return [known] + marks.reversed() }
            guard let last = rest.last, last.isPunctuation, rest.count > 1, isKnown(String(last)) else {
                return [rest] + marks.reversed()
            }
            marks.append(String(last))
            rest.removeLast()
        }
    }

    /// As typed, with whole and with separate accents, and all that in small letters.
    private func forms(_ word: String) -> [String] {
        let forms = [word, word.precomposedStringWithCanonicalMapping, word.decomposedStringWithCanonicalMapping]
        return forms + forms.map { $0.lowercased() }
    }
}
