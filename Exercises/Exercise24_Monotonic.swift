// Exercise 24 · monotonic attention
//
//     from the word where it stands it goes to the right; at word j it stops with the probability pⱼ = σ(eⱼ)
//     qⱼ = (1 − pⱼ₋₁) qⱼ₋₁ + αᵗ⁻¹ⱼ      the probability that it comes to word j     Raffel et al. 2017, §2.3, eq. 13
//     αᵗⱼ = pⱼ qⱼ                            and stops there; α⁰ is all on the first word                     eq. 14
//     hard, when translating: from where it stands, the first word with eⱼ > 0                                §2.2
//
// A walk that never goes back, so each word is passed once, and it can be followed while the source is still being
// spoken. In training all walks are followed at once, each with its probability. Then α sums to at most 1: the rest
// went past the last word without stopping.
//
//     p = (0.5, 0.5, 0.5), from word 0: q = (1, 0.5, 0.25), α = (0.5, 0.25, 0.125), and 0.125 is lost.
//     Then a step with the same p: q = (0.5, 0.25 + 0.25, 0.25 + 0.125), α = (0.25, 0.25, 0.1875).
//
// Lesson  Notebooks-md/14_Monotonic.md
// Check   swift test --filter Exercise24
// Hints   swift run attention exercises hint 24

public import Workbook

public enum Exercise24: MonotonicAnswers {
    /// The probability that a walk from word 0 comes to word j: that it stopped at none before. An exclusive product.
    ///
    /// - Parameter stops: p [S].
    /// - Returns: [S], Π_{k<j} (1 − p_k); 1 for the first word.
    public static func reach(stops: [Double]) throws -> [Double] {
        throw Unfinished("the exclusive product")
    }

    /// One step.
    ///
    /// - Parameters:
    ///   - stops: p [S]; some may be exactly 1 or 0.
    ///   - previous: α of the step before [S]; (1, 0, …, 0) before the first.
    /// - Returns: α [S], together at most 1.
    public static func walk(stops: [Double], previous: [Double]) throws -> [Double] {
        throw Unfinished("the walk")
    }

    /// The way back through one step, without a division.
    ///
    /// - Parameters:
    ///   - stops: p [S].
    ///   - previous: αᵗ⁻¹ [S].
    ///   - upstream: g = ∂L/∂αᵗ [S].
    /// - Returns: ∂L/∂p [S] and ∂L/∂αᵗ⁻¹ [S].
    public static func walkBackward(
        stops: [Double], previous: [Double], upstream: [Double]
    ) throws -> (stops: [Double], previous: [Double]) {
        throw Unfinished("the way back")
    }

    /// The walk when translating, where it is at one word and no draw is made.
    ///
    /// - Parameters:
    ///   - energies: e [T][S], a row for each step.
    ///   - takesLast: whether a step that finds no word stops at the last one; else it stops nowhere, and the next step
    ///     begins where this one did.
    /// - Returns: the word of each step [T], nil where it stops nowhere.
    public static func hardWalk(energies: [[Double]], takesLast: Bool) throws -> [Int?] {
        throw Unfinished("the hard walk")
    }
}
