// Bug hunt 13 · where a word came from
//
//     expected   pₜ(i) = Σₖ mₜ₋₁(k) p(i | k)                  before yₜ is known; at the start the first row of p
//     known      mₜ(i) = pₜ(i) eₜ(i) / Σⱼ pₜ(j) eₜ(j)          now that yₜ is known
//
// An aligner is given both sentences and says of each target word which source word it came from, as far as the words up
// to it tell. The code below moves along the sentence as the formulas say, its rows sum to 1, and on sentences that are
// translated word by word its links are right. On others they are wrong.
//
// Find the mistake, correct it, and choose the sentence that says why it was one.
//
// `Plain` is arithmetic on plain arrays, in Sources/Workbook/References/PlainArithmetic.swift; the mistake is not
// there.
//
// Lesson  Notebooks-md/18_PriorAndPosterior.md
// Check   swift test --filter BugHunt13
// Hints   swift run attention exercises hint bug13

public import Workbook

public enum BugHunt13: BugHunt13Answers {
    /// - Parameters:
    ///   - start: p [S] of the first word.
    ///   - jumps: p(i | k) [S][S], row k that of the word one comes from.
    ///   - emissions: e [T][S].
    /// - Returns: [T][S], row t: where yₜ came from.
    public static func origins(start: [Double], jumps: [[Double]], emissions: [[Double]]) throws -> [[Double]] {
        // gap: var expected = start, rows: [[Double]] = []
        // gap: for emission in emissions {
        // gap:     rows.append(expected)
        // gap:     let joint = zip(expected, emission).map { $0 * $1 }, sum = joint.reduce(0, +)
        // gap:     let known = joint.map { $0 / sum }
        // gap:     expected = Plain.rowProduct(known, jumps)
        // gap: }
        // gap: return rows
        var expected = start, rows: [[Double]] = []
        for emission in emissions {
            let joint = zip(expected, emission).map { $0 * $1 }, sum = joint.reduce(0, +)
            let known = joint.map { $0 / sum }
            rows.append(known)
            expected = Plain.rowProduct(known, jumps)
        }
        return rows
        // end of gap
    }

    /// Why the code was wrong; choose one, as in `.a`:
    ///
    /// a. The rows are one step late: each is that of the word before, and the first one must go.
    /// b. The jumps are read from i to k; row k must be that of the word one comes from.
    /// c. The rows must be divided by their largest number, so that words of several origins get several links.
    /// d. The rows say where the next word was expected to come from, before it was known; asked for is where it came
    ///    from.
    public static var why: Choice? {
        // gap: nil
        // Prior for posterior. Where everything goes on by one word the prior guesses right, and nobody sees it. The
        // weights of attention are such a prior, and are read so; lesson 18 measures what it costs.
        .d
        // end of gap
    }
}
