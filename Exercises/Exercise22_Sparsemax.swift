// Exercise 22 · sparsemax, forward and backward
//
//     p = the point of the simplex (pᵢ ≥ 0, Σ pᵢ = 1) nearest to the scores e     Martins & Astudillo 2016, eq. 2
//     pᵢ = max(zᵢ − τ, 0),  zᵢ = eᵢ − max e,  and τ such that Σ pᵢ = 1                    proposition 1, algorithm 1
//     backward: ∂L/∂eᵢ = gᵢ − mean of g over the support, for a word of the support; 0 for any other           eq. 14
//
// Softmax gives every word a little: exp is never 0. Sparsemax takes the same amount τ off every score and drops what
// falls below 0, so that some weights are exactly 0. How many words stay is what τ decides: with the scores in
// descending order z₁ ≥ z₂ ≥ …, k words could stay if z_k > (z₁ + … + z_k − 1)/k; the largest such k is taken.
//
//     e = (1, 0.5, −1): z = (0, −0.5, −2). For k = 1, 2, 3 the thresholds would be −1, −0.75, −1.167, and z_k is above
//     them for k = 1 and 2 only. So τ = −0.75 and p = (0.75, 0.25, 0). Softmax gives (0.574, 0.348, 0.078).
//     g = (1, 0, 5): the mean over the support is 0.5, and the gradient (0.5, −0.5, 0): the third word is not heard.
//
// Lesson  Notebooks-md/13_SparseWeights.md
// Check   swift test --filter Exercise22
// Hints   swift run attention exercises hint 22

public import Workbook

public enum Exercise22: SparsemaxAnswers {
    /// - Parameter scores: e [n] of the real words, in any order; at least one.
    /// - Returns: τ, counted from the largest score: from −1 to below 0. (With it the differences stay exact where the
    ///   scores are far from 0.)
    public static func threshold(_ scores: [Double]) throws -> Double {
        throw Unfinished("the threshold")
    }

    /// - Parameters:
    ///   - scores: e [S]; from `length` on they mean nothing.
    ///   - length: real words, at least 1.
    /// - Returns: p [S], together 1, exactly 0 in the padding.
    public static func sparsemax(_ scores: [Double], length: Int) throws -> [Double] {
        throw Unfinished("sparsemax")
    }

    /// - Parameters:
    ///   - weights: p [S], of sparsemax.
    ///   - upstream: g = ∂L/∂p [S].
    /// - Returns: ∂L/∂e [S].
    public static func backward(weights: [Double], upstream: [Double]) throws -> [Double] {
        throw Unfinished("the gradient")
    }

    /// By how much must the best of n words lead, so that it has all the weight? The others are equal.
    ///
    /// - Parameter words: n, at least 2.
    /// - Returns: the smallest lead in scores at which sparsemax gives it 1. (Softmax never does.)
    public static func leadForAll(words: Int) throws -> Double {
        throw Unfinished("the lead")
    }
}
