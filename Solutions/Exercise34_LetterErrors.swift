// Exercise 34 · letter error rate
//
//     edits   d(o, r): the fewest letters to put in, to take out or to replace that make the output of the reference
//             d(i, j) = min( d(i−1, j−1) + [oᵢ ≠ rⱼ],  d(i−1, j) + 1,  d(i, j−1) + 1 ),   d(i, 0) = i,  d(0, j) = j
//             of the first i letters of the output and the first j of the reference        Levenshtein 1966
//     rate    Σ edits / Σ letters of the references, over all sentences
//
// A letter too much at the beginning shifts all that follow by one place. Whoever compares place by place calls every one
// of them wrong, and whoever counts letters calls none wrong that has changed its place. The rate is of sums, so that a
// long utterance counts for more than a short one, and nothing keeps it below 1.
//
//     "bada" for "babada": put in b and a, 2 edits; the rate is 2/6. "ab" for "ba": 2 edits, no letter is merely moved.
//
// Lesson  Notebooks-md/23_Speech.md
// Check   swift test --filter Exercise34
// Hints   swift run attention exercises hint 34

public import Workbook

public enum Exercise34: LetterErrorsAnswers {
    /// - Returns: the fewest edits between two rows of letters, either of which may be empty.
    public static func edits(_ output: [String], _ reference: [String]) throws -> Int {
        // gap: throw Unfinished("the edits")
        var row = Array(0...reference.count)
        for (i, letter) in output.enumerated() {
            var diagonal = row[0]
            row[0] = i + 1
            for (j, expected) in reference.enumerated() {
                let best = min(diagonal + (letter == expected ? 0 : 1), row[j + 1] + 1, row[j] + 1)
                (diagonal, row[j + 1]) = (row[j + 1], best)
            }
        }
        return row[reference.count]
        // end of gap
    }

    /// - Parameters:
    ///   - outputs: what was written, of each sentence.
    ///   - references: what was said, as many; at least one of them has a letter.
    /// - Returns: the letter error rate of all together.
    public static func errorRate(outputs: [[String]], references: [[String]]) throws -> Double {
        // gap: throw Unfinished("the rate")
        let sum = try zip(outputs, references).map { try edits($0, $1) }.reduce(0, +)
        return Double(sum) / Double(references.map(\.count).reduce(0, +))
        // end of gap
    }

    /// A model has a letter error rate of 2.1 on long speech, where one that has no attention has 0.8. What has happened?
    ///
    ///   a  a mistake in the rate: it cannot be above 1
    ///   b  it writes far more than was said, as one does that goes back and reads the same frames again
    ///   c  every letter is wrong, and each is counted twice
    ///   d  it writes next to nothing, so that nearly all letters are missing
    public static func whatHappened() throws -> Choice {
        // gap: throw Unfinished("what happened")
        // Missing and wrong letters come to one each at most; beyond 1 there must be letters that nobody said.
        .b
        // end of gap
    }
}
