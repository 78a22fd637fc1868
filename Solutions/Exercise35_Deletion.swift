// Exercise 35 · a deletion test
//
// A weight says that a model looked at a word, not that the word matters. So take the words with the largest weights away
// and ask again. That something is lost says little: any words might be missed. So take as many others away, too, and
// compare the two.                                                                     cf. Serrano & Smith 2019, §4
//
//     k = ⌈share · S⌉, and at most S − 1: something must be left to ask about
//     effect = right without k words at random / documents − right without the k words of the largest weights / documents
//
//     Weights (0.1, 0.4, 0.1, 0.4), half of the words: 1 and 3 go, the first of equals first.
//
// Lesson  Notebooks-md/20_Documents.md
// Check   swift test --filter Exercise35
// Hints   swift run attention exercises hint 35

public import Workbook

public enum Exercise35: DeletionAnswers {
    /// - Parameters:
    ///   - weights: α [S] of the words of a document.
    ///   - share: of the words that are to go, above 0 and at most 1.
    /// - Returns: the places of the words with the largest weights, the largest first, of equals the first.
    public static func largest(_ weights: [Double], share: Double) throws -> [Int] {
        // gap: throw Unfinished("what goes")
        let count = min(Int((share * Double(weights.count)).rounded(.up)), weights.count - 1)
        let order = weights.indices.sorted { weights[$0] != weights[$1] ? weights[$0] > weights[$1] : $0 < $1 }
        return Array(order.prefix(count))
        // end of gap
    }

    /// - Parameters:
    ///   - places: of the words that go, in any order.
    ///   - sentences: how many words each sentence has; together they are all words.
    /// - Returns: the words that are left, in their order, and how many of them each sentence has. A sentence of which
    ///   nothing is left is none.
    public static func document(
        without places: [Int], words: [String], sentences: [Int]
    ) throws -> (words: [String], sentences: [Int]) {
        // gap: throw Unfinished("what is left")
        let gone = Set(places)
        var left: [String] = [], counts: [Int] = [], start = 0
        for count in sentences {
            let kept = (start..<start + count).filter { !gone.contains($0) }
            left += kept.map { words[$0] }
            if !kept.isEmpty { counts.append(kept.count) }
            start += count
        }
        return (left, counts)
        // end of gap
    }

    /// - Parameters:
    ///   - withoutLargest: for each document, whether the label is still right.
    ///   - withoutRandom: the same without as many words at random.
    /// - Returns: the effect, from −1 to 1.
    public static func effect(withoutLargest: [Bool], withoutRandom: [Bool]) throws -> Double {
        // gap: throw Unfinished("the effect")
        let lost = Double(withoutRandom.count { $0 }) - Double(withoutLargest.count { $0 })
        return lost / Double(withoutRandom.count)
        // end of gap
    }
}
