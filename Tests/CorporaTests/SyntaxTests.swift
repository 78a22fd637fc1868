// The relations of a sentence's words: by hand, and for whatever the grammar draws, found again in the words alone.

import Testing

@testable import Corpora

private let tasks: [any ParsedTask] = [EnglishFrench(), EnglishGerman()]

extension ParsedPair {
    /// "the → dog".
    fileprivate func shown(_ relation: SyntaxRelation) -> [String] {
        dependencies.filter { $0.relation == relation }.map {
            "\(pair.source[$0.dependent]) → \(pair.source[$0.head])"
        }
    }

    fileprivate func head(_ relation: SyntaxRelation, of word: Int) -> Int? {
        dependencies.first { $0.relation == relation && $0.dependent == word }?.head
    }
}

@Suite("Relations of grammar") struct SyntaxTests {
    private func treebank(_ task: any ParsedTask, rates: [String: Double] = [:]) throws -> [ParsedPair] {
        var options = task.defaults
        (options.trainPairs, options.devPairs, options.testPairs, options.longPairs) = (400, 10, 20, 10)
        options.rates = rates
        return try task.treebank(seed: 3, options: options).train
    }

    @Test("a sentence by hand: a relative clause without a subject belongs to its noun, one with a subject has its own")
    func byHand() throws {
        let lexicon = Lexicon(share: 1, compounds: Noun.compounds)
        let noun = try #require(Noun.compounds.first { $0.singular == "kitchen table" })
        let person = try #require(lexicon.nouns.first { $0.singular == "girl" })
        let small = try #require(lexicon.adjectives.first { $0.english == "small" })
        let verb = try #require(lexicon.verbs(.object).first { $0.base == "see" })
        let sleep = try #require(lexicon.verbs(.alone).first { $0.base == "sleep" })
        var girl = NounPhrase(node: 1, determiner: .the, noun: person, isPlural: false, adjectives: [small])
        let table = NounPhrase(node: 2, determiner: .a, noun: noun, isPlural: false)
        girl.relative = Clause(
            node: 3, subject: .gap(girl), predicate: .verb(verb, .noun(table)), tense: .present)
        let clause = Clause(
            node: 4, subject: .and(node: 5, .noun(girl), .pronoun(node: 6, .he)), predicate: .verb(sleep, nil),
            tense: .future)
        let sentence = Sentence(node: 7, main: clause), english = EnglishWords.realize(sentence)
        #expect(
            english.map(\.text).joined(separator: " ")
                == "the small girl who sees a kitchen table and he will sleep")
        let found = ParsedPair(
            pair: SentencePair(source: english.map(\.text), target: []),
            dependencies: Dependencies.of(sentence, english))
        #expect(found.shown(.article) == ["the → girl", "a → table"])
        #expect(found.shown(.adjective) == ["small → girl"])
        #expect(found.shown(.subject) == ["sees → girl", "sleep → girl"])
        #expect(found.shown(.relative) == ["who → girl"])
        #expect(found.shown(.previous).count == 11 && found.shown(.next).first == "the → small")
    }

    @Test("every article has a noun to its right, with adjectives and first halves of compounds between at most")
    func articles() throws {
        for task in tasks {
            var words = 0
            for one in try treebank(task) {
                let source = one.pair.source
                for place in source.indices where ["the", "a", "an"].contains(source[place]) {
                    words += 1
                    let head = try #require(one.head(.article, of: place), "\(source) has an article without a noun")
                    #expect(head > place && head <= place + 4, "\(source)")
                    for between in place + 1..<head {
                        let adjective = one.head(.adjective, of: between)
                        #expect(adjective == head || adjective == nil && between == head - 1, "\(source)")
                    }
                }
            }
            #expect(words > 400)
        }
    }

    @Test("every relation occurs, heads are other words, and a relative pronoun stands behind its noun")
    func all() throws {
        for task in tasks {
            let all = try treebank(task, rates: ["relative": 0.6])
            for relation in SyntaxRelation.allCases {
                #expect(all.contains { !$0.shown(relation).isEmpty }, "\(task.name): \(relation)")
            }
            for one in all {
                let places = one.pair.source.indices
                #expect(one.dependencies.allSatisfy { places.contains($0.dependent) && places.contains($0.head) })
                #expect(one.dependencies.allSatisfy { $0.dependent != $0.head }, "\(one.pair.source)")
                #expect(Set(one.dependencies).count == one.dependencies.count, "\(one.pair.source)")
                for two in one.dependencies where two.relation == .relative {
                    #expect(["who", "that"].contains(one.pair.source[two.dependent]) && two.head == two.dependent - 1)
                }
            }
        }
    }

    @Test("the treebank has the pairs of the data set") func samePairs() throws {
        for task in tasks {
            var options = task.defaults
            (options.trainPairs, options.devPairs, options.testPairs, options.longPairs) = (30, 5, 5, 5)
            let data = try task.dataset(seed: 2, options: options), bank = try task.treebank(seed: 2, options: options)
            #expect(bank.train.map(\.pair) == data.train && bank.dev.map(\.pair) == data.dev)
            #expect(bank.test.map(\.pair) == data.test && bank.long.map(\.pair) == data.long)
        }
    }
}
