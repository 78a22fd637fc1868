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
        // gap: throw Unfinished("the exclusive product")
        var product = 1.0
        return stops.map { stop in
            // First given out, then multiplied: whether it stops here says nothing about coming here.
            defer { product *= 1 - stop }
            return product
        }
        // end of gap
    }

    /// One step.
    ///
    /// - Parameters:
    ///   - stops: p [S]; some may be exactly 1 or 0.
    ///   - previous: α of the step before [S]; (1, 0, …, 0) before the first.
    /// - Returns: α [S], together at most 1.
    public static func walk(stops: [Double], previous: [Double]) throws -> [Double] {
        // gap: throw Unfinished("the walk")
        var coming = 0.0
        return zip(stops, previous).map { stop, stood in
            // What comes from the left, and what already stood here.
            coming += stood
            defer { coming *= 1 - stop }
            return stop * coming
        }
        // end of gap
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
        // gap: throw Unfinished("the way back")
        var coming: [Double] = [], q = 0.0
        for j in stops.indices {
            q += previous[j]
            coming.append(q)
            q *= 1 - stops[j]
        }
        var byStops = stops, byPrevious = previous, byNext = 0.0
        // From the right: what comes to word j stops there or goes on to the next.
        for j in stops.indices.reversed() {
            byStops[j] = coming[j] * (upstream[j] - byNext)
            byNext = stops[j] * upstream[j] + (1 - stops[j]) * byNext
            byPrevious[j] = byNext
        }
        return (byStops, byPrevious)
        // end of gap
    }

    /// The walk when translating, where it is at one word and no draw is made.
    ///
    /// - Parameters:
    ///   - energies: e [T][S], a row for each step.
    ///   - takesLast: whether a step that finds no word stops at the last one; else it stops nowhere, and the next step
    ///     begins where this one did.
    /// - Returns: the word of each step [T], nil where it stops nowhere.
    public static func hardWalk(energies: [[Double]], takesLast: Bool) throws -> [Int?] {
        // gap: throw Unfinished("the hard walk")
        var place = 0
        return energies.map { row in
            // The word where it stands is looked at again: one source word may be several target words.
            let found = row.indices.first { $0 >= place && row[$0] > 0 } ?? (takesLast ? row.count - 1 : nil)
            place = found ?? place
            return found
        }
        // end of gap
    }
}
