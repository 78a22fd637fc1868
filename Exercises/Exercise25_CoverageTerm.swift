// Exercise 25 · coverage as a term of the loss
//
//     cᵗᵢ = Σ_{t′<t} αᵗ′ᵢ                                  without αᵗ itself       See et al. 2017, §2.3, eq. 10 and 12
//     term(t, b) = Σᵢ min(αᵗᵢ, cᵗᵢ)                        over the real words i of sentence b, at a real target word t
//     L = Σ term(t, b) / number of real target words
//
// Exercise 13 is one sentence. A training has a batch, with padding on both sides, and what is published goes wrong in
// just these places: with αᵗ inside c the term is always 1 and teaches nothing; padding pays or is counted; a mean of
// sentence means gives the words of short sentences more to say, and is not the sum of what two halves of a batch give.
//
//     α of one sentence of 2 words and 2 target words: (0.75, 0.25), (0.5, 0.5). The terms are 0 and
//     min(0.5, 0.75) + min(0.5, 0.25) = 0.75, and L = 0.375.
//
// Lesson  Notebooks-md/09_CoverageAndCopying.md
// Check   swift test --filter Exercise25
// Hints   swift run attention exercises hint 25

import Foundation
public import Workbook

public enum Exercise25: CoverageTermAnswers {
    /// - Parameters:
    ///   - weights: α [T][B][S], target word first. In the padding of either side they mean nothing, and need not be 0.
    ///   - lengths: real source words of each sentence [B].
    ///   - targetLengths: real target words of each sentence [B].
    /// - Returns: [T][B]; 0 where a sentence has no word left.
    public static func terms(weights: [[[Double]]], lengths: [Int], targetLengths: [Int]) throws -> [[Double]] {
        throw Unfinished("the terms")
    }

    /// - Parameters:
    ///   - terms: [T][B], of a batch or of a part of one.
    ///   - words: the real target words of the whole batch, so that the parts add up to the loss of the batch.
    public static func loss(terms: [[Double]], dividingBy words: Int) throws -> Double {
        throw Unfinished("the loss")
    }

    /// How L changes with the scores: each step's weights are the softmax of its scores over the real words.
    ///
    /// - Parameters:
    ///   - scores: e [T][S] of one sentence without padding.
    ///   - words: what L is divided by.
    /// - Returns: ∂L/∂e [T][S]. Nowhere is αᵗᵢ = cᵗᵢ.
    public static func scoreGradient(scores: [[Double]], dividingBy words: Int) throws -> [[Double]] {
        throw Unfinished("the gradient of the scores")
    }

    /// Given: that of exercise 1.
    public static func softmax(_ scores: [Double]) -> [Double] {
        let largest = scores.max() ?? 0
        let exponentials = scores.map { exp($0 - largest) }
        let sum = exponentials.reduce(0, +)
        return exponentials.map { $0 / sum }
    }
}
