// Says a meaning in English, which is the source of both translation tasks.

struct EnglishWords {
    private(set) var words: [SourceWord] = []

    static func realize(_ sentence: Sentence) -> [SourceWord] {
        var english = EnglishWords()
        if let fronted = sentence.fronted {
            english.join(fronted)
            english.add(",", Ref(sentence.node, .comma))
        }
        english.clause(sentence.main, isQuestion: sentence.isQuestion)
        if let mark = sentence.mark { english.add(mark, Ref(sentence.node, .mark)) }
        return english.words
    }

    private mutating func add(_ text: String, _ ref: Ref) { words.append(SourceWord(text: text, ref: ref)) }

    private mutating func add(_ texts: [String], _ node: Int, _ role: Role) {
        for (index, text) in texts.enumerated() { add(text, Ref(node, role, index)) }
    }

    private mutating func join(_ joined: Joined) {
        guard case .with(let conjunction, let node, let clause) = joined else { return }
        add(conjunction.english, Ref(node, .conjunction))
        self.clause(clause)
    }

    // MARK: clauses

    private mutating func clause(_ clause: Clause, isQuestion: Bool = false) {
        let forms = EnglishVerbForms(clause, isQuestion: isQuestion)
        func auxiliary(_ english: inout EnglishWords) {
            guard let text = forms.auxiliary else { return }
            // "is" alone is the verb of its clause: nothing else says what "ist" or "est" says.
            english.add(text, Ref(clause.node, forms.main == nil ? .verb : .auxiliary))
        }
        if isQuestion { auxiliary(&self) }
        if !clause.subject.isGap { nominal(clause.subject) }
        if !isQuestion { auxiliary(&self) }
        switch clause.negation {
        case .not: add("not", Ref(clause.node, .negation))
        case .never: add("never", Ref(clause.node, .negation))
        case nil: break
        }
        if let middle = clause.middle { add(middle.english, clause.node, .middle) }
        if let main = forms.main { add(main, Ref(clause.node, .verb)) }
        if let particle = clause.predicate.verb?.particle { add(particle, Ref(clause.node, .particle)) }
        switch clause.predicate {
        case .verb(_, let object):
            if let object, !object.isGap { nominal(object) }
        case .gift(_, let object, let receiver):
            nominal(object)
            add("to", Ref(clause.node, .to))
            nominal(receiver)
        case .speech(_, let said):
            add("that", Ref(clause.node, .that))
            self.clause(said)
        case .adjective(let adjective): add(adjective.english, Ref(clause.node, .adjective))
        case .being: break
        }
        if let manner = clause.manner { add(manner.english, clause.node, .manner) }
        if let place = clause.place { phrase(place) }
        if let last = clause.last { add(last.english, clause.node, .last) }
        if let joined = clause.joined { join(joined) }
    }

    private mutating func phrase(_ phrase: PrepositionPhrase) {
        add(phrase.preposition.english, phrase.node, .preposition)
        nominal(phrase.nominal)
    }

    // MARK: nominals

    private mutating func nominal(_ nominal: Nominal) {
        switch nominal {
        case .name(let node, let name): add(name.english, Ref(node, .name))
        case .pronoun(let node, let pronoun): add(pronoun.rawValue, Ref(node, .pronoun))
        case .and(let node, let first, let second):
            self.nominal(first)
            add("and", Ref(node, .conjunction))
            self.nominal(second)
        case .noun(let phrase): nounPhrase(phrase)
        case .gap: break
        }
    }

    private mutating func nounPhrase(_ phrase: NounPhrase) {
        let noun = Words.split(phrase.isPlural ? phrase.noun.plural : phrase.noun.singular)
        let next = phrase.adjectives.first?.english ?? noun[0]
        add(Self.determiner(phrase.determiner, isPlural: phrase.isPlural, before: next), Ref(phrase.node, .determiner))
        add(phrase.adjectives.map(\.english), phrase.node, .adjective)
        add(noun, phrase.node, .noun)
        if let complement = phrase.complement { self.phrase(complement) }
        if let relative = phrase.relative {
            let isPerson = phrase.noun.kinds.contains(.person) && relative.subject.isGap
            add(isPerson ? "who" : "that", Ref(relative.node, .relative))
            clause(relative)
        }
    }

    private static func determiner(_ determiner: Determiner, isPlural: Bool, before next: String) -> String {
        switch determiner {
        case .the: "the"
        case .a: next.first.map("aeiou".contains) == true ? "an" : "a"
        case .this: isPlural ? "these" : "this"
        case .my: "my"
        case .every: "every"
        case .some: "some"
        case .many: "many"
        case .number(let number): ["two", "three", "four", "five", "six", "seven", "eight", "nine"][number - 2]
        }
    }
}

/// The auxiliary, which moves before the subject of a question, and the verb that stays.
private struct EnglishVerbForms {
    let auxiliary: String?
    let main: String?

    init(_ clause: Clause, isQuestion: Bool) {
        let plural = clause.subject.isPlural
        guard let verb = clause.predicate.verb else {
            (auxiliary, main) =
                switch clause.tense {
                case .present, .progressive: (plural ? "are" : "is", nil)
                case .past, .perfect: (plural ? "were" : "was", nil)
                case .future: ("will", "be")
                }
            return
        }
        let needsDo = isQuestion || clause.negation == .not
        (auxiliary, main) =
            switch clause.tense {
            case .present: needsDo ? (plural ? "do" : "does", verb.base) : (nil, plural ? verb.base : verb.third)
            case .progressive: (plural ? "are" : "is", verb.gerund)
            case .past: needsDo ? ("did", verb.base) : (nil, verb.past)
            case .perfect: (plural ? "have" : "has", verb.participle)
            case .future: ("will", verb.base)
            }
    }
}
