// What several tests of the toy languages share: small data sets, and meanings put together by hand.

import Testing

@testable import Corpora

/// Large enough for every phenomenon to occur, small enough to be made anew in each test.
func sample(
    _ task: any ToyTask, seed: UInt64 = 1, test: Int = 600,
    _ change: (inout ToyOptions) -> Void = { _ in }
) throws -> [SentencePair] {
    var options = task.defaults
    (options.trainPairs, options.devPairs, options.testPairs, options.longPairs) = (0, 0, test, 0)
    options.lexiconShare = 1
    change(&options)
    return try task.dataset(seed: seed, options: options).test
}

extension SentencePair {
    /// The source words that the target word at a position surely translates, from left to right.
    func sure(_ target: Int) -> [Int] { (gold?.sure ?? []).filter { $0.target == target }.map(\.source).sorted() }

    func possible(_ target: Int) -> [Int] {
        (gold?.possible ?? []).filter { $0.target == target }.map(\.source).sorted()
    }

    /// Where a phenomenon stands in the target.
    func places(_ phenomenon: String) -> [Int] { phenomena.indices.filter { phenomena[$0] == phenomenon } }

    /// For messages.
    var shown: Comment { "\(source.joined(separator: " ")) → \(target.joined(separator: " "))" }
}

/// Builds meanings from English words; nodes are numbered as they are made.
struct MeaningMaker {
    private var nodes = 0

    mutating func node() -> Int {
        nodes += 1
        return nodes
    }

    mutating func phrase(
        _ determiner: Determiner, _ noun: String, plural: Bool = false, _ adjectives: [String] = []
    ) throws -> NounPhrase {
        let noun = try #require((Noun.all + Noun.compounds).first { $0.singular == noun }, "no noun \(noun)")
        let all = Adjective.beforeNoun + Adjective.afterNoun
        let chosen = try adjectives.map { name in try #require(all.first { $0.english == name }, "no adjective \(name)")
        }
        return NounPhrase(node: node(), determiner: determiner, noun: noun, isPlural: plural, adjectives: chosen)
    }

    mutating func the(_ noun: String, plural: Bool = false, _ adjectives: [String] = []) throws -> Nominal {
        try .noun(phrase(.the, noun, plural: plural, adjectives))
    }

    mutating func pronoun(_ pronoun: Pronoun) -> Nominal { .pronoun(node: node(), pronoun) }

    func verb(_ base: String, _ pattern: Verb.Pattern, particle: String? = nil) throws -> Verb {
        try #require(
            Verb.all.first { $0.base == base && $0.pattern == pattern && $0.particle == particle }, "no verb \(base)")
    }

    func adjective(_ english: String) throws -> Adjective {
        try #require(
            (Adjective.beforeNoun + Adjective.afterNoun).first { $0.english == english }, "no adjective \(english)")
    }

    mutating func place(_ english: String, _ nominal: Nominal) throws -> PrepositionPhrase {
        let all = Preposition.places + Preposition.companions + [.of]
        let preposition = try #require(all.first { Words.join($0.english) == english }, "no preposition \(english)")
        return PrepositionPhrase(node: node(), preposition: preposition, nominal: nominal)
    }

    mutating func clause(
        _ subject: Nominal, _ predicate: Predicate, _ tense: Tense = .present, _ negation: Negation? = nil
    ) -> Clause {
        Clause(node: node(), subject: subject, predicate: predicate, tense: tense, negation: negation)
    }

    mutating func join(_ english: String, _ clause: Clause) throws -> Joined {
        let conjunction = try #require(Conjunction.all.first { $0.english == english }, "no conjunction \(english)")
        return .with(conjunction, node: node(), clause)
    }

    mutating func sentence(_ main: Clause, fronted: Joined? = nil, question: Bool = false) -> Sentence {
        Sentence(node: node(), fronted: fronted, main: main, isQuestion: question, mark: question ? "?" : nil)
    }
}

/// A sentence in the three languages.
func said(_ sentence: Sentence) -> (english: String, french: String, german: String) {
    let english = EnglishWords.realize(sentence)
    return (
        Words.join(english.map(\.text)), Words.join(FrenchWords.realize(sentence, english: english).map(\.text)),
        Words.join(GermanWords.realize(sentence, english: english).map(\.text))
    )
}
