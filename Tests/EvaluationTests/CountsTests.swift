// Counts that add: what follows from the list of their fields, tried on counts that no module has.

import Corpora
import Foundation
import Testing

@testable import Evaluation

private struct HitCounts: Counts {
    var words = 0
    var hits = 0
    var mass = 0.0
    var later = 0

    init() {}
    init(words: Int, hits: Int, mass: Double = 0, later: Int = 0) {
        (self.words, self.hits, self.mass, self.later) = (words, hits, mass, later)
    }

    var accuracy: Double? { ratio(hits, words) }

    static let fields: [CountField<Self>] = [
        .number("words", \.words), .number("hits", \.hits, earlier: "right_words").part(of: \.words),
        .sum("mass", \.mass).part(of: \.words), .number("later", \.later, since: 3),
    ]
    static let figures: [CountFigure<Self>] = [.init("accuracy", \.accuracy)]
}

/// As counts of single sentences stand in files.
private struct Sentences: Counts {
    var list: [Whole] = []

    static let fields: [CountField<Self>] = [.perSentence("list", \.list)]

    struct Whole: Counts {
        var words = 0
        var orders = [0, 0]
        var later = 0

        static let fields: [CountField<Self>] = [
            .number("words", \.words), .numbers("orders", \.orders, count: 2).part(of: \.words),
            .number("later", \.later, since: 3),
        ]
    }
}

@Suite struct CountsTests {
    private func read<Value: Counts>(_ text: String, schema: Int? = nil) throws -> Value {
        let decoder = JSONDecoder()
        if let schema { decoder.userInfo[.countsSchema] = schema }
        return try decoder.decode(Value.self, from: Data(text.utf8))
    }

    /// The sentence and the place of what is refused.
    private func fault<Value: Counts>(
        _ text: String, schema: Int? = nil, as type: Value.Type
    ) throws -> (what: String, place: String) {
        let error = try #require(throws: DecodingError.self) { let _: Value = try read(text, schema: schema) }
        guard case .dataCorrupted(let context) = error else { return ("", GuardedJSON.place(error)) }
        return (
            (context.underlyingError as? ImpossibleCounts)?.description ?? context.debugDescription,
            GuardedJSON.place(error)
        )
    }

    @Test func everyFieldIsAdded() {
        var sum = HitCounts(words: 3, hits: 1, mass: 0.5, later: 4)
        sum += HitCounts(words: 5, hits: 2, mass: 0.25, later: 6)
        #expect(sum == HitCounts(words: 8, hits: 3, mass: 0.75, later: 10))
        sum += HitCounts()
        #expect(sum == HitCounts(words: 8, hits: 3, mass: 0.75, later: 10))
    }

    @Test func figuresAreWrittenAndNotRead() throws {
        #expect(try json(HitCounts(words: 4, hits: 1)) == #"{"accuracy":0.25,"hits":1,"later":0,"mass":0,"words":4}"#)
        #expect(try json(HitCounts()).contains(#""accuracy":null"#))
        let counts: HitCounts = try read(#"{"accuracy":7,"hits":1,"later":2,"mass":0,"words":4}"#)
        #expect(counts == HitCounts(words: 4, hits: 1, later: 2))
    }

    /// A file of before a field has none of it; any other missing field is damage.
    @Test func olderFiles() throws {
        let second: HitCounts = try read(#"{"hits":1,"mass":0,"words":4}"#, schema: 2)
        let first: HitCounts = try read(#"{"right_words":1,"mass":0,"words":4}"#, schema: 1)
        #expect(second == HitCounts(words: 4, hits: 1) && first == second)
        #expect(try fault(#"{"hits":1,"mass":0,"words":4}"#, schema: 3, as: HitCounts.self).place == " at later")
        #expect(try fault(#"{"hits":1,"mass":0,"words":4}"#, as: HitCounts.self).place == " at later")
        #expect(try fault(#"{"hits":1,"words":4}"#, schema: 2, as: HitCounts.self).place == " at mass")
        #expect(try fault(#"{"hits":1,"mass":0,"words":4}"#, schema: 1, as: HitCounts.self).place == " at right_words")
        #expect(try fault(#"{"right_words":1,"mass":0,"words":4}"#, schema: 2, as: HitCounts.self).place == " at hits")
    }

    @Test(arguments: [
        (#"{"hits":5,"mass":0,"words":4}"#, "“hits” is 5, more than “words”, of which it is a part, with 4"),
        (#"{"hits":-1,"mass":0,"words":4}"#, "“hits” is -1, and nothing is counted below 0"),
        (#"{"hits":0,"mass":4.1,"words":4}"#, "“mass” is 4.1, more than “words”, of which it is a part, with 4"),
    ])
    func impossible(text: String, sentence: String) throws {
        #expect(try fault(text, schema: 2, as: HitCounts.self).what == sentence)
    }

    /// Sums of weights round.
    @Test func aMillionthMoreIsNoneMore() throws {
        let counts: HitCounts = try read(#"{"hits":0,"mass":4.000001,"words":4}"#, schema: 2)
        #expect(counts.mass > 4 && counts.impossible == nil)
    }

    @Test func sentencesStandInAFlatList() throws {
        var sentences = Sentences()
        sentences.list = [.init(), .init()]
        (sentences.list[0].words, sentences.list[0].orders, sentences.list[0].later) = (3, [2, 1], 7)
        #expect(try json(sentences) == #"{"list":[3,2,1,7,0,0,0,0]}"#)
        #expect(try survivesJSON(sentences))
        sentences.list[0].later = 0
        let older: Sentences = try read(#"{"list":[3,2,1,0,0,0]}"#, schema: 2)
        #expect(older == sentences)
        let uneven = try fault(#"{"list":[3,2,1,7,0]}"#, as: Sentences.self)
        #expect(uneven.what.hasPrefix("there should be 4 numbers a sentence") && uneven.place == " at list")
        let much = try fault(#"{"list":[3,2,1,7,1,0,2,0]}"#, as: Sentences.self)
        #expect(much.what == "in sentence 2 “orders” is 0, 2, more than “words”, of which it is a part, with 1")
        #expect(throws: EncodingError.self) { try json(CompactCounts([HitCounts()])) }
    }

    /// A property that is not in the list would be neither added nor kept. Every kind of counts stands in one of the
    /// reports.
    @Test func everyPropertyIsAField() {
        let pair = SentencePair(
            source: words("a b"), target: words("x y"), gold: gold("0-0 1-1"), phenomena: ["noun", "verb"],
            isContent: [true, false])
        var alignment = AlignmentReport(), translation = TranslationReport()
        alignment.add(pointing(at: [0, 1], of: 2), pair)
        translation.add(output: words("x z"), pair)
        var kinds: Set<String> = []
        for report in [alignment, translation] as [any Counts] { expectFields(of: report, &kinds) }
        #expect(
            kinds.isSuperset(of: [
                "AlignmentMeasures", "AlignmentCounts", "CoverageCounts", "PatternCounts", "BLEUStatistics",
                "ChrFStatistics", "PhenomenonMeasures",
            ]))
    }

    private func expectFields(of counts: some Counts, _ kinds: inout Set<String>) {
        let properties = Mirror(reflecting: counts).children, fields = type(of: counts).fields
        kinds.insert("\(type(of: counts))")
        #expect(Set(fields.map { $0.path as AnyKeyPath }).count == properties.count, "\(type(of: counts))")
        #expect(Set(fields.map(\.key)).count == fields.count, "\(type(of: counts))")
        for property in properties {
            switch property.value {
            case let inner as any Counts: expectFields(of: inner, &kinds)
            case let groups as [String: AlignmentMeasures]:
                for group in groups.values { expectFields(of: group, &kinds) }
            case let groups as [String: TranslationMeasures]:
                for group in groups.values { expectFields(of: group, &kinds) }
            case let groups as [String: PhenomenonMeasures]:
                for group in groups.values { expectFields(of: group, &kinds) }
            default: break
            }
        }
    }

    /// chrF has as many numbers as its variant asks for: nothing counted is nothing of any of them.
    @Test func nothingCounted() {
        let one = ChrF.chrF2PlusPlus.statistics("the cat", references: ["the dog"])
        var sum = ChrFStatistics()
        sum += one
        #expect(sum == one)
    }

    @Test func characterNGramsInBoth() throws {
        #expect(
            try fault(#"{"sentences":1,"counts":[3,4]}"#, as: ChrFStatistics.self).what.hasPrefix(
                "there are 2 “counts”"))
        #expect(
            try fault(#"{"sentences":1,"counts":[3,4,3,2,9,3]}"#, as: ChrFStatistics.self).what
                == "“counts” has 3 n-grams of order 2 in both, of 2 in the hypothesis and 9 in the reference")
    }
}
