// Says a meaning in French, and what each French word translates.

struct FrenchWords {
    private var words: [TargetWord] = []
    /// What the English sentence has: "did" is there in "did not see", not in "saw".
    private let english: Set<Ref>

    static func realize(_ sentence: Sentence, english: [SourceWord]) -> [TargetWord] {
        var french = FrenchWords(english: Set(english.map(\.ref)))
        if let fronted = sentence.fronted {
            french.join(fronted)
            french.add(",", [Ref(sentence.node, .comma)], "punctuation")
        }
        if sentence.isQuestion { french.estCeQue(sentence.main.node) }
        french.clause(sentence.main)
        if let mark = sentence.mark { french.add(mark, [Ref(sentence.node, .mark)], "punctuation") }
        return melt(elide(french.words))
    }

    private init(english: Set<Ref>) { self.english = english }

    private mutating func add(
        _ text: String, _ sure: [Ref], possible: [Ref] = [], _ phenomenon: String,
        isContent: Bool = false, beforeVowel: String? = nil, isArticle: Bool = false
    ) {
        words.append(
            TargetWord(
                text: text, sure: sure, possible: possible, phenomenon: phenomenon, isContent: isContent,
                beforeVowel: beforeVowel, isArticle: isArticle))
    }

    /// A fixed expression for the English words of a node and role.
    private mutating func add(
        _ expression: Expression, for count: Int, _ node: Int, _ role: Role, _ phenomenon: String,
        isContent: Bool = false
    ) {
        for (text, sources) in zip(expression.words, expression.sources) {
            let rest = (0..<count).filter { !sources.contains($0) }
            add(
                text, sources.map { Ref(node, role, $0) }, possible: rest.map { Ref(node, role, $0) }, phenomenon,
                isContent: isContent,
                beforeVowel: ["de", "que", "puisque"].contains(text) ? text.dropLast() + "'" : nil)
        }
    }

    private mutating func join(_ joined: Joined) {
        guard case .with(let conjunction, let node, let clause) = joined else { return }
        add(conjunction.french, for: 1, node, .conjunction, "conjunction")
        self.clause(clause)
    }

    /// A question keeps the order of the statement: these two words ask it, as "does" does.
    private mutating func estCeQue(_ node: Int) {
        let asked = english.contains(Ref(node, .auxiliary)) ? Ref(node, .auxiliary) : Ref(node, .verb)
        add("est-ce", [], possible: [asked], "question")
        add("que", [], possible: [asked], "question", beforeVowel: "qu'")
    }

    // MARK: clauses

    private mutating func clause(_ clause: Clause) {
        let node = clause.node
        let agreement = Self.agreement(clause.subject)
        if !clause.subject.isGap { nominal(clause.subject) }
        if clause.negation != nil { add("ne", [Ref(node, .negation)], "negation", beforeVowel: "n'") }
        let rest = addFinite(clause, agreement)
        switch clause.negation {
        case .not: add("pas", [Ref(node, .negation)], "negation")
        case .never: add("jamais", [Ref(node, .negation)], "negation")
        case nil: break
        }
        if let middle = clause.middle {
            add(middle.french, for: middle.english.count, node, .middle, "adverb", isContent: true)
        }
        if let rest { words.append(rest) }
        switch clause.predicate {
        case .verb(let verb, let object):
            if let preposition = verb.french.preposition {
                let isSaid = verb.particle != nil
                add(
                    preposition, isSaid ? [Ref(node, .particle)] : [], possible: [Ref(node, .verb)],
                    "preposition of the verb",
                    beforeVowel: preposition == "de" ? "d'" : nil)
            }
            if let object, !object.isGap {
                nominal(
                    object,
                    negated: clause.negation != nil && verb.french.preposition == nil ? Ref(node, .negation) : nil)
            }
        case .gift(_, let object, let receiver):
            nominal(object, negated: clause.negation != nil ? Ref(node, .negation) : nil)
            add("à", [Ref(node, .to)], "preposition")
            nominal(receiver)
        case .speech(_, let said):
            add("que", [Ref(node, .that)], "conjunction", beforeVowel: "qu'")
            self.clause(said)
        case .adjective(let adjective):
            add(adjective.french.form(agreement), [Ref(node, .adjective)], "predicate adjective", isContent: true)
        case .being: break
        }
        if let manner = clause.manner {
            add(manner.french, for: manner.english.count, node, .manner, "adverb", isContent: true)
        }
        if let place = clause.place { phrase(place) }
        if let last = clause.last { add(last.french, for: last.english.count, node, .last, "adverb", isContent: true) }
        if let joined = clause.joined { join(joined) }
    }

    /// - Returns: the participle or state, which stands after the negation.
    private mutating func addFinite(_ clause: Clause, _ agreement: FrenchAgreement) -> TargetWord? {
        let plural = agreement.isPlural, auxiliary = Ref(clause.node, .auxiliary), main = Ref(clause.node, .verb)
        /// The French auxiliary says the English one, or, where there is none, a part of the verb.
        let helper = english.contains(auxiliary) ? auxiliary : main
        let être = FrenchVerb.be
        let était = plural ? "étaient" : "était"
        guard let verb = clause.predicate.verb else {
            switch clause.tense {
            case .present, .progressive: add(être.present(plural: plural), [main], "copula")
            case .past, .perfect: add(était, [main], "copula")
            case .future: add(être.future(plural: plural), [auxiliary, main], "future")
            }
            return nil
        }
        if let state = verb.french.state {
            switch clause.tense {
            case .present, .progressive: add(être.present(plural: plural), [helper], possible: [main], "posture")
            case .past, .perfect: add(était, [helper], possible: [main], "posture")
            case .future: add(être.future(plural: plural), [helper], possible: [main], "posture")
            }
            return TargetWord(
                text: state.form(agreement), sure: [main], possible: [auxiliary], phenomenon: "posture", isContent: true
            )
        }
        switch clause.tense {
        case .present, .progressive:
            add(
                verb.french.present(plural: plural), particles(clause, [main]), possible: [auxiliary], "verb",
                isContent: true)
            return nil
        case .future:
            add(verb.french.future(plural: plural), particles(clause, [auxiliary, main]), "future", isContent: true)
            return nil
        case .past, .perfect:
            let usesEtre = verb.french.usesEtre
            add(
                (usesEtre ? être : FrenchVerb.have).present(plural: plural), [helper], possible: [main], "compound past"
            )
            return TargetWord(
                text: verb.french.participle(usesEtre ? agreement : nil), sure: particles(clause, [main]),
                possible: [auxiliary],
                phenomenon: "compound past", isContent: true)
        }
    }

    /// "looks for" is one word in French; "speaks to" is two.
    private func particles(_ clause: Clause, _ refs: [Ref]) -> [Ref] {
        clause.predicate.verb?.french.preposition == nil ? refs + [Ref(clause.node, .particle)] : refs
    }

    private mutating func phrase(_ phrase: PrepositionPhrase) {
        add(phrase.preposition.french, for: phrase.preposition.english.count, phrase.node, .preposition, "preposition")
        nominal(phrase.nominal)
    }

    // MARK: nominals

    private static func agreement(_ nominal: Nominal) -> FrenchAgreement {
        switch nominal {
        case .noun(let phrase), .gap(let phrase):
            FrenchAgreement(isFeminine: phrase.noun.french.isFeminine, isPlural: phrase.isPlural)
        case .name(_, let name): FrenchAgreement(isFeminine: name.isFeminine, isPlural: false)
        case .pronoun(_, let pronoun): FrenchAgreement(isFeminine: pronoun == .she, isPlural: pronoun == .they)
        case .and(_, let first, let second):
            FrenchAgreement(isFeminine: agreement(first).isFeminine && agreement(second).isFeminine, isPlural: true)
        }
    }

    /// - Parameter negated: the negation whose object this is: "ne … pas un" is "ne … pas de".
    private mutating func nominal(_ nominal: Nominal, negated: Ref? = nil) {
        switch nominal {
        case .name(let node, let name): add(name.french, [Ref(node, .name)], "name", isContent: true)
        case .pronoun(let node, let pronoun): add(pronoun.french, [Ref(node, .pronoun)], "pronoun")
        case .and(let node, let first, let second):
            self.nominal(first, negated: negated)
            add("et", [Ref(node, .conjunction)], "conjunction")
            self.nominal(second, negated: negated)
        case .noun(let phrase): nounPhrase(phrase, negated: negated)
        case .gap: break
        }
    }

    private mutating func nounPhrase(_ phrase: NounPhrase, negated: Ref?) {
        let noun = phrase.noun.french,
            agreement = FrenchAgreement(isFeminine: noun.isFeminine, isPlural: phrase.isPlural)
        determiner(phrase, agreement, negated: negated)
        let adjectives = phrase.adjectives.enumerated().map { ($1, Ref(phrase.node, .adjective, $0)) }
        for (adjective, ref) in adjectives where adjective.french.standsBeforeNoun {
            let isMasculine = !agreement.isFeminine && !agreement.isPlural
            add(
                adjective.french.form(agreement), [ref], "adjective before the noun", isContent: true,
                beforeVowel: isMasculine ? adjective.french.beforeVowel : nil)
        }
        add(
            phrase.isPlural ? noun.plural : noun.singular, [Ref(phrase.node, .noun)],
            phrase.isRepeated ? "repeated noun" : "noun", isContent: true)
        for (adjective, ref) in adjectives where !adjective.french.standsBeforeNoun {
            if adjective.french.isPhrase {
                add(adjective.french.masculine, [ref], "adjective after the noun")
                add(adjective.french.feminine, [ref], "adjective after the noun", isContent: true)
            } else {
                add(adjective.french.form(agreement), [ref], "adjective after the noun", isContent: true)
            }
        }
        if let complement = phrase.complement { self.phrase(complement) }
        if let relative = phrase.relative {
            let isSubject = relative.subject.isGap
            add(
                isSubject ? "qui" : "que", [Ref(relative.node, .relative)], "relative clause",
                beforeVowel: isSubject ? nil : "qu'")
            clause(relative)
        }
    }

    private mutating func determiner(_ phrase: NounPhrase, _ agreement: FrenchAgreement, negated: Ref?) {
        let ref = Ref(phrase.node, .determiner), noun = Ref(phrase.node, .noun), plural = agreement.isPlural,
            feminine = agreement.isFeminine
        switch phrase.determiner {
        case .the:
            add(
                plural ? "les" : feminine ? "la" : "le", [ref], possible: [noun], "article",
                beforeVowel: plural ? nil : "l'", isArticle: true)
        case .a:
            if let negated {
                add("de", [ref], possible: [negated], "negation", beforeVowel: "d'")
            } else {
                add(feminine ? "une" : "un", [ref], possible: [noun], "article")
            }
        case .this:
            add(
                plural ? "ces" : feminine ? "cette" : "ce", [ref], possible: [noun], "determiner",
                beforeVowel: plural || feminine ? nil : "cet")
        case .my:
            add(
                plural ? "mes" : feminine ? "ma" : "mon", [ref], possible: [noun], "determiner",
                beforeVowel: plural || !feminine ? nil : "mon")
        case .every: add("chaque", [ref], "determiner")
        case .some: add("quelques", [ref], "determiner")
        case .many:
            add("beaucoup", [ref], "determiner")
            add("de", [ref], "determiner", beforeVowel: "d'")
        case .number(let number):
            add(
                ["deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf"][number - 2], [ref], "number",
                isContent: true)
        }
    }

    // MARK: sounds

    private static func elide(_ words: [TargetWord]) -> [TargetWord] {
        var elided = words
        for index in words.indices.dropLast() {
            guard let short = words[index].beforeVowel, FrenchForms.startsWithVowel(words[index + 1].text) else {
                continue
            }
            elided[index].text = short
            // "l'" no longer melts with the word before it.
            elided[index].isArticle = false
        }
        return elided
    }

    /// "de le" is "du": one word for two.
    private static func melt(_ words: [TargetWord]) -> [TargetWord] {
        let melted = ["de le": "du", "de les": "des", "à le": "au", "à les": "aux"]
        var result: [TargetWord] = []
        for word in words {
            if let last = result.last, word.isArticle, let one = melted["\(last.text) \(word.text)"] {
                result[result.count - 1] = TargetWord(
                    text: one, sure: last.sure + word.sure, possible: last.possible + word.possible,
                    phenomenon: "melted article")
            } else {
                result.append(word)
            }
        }
        return result
    }
}
