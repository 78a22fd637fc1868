// The relations of a sentence's words, read from the tree that the sentence was said from: nothing is parsed.

/// Goes through a meaning, and keeps which word belongs to which.
struct Dependencies {
    private var found: [(relation: SyntaxRelation, dependent: Ref, head: Ref)] = []

    /// In the order of the dependent words, relation by relation.
    static func of(_ sentence: Sentence, _ english: [SourceWord]) -> [Dependency] {
        var tree = Dependencies()
        tree.read(sentence.fronted)
        tree.read(sentence.main)
        let places = Dictionary(english.enumerated().map { ($1.ref, $0) }, uniquingKeysWith: { first, _ in first })
        let ofGrammar = tree.found.compactMap { relation, dependent, head in
            places[dependent].flatMap { from in places[head].map { Dependency(relation, from, $0) } }
        }
        let ofPlace = english.indices.flatMap { place in
            (place > 0 ? [Dependency(.previous, place, place - 1)] : [])
                + (place + 1 < english.count ? [Dependency(.next, place, place + 1)] : [])
        }
        return ofGrammar.sorted { $0.dependent < $1.dependent } + ofPlace
    }

    private mutating func read(_ joined: Joined?) {
        guard case .with(_, _, let clause)? = joined else { return }
        read(clause)
    }

    private mutating func read(_ clause: Clause) {
        found.append((.subject, Ref(clause.node, .verb), Self.head(of: clause.subject)))
        read(clause.subject)
        switch clause.predicate {
        case .verb(_, let object): if let object { read(object) }
        case .gift(_, let object, let receiver):
            read(object)
            read(receiver)
        case .speech(_, let said): read(said)
        case .adjective, .being: break
        }
        if let place = clause.place { read(place.nominal) }
        read(clause.joined)
    }

    private mutating func read(_ nominal: Nominal) {
        switch nominal {
        case .noun(let phrase): read(phrase)
        case .and(_, let first, let second):
            read(first)
            read(second)
        // The noun of a gap stands before its clause, and is read there.
        case .name, .pronoun, .gap: break
        }
    }

    private mutating func read(_ phrase: NounPhrase) {
        let noun = Self.head(of: phrase)
        if phrase.determiner == .the || phrase.determiner == .a {
            found.append((.article, Ref(phrase.node, .determiner), noun))
        }
        for index in phrase.adjectives.indices {
            found.append((.adjective, Ref(phrase.node, .adjective, index), noun))
        }
        if let complement = phrase.complement { read(complement.nominal) }
        if let relative = phrase.relative {
            found.append((.relative, Ref(relative.node, .relative), noun))
            read(relative)
        }
    }

    private static func head(of nominal: Nominal) -> Ref {
        switch nominal {
        case .noun(let phrase), .gap(let phrase): head(of: phrase)
        case .name(let node, _): Ref(node, .name)
        case .pronoun(let node, _): Ref(node, .pronoun)
        case .and(_, let first, _): head(of: first)
        }
    }

    /// The last word of a noun: "tree" of "apple tree".
    private static func head(of phrase: NounPhrase) -> Ref {
        let words = Words.split(phrase.isPlural ? phrase.noun.plural : phrase.noun.singular)
        return Ref(phrase.node, .noun, words.count - 1)
    }
}
