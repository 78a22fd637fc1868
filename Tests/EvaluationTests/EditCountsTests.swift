// Edits between an output and its reference: golden cases by hand, and the same distance by a definition that is slow.

import Evaluation
import Testing

@Suite("Edit counts") struct EditCountsTests {
    private static func letters(_ word: String) -> [String] { word.map { String($0) } }

    /// Substitutions, deletions, insertions and right letters, counted by hand.
    @Test(arguments: [
        ("", "", 0, 0, 0, 0), ("", "ba", 0, 2, 0, 0), ("ba", "", 0, 0, 2, 0), ("bade", "bade", 0, 0, 0, 4),
        ("sitting", "kitten", 2, 0, 1, 4), ("kitten", "sitting", 2, 1, 0, 4), ("sunday", "saturday", 1, 2, 0, 5),
        // A syllable left out, one said twice, and letters that have changed places: not one edit, but two.
        ("bada", "babada", 0, 2, 0, 4), ("babababa", "baba", 0, 0, 4, 4), ("ab", "ba", 0, 1, 1, 1),
        ("ab", "cd", 2, 0, 0, 0),
    ])
    func byHand(
        output: String, reference: String, substitutions: Int, deletions: Int, insertions: Int, right: Int
    ) {
        let counts = EditCounts(output: Self.letters(output), reference: Self.letters(reference))
        #expect(counts.substitutions == substitutions && counts.deletions == deletions)
        #expect(counts.insertions == insertions && counts.right == right)
        #expect(counts.referenceWords == reference.count && counts.impossible == nil)
    }

    /// The definition, by recursion.
    private static func distance(_ a: ArraySlice<String>, _ b: ArraySlice<String>) -> Int {
        guard let x = a.last, let y = b.last else { return a.count + b.count }
        return min(
            distance(a.dropLast(), b.dropLast()) + (x == y ? 0 : 1), distance(a.dropLast(), b) + 1,
            distance(a, b.dropLast()) + 1)
    }

    @Test("as few edits as there can be, of all words of two letters up to four long") func asFewAsCanBe() {
        let words = (0...4).flatMap { length in
            (0..<(1 << length)).map { bits in (0..<length).map { bits >> $0 & 1 == 0 ? "a" : "b" } }
        }
        for output in words {
            for reference in words {
                let counts = EditCounts(output: output, reference: reference)
                #expect(counts.edits == Self.distance(output[...], reference[...]), "\(output) for \(reference)")
                #expect(counts.right + counts.substitutions + counts.insertions == output.count)
                #expect(counts.right + counts.substitutions + counts.deletions == reference.count)
            }
        }
    }

    @Test("the rate is of sums, and above 1 where more is written than was said") func rate() {
        var counts = EditCounts(output: Self.letters("bababa"), reference: ["b"])
        #expect(counts.errorRate == 5)
        counts += EditCounts(output: Self.letters("dadadadada"), reference: Self.letters("dadadadada"))
        #expect(counts.errorRate == 5.0 / 11)
        #expect(EditCounts().errorRate == nil)
    }
}
