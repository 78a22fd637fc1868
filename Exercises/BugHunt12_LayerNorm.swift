// Bug hunt 12 · layer normalisation
//
//     LN(x) = g ∘ (x − mean) / √(variance + ε) + b      mean and variance of the D numbers of a word, ε = 10⁻⁵
//
// Ba et al. 2016, §3, eq. 3 and 4 there: a word's numbers are brought to mean 0 and variance 1, then scaled and moved
// by what is learnt. The code below does so for each word, and a Transformer with it trains. It is wrong.
//
// Find the mistake, correct it, and choose the sentence that says why it was one.
//
// Lesson  Notebooks-md/15_Transformer.md
// Check   swift test --filter BugHunt12
// Hints   swift run attention exercises hint bug12

public import Workbook

public enum BugHunt12: BugHunt12Answers {
    /// - Parameters:
    ///   - words: x [T][D], D at least 2.
    ///   - gain: g [D].
    ///   - bias: b [D].
    /// - Returns: [T][D].
    public static func normalised(_ words: [[Double]], gain: [Double], bias: [Double]) throws -> [[Double]] {
        words.map { x in
            let mean = x.reduce(0, +) / Double(x.count)
            let squares = x.map { ($0 - mean) * ($0 - mean) }
            let variance = squares.reduce(0, +) / Double(x.count - 1)
            return x.indices.map { gain[$0] * (x[$0] - mean) / (variance + 1e-5).squareRoot() + bias[$0] }
        }
    }

    /// Why the code was wrong; choose one, as in `.a`:
    ///
    /// a. The squares are divided by D − 1, as for a sample that stands for more; the D numbers stand for themselves,
    ///    and the result has a variance of (D − 1)/D.
    /// b. ε stands inside the root; there it is too small to keep the division from 0.
    /// c. Mean and variance are those of one word; they must be taken over all words of the batch.
    /// d. The gain is applied before the bias is added, so that the bias is not scaled with it.
    public static var why: Choice? {
        nil
    }
}
