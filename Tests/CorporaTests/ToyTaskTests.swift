// What every toy task promises, whatever its language: splits, lengths, seeds, gold links, and refusals that say why.

import Corpora
import Foundation
import TestSupport
import Testing

private let taskNames: [String] = ToyTasks.all.map { $0.name }
private let languages = ["english-french", "english-german"]

private func small(_ task: any ToyTask) -> ToyOptions {
    var options = task.defaults
    (options.trainPairs, options.devPairs, options.testPairs, options.longPairs) = (200, 40, 60, 30)
    return options
}

private func named(_ name: String) throws -> any ToyTask { try #require(ToyTasks.named(name)) }

@Suite("Toy tasks") struct ToyTaskTests {
    @Test("names are unique, and a name finds its task") func unique() {
        let all = ToyTasks.all.map { $0.name }
        #expect(Set(all).count == all.count)
        #expect(ToyTasks.named("klingon") == nil)
        for name in all { #expect(ToyTasks.named(name)?.name == name) }
    }

    @Test("splits have the sizes and lengths asked for, and share no source sentence", arguments: taskNames)
    func splits(name: String) throws {
        let task = try named(name), options = small(task)
        let data = try task.dataset(seed: 3, options: options)
        let sizes = [data.train, data.dev, data.test, data.long].map { $0.count }
        #expect(sizes == [200, 40, 60, 30])
        let counts: [Int?] = Dataset.splitNames.map { data.split($0)?.count }
        #expect(counts == [200, 40, 60, 30])
        #expect(data.split("validation") == nil)
        let sources = (data.train + data.dev + data.test + data.long).map(\.source)
        #expect(Set(sources).count == sources.count, "a sentence of the test set must not have been trained on")
        for pair in data.train + data.dev + data.test {
            #expect(options.lengths.contains(pair.source.count), pair.shown)
        }
        for pair in data.long { #expect(options.longLengths.contains(pair.source.count), pair.shown) }
    }

    @Test("a seed gives the same data on every run, another seed other data", arguments: taskNames)
    func seeds(name: String) throws {
        let task = try named(name), options = small(task)
        let once = try task.dataset(seed: 5, options: options)
        #expect(try once == task.dataset(seed: 5, options: options))
        let other = try task.dataset(seed: 6, options: options)
        #expect(
            once.train != other.train && once.dev != other.dev && once.test != other.test && once.long != other.long)
    }

    @Test("a seed gives the same data on every machine") func platforms() throws {
        let options = ToyOptions(trainPairs: 0, devPairs: 0, testPairs: 2, longPairs: 0, lengths: 4...6, symbols: 40)
        let test = try CopyTask().dataset(seed: 1, options: options).test
        #expect(test.map { Words.join($0.source) } == ["gu bi ka be da", "ba ma do go do"])
    }

    @Test("asking for more training pairs leaves the other splits alone", arguments: taskNames)
    func trainingSize(name: String) throws {
        let task = try named(name)
        var options = small(task)
        let few = try task.dataset(seed: 2, options: options)
        options.trainPairs = 500
        let many = try task.dataset(seed: 2, options: options)
        #expect(few.dev == many.dev && few.test == many.test && few.long == many.long)
        #expect(Array(many.train.prefix(200)) == few.train, "and only adds to the training pairs")
    }

    @Test("every target word has its phenomenon and kind, and links stay within the sentences", arguments: taskNames)
    func annotation(name: String) throws {
        let data = try named(name).dataset(seed: 4, options: small(named(name)))
        for pair in data.train + data.dev + data.test + data.long {
            #expect(!pair.target.isEmpty && pair.target.allSatisfy { !$0.isEmpty }, pair.shown)
            #expect(pair.phenomena.count == pair.target.count && pair.phenomena.allSatisfy { !$0.isEmpty }, pair.shown)
            #expect(pair.isContent.count == pair.target.count, pair.shown)
            let gold = try #require(pair.gold)
            for link in gold.possible {
                #expect(
                    pair.source.indices.contains(link.source) && pair.target.indices.contains(link.target), pair.shown)
            }
            // Even a word that nothing surely causes (a German comma) has something to look at.
            for t in pair.target.indices { #expect(!pair.possible(t).isEmpty, "“\(pair.target[t])” in \(pair.shown)") }
            for t in pair.target.indices where pair.isContent[t] {
                #expect(!pair.sure(t).isEmpty, "the content word “\(pair.target[t])” in \(pair.shown)")
            }
        }
    }

    @Test("French: the cat that sat on the mat heads the test split, link by link") func frenchExample() throws {
        let test = try EnglishFrench().dataset(seed: 9, options: small(EnglishFrench())).test
        let cat = test[0]
        #expect(cat.source == Words.split("the cat sat on the mat"))
        #expect(cat.target == Words.split("le chat était assis sur le tapis"))
        // "sat" is two words in French, so that the links leave the diagonal.
        #expect(cat.gold?.sure == [Link(0, 0), Link(1, 1), Link(2, 2), Link(2, 3), Link(3, 4), Link(4, 5), Link(5, 6)])
    }

    @Test("German: the cat that is on the mat heads the test split, link by link") func germanExample() throws {
        let cat = try EnglishGerman().dataset(seed: 9, options: small(EnglishGerman())).test[0]
        #expect(cat.source == Words.split("the cat is on the mat"))
        #expect(cat.target == Words.split("die Katze ist auf der Matte"))
        #expect(cat.gold?.sure == Set((0..<6).map { Link($0, $0) }))
    }

    @Test("a test split of nothing has not even the examples, and they are still not trained on", arguments: languages)
    func examplesStayOutOfTraining(name: String) throws {
        let task = try named(name)
        var options = small(task)
        options.testPairs = 0
        let data = try task.dataset(seed: 1, options: options)
        #expect(data.test.isEmpty)
        #expect(!data.train.contains { $0.source == task.examples[0].source })
    }
}

/// The only error that `body` may throw.
private func refusal(_ body: () throws -> Void) throws -> String {
    let error = #expect(throws: InputError.self) { try body() }
    return try #require(error).message
}

@Suite("Options that cannot be met") struct ToyOptionTests {
    @Test("a negative size names the split", arguments: ["train", "dev", "test", "long"])
    func sizes(split: String) throws {
        var options = ToyOptions()
        switch split {
        case "train": options.trainPairs = -1
        case "dev": options.devPairs = -1
        case "test": options.testPairs = -1
        default: options.longPairs = -1
        }
        let message = try refusal { _ = try CopyTask().dataset(seed: 1, options: options) }
        #expect(message == "copy: -1 \(split) pairs were asked for; a size is 0 to 10000000")
    }

    @Test("a share of the lexicon is above 0 and at most 1", arguments: [0, -0.5, 1.01, .nan])
    func share(share: Double) throws {
        let message = try refusal { _ = try EnglishFrench().dataset(seed: 1, options: ToyOptions(lexiconShare: share)) }
        #expect(message == "english-french: a lexicon share of \(share) was asked for; it is above 0 and at most 1")
    }

    @Test("a rate that the task does not have is answered with those it has") func unknownRate() throws {
        let message = try refusal {
            _ = try EnglishFrench().dataset(seed: 1, options: ToyOptions(rates: ["compound": 0.5]))
        }
        #expect(message.hasPrefix("english-french has no rate “compound”; it has: adjective, adverb, complement,"))
        let none = try refusal { _ = try CopyTask().dataset(seed: 1, options: ToyOptions(rates: ["negation": 0.5])) }
        #expect(none.hasPrefix("copy has no rate “negation”"))
    }

    @Test("a rate is a probability", arguments: [-0.1, 1.5, .nan])
    func rate(rate: Double) throws {
        let message = try refusal {
            _ = try EnglishGerman().dataset(seed: 1, options: ToyOptions(rates: ["negation": rate]))
        }
        #expect(message == "english-german: the rate “negation” is \(rate); rates are between 0 and 1")
    }

    @Test("lengths begin at 1 and end somewhere", arguments: [0...5, -3...2, 1...20_000])
    func lengths(range: ClosedRange<Int>) throws {
        for options in [ToyOptions(lengths: range), ToyOptions(longLengths: range)] {
            let message = try refusal { _ = try SortTask().dataset(seed: 1, options: options) }
            #expect(
                message.contains(
                    "source lengths \(range.lowerBound) to \(range.upperBound) were asked for; lengths are 1 to"))
        }
    }

    @Test("one symbol is no sequence task") func symbols() throws {
        let message = try refusal { _ = try ReverseTask().dataset(seed: 1, options: ToyOptions(symbols: 1)) }
        #expect(message == "reverse: 1 symbols were asked for; a sequence task needs at least 2")
    }

    @Test("more pairs than there are sentences: it stops, and says how many there were") func tooFew() throws {
        // Two symbols, two places: four sentences and no more.
        let options = ToyOptions(trainPairs: 10, devPairs: 0, testPairs: 0, longPairs: 0, lengths: 2...2, symbols: 2)
        let message = try refusal { _ = try CopyTask().dataset(seed: 1, options: options) }
        #expect(message.contains("too few different sentences of 2 to 2 words"))
        #expect(
            message.contains("4 of 10 train pairs were found; ask for fewer pairs, or for a wider range of lengths"))
    }
}

@Suite("Sequences and dates") struct SequenceTests {
    @Test("copy and reverse: the same symbols, one sure link each, along the diagonal or across it")
    func copyAndReverse() throws {
        for pair in try sample(CopyTask(), test: 50) {
            #expect(pair.target == pair.source)
            #expect(pair.gold?.sure == Set(pair.source.indices.map { Link($0, $0) }))
        }
        for pair in try sample(ReverseTask(), test: 50) {
            #expect(pair.target == Array(pair.source.reversed()))
            #expect(pair.gold?.sure == Set(pair.source.indices.map { Link(pair.source.count - 1 - $0, $0) }))
        }
    }

    @Test("sort: in order, each source word used once, and equal words possible for one another") func sort() throws {
        // Few symbols, so that many sentences have one twice.
        let pairs = try sample(SortTask(), test: 200) { $0.symbols = 6 }
        for pair in pairs {
            #expect(pair.target == pair.source.sorted())
            let used = pair.target.indices.flatMap { pair.sure($0) }.sorted()
            #expect(used == Array(pair.source.indices), pair.shown)
            for t in pair.target.indices {
                #expect(pair.sure(t).allSatisfy { pair.source[$0] == pair.target[t] }, pair.shown)
                let twins = pair.source.indices.filter { pair.source[$0] == pair.target[t] }
                #expect(pair.possible(t) == twins, pair.shown)
            }
        }
        #expect(pairs.contains { Set($0.source).count < $0.source.count }, "some sentence must try the case")
    }

    @Test("dates: the digits are the date that the words say, and the weekday is right") func dates() throws {
        for pair in try sample(DatesTask(), test: 400) {
            let dates = try pair.source.split(separator: "and").map { try ReadDate(Array($0)).iso }
            #expect(pair.target.joined() == dates.joined(separator: ";"), pair.shown)
            #expect(pair.target.allSatisfy { $0.count == 1 }, "one symbol a word")
        }
    }

    @Test("summary: the headline is one sentence's, word for word but for the verb; what is new is nowhere else")
    func summary() throws {
        let data = try SummaryTask().dataset(seed: 1)
        let trained = Set(data.train.flatMap(\.source))
        var new = 0, seen = 0
        for pair in data.test {
            #expect(pair.target.count == 4, pair.shown)
            let places = pair.target.indices.map { pair.sure($0) }
            #expect(
                places.allSatisfy { $0.count == 1 } && places.joined().sorted() == Array(places.joined()), pair.shown)
            let event = try #require(places.first?.first)..<(try #require(places.last?.first))
            #expect(!pair.source[event].contains("."), "all from one sentence: \(pair.shown)")
            for (t, place) in places.joined().enumerated() {
                if pair.phenomena[t] == "verb" {
                    #expect(pair.source[place] != pair.target[t])
                } else {
                    #expect(pair.source[place] == pair.target[t], pair.shown)
                    if pair.phenomena[t].hasPrefix("new") {
                        #expect(
                            pair.source.filter { $0 == pair.target[t] }.count == 1, "no name comes twice: \(pair.shown)"
                        )
                        (new, seen) = (new + 1, seen + (trained.contains(pair.target[t]) ? 1 : 0))
                    }
                }
            }
        }
        // 0.7 of 1000 names and numbers.
        #expect(abs(new - 700) < 60 && seen * 100 < new, "\(seen) of \(new) were in the training pairs")
    }

    @Test("summary: rates of 0 and 1 leave only new, or only known words") func summaryRates() throws {
        for rate in [0, 1] {
            let pairs = try sample(SummaryTask(), test: 50) {
                $0.rates = ["known name": Double(rate), "known number": Double(rate)]
            }
            let phenomena = Set(pairs.flatMap(\.phenomena))
            #expect(
                phenomena
                    == (rate == 0
                        ? ["new name", "verb", "new number", "thing"]
                        : ["known name", "verb", "known number", "thing"]))
        }
    }

    @Test("dates: every digit is linked with the word that says it") func dateLinks() throws {
        let months = ReadDate.months
        var withStrokes = 0, without = 0
        for pair in try sample(DatesTask(), test: 300) {
            for t in pair.target.indices {
                let words = pair.sure(t).map { pair.source[$0] }
                switch pair.phenomena[t] {
                case "year":
                    #expect(words.count == 1 && words[0].contains(pair.target[t]) && words[0].count == 4, pair.shown)
                case "month", "day":
                    // The digits 0 and 3 of "03" both come from the word for 3.
                    let word = try #require(words.first)
                    let number = try #require(
                        months.firstIndex(of: word).map { $0 + 1 } ?? Int(word.prefix { $0.isNumber }))
                    let two = (number < 10 ? "0" : "") + String(number)
                    #expect(words.count == 1 && two.contains(pair.target[t]), pair.shown)
                case "separator":
                    if words.isEmpty { without += 1 } else { withStrokes += 1 }
                    #expect(words.allSatisfy { $0 == "/" || $0 == "." }, pair.shown)
                    #expect(pair.possible(t).count >= 2, pair.shown)
                case "list": #expect(words == ["and"], pair.shown)
                default: Issue.record("\(pair.phenomena[t]) in \(pair.shown)")
                }
            }
        }
        #expect(withStrokes > 0 && without > 0)
    }
}

/// Reads a date as a person would, independently of how the task writes it.
private struct ReadDate {
    static let months = [
        "january", "february", "march", "april", "may", "june", "july", "august",
        "september", "october", "november", "december",
    ]
    let iso: String

    init(_ words: [String]) throws {
        let year = try #require(words.last.flatMap { Int($0) })
        let day: Int, month: Int
        if let named = words.firstIndex(where: Self.months.contains) {
            month = 1 + (Self.months.firstIndex(of: words[named]) ?? 0)
            let number = try #require(words.dropLast().first { $0.first?.isNumber == true })
            day = try #require(Int(number.prefix { $0.isNumber }))
            let ending = String(number.drop { $0.isNumber })
            let right =
                [1, 21, 31].contains(day) ? "st" : [2, 22].contains(day) ? "nd" : [3, 23].contains(day) ? "rd" : "th"
            #expect(ending.isEmpty || ending == right, "\(number)")
        } else {
            // Day first, as the strokes and dots of Europe have it.
            (day, month) = (try #require(Int(words[0])), try #require(Int(words[2])))
        }
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = try #require(TimeZone(identifier: "UTC"))
        let date = try #require(calendar.date(from: DateComponents(year: year, month: month, day: day)))
        // A 30 February would have become a day of March.
        let parts = calendar.dateComponents([.year, .month, .day, .weekday], from: date)
        #expect(parts.month == month && parts.day == day)
        let weekdays = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"]
        if let said = words.first(where: weekdays.contains) {
            #expect(parts.weekday.map { weekdays[$0 - 1] } == said, "\(words)")
        }
        func two(_ number: Int) -> String { (number < 10 ? "0" : "") + String(number) }
        iso = "\(year)-\(two(month))-\(two(day))"
    }
}
