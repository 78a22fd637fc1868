// How a sentence in two languages becomes a pair with a gold alignment: each source word says what it is in the
// meaning, and each target word says which of these it translates.

/// What a word is within its node.
enum Role: Hashable, Sendable {
    case determiner, noun, adjective, preposition, pronoun, name, conjunction, relative, comma, mark
    case auxiliary, negation, verb, particle, to, that, middle, manner, last
}

/// A word by what it does in the meaning.
struct Ref: Hashable, Sendable {
    let node: Int
    let role: Role
    /// Which of several: the second adjective, the third word of "in front of".
    let index: Int

    init(_ node: Int, _ role: Role, _ index: Int = 0) {
        (self.node, self.role, self.index) = (node, role, index)
    }
}

struct SourceWord: Sendable {
    let text: String
    let ref: Ref
}

/// A word of the translation while the sentence is being made.
struct TargetWord: Sendable {
    var text: String
    /// What it surely translates; references to words that the English sentence does not have are passed over.
    var sure: [Ref]
    var possible: [Ref] = []
    var phenomenon: String
    var isContent = false
    /// "l'" for "le", where the next word begins with a vowel.
    var beforeVowel: String?
    /// Only an article melts with a preposition, not a word that is spelt like one.
    var isArticle = false
}

extension SentencePair {
    /// The words of both sides, linked by what they refer to.
    init(_ source: [SourceWord], _ target: [TargetWord]) {
        let places = Dictionary(source.enumerated().map { ($1.ref, $0) }, uniquingKeysWith: { first, _ in first })
        var sure: Set<Link> = [], possible: Set<Link> = []
        for (position, word) in target.enumerated() {
            for ref in word.sure { if let place = places[ref] { sure.insert(Link(place, position)) } }
            for ref in word.possible { if let place = places[ref] { possible.insert(Link(place, position)) } }
        }
        self.init(
            source: source.map(\.text), target: target.map(\.text),
            gold: GoldAlignment(sure: sure, possible: possible),
            phenomena: target.map(\.phenomenon), isContent: target.map(\.isContent))
    }
}
