// Counts that a task names: they add, a name that came late has zeros before it, and a file cannot hold what nobody
// counts.

import Corpora
import Evaluation
import Foundation
import Testing

@Suite("Named counts") struct NamedCountsTests {
    @Test("sentences are added one by one, and reports to one another") func add() throws {
        var first = NamedCounts(), second = NamedCounts()
        try first.add(["a": 1])
        try first.add(["a": 2, "b": 0.5])
        try second.add(["b": 3])
        #expect(first.sentences == 2 && first.perSentence == ["a": [1, 2], "b": [0, 0.5]])
        #expect(first.sentences(of: ["b", "a"]) == [[0, 1], [0.5, 2]])
        #expect(first.sentences(of: ["a", "c"]) == nil && first.sentences(of: []) == nil)
        first += second
        #expect(first.sentences == 3 && first.perSentence == ["a": [1, 2, 0], "b": [0, 0.5, 3]])
        #expect(try JSONDecoder().decode(NamedCounts.self, from: JSONEncoder().encode(first)) == first)
    }

    @Test("what is no count is refused, and changes nothing", arguments: [-1, .nan, .infinity])
    func refused(count: Double) throws {
        var counts = NamedCounts()
        try counts.add(["a": 1])
        let before = counts
        let refusal = try #require(throws: InputError.self) { try counts.add(["a": 1, "b": count]) }
        #expect(refusal.description.contains("the count “b” of sentence 2 is \(count)") && counts == before)
    }

    @Test(
        "a file with a count below 0, or lists of other lengths, is damaged",
        arguments: [#"{"a":[1,-1]}"#, #"{"a":[1],"b":[1,2]}"#])
    func damaged(text: String) {
        #expect(throws: DecodingError.self) { try JSONDecoder().decode(NamedCounts.self, from: Data(text.utf8)) }
    }
}
