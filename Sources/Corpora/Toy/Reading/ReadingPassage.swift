// Passages of facts and a question about them, whose answer is a word of the passage.
//
// A passage is a world of people. No two share a name, a thing or a place. Of each of them one or two facts are told, a
// sentence each:
//
//   has     NAME found|took|bought|stole|carried|kept the THING .                                     5 words
//   is at   NAME ran to|walked to|returned to|sat in|stood in|slept in the PLACE .                    6 words
//
// The sentences are in any order, and nothing changes from one to the next. A question needs one fact
//
//   where is NAME ?             the PLACE where NAME is
//   who is in the PLACE ?       the NAME that is there
//   what does NAME have ?       the THING that NAME has
//   who has the THING ?         the NAME that has it
//
// or two facts of one person, whose name it does not say:
//
//   where is the THING ?        the PLACE of the person who has it
//   what is in the PLACE ?      the THING of the person who is there
//
// so that a word of one sentence decides which other sentence has the answer. Two facts are asked for only where at
// least two people have both: somebody's place is then not yet the answer.
//
// Gold of the answer: its place in the sentence that gives it is sure. Possible is every word of the supporting
// sentences (the facts that the question needs), and wherever else the answer stands.

import Randomness

/// Draws one passage with its question.
public struct ReadingPassage {
    /// What a passage can be about. Each word stands in one list and once in it.
    public enum Words {
        public static let names = ["mary", "john", "anna", "paul", "lucy", "henry"]
        public static let things = [
            "key", "lamp", "book", "ring", "sword", "drum", "apple", "cake",
        ]
        public static let places = [
            "garden", "kitchen", "school", "church", "forest", "market", "station", "library",
        ]
        public static let having = ["found", "took", "bought", "stole", "carried", "kept"]
        public static let being = [
            ["ran", "to"], ["walked", "to"], ["returned", "to"], ["sat", "in"], ["stood", "in"], ["slept", "in"],
        ]
    }

    /// How many facts the answer needs, as the phenomenon of its word.
    public enum Facts: String, CaseIterable, Sendable {
        case one = "one-fact"
        case two = "two-fact"
    }

    public static let twoFactRate = "two facts"
    public static let defaults = ToyOptions(
        trainPairs: 12_000, devPairs: 200, testPairs: 400, longPairs: 200, lengths: 22...40, longLengths: 46...64,
        rates: [twoFactRate: 0.6])

    private struct Person {
        let name: String
        /// nil where the passage does not say.
        var thing: String?, place: String?

        var isComplete: Bool { thing != nil && place != nil }
    }

    /// One sentence.
    private enum Fact: Hashable {
        case has(person: Int)
        case isAt(person: Int)
    }

    private struct Question {
        let words: [String]
        let answer: String
        /// The fact that has the answer first.
        let facts: [Fact]
    }

    private var people: [Person] = []
    private var facts: [Fact] = []

    /// - Parameter length: about so many words.
    public static func pair(length: Int, twoFacts: Double, _ random: inout RandomSource) -> SentencePair {
        var passage = ReadingPassage(length: length, &random)
        random.shuffle(&passage.facts)
        return passage.asked(passage.question(twoFacts, &random), &random)
    }

    private init(length: Int, _ random: inout RandomSource) {
        // A sentence has five words or six.
        let most = 2 * Words.names.count, count = min(most, max(1, (2 * length + 5) / 11))
        var names = Words.names, things = Words.things, places = Words.places
        random.shuffle(&names)
        random.shuffle(&things)
        random.shuffle(&places)
        for person in names.indices where facts.count < count {
            // The people that are left must have room for the facts that are left.
            let left = count - facts.count, mustHaveBoth = left >= 2 * (names.count - person) - 1
            let complete = people.count(where: \.isComplete)
            let both = left > 1 && (complete < 2 || mustHaveBoth || random.chance(0.5))
            let kinds: [Fact] = [.has(person: person), .isAt(person: person)]
            let told = both ? kinds : [random.pick(kinds)]
            people.append(
                Person(
                    name: names[person], thing: told.contains(kinds[0]) ? things[person] : nil,
                    place: told.contains(kinds[1]) ? places[person] : nil))
            facts += told
        }
    }

    private func question(_ twoFacts: Double, _ random: inout RandomSource) -> Question {
        let complete = people.indices.filter { people[$0].isComplete }
        guard complete.count > 1, random.chance(twoFacts) else { return aboutOne(random.pick(facts), &random) }
        let person = random.pick(complete), thing = people[person].thing ?? "", place = people[person].place ?? ""
        return random.chance(0.5)
            ? Question(
                words: ["where", "is", "the", thing, "?"], answer: place,
                facts: [.isAt(person: person), .has(person: person)])
            : Question(
                words: ["what", "is", "in", "the", place, "?"], answer: thing,
                facts: [.has(person: person), .isAt(person: person)])
    }

    private func aboutOne(_ fact: Fact, _ random: inout RandomSource) -> Question {
        let asksWho = random.chance(0.5)
        switch fact {
        case .has(let person):
            let name = people[person].name, thing = people[person].thing ?? ""
            return asksWho
                ? Question(words: ["who", "has", "the", thing, "?"], answer: name, facts: [fact])
                : Question(words: ["what", "does", name, "have", "?"], answer: thing, facts: [fact])
        case .isAt(let person):
            let name = people[person].name, place = people[person].place ?? ""
            return asksWho
                ? Question(words: ["who", "is", "in", "the", place, "?"], answer: name, facts: [fact])
                : Question(words: ["where", "is", name, "?"], answer: place, facts: [fact])
        }
    }

    private func sentence(_ fact: Fact, _ random: inout RandomSource) -> [String] {
        switch fact {
        case .has(let person):
            [people[person].name, random.pick(Words.having), "the", people[person].thing ?? "", "."]
        case .isAt(let person):
            [people[person].name] + random.pick(Words.being) + ["the", people[person].place ?? "", "."]
        }
    }

    private func asked(_ question: Question, _ random: inout RandomSource) -> SentencePair {
        let sentences = facts.map { sentence($0, &random) }, words = sentences.flatMap { $0 }
        var sure: Set<Link> = [], possible: Set<Link> = [], first = 0
        for (fact, sentence) in zip(facts, sentences) {
            for (place, word) in sentence.enumerated() {
                let link = Link(first + place, 0), isAnswer = word == question.answer
                if question.facts.contains(fact) || isAnswer { possible.insert(link) }
                if fact == question.facts[0], isAnswer { sure.insert(link) }
            }
            first += sentence.count
        }
        return SentencePair(
            source: words, target: [question.answer], gold: GoldAlignment(sure: sure, possible: possible),
            phenomena: [(question.facts.count == 1 ? Facts.one : .two).rawValue], isContent: [true],
            extras: SourceExtras(sentences: sentences.map(\.count), question: question.words))
    }
}
