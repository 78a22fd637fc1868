// The two languages: every phenomenon occurs, with the links it should have; rates switch it off; forms are right.

import Testing

@testable import Corpora

private let french = EnglishFrench(), german = EnglishGerman()
/// More than the default rates give, so that rare phenomena occur in a few hundred sentences.
private func often(_ options: inout ToyOptions) {
    options.rates = ["adjective": 0.9, "repeated noun": 0.4, "second adjective": 0.6, "speech": 0.15]
}

/// Words before which le, la, de, ne, que lose their vowel. The numerals huit and onze behave as if they began with a
/// consonant.
private func takesElision(_ word: String) -> Bool {
    word != "huit" && word != "onze" && word.first.map { "aàâeéèêëiîïoôœuûhy".contains($0) } == true
}

@Suite("French phenomena") struct FrenchTests {
    @Test("an adjective after the noun crosses it, one before it does not") func adjectives() throws {
        var after = 0, before = 0
        for pair in try sample(french) {
            for (t, phenomenon) in pair.phenomena.enumerated() where phenomenon.hasPrefix("adjective") {
                let noun =
                    phenomenon == "adjective before the noun"
                    ? (t..<pair.target.count).first {
                        pair.phenomena[$0].hasSuffix("noun") && !pair.phenomena[$0].hasPrefix("adjective")
                    }
                    : (0..<t).last {
                        pair.phenomena[$0].hasSuffix("noun") && !pair.phenomena[$0].hasPrefix("adjective")
                    }
                let nounSource = try #require(noun.flatMap { pair.sure($0).first }, pair.shown)
                let source = pair.sure(t)
                #expect(source.count == 1 && source[0] < nounSource, pair.shown)
                if phenomenon == "adjective after the noun" { after += 1 } else { before += 1 }
            }
        }
        #expect(after > 50 && before > 50, "\(after) after, \(before) before")
    }

    @Test("ne and pas both come from the one English word, around the verb") func negation() throws {
        var around = 0
        for pair in try sample(french) {
            for t in pair.target.indices where pair.target[t] == "ne" || pair.target[t] == "n'" {
                let source = try #require(pair.sure(t).first, pair.shown)
                #expect(pair.sure(t).count == 1 && ["not", "never"].contains(pair.source[source]), pair.shown)
                let second = try #require(
                    (t..<pair.target.count).first { ["pas", "jamais"].contains(pair.target[$0]) }, pair.shown)
                #expect(pair.sure(second) == [source], pair.shown)
                #expect(second == t + 2, "one conjugated verb stands between them: \(pair.shown)")
                around += 1
            }
            // "not a" is "pas de": the article is surely said, and the negation is why it is "de".
            for t in pair.places("negation") where ["de", "d'"].contains(pair.target[t]) {
                #expect(
                    pair.sure(t).map { pair.source[$0] }.allSatisfy { ["a", "an"].contains($0) }
                        && pair.possible(t).count == 2, pair.shown)
            }
        }
        #expect(around > 30)
    }

    @Test("a melted article comes from the preposition and the article") func melted() throws {
        var seen: Set<String> = [], two = 0
        for pair in try sample(french, test: 1000) {
            for t in pair.places("melted article") {
                #expect(["du", "des", "au", "aux"].contains(pair.target[t]), pair.shown)
                seen.insert(pair.target[t])
                let sure = pair.sure(t)
                #expect(sure.contains { pair.source[$0] == "the" }, pair.shown)
                if sure.count == 2 {
                    two += 1
                } else {
                    // "obey the king": French has the preposition from the verb, which is possible only.
                    #expect(sure.count == 1 && pair.possible(t).contains { $0 < sure[0] }, pair.shown)
                }
            }
        }
        #expect(seen == ["du", "des", "au", "aux"])
        #expect(two > 30)
    }

    @Test("a posture is two words for one: être and a state") func posture() throws {
        var found = 0
        for pair in try sample(french) {
            let places = pair.places("posture")
            for t in places where pair.isContent[t] {
                let source = pair.sure(t)
                #expect(source.count == 1 && ["s", "l"].contains(pair.source[source[0]].prefix(1)), pair.shown)
                let être = try #require(places.last { $0 < t && !pair.isContent[$0] }, pair.shown)
                #expect(pair.possible(être).contains(source[0]), "être is caused by the verb too: \(pair.shown)")
                found += 1
            }
        }
        #expect(found > 20)
    }

    @Test("a relative clause begins with qui or que, linked with who or that") func relative() throws {
        var found: Set<String> = []
        for pair in try sample(french) {
            for t in pair.places("relative clause") {
                #expect(["qui", "que", "qu'"].contains(pair.target[t]), pair.shown)
                let words = pair.sure(t).map { pair.source[$0] }
                #expect(words == ["who"] || words == ["that"], pair.shown)
                found.insert(pair.target[t])
            }
        }
        #expect(found == ["qui", "que", "qu'"])
    }

    @Test("a question is asked by est-ce que, which does or is may have caused") func question() throws {
        var found = 0
        for pair in try sample(french) where pair.source.last == "?" {
            #expect(
                pair.target.prefix(1) == ["est-ce"] && ["que", "qu'"].contains(pair.target[1])
                    && pair.target.last == "?", pair.shown)
            #expect(pair.sure(0).isEmpty && pair.sure(1).isEmpty, pair.shown)
            #expect(
                pair.possible(0) == [0] && pair.possible(1) == [0],
                "the English auxiliary is the first word: \(pair.shown)")
            found += 1
        }
        #expect(found > 20)
    }

    @Test("short words lose their vowel before another, and none stays") func elision() throws {
        var seen: Set<String> = []
        for pair in try sample(french, test: 3000, often) {
            for (t, (word, next)) in zip(pair.target, pair.target.dropFirst()).enumerated() {
                let pairOfWords = "\(word) \(next)"
                if ["le", "la", "de", "ne", "que", "puisque"].contains(word) {
                    #expect(!takesElision(next), "“\(pairOfWords)” in \(pair.shown)")
                }
                if word.hasSuffix("'") {
                    #expect(takesElision(next), "“\(pairOfWords)” in \(pair.shown)")
                    seen.insert(word)
                }
                // "il est beau aujourd'hui": only before a noun has it another form.
                let isBeforeNoun = pair.phenomena[t] != "predicate adjective"
                if isBeforeNoun, ["ce", "ma", "beau", "nouveau"].contains(word) {
                    #expect(!takesElision(next), "“\(pairOfWords)” in \(pair.shown)")
                }
                if ["cet", "vieil", "bel", "nouvel"].contains(word) {
                    #expect(takesElision(next), "“\(pairOfWords)” in \(pair.shown)")
                    seen.insert(word)
                }
                #expect(!["de le", "de les", "à le", "à les"].contains(pairOfWords), pair.shown)
            }
        }
        #expect(
            seen.isSuperset(of: ["l'", "d'", "n'", "qu'", "puisqu'", "cet", "vieil", "bel", "nouvel"]),
            "\(seen.sorted())")
    }
}

@Suite("German phenomena") struct GermanTests {
    @Test("the verb of a dependent clause comes last in it, after words that follow it in English") func verbAtTheEnd()
        throws
    {
        var crossing = 0
        for pair in try sample(german) {
            for t in pair.places("verb at the end") {
                let source = try #require(pair.sure(t).first, pair.shown)
                let next = t + 1 < pair.target.count ? pair.phenomena[t + 1] : "punctuation"
                let ends = [
                    "punctuation", "comma of a clause", "conjunction", "verb", "separable verb", "copula", "future",
                    "perfect",
                ]
                #expect(
                    ends.contains(next),
                    "“\(pair.target[t])” is followed by “\(next)” in \(pair.shown)")
                if (0..<t).contains(where: { pair.sure($0).contains { $0 > source } }) { crossing += 1 }
            }
        }
        #expect(crossing > 30)
    }

    @Test("a separable verb stands in two places, both from the English verb") func separable() throws {
        var apart = 0
        for pair in try sample(german) {
            var verbs: [[Int]: [Int]] = [:]
            for t in pair.places("separable verb") { verbs[pair.sure(t), default: []].append(t) }
            for (sources, places) in verbs {
                #expect(!sources.isEmpty && places.count == 2, pair.shown)
                if let first = places.first, let last = places.last, last > first + 1 { apart += 1 }
            }
        }
        #expect(apart > 15)
    }

    @Test("a compound is one word for two that stand together") func compound() throws {
        var found = 0
        for pair in try sample(german) {
            for t in pair.places("compound") {
                let sources = pair.sure(t)
                #expect(sources.count == 2 && sources[1] == sources[0] + 1, pair.shown)
                #expect(pair.target[t].first?.isUppercase == true && pair.isContent[t], pair.shown)
                found += 1
            }
        }
        #expect(found > 50)
    }

    @Test("the comma of a clause translates nothing: possible links only") func comma() throws {
        var found = 0
        for pair in try sample(german) {
            for t in pair.places("comma of a clause") {
                #expect(pair.target[t] == "," && pair.sure(t).isEmpty && !pair.possible(t).isEmpty, pair.shown)
                found += 1
            }
            // German writes no comma beside another, before a mark, or first.
            for (word, next) in zip([","] + pair.target, pair.target) where word == "," {
                #expect(![",", ".", "!", "?"].contains(next), pair.shown)
            }
            #expect(pair.target.last != ",", pair.shown)
        }
        #expect(found > 100)
    }

    @Test("preposition and article melt where German melts them") func contractions() throws {
        var seen: Set<String> = []
        for pair in try sample(german) {
            for t in pair.places("melted article") {
                #expect(["im", "vom", "beim"].contains(pair.target[t]), pair.shown)
                #expect(pair.sure(t).count == 2 && pair.sure(t).contains { pair.source[$0] == "the" }, pair.shown)
                seen.insert(pair.target[t])
            }
            for t in pair.target.indices.dropFirst() where pair.phenomena[t] == "article" && pair.target[t] == "dem" {
                #expect(!["in", "bei"].contains(pair.target[t - 1]), pair.shown)
            }
        }
        #expect(seen == ["im", "vom", "beim"])
    }

    @Test("zu is not in the tables now, but a learner's preposition would melt as well") func allContractions() {
        #expect(GermanForms.contractions[["zu", "dem"]] == "zum" && GermanForms.contractions[["zu", "der"]] == "zur")
        #expect(GermanForms.contractions[["an", "dem"]] == "am" && GermanForms.contractions[["in", "der"]] == nil)
    }

    @Test("nouns keep their capital, and nothing else has one") func capitals() throws {
        let nouns: Set = ["noun", "repeated noun", "compound", "name"]
        for pair in try sample(german) {
            for t in pair.target.indices {
                // "heute Abend".
                if pair.phenomena[t] == "adverb" { continue }
                #expect(
                    pair.target[t].first?.isUppercase == nouns.contains(pair.phenomena[t]),
                    "“\(pair.target[t])” in \(pair.shown)")
            }
        }
    }
}

/// Whether a sentence has a phenomenon; a rate of 0 must leave none.
private struct RateCase: Sendable, CustomTestStringConvertible {
    let rate: String
    var tasks = ["english-french", "english-german"]
    let has: @Sendable (SentencePair) -> Bool
    var testDescription: String { rate }
}

private let rateCases: [RateCase] = [
    RateCase(rate: "negation") {
        !Set(["not", "never"]).isDisjoint(with: $0.source) || $0.phenomena.contains("negation")
    },
    RateCase(rate: "question") { $0.source.last == "?" || $0.phenomena.contains("question") },
    RateCase(rate: "fronted clause") { $0.source.contains(",") },
    RateCase(rate: "adverb") { $0.phenomena.contains("adverb") },
    RateCase(rate: "pronoun") { $0.phenomena.contains("pronoun") },
    RateCase(rate: "name") { $0.phenomena.contains("name") },
    RateCase(rate: "relative") { $0.phenomena.contains("relative clause") },
    RateCase(rate: "no mark") { ![".", "!", "?"].contains($0.source.last) },
    RateCase(rate: "exclamation") { $0.source.last == "!" },
    RateCase(rate: "adjective") { $0.phenomena.contains { $0.hasPrefix("adjective") } },
    RateCase(rate: "complement") { !Set(["with", "without"]).isDisjoint(with: $0.source) },
    RateCase(rate: "second adjective", tasks: ["english-french"]) { pair in
        let kinds = ["adjective before the noun", "adjective after the noun"]
        return pair.phenomena.indices.dropFirst(2).contains { [pair.phenomena[$0 - 2], pair.phenomena[$0]] == kinds }
    },
    RateCase(rate: "plural", tasks: ["english-french"]) {
        !Set(["les", "des", "aux", "ces", "mes"]).isDisjoint(with: $0.target)
    },
    RateCase(rate: "speech", tasks: ["english-german"]) { $0.target.contains("dass") },
    RateCase(rate: "compound", tasks: ["english-german"]) { $0.phenomena.contains("compound") },
]

@Suite("Rates and words") struct RateTests {
    /// Not here: "place", "coordination" and "object relative" leave sentences that need a place, an "and" or such a
    /// clause for another reason, and "repeated noun" leaves the nouns that chance repeats.
    @Test("a rate of 0 makes the phenomenon vanish; the default does not", arguments: rateCases)
    fileprivate func vanishes(rateCase: RateCase) throws {
        for name in rateCase.tasks {
            let task = try #require(ToyTasks.named(name))
            #expect(task.defaults.rates[rateCase.rate] != nil)
            #expect(try sample(task, test: 400).dropFirst().contains(where: rateCase.has), "\(name) has it by default")
            let without = try sample(task, test: 400) { $0.rates = [rateCase.rate: 0] }.dropFirst(task.examples.count)
            // The example is there whatever the rates, and has no mark.
            #expect(without.first(where: rateCase.has)?.shown == nil)
        }
    }

    @Test(
        "a repeated noun has been said before: attention must choose between two equal words",
        arguments: ["english-french", "english-german"])
    func repeatedNoun(name: String) throws {
        let task = try #require(ToyTasks.named(name))
        let lemma = Dictionary(
            (Noun.all + Noun.compounds).flatMap { noun in
                // The head of a compound: "garden door" repeats as "door".
                [noun.singular, noun.plural].map { (Words.split($0).last ?? "", Words.split(noun.singular).last ?? "") }
            }, uniquingKeysWith: { first, _ in first })
        var found = 0
        for pair in try sample(task, test: 800, often) {
            for t in pair.places("repeated noun") {
                let source = try #require(pair.sure(t).last, pair.shown)
                let noun = lemma[pair.source[source]]
                #expect(
                    pair.source.indices.contains { $0 != source && lemma[pair.source[$0]] == noun },
                    "“\(pair.target[t])” in \(pair.shown)")
                found += 1
            }
        }
        #expect(found > 50)
    }

    @Test("English: an before a vowel, no perfect with yesterday, agreement with the subject") func english() throws {
        var yesterdays = 0
        for pair in try sample(german, test: 3000) {
            for (word, next) in zip(pair.source, pair.source.dropFirst()) {
                if word == "a" || word == "an" {
                    #expect((word == "an") == "aeiou".contains(next.prefix(1)), pair.shown)
                }
                if ["he", "she"].contains(word) { #expect(!["are", "were", "have", "do"].contains(next), pair.shown) }
                if word == "they" { #expect(!["is", "was", "has", "does"].contains(next), pair.shown) }
            }
            // In a sentence of one clause the auxiliary belongs to the adverb.
            let isOneClause = Set(Conjunction.all.map(\.english) + ["who", "that"]).isDisjoint(with: pair.source)
            guard isOneClause, pair.source.contains("yesterday") else { continue }
            #expect(Set(["has", "have"]).isDisjoint(with: pair.source), pair.shown)
            yesterdays += 1
        }
        #expect(yesterdays > 5)
    }

    @Test(
        "a smaller share of the lexicon is the head of the larger, with objects for every verb",
        arguments: [0.01, 0.1, 0.25, 0.6])
    func lexiconShare(share: Double) {
        let few = Lexicon(share: share, compounds: Noun.compounds), all = Lexicon(share: 1, compounds: Noun.compounds)
        #expect(
            few.nouns.count < all.nouns.count && Set(few.nouns.map(\.singular)).isSubset(of: all.nouns.map(\.singular)))
        #expect(
            few.compounds.count < all.compounds.count && few.adjectives.count < all.adjectives.count
                && few.names.count < all.names.count)
        for pattern in [Verb.Pattern.alone, .object, .gift, .speech, .posture] {
            #expect(!few.verbs(pattern).isEmpty)
            for verb in few.verbs(pattern) where !verb.objects.isEmpty {
                #expect(
                    few.nouns.contains { !$0.kinds.isDisjoint(with: verb.objects) }, "\(verb.base) has no object left")
            }
        }
        for preposition in few.places + few.companions {
            #expect(
                few.nouns.contains { !$0.kinds.isDisjoint(with: preposition.kinds) },
                "\(preposition.english) has no noun left")
        }
    }
}
