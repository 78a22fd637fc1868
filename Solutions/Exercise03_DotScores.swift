// Exercise 3 · dot-product scores, and attention from end to end
//
//     eᵢ = sᵀ hᵢ                                     Luong et al. 2015, §3.1, “dot”
//
// The smallest scorer there is: no parameters, and one multiplication for each unit. A state that points the way the
// query points scores high. That needs both to live in one space, with as many units each; in Luong's model encoder and
// decoder have the same size for this reason. With the softmax of exercise 1 and the context of exercise 2 attention is
// complete.
//
// By hand, with the states of exercise 2:
//
//     s = (0.5, 0.25)   h₁ = (1, 2)   h₂ = (3, 0)   h₃ = (−1, 5)
//     e = (0.5 + 0.5,  1.5 + 0,  −0.5 + 1.25) = (1, 1.5, 0.75)
//
// Lesson  Notebooks-md/02_SoftSearch.md
// Check   swift test --filter Exercise03
// Hints   swift run attention exercises hint 3

import AttentionLab
public import Workbook

public enum Exercise03: DotScoresAnswers {
    /// - Parameters:
    ///   - query: s [D], the decoder's state.
    ///   - states: h [S][D], a row for each source word.
    /// - Returns: e [S].
    /// - Throws: `ShapeError` where a state has another width than the query, with a sentence that names both widths.
    ///   Look before you multiply: an index outside an array is no error that can be caught, it ends the program.
    public static func scores(query: [Double], states: [[Double]]) throws -> [Double] {
        // gap: throw Unfinished("dot-product scores")
        try states.enumerated().map { i, state in
            guard state.count == query.count else {
                throw ShapeError(
                    "state \(i) has \(state.count) numbers, the query has \(query.count); their dot product needs as many of each"
                )
            }
            return zip(query, state).map { $0 * $1 }.reduce(0, +)
        }
        // end of gap
    }

    /// Scores, then weights, then context. Exercises 1 and 2 have the other two functions: call yours.
    ///
    /// - Parameters:
    ///   - query: s [D].
    ///   - states: h [S][D], at least one.
    /// - Returns: α [S] and c [D].
    public static func attend(query: [Double], states: [[Double]]) throws -> (weights: [Double], context: [Double]) {
        // gap: throw Unfinished("attention from end to end")
        let weights = try Exercise01.softmax(scores(query: query, states: states))
        return try (weights, Exercise02.context(weights: weights, states: states))
        // end of gap
    }
}
