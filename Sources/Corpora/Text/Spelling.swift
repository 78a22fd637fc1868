// A word as it is spelt, scalar for scalar: the one answer to "is it the same word?".

import Foundation

/// What vocabularies, accuracies and baselines know a word by.
///
/// Two words are one where their Unicode scalars are the same. Swift's own `==` and dictionaries also take é for e with
/// an accent that stands on it, while BLEU, which must give sacreBLEU's figures, does not: a word would be known and
/// its translation wrong. Texts that mix both spellings are told so, see `SpellingForms`.
public struct Spelling: Hashable, Sendable {
    public let word: String

    public init(_ word: String) { self.word = word }

    public static func == (a: Self, b: Self) -> Bool { a.word.utf8.elementsEqual(b.word.utf8) }

    public func hash(into hasher: inout Hasher) {
        let isHashed: Void? = word.utf8.withContiguousStorageIfAvailable {
            hasher.combine(bytes: UnsafeRawBufferPointer($0))
        }
        if isHashed == nil { for byte in word.utf8 { hasher.combine(byte) } }
    }
}

/// Words that a text spells both composed (é) and decomposed (e and an accent), as joined texts of several systems do.
public struct SpellingForms: Sendable {
    /// Canonical form → the first spelling of it.
    private var first: [Spelling: Spelling] = [:]
    /// Words that have appeared in a second spelling, in the order in which they did, each with both.
    public private(set) var mixed: [(first: String, second: String)] = []
    private var told: Set<Spelling> = []

    public init() {}

    public mutating func add(_ words: some Sequence<String>) {
        for word in words where !word.utf8.allSatisfy({ $0 < 0x80 }) {
            let spelling = Spelling(word), form = Spelling(word.precomposedStringWithCanonicalMapping)
            guard let known = first[form] else {
                first[form] = spelling
                continue
            }
            if known != spelling, told.insert(form).inserted { mixed.append((known.word, word)) }
        }
    }

    /// One sentence about the mixture; nil where there is none.
    public var remark: String? {
        guard let example = mixed.first else { return nil }
        let others = mixed.count > 1 ? " and \(mixed.count - 1) more" : ""
        return
            "“\(TerminalText.cut(example.first))”\(others) is spelt in two ways (with whole characters, and with accents of their own: "
            + "\(Self.scalars(example.first)) and \(Self.scalars(example.second))); these are two words here, as they are for BLEU. "
            + "Bring the texts to one form, for example with uconv -x any-nfc"
    }

    /// "e U+0301" of what is written with more than ASCII.
    private static func scalars(_ word: String) -> String {
        word.unicodeScalars.filter { !$0.isASCII }.prefix(3).map { scalar in
            let digits = String(scalar.value, radix: 16, uppercase: true)
            return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
        }.joined(separator: " ")
    }
}
