// The task `documents`: what it promises of its documents, and its gold derived once more from their words alone.

import Corpora
import Foundation
import TestSupport
import Testing

@Suite("Documents") struct DocumentsTaskTests {
    private static let data = Result {
        var options = DocumentsTask().defaults
        (options.trainPairs, options.devPairs, options.testPairs, options.longPairs) = (300, 20, 60, 60)
        return try DocumentsTask().dataset(seed: 3, options: options)
    }

    @Test("three to twelve sentences, and up to twice as many beyond the lengths of training") func sentences() throws {
        let data = try Self.data.get()
        for pair in data.train + data.dev + data.test { #expect((3...12).contains(try Self.counts(pair).count)) }
        for pair in data.long { #expect((8...24).contains(try Self.counts(pair).count)) }
    }

    @Test("the label and its evidence are what the description says of the words alone") func gold() throws {
        let data = try Self.data.get()
        for pair in data.train + data.long {
            let read = try DocumentReader(pair)
            #expect(read.labels == Set(pair.target), pair.shown)
            #expect(Set(read.evidence) == Set(pair.gold?.sure.map(\.source) ?? []), pair.shown)
            #expect(pair.gold?.sure == pair.gold?.possible && pair.target.count == 1)
        }
    }

    @Test("both labels and every kind of opinion come, and no adjective gives the label away") func balance() throws {
        let pairs = try Self.data.get().train
        let kinds = Dictionary(grouping: pairs) { $0.phenomena[0] }.mapValues(\.count)
        #expect(Set(kinds.keys) == ["plain", "negation", "but", "other", "pronoun"])
        #expect(kinds.values.allSatisfy { $0 >= 15 })
        let positive = pairs.count { $0.target == ["positive"] }
        #expect((120...180).contains(positive))
        // What most of the adjectives say: the label of little more than half.
        let right = pairs.count { pair in
            let balance = pair.source.reduce(0) { $0 + (DocumentReader.value($1) ?? 0) }
            return (balance > 0) == (pair.target == ["positive"])
        }
        #expect(right < 200, "a count of adjectives alone is right \(right) times of 300")
    }

    @Test("the phenomenon is that of the opinion that comes first") func phenomena() throws {
        for pair in try Self.data.get().train {
            let first = try #require(pair.gold?.sure.map(\.source).min()), word = pair.source[first]
            switch pair.phenomena[0] {
            case "negation": #expect(word == "not", pair.shown)
            case "but": #expect(word == "but", pair.shown)
            case "plain": #expect(DocumentReader.value(word) != nil, pair.shown)
            default: #expect(word != "but", pair.shown)
            }
        }
    }

    @Test("words of every sentence are those of the source") func extras() throws {
        for pair in try Self.data.get().test {
            let counts = try Self.counts(pair)
            #expect(counts.reduce(0, +) == pair.source.count)
            #expect(counts == DocumentText.sentences(of: pair.source))
        }
    }

    private static func counts(_ pair: SentencePair) throws -> [Int] { try #require(pair.extras?.sentences) }
}

/// Written from the description: finds every sentence that says something of the hotel.
private struct DocumentReader {
    var labels: Set<String> = []
    var evidence: [Int] = []

    static func value(_ word: String) -> Int? {
        if ["beautiful", "pretty", "clean", "famous"].contains(word) { return 1 }
        return ["bad", "dirty", "strange", "narrow"].contains(word) ? -1 : nil
    }

    init(_ pair: SentencePair) throws {
        var start = 0, last = ""
        for count in try #require(pair.extras?.sentences) {
            let sentence = Array(pair.source[start..<start + count])
            try read(sentence, from: start, last)
            last = sentence[sentence.count - 2]
            start += count
        }
    }

    /// - Parameter last: what "it" is.
    private mutating func read(_ sentence: [String], from start: Int, _ last: String) throws {
        var subject = "", saying: [Int] = []
        for (index, word) in sentence.enumerated() {
            if word == "is" || word == "was" {
                subject = sentence[index - 1] == "it" ? last : sentence[index - 1]
                saying = []
            } else if word == "but" || word == "not" {
                // What comes after "but" is said of another place, unless an adjective follows.
                saying = word == "but" && sentence[index + 1] == "the" ? [] : saying + [index]
            } else if let value = Self.value(word), !subject.isEmpty {
                let isNegated = saying.last.map { sentence[$0] == "not" } ?? false
                if subject == "hotel" { say(value * (isNegated ? -1 : 1), saying + [index], of: sentence, start) }
                saying = []
            } else if word == "the" {
                subject = ""
            }
        }
    }

    /// What is said last of a subject in a sentence takes the place of what was said before.
    private mutating func say(_ value: Int, _ words: [Int], of sentence: [String], _ start: Int) {
        let end = words[words.count - 1]
        guard !(sentence[end + 1] == "but" && sentence[end + 2] != "the") else { return }
        labels.insert(value > 0 ? "positive" : "negative")
        evidence += words.map { start + $0 }
    }
}

@Suite("Documents in files") struct LabelledDocumentTests {
    private let folder: Folder

    init() throws { folder = try Folder() }

    @Test("a sentence ends with a mark, or before a separator that is no word") func sentences() throws {
        let text = try ParallelText([folder.write("d", "good\ta b. is c ! d\nbad\ta ||| b c |||\n\n")], documents: true)
        #expect(text.pairs.map(\.target) == [["good"], ["bad"]] && text.blankLines == [3])
        #expect(text.pairs.map(\.extras?.sentences) == [[2, 3, 1], [1, 2]])
        #expect(text.pairs[1].source == ["a", "b", "c"])
    }

    @Test("what is no document is refused with its line") func refusals() throws {
        func refusal(_ text: String) throws -> InputError {
            try inputError { try ParallelText([folder.write("d", text)], documents: true) }
        }
        let unlabelled = try refusal("good\ta\n\tb\n"), long = try refusal("very good\ta\n")
        #expect(unlabelled.line == 2 && unlabelled.message.hasPrefix("there is no label"))
        #expect(long.line == 1 && long.message.hasPrefix("the label has 2 words"))
        let empty = try refusal("good\ta\nbad\t |||\n")
        #expect(empty.line == 2 && empty.message.contains("“bad” has no word"))
    }

    @Test("a label of the test text that no training document has is told with its line") func unknownLabel() throws {
        let lines = (0..<30).map { "\($0 % 2 == 0 ? "good" : "bad")\ta \($0) .\n" }.joined()
        let train = try folder.write("train", lines)
        var text = OwnText("mine", train: [train])
        text.documents = true
        text.test = [NamedFile(try folder.write("test", "good\tx\nso-so\ty\n"))]
        let refused = try inputError { try OwnTextReading(text) }
        #expect(refused.line == 2 && refused.message.contains("“so-so”; there are bad, good"))
        text.test = []
        #expect(try OwnTextReading(text).dataset.train.allSatisfy { $0.extras?.sentences != nil })
    }
}
