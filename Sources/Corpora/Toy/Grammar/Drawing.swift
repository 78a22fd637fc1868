// Draws what a sentence says. The rates decide how often each phenomenon happens where it can.

import Randomness

/// The words to draw from.
struct Lexicon: Sendable {
    let nouns: [Noun], adjectives: [Adjective], names: [Name], adverbs: [Adverb]
    let verbs: [Verb.Pattern: [Verb]]
    let places: [Preposition], companions: [Preposition]
    let compounds: [Noun]

    /// - Parameter share: how much of each kind of word to keep; the first ones of the tables.
    init(share: Double, compounds: [Noun] = []) {
        func keep<T>(_ words: [T]) -> [T] {
            Array(words.prefix(max(1, Int((share * Double(words.count)).rounded(.up)))))
        }
        func keep<T, Kind: Hashable>(_ words: [T], by kind: (T) -> Kind) -> [T] {
            let counts = Dictionary(grouping: words, by: kind).mapValues {
                max(1, Int((share * Double($0.count)).rounded(.up)))
            }
            var taken: [Kind: Int] = [:]
            return words.filter { word in
                taken[kind(word), default: 0] += 1
                return taken[kind(word), default: 0] <= counts[kind(word), default: 0]
            }
        }
        nouns = keep(Noun.all) { $0.kinds }
        // Of every kind of object some verbs stay, so that every noun can be one.
        let verbs = keep(Verb.all) { [$0.pattern.rawValue, Int($0.objects.rawValue)] }
        self.verbs = Dictionary(grouping: verbs) { $0.pattern }
        adjectives = keep(Adjective.beforeNoun) { $0.kind } + keep(Adjective.afterNoun) { $0.kind }
        names = keep(Name.all)
        adverbs = keep(Adverb.all) { $0.place }
        (places, companions) = (Preposition.places, Preposition.companions)
        self.compounds = keep(compounds)
    }

    func verbs(_ pattern: Verb.Pattern) -> [Verb] { verbs[pattern] ?? [] }
}

/// The rates of the languages, with what they mean.
enum Rate {
    static let defaults: [String: Double] = [
        "adjective": 0.4, "second adjective": 0.2, "pronoun": 0.12, "name": 0.12, "coordination": 0.1, "plural": 0.3,
        "complement": 0.15, "relative": 0.3, "object relative": 0.4, "repeated noun": 0.12, "compound": 0.25,
        "negation": 0.25, "question": 0.15, "fronted clause": 0.25, "adverb": 0.25, "place": 0.3, "speech": 0.08,
        "no mark": 0.25, "exclamation": 0.3,
    ]
}

struct Drawing {
    private let lexicon: Lexicon
    private let options: ToyOptions
    private var nodes = 0
    private var used: [Noun] = []

    init(lexicon: Lexicon, options: ToyOptions) {
        (self.lexicon, self.options) = (lexicon, options)
    }

    /// A sentence of as many clauses as make about so many English words.
    mutating func sentence(length: Int, _ random: inout RandomSource) -> Sentence {
        (nodes, used) = (0, [])
        let node = newNode()
        // A clause has eight words or so; the rest comes from its parts.
        var clauses = 1 + (length > 9 ? random.below(1 + length / 9) : 0)
        var fronted: Joined?
        if clauses > 1, random.chance(options.rate("fronted clause")) {
            fronted = joined(Conjunction.all.filter(\.isSubordinate), depth: 0, &random)
            clauses -= 1
        }
        let isQuestion = fronted == nil && random.chance(options.rate("question"))
        var main = clause(depth: 0, &random)
        main.joined = chain(clauses - 1, &random)
        let mark: String? =
            isQuestion
            ? "?"
            : random.chance(options.rate("no mark")) ? nil : random.chance(options.rate("exclamation")) ? "!" : "."
        return Sentence(node: node, fronted: fronted, main: main, isQuestion: isQuestion, mark: mark)
    }

    private mutating func newNode() -> Int {
        nodes += 1
        return nodes
    }

    // MARK: clauses

    private mutating func chain(_ count: Int, _ random: inout RandomSource) -> Joined? {
        guard count > 0, case .with(let conjunction, let node, var clause) = joined(Conjunction.all, depth: 0, &random)
        else { return nil }
        clause.joined = chain(count - 1, &random)
        return .with(conjunction, node: node, clause)
    }

    private mutating func joined(_ conjunctions: [Conjunction], depth: Int, _ random: inout RandomSource) -> Joined {
        .with(random.pick(conjunctions), node: newNode(), clause(depth: depth, &random))
    }

    /// - Parameters:
    ///   - depth: how many clauses this one stands in; they stop at one.
    ///   - gap: the noun that a relative clause belongs to; it fills the subject or, by chance, the object.
    private mutating func clause(depth: Int, gap: NounPhrase? = nil, _ random: inout RandomSource) -> Clause {
        let node = newNode()
        let isThing = gap?.noun.kinds.isDisjoint(with: .beings) ?? false
        let gapIsObject = gap != nil && (isThing || random.chance(options.rate("object relative")))
        let predicate = gapIsObject ? gapPredicate(gap, &random) : nil
        let subject: Nominal = if let gap, predicate == nil { .gap(gap) } else { self.subject(depth: depth, &random) }
        var clause = Clause(node: node, subject: subject, predicate: .being, tense: random.pick(Tense.allCases))
        if random.chance(options.rate("negation")) { clause.negation = random.pick(Negation.allCases) }
        if let predicate {
            clause.predicate = predicate
            // "that the cat has seen": in French the participle would agree with the noun before it.
            clause.tense = random.pick([.present, .progressive, .future])
        } else {
            draw(&clause, depth: depth, &random)
        }
        // States have no other tenses here: "has been tired", "has sat" are other words in French.
        let isState = clause.predicate.verb.map { $0.pattern == .posture } ?? true
        if isState {
            if clause.tense == .perfect { clause.tense = .past }
            if clause.tense == .progressive, clause.predicate.verb == nil { clause.tense = .present }
        } else if clause.tense == .progressive, clause.predicate.verb?.pattern == .speech {
            clause.tense = .present
        }
        addAdverbs(&clause, &random)
        return clause
    }

    /// An object relative clause: a verb that takes this noun as it is, or none.
    private func gapPredicate(_ gap: NounPhrase?, _ random: inout RandomSource) -> Predicate? {
        guard let gap else { return nil }
        let verbs = lexicon.verbs(.object).filter {
            !$0.objects.isDisjoint(with: gap.noun.kinds)
                && $0.particle == nil && $0.french.preposition == nil && $0.german.preposition == nil
        }
        return verbs.isEmpty ? nil : .verb(random.pick(verbs), .gap(gap))
    }

    private mutating func draw(_ clause: inout Clause, depth: Int, _ random: inout RandomSource) {
        if depth == 0, random.chance(options.rate("speech")) {
            let verb = random.pick(lexicon.verbs(.speech))
            clause.predicate = .speech(verb, self.clause(depth: 1, &random))
            return
        }
        switch random.below(20) {
        case 0..<11:
            let verb = random.pick(lexicon.verbs(.object))
            clause.predicate = .verb(verb, nominal(verb.objects, depth: depth, &random))
            if random.chance(options.rate("place") / 2) { clause.place = place(depth: depth, &random) }
        case 11..<14:
            clause.predicate = .verb(random.pick(lexicon.verbs(.alone)), nil)
            if random.chance(options.rate("place")) { clause.place = place(depth: depth, &random) }
        case 14..<16:
            clause.predicate = .verb(random.pick(lexicon.verbs(.posture)), nil)
            clause.place = place(depth: depth, &random)
        case 16:
            clause.predicate = .being
            clause.place = place(depth: depth, &random)
        case 17:
            let verb = random.pick(lexicon.verbs(.gift))
            clause.predicate = .gift(
                verb, nominal(verb.objects, depth: 1, &random), to: nominal(.person, depth: 1, &random))
        default:
            clause.predicate = .adjective(random.pick(lexicon.adjectives.filter { $0.isPredicate && $0.kind != "t" }))
        }
    }

    private mutating func addAdverbs(_ clause: inout Clause, _ random: inout RandomSource) {
        func adverb(_ fits: (Adverb) -> Bool) -> Adverb? {
            guard random.chance(options.rate("adverb")) else { return nil }
            let choices = lexicon.adverbs.filter(fits)
            return choices.isEmpty ? nil : random.pick(choices)
        }
        let isAction = clause.predicate.verb.map { $0.pattern == .alone || $0.pattern == .object } ?? false
        if clause.negation == nil { clause.middle = adverb { $0.place == .middle } }
        if isAction { clause.manner = adverb { $0.place == .manner } }
        // After "says that …" they would belong to what is said.
        if case .speech = clause.predicate { return }
        // "has laughed yesterday" is no English.
        let time: Adverb.Time =
            switch clause.tense {
            case .present, .progressive: .present
            case .past: .past
            case .perfect: .any
            case .future: .future
            }
        clause.last = adverb {
            $0.place == .time && ($0.time == .any || $0.time == time) || $0.place == .site && clause.place == nil
        }
    }

    // MARK: nominals

    private mutating func subject(depth: Int, _ random: inout RandomSource) -> Nominal {
        if random.chance(options.rate("pronoun")) { return .pronoun(node: newNode(), random.pick(Pronoun.allCases)) }
        return nominal(.beings, depth: depth, &random)
    }

    private mutating func nominal(_ kinds: Kinds, depth: Int, _ random: inout RandomSource) -> Nominal {
        let before = used
        let first = single(kinds, depth: depth, &random)
        guard random.chance(options.rate("coordination")) else { return first }
        // The nouns of a relative clause that goes are not said, and so not repeated later.
        if case .noun(let phrase) = first, phrase.relative != nil { used = before + [phrase.noun] }
        return .and(node: newNode(), withoutRelative(first), withoutRelative(single(kinds, depth: 2, &random)))
    }

    private mutating func single(_ kinds: Kinds, depth: Int, _ random: inout RandomSource) -> Nominal {
        if kinds.contains(.person), random.chance(options.rate("name")) {
            return .name(node: newNode(), random.pick(lexicon.names))
        }
        return .noun(nounPhrase(kinds, depth: depth, &random))
    }

    private func withoutRelative(_ nominal: Nominal) -> Nominal {
        guard case .noun(var phrase) = nominal else { return nominal }
        phrase.relative = nil
        return .noun(phrase)
    }

    private mutating func nounPhrase(_ kinds: Kinds, depth: Int, _ random: inout RandomSource) -> NounPhrase {
        let (noun, isRepeated) = noun(kinds, &random)
        let determiner = self.determiner(&random)
        var phrase = NounPhrase(
            node: newNode(), determiner: determiner, noun: noun,
            isPlural: determiner.isPlural ?? random.chance(options.rate("plural")), isRepeated: isRepeated)
        let kind: Character = noun.kinds.isDisjoint(with: .beings) ? "t" : "b"
        if random.chance(options.rate("adjective")) {
            let fitting = lexicon.adjectives.filter { $0.kind == kind || $0.kind == "x" }
            let first = random.pick(fitting)
            phrase.adjectives = [first]
            // "big black": the French one goes before the noun and the other after it.
            let others = fitting.filter { !$0.french.standsBeforeNoun }
            if first.french.standsBeforeNoun, !others.isEmpty, random.chance(options.rate("second adjective")) {
                phrase.adjectives.append(random.pick(others))
            }
        }
        guard depth < 2 else { return phrase }
        if random.chance(options.rate("complement")) {
            let preposition = random.chance(0.6) ? Preposition.of : random.pick(lexicon.companions)
            phrase.complement = PrepositionPhrase(
                node: newNode(), preposition: preposition, nominal: single(preposition.kinds, depth: 2, &random))
        } else if depth == 0, random.chance(options.rate("relative")) {
            phrase.relative = clause(depth: 1, gap: phrase, &random)
        }
        return phrase
    }

    private mutating func noun(_ kinds: Kinds, _ random: inout RandomSource) -> (Noun, isRepeated: Bool) {
        let again = used.filter { !$0.kinds.isDisjoint(with: kinds) }
        if !again.isEmpty, random.chance(options.rate("repeated noun")) { return (random.pick(again), true) }
        let isCompound = !lexicon.compounds.isEmpty && random.chance(options.rate("compound"))
        let compounds = isCompound ? lexicon.compounds.filter { !$0.kinds.isDisjoint(with: kinds) } : []
        let noun = random.pick(
            compounds.isEmpty ? lexicon.nouns.filter { !$0.kinds.isDisjoint(with: kinds) } : compounds)
        let isRepeated = used.contains { $0.singular == noun.singular }
        used.append(noun)
        return (noun, isRepeated)
    }

    private func determiner(_ random: inout RandomSource) -> Determiner {
        switch random.below(20) {
        case 0..<8: .the
        case 8..<12: .a
        case 12..<14: .this
        case 14..<15: .my
        case 15..<16: .every
        case 16..<17: .some
        case 17..<18: .many
        default: .number(2 + random.below(8))
        }
    }

    private mutating func place(depth: Int, _ random: inout RandomSource) -> PrepositionPhrase {
        let preposition = random.pick(lexicon.places)
        return PrepositionPhrase(
            node: newNode(), preposition: preposition,
            nominal: .noun(nounPhrase(preposition.kinds, depth: max(depth, 1), &random)))
    }
}
