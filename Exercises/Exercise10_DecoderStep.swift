// Exercise 10 · one decoder step, with the query after the cell and before it
//
//     after    s_t = cell([y_{t−1} ; r_{t−1}], s_{t−1}),  c_t = attend(s_t)              Luong et al. 2015, §3.1 and §3.3 (input feeding)
//     before   c_t = attend(s_{t−1}),  s_t = cell([y_{t−1} ; c_t], s_{t−1})              Bahdanau et al. 2015, §3.1 and A.1.2
//     both     r_t = tanh(W_c [c_t ; s_t])                                              Luong et al. 2015, eq. 5
//
// A cell and an attention, and the two papers join them in another order. With s_t, the query knows the last word, and
// the context only shapes the prediction; so that the next step knows where this one has looked, r_t is fed to its
// cell. With s_{t−1}, the context is known before the cell runs and goes straight into it. Tables that mix the two
// compare more than scorers.
//
// Bahdanau et al. predict the word through a maxout layer instead of r_t; the library uses r_t for both, so that one
// thing differs.
//
// By hand, with D = 2 and one number for a word: y = [1], s_{t−1} = [0.5, −0.5], r_{t−1} = [0.2, 0.4], a cell that adds
// up half of its state, the word and what is fed, and an attention that answers q with [q₀ + 1, 2 q₁]:
//
//     s_t = [0.25 + 1 + 0.2, −0.25 + 1 + 0.4] = [1.45, 1.15],   c_t = [2.45, 2.3],
//     and with W_c = [[0.1, 0.3], [0, 0.2], [0.4, 0], [0, 0.3]]:  r_t = tanh [0.825, 1.54] = [0.6778, 0.9121]
//
// Lesson  Notebooks-md/07_ContextFeedingTiming.md
// Check   swift test --filter Exercise10
// Hints   swift run attention exercises hint 10

public import AttentionLab
import Foundation
public import Workbook

public enum Exercise10: DecoderStepAnswers {
    /// r = tanh(W_c [c ; s]), what the next word is predicted from.
    ///
    /// - Parameters:
    ///   - context: c [D].
    ///   - state: s [D].
    ///   - Wc: W_c [2D][D], the upper D rows for c, the lower D for s. `product` below multiplies.
    /// - Returns: r [D].
    public static func attentionalVector(context: [Double], state: [Double], Wc: [[Double]]) throws -> [Double] {
        throw Unfinished("attentional vector")
    }

    /// One step of Luong's order: first the cell, which is fed the attentional vector of the step before, then the
    /// query.
    ///
    /// - Parameters:
    ///   - word: the embedding of y_{t−1}, [E].
    ///   - previous: s_{t−1}, c_{t−1} and r_{t−1}; not all of them are needed.
    ///   - decoder: cell, attention and W_c; see Sources/Workbook/References/SmallDecoder.swift.
    public static func stepAfter(word: [Double], previous: DecoderStep, _ decoder: SmallDecoder) throws -> DecoderStep {
        throw Unfinished("step with the query after the cell")
    }

    /// One step of Bahdanau's order: first the query, then the cell, which is fed the context of this very step.
    public static func stepBefore(word: [Double], previous: DecoderStep, _ decoder: SmallDecoder) throws -> DecoderStep
    {
        throw Unfinished("step with the query before the cell")
    }

    /// A step for each word, each from where the last one ended.
    ///
    /// - Parameters:
    ///   - words: the embeddings of y_0 … y_{T−1}, [T][E]; y_0 is the token that begins a sentence.
    ///   - state: s_0 [D]. Before the first step nothing has been seen and nothing predicted: c_0 and r_0 are zeros.
    ///   - timing: `.after` for `stepAfter`, `.before` for `stepBefore`.
    /// - Returns: T steps, the first of them the one that reads y_0.
    public static func run(
        words: [[Double]], from state: [Double], timing: QueryTiming, _ decoder: SmallDecoder
    ) throws -> [DecoderStep] {
        throw Unfinished("several steps")
    }

    /// x W = Σ_d x_d · (row d of W). Nothing to fill here.
    ///
    /// - Parameters:
    ///   - x: as many numbers as W has rows.
    ///   - W: rows of one width.
    /// - Returns: as many numbers as W has columns.
    static func product(_ x: [Double], _ W: [[Double]]) -> [Double] {
        zip(x, W).reduce([Double](repeating: 0, count: W[0].count)) { sum, term in
            zip(sum, term.1).map { $0 + term.0 * $1 }
        }
    }
}
