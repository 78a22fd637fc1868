// Bug hunt 10 · a walk along the source
//
//     αᵗⱼ = pⱼ qⱼ,      qⱼ = Σ_{i ≤ j} αᵗ⁻¹ᵢ Π_{i ≤ k < j} (1 − p_k)
//
// Raffel et al. 2017, §2.3, eq. 10 and 11: from where the step before stopped, at word i, the walk goes to the right
// and stops at word k with the probability p_k. The code below goes along the words with one number, what comes to a
// word. It compiles, needs no division, its weights are between 0 and 1 and move to the right. It is wrong.
//
// Find the mistake, correct it, and choose the sentence that says why it was one.
//
// Lesson  Notebooks-md/14_Monotonic.md
// Check   swift test --filter BugHunt10
// Hints   swift run attention exercises hint bug10

public import Workbook

public enum BugHunt10: BugHunt10Answers {
    /// - Parameters:
    ///   - stops: p [S].
    ///   - previous: αᵗ⁻¹ [S].
    /// - Returns: αᵗ [S], together at most 1.
    public static func walk(stops: [Double], previous: [Double]) throws -> [Double] {
        var coming = 0.0
        return zip(stops, previous).map { stop, stood in
            coming = (coming + stood) * (1 - stop)
            return stop * coming
        }
    }

    /// Why the code was wrong; choose one, as in `.a`:
    ///
    /// a. The weights do not sum to 1, because what goes past the last word is lost; they must be divided by their sum.
    /// b. A word gets only what has passed it already: the product must end before the word itself.
    /// c. The step begins at all words at once; it must begin at the word with the largest weight.
    /// d. What stood at a word is added to what comes from the left, although it has gone on already.
    public static var why: Choice? {
        nil
    }
}
