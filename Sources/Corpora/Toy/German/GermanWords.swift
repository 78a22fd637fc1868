// Says a meaning in German, and what each German word translates.

struct GermanWords {
    private var words: [TargetWord] = []
    /// What the English sentence has: "did" is there in "did not see", not in "saw".
    private let english: Set<Ref>

    static func realize(_ sentence: Sentence, english: [SourceWord]) -> [TargetWord] {
        var german = GermanWords(english: Set(english.map(\.ref)))
        if let fronted = sentence.fronted {
            german.join(fronted)
            german.add(",", [Ref(sentence.node, .comma)], "punctuation")
        }
        german.clause(sentence.main, sentence.isQuestion || sentence.fronted != nil ? .verbFirst : .verbSecond)
        if let mark = sentence.mark { german.add(mark, [Ref(sentence.node, .mark)], "punctuation") }
        return oneComma(melt(german.words))
    }

    private init(english: Set<Ref>) { self.english = english }

    private mutating func add(
        _ text: String, _ sure: [Ref], possible: [Ref] = [], _ phenomenon: String,
        isContent: Bool = false, isArticle: Bool = false
    ) {
        words.append(
            TargetWord(
                text: text, sure: sure, possible: possible, phenomenon: phenomenon, isContent: isContent,
                isArticle: isArticle))
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
                isContent: isContent)
        }
    }

    /// German sets off what depends, where English has nothing to translate.
    private mutating func comma(_ cause: Ref) { add(",", [], possible: [cause], "comma of a clause") }

    private mutating func join(_ joined: Joined) {
        guard case .with(let conjunction, let node, let clause) = joined else { return }
        let isPast = clause.tense == .past || clause.tense == .perfect
        let text = isPast ? conjunction.germanPast ?? conjunction.german : conjunction.german
        if conjunction.takesComma && !words.isEmpty { comma(Ref(node, .conjunction)) }
        add(text, [Ref(node, .conjunction)], "conjunction")
        self.clause(clause, conjunction.isSubordinate ? .verbLast : .verbSecond)
    }

    // MARK: clauses

    private enum Order { case verbFirst, verbSecond, verbLast }

    /// What stands where the verb of the clause is conjugated, and what stands at its end.
    private struct Frame {
        var finite: TargetWord
        var end: [TargetWord] = []
    }

    private mutating func clause(_ clause: Clause, _ order: Order) {
        let node = clause.node, verb = clause.predicate.verb?.german
        let frame = frame(clause, isLast: order == .verbLast)
        if order == .verbFirst { words.append(frame.finite) }
        if !clause.subject.isGap { nominal(clause.subject, .nominative) }
        if order == .verbSecond { words.append(frame.finite) }
        if let last = clause.last, last.place == .time { self.last(last, node) }
        if let middle = clause.middle {
            add(middle.german, for: middle.english.count, node, .middle, "adverb", isContent: true)
        }

        var negation = clause.negation.map {
            TargetWord(text: $0 == .not ? "nicht" : "nie", sure: [Ref(node, .negation)], phenomenon: "negation")
        }
        func negate(_ german: inout GermanWords) {
            if let word = negation { german.words.append(word) }
            negation = nil
        }
        /// "not a dog" is "keinen Hund"; "never" stands before what it denies.
        func object(_ german: inout GermanWords, _ nominal: Nominal) {
            if clause.negation == .never { negate(&german) }
            if case .noun(let phrase) = nominal, phrase.determiner == .a, clause.negation == .not, negation != nil {
                negation = nil
                german.nounPhrase(phrase, verb?.objectCase ?? .accusative, negation: Ref(node, .negation))
            } else {
                german.nominal(nominal, verb?.objectCase ?? .accusative)
            }
        }
        var said: Clause?
        switch clause.predicate {
        case .verb(let verb, let nominal):
            if let preposition = verb.german.preposition {
                negate(&self)
                let particle = verb.particle != nil ? Ref(node, .particle) : nil
                add(preposition, particle.map { [$0] } ?? [], possible: [Ref(node, .verb)], "preposition of the verb")
                if let nominal { self.nominal(nominal, verb.german.objectCase) }
            } else if let nominal, !nominal.isGap {
                object(&self, nominal)
            }
            negate(&self)
        case .gift(_, let nominal, let receiver):
            self.nominal(receiver, .dative, to: Ref(node, .to))
            object(&self, nominal)
            negate(&self)
        case .speech(_, let clause):
            negate(&self)
            said = clause
        case .adjective(let adjective):
            if let last = clause.last, last.place == .site { self.last(last, node) }
            negate(&self)
            add(adjective.german.stem, [Ref(node, .adjective)], "predicate adjective", isContent: true)
        case .being: negate(&self)
        }
        if let manner = clause.manner {
            add(manner.german, for: manner.english.count, node, .manner, "adverb", isContent: true)
        }
        if let place = clause.place { phrase(place) }
        if let last = clause.last, last.place == .site, clause.predicate.verb != nil { self.last(last, node) }
        words += frame.end
        if order == .verbLast { words.append(frame.finite) }
        if let said {
            comma(Ref(node, .that))
            add("dass", [Ref(node, .that)], "conjunction")
            self.clause(said, .verbLast)
        }
        if let joined = clause.joined { join(joined) }
    }

    private mutating func last(_ adverb: Adverb, _ node: Int) {
        add(adverb.german, for: adverb.english.count, node, .last, "adverb", isContent: true)
    }

    private func frame(_ clause: Clause, isLast: Bool) -> Frame {
        let plural = clause.subject.isPlural, auxiliary = Ref(clause.node, .auxiliary), main = Ref(clause.node, .verb)
        func helper(_ text: String, _ sure: [Ref], _ phenomenon: String) -> TargetWord {
            TargetWord(text: text, sure: sure, possible: [main], phenomenon: phenomenon)
        }
        guard let verb = clause.predicate.verb else {
            let be = GermanVerb.be
            return switch clause.tense {
            case .present, .progressive: Frame(finite: helper(be.present(plural: plural), [main], "copula"))
            case .past, .perfect: Frame(finite: helper(be.past(plural: plural), [main], "copula"))
            case .future:
                Frame(
                    finite: helper(GermanVerb.become.present(plural: plural), [auxiliary], "future"),
                    end: [TargetWord(text: "sein", sure: [main], phenomenon: "future")])
            }
        }
        let german = verb.german
        // "looks for" is one word in German; "waits for" is two.
        let refs = german.preposition == nil ? [main, Ref(clause.node, .particle)] : [main]
        let phenomenon = isLast ? "verb at the end" : "verb"
        func simple(_ text: String) -> Frame {
            func word(_ text: String, _ phenomenon: String) -> TargetWord {
                TargetWord(text: text, sure: refs, possible: [auxiliary], phenomenon: phenomenon, isContent: true)
            }
            if german.prefix.isEmpty { return Frame(finite: word(text, phenomenon)) }
            if isLast { return Frame(finite: word(german.prefix + text, phenomenon)) }
            return Frame(finite: word(text, "separable verb"), end: [word(german.prefix, "separable verb")])
        }
        func compound(_ finite: String, _ end: String, _ phenomenon: String) -> Frame {
            Frame(
                finite: helper(finite, [auxiliary], phenomenon),
                end: [TargetWord(text: end, sure: refs, possible: [auxiliary], phenomenon: phenomenon, isContent: true)]
            )
        }
        return switch clause.tense {
        case .present, .progressive: simple(german.present(plural: plural))
        case .past: simple(german.past(plural: plural))
        case .perfect:
            compound((german.usesSein ? GermanVerb.be : .have).present(plural: plural), german.participle, "perfect")
        case .future: compound(GermanVerb.become.present(plural: plural), german.infinitive, "future")
        }
    }

    private mutating func phrase(_ phrase: PrepositionPhrase) {
        add(phrase.preposition.german, for: phrase.preposition.english.count, phrase.node, .preposition, "preposition")
        nominal(phrase.nominal, phrase.preposition.germanCase)
    }

    // MARK: nominals

    /// - Parameter to: the English preposition that the case of the receiver translates.
    private mutating func nominal(_ nominal: Nominal, _ grammaticalCase: Case, to: Ref? = nil) {
        switch nominal {
        case .name(let node, let name):
            add(name.german, [Ref(node, .name)], possible: to.map { [$0] } ?? [], "name", isContent: true)
        case .pronoun(let node, let pronoun): add(pronoun.german, [Ref(node, .pronoun)], "pronoun")
        case .and(let node, let first, let second):
            self.nominal(first, grammaticalCase, to: to)
            add("und", [Ref(node, .conjunction)], "conjunction")
            self.nominal(second, grammaticalCase)
        case .noun(let phrase): nounPhrase(phrase, grammaticalCase, to: to)
        case .gap: break
        }
    }

    private mutating func nounPhrase(
        _ phrase: NounPhrase, _ grammaticalCase: Case, to: Ref? = nil, negation: Ref? = nil
    ) {
        let noun = phrase.noun.german, column = GermanForms.column(noun.gender, plural: phrase.isPlural)
        let declension = determiner(phrase, column, grammaticalCase, to: to, negation: negation)
        for (index, adjective) in phrase.adjectives.enumerated() {
            let ending = GermanForms.adjectiveEnding(declension, column, grammaticalCase)
            add(adjective.german.form(ending), [Ref(phrase.node, .adjective, index)], "adjective", isContent: true)
        }
        let parts = Words.split(phrase.noun.singular).indices
        let phenomenon = parts.count > 1 ? "compound" : phrase.isRepeated ? "repeated noun" : "noun"
        add(
            noun.form(plural: phrase.isPlural, grammaticalCase), parts.map { Ref(phrase.node, .noun, $0) }, phenomenon,
            isContent: true)
        if let complement = phrase.complement { self.phrase(complement) }
        if let relative = phrase.relative {
            let ref = Ref(relative.node, .relative)
            // The case is that of the gap in the clause, not of the noun in the sentence.
            let gapCase: Case =
                relative.subject.isGap ? .nominative : relative.predicate.verb?.german.objectCase ?? .accusative
            comma(ref)
            add(
                GermanForms.relative(column, gapCase), [ref], possible: [Ref(phrase.node, .noun, parts.count - 1)],
                "relative clause")
            clause(relative, .verbLast)
            comma(ref)
        }
    }

    private mutating func determiner(
        _ phrase: NounPhrase, _ column: Int, _ grammaticalCase: Case, to: Ref?, negation: Ref?
    ) -> GermanDeclension {
        let ref = Ref(phrase.node, .determiner), last = Words.split(phrase.noun.singular).count - 1
        let others = [Ref(phrase.node, .noun, last)] + (to.map { [$0] } ?? [])
        let isPlural = column == 3
        switch phrase.determiner {
        case .the:
            add(GermanForms.article(column, grammaticalCase), [ref], possible: others, "article", isArticle: true)
            return .weak
        case .a:
            let ending = GermanForms.einEnding(column, grammaticalCase)
            if let negation {
                add("kein" + ending, [ref, negation], possible: others, "negation")
            } else {
                add("ein" + ending, [ref], possible: others, "article")
            }
            return .mixed
        case .this:
            add("dies" + GermanForms.strongEnding(column, grammaticalCase), [ref], possible: others, "determiner")
            return .weak
        case .every:
            add("jed" + GermanForms.strongEnding(column, grammaticalCase), [ref], possible: others, "determiner")
            return .weak
        case .my:
            add("mein" + GermanForms.einEnding(column, grammaticalCase), [ref], possible: others, "determiner")
            return isPlural ? .weak : .mixed
        case .some:
            add("einig" + GermanForms.strongEnding(column, grammaticalCase), [ref], possible: others, "determiner")
            return .strong
        case .many:
            add("viel" + GermanForms.strongEnding(column, grammaticalCase), [ref], possible: others, "determiner")
            return .strong
        case .number(let number):
            add(
                ["zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun"][number - 2], [ref], possible: [],
                "number", isContent: true)
            return .strong
        }
    }

    // MARK: spelling

    /// "in dem" is "im": one word for two.
    private static func melt(_ words: [TargetWord]) -> [TargetWord] {
        var result: [TargetWord] = []
        for word in words {
            if let last = result.last, last.phenomenon == "preposition", word.isArticle,
                let one = GermanForms.contractions[[last.text, word.text]]
            {
                result[result.count - 1] = TargetWord(
                    text: one, sure: last.sure + word.sure, possible: last.possible + word.possible,
                    phenomenon: "melted article")
            } else {
                result.append(word)
            }
        }
        return result
    }

    /// The comma that ends a clause is silent at the end of the sentence and beside another comma.
    private static func oneComma(_ words: [TargetWord]) -> [TargetWord] {
        var result: [TargetWord] = []
        for (index, word) in words.enumerated() {
            let next = index + 1 < words.count ? words[index + 1].text : "."
            if word.phenomenon == "comma of a clause", [",", ".", "?", "!"].contains(next) { continue }
            result.append(word)
        }
        return result
    }
}
