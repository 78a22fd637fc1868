// What a sentence says, before it is said in any language: a tree whose nodes have numbers, so that the word a node
// becomes in one language can be linked with the word it becomes in the other.

enum Determiner: Sendable, Equatable {
    case the, a, this, my, every, some, many
    /// 2 to 9.
    case number(Int)

    /// Whether it asks for the plural; nil where both will do.
    var isPlural: Bool? {
        switch self {
        case .the, .this, .my: nil
        case .a, .every: false
        case .some, .many, .number: true
        }
    }
}

enum Pronoun: String, Sendable, CaseIterable {
    case he, she, they

    var french: String {
        switch self {
        case .he: "il"
        case .she: "elle"
        case .they: "ils"
        }
    }
    var german: String { self == .he ? "er" : "sie" }
}

indirect enum Nominal: Sendable {
    case noun(NounPhrase)
    case name(node: Int, Name)
    /// Only a subject.
    case pronoun(node: Int, Pronoun)
    case and(node: Int, Nominal, Nominal)
    /// The place in a relative clause that the noun before it fills.
    case gap(NounPhrase)

    var isPlural: Bool {
        switch self {
        case .noun(let phrase), .gap(let phrase): phrase.isPlural
        case .name: false
        case .pronoun(_, let pronoun): pronoun == .they
        case .and: true
        }
    }

    var isGap: Bool { if case .gap = self { true } else { false } }
}

struct NounPhrase: Sendable {
    let node: Int
    var determiner: Determiner
    let noun: Noun
    let isPlural: Bool
    /// In the English order.
    var adjectives: [Adjective] = []
    var isRepeated = false
    /// "of the king", "with the hat".
    var complement: PrepositionPhrase?
    /// Its subject or its object is a gap.
    var relative: Clause?
}

struct PrepositionPhrase: Sendable {
    let node: Int
    let preposition: Preposition
    let nominal: Nominal
}

enum Negation: Sendable, CaseIterable { case not, never }

enum Tense: Sendable, CaseIterable { case present, progressive, past, perfect, future }

indirect enum Predicate: Sendable {
    /// A verb with its object, if it takes one.
    case verb(Verb, Nominal?)
    case gift(Verb, Nominal, to: Nominal)
    case speech(Verb, Clause)
    case adjective(Adjective)
    /// To be somewhere; where is the place of the clause.
    case being

    /// nil where English says "be".
    var verb: Verb? {
        switch self {
        case .verb(let verb, _), .gift(let verb, _, _), .speech(let verb, _): verb
        case .adjective, .being: nil
        }
    }
}

struct Clause: Sendable {
    let node: Int
    var subject: Nominal
    var predicate: Predicate
    var tense: Tense
    var negation: Negation?
    var middle: Adverb?
    var manner: Adverb?
    var place: PrepositionPhrase?
    /// The last word: when or where.
    var last: Adverb?
    /// "because …", "and …".
    var joined: Joined?
}

indirect enum Joined: Sendable {
    case with(Conjunction, node: Int, Clause)
}

struct Sentence: Sendable {
    let node: Int
    /// "because … , …": stands before the main clause.
    var fronted: Joined?
    var main: Clause
    /// "does the cat …": asked by the order of words.
    var isQuestion = false
    /// nil for none.
    var mark: String?
}
