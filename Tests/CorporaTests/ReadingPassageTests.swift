// Questions about passages: a second program reads the words, answers, and says what supports the answer.

import Corpora
import Randomness
import Testing

private func pairs(_ count: Int, length: Int, twoFacts: Double = 0.5, seed: UInt64 = 7) -> [SentencePair] {
    var random = RandomSource(seed: seed)
    return (0..<count).map { _ in ReadingPassage.pair(length: length, twoFacts: twoFacts, &random) }
}

/// What a passage says, read from its words alone.
private struct Told {
    /// Of each sentence: who, what is told of them, and the place of its last word before the full stop.
    private var facts: [(name: String, isThing: Bool, word: String, words: Range<Int>)] = []

    init(_ words: [String]) {
        var start = 0
        for stop in words.indices where words[stop] == "." {
            facts.append((words[start], stop - start == 4, words[stop - 1], start..<stop + 1))
            start = stop + 1
        }
    }

    /// The answer, its place, and the words of the sentences that give it.
    func answer(_ question: [String]) -> (word: String, place: Int, support: Set<Int>)? {
        let asked = question[question.count - (question.first == "what" && question[1] == "does" ? 3 : 2)]
        guard let first = facts.first(where: { $0.name == asked || $0.word == asked }) else { return nil }
        func of(_ name: String, thing: Bool) -> (word: String, place: Int, support: Set<Int>)? {
            facts.first { $0.name == name && $0.isThing == thing }.map {
                let others = first.name == asked ? Set<Int>() : Set(first.words)
                return ($0.word, $0.words.upperBound - 2, others.union($0.words))
            }
        }
        switch question.prefix(2).joined(separator: " ") {
        case "who has", "who is": return (first.name, first.words.lowerBound, Set(first.words))
        case "what does": return of(asked, thing: true)
        case "what is": return of(first.name, thing: true)
        default: return of(first.name, thing: false)
        }
    }
}

@Suite("Passages and questions") struct ReadingPassageTests {
    @Test("answer, sure link and supporting sentences follow from the words", arguments: [24, 40, 70])
    func gold(length: Int) throws {
        for pair in pairs(200, length: length) {
            let question = try #require(pair.extras?.question)
            let told = Told(pair.source), found = try #require(told.answer(question), pair.shown)
            #expect(pair.target == [found.word], pair.shown)
            #expect(pair.gold?.sure == [Link(found.place, 0)], pair.shown)
            let others = pair.source.indices.filter { pair.source[$0] == found.word }
            let possible = Set(found.support.union(others).map { Link($0, 0) })
            #expect(pair.gold?.possible == possible, pair.shown)
        }
    }

    @Test("sentences are cut at their full stops, and a question is one-fact or two-fact by what it names")
    func parts() throws {
        let all = pairs(300, length: 36)
        for pair in all {
            let extras = try #require(pair.extras), question = try #require(extras.question)
            #expect(extras.fault(words: pair.source.count) == nil)
            let ends = extras.sentences?.reduce(into: [0]) { $0.append(($0.last ?? 0) + $1) }.dropFirst().map { $0 - 1 }
            #expect(ends == pair.source.indices.filter { pair.source[$0] == "." })
            let named = question[question.count - 2],
                needsTwo =
                    question.first == "where" && ReadingPassage.Words.things.contains(named)
                    || question.starts(with: ["what", "is"])
            #expect(pair.phenomena == [needsTwo ? "two-fact" : "one-fact"], pair.shown)
        }
        let two = all.count { $0.phenomena == ["two-fact"] }
        #expect((100...200).contains(two), "half of them by default")
    }

    @Test("a two-fact question has a rival: another person of whom both facts are told") func rivals() {
        for pair in pairs(100, length: 24, twoFacts: 1) {
            let names = Dictionary(grouping: pair.source.filter(ReadingPassage.Words.names.contains)) { $0 }
            #expect(pair.phenomena == ["one-fact"] || names.values.count { $0.count == 2 } > 1, pair.shown)
        }
        #expect(pairs(100, length: 24, twoFacts: 1).allSatisfy { $0.phenomena == ["two-fact"] })
        #expect(pairs(50, length: 24, twoFacts: 0).allSatisfy { $0.phenomena == ["one-fact"] })
        // Four sentences are not there.
        #expect(pairs(50, length: 12, twoFacts: 1).allSatisfy { $0.phenomena == ["one-fact"] })
    }

    @Test("no word has two parts, and no length breaks the drawing") func bounds() {
        let words = ReadingPassage.Words.names + ReadingPassage.Words.things + ReadingPassage.Words.places
        #expect(Set(words).count == words.count)
        for length in [1, 2, 6, 11, 131, 500] {
            for pair in pairs(20, length: length) { #expect(pair.source.last == "." && pair.source.count <= 132) }
        }
    }
}
