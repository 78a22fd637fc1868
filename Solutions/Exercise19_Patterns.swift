// Exercise 19 · patterns of attention, and a heatmap in characters
//
//     H_j = −Σᵢ αᵢ ln αᵢ / ln S                           normalised entropy, 0 for one word and 1 for all alike; Ghader & Monz 2017, §4
//
//     spread      H above 0.5: it looks everywhere
//     spurious    it points at a word that is no gold link
//     diagonal    it points at a gold link near the diagonal i/S = j/T
//     reordering  it points at a gold link off the diagonal: what attention is for
//
// The four patterns are this toolkit's own; no paper defines them. They say in one word what a row of a heatmap shows,
// and they can be counted, where a picture can only be looked at. A picture also misleads: two of the four in this file
// are not what they seem.
//
// Lesson  Notebooks-md/08_ReadingAlignments.md
// Check   swift test --filter Exercise19
// Hints   swift run attention exercises hint 19

public import AttentionLab
import Foundation
public import Workbook

public enum Exercise19: PatternsAnswers {
    /// - Parameter weights: α [S] of one target word over the real source words; they sum to 1, and some may be 0. At
    ///   least one.
    /// - Returns: H, from 0 to 1. With a single source word there is nothing to spread over: 0.
    public static func normalisedEntropy(_ weights: [Double]) throws -> Double {
        // gap: throw Unfinished("normalised entropy")
        guard weights.count > 1 else { return 0 }
        // 0 · ln 0 counts as 0, its limit; in floating point it would be NaN.
        let entropy = -weights.filter { $0 > 0 }.map { $0 * log($0) }.reduce(0, +)
        return entropy / log(Double(weights.count))
        // end of gap
    }

    /// The pattern of one target word. The questions in their order: is H above 0.5? Then spread. Is the word with the
    /// largest weight (the first of equals) no gold link? Then spurious. How far is it from the diagonal?
    ///
    /// Middles of words are compared: that of source word i is at i + ½, that of target word j at j + ½. A target word
    /// is S/T source words wide, so on the source side its middle is at (j + ½) · S/T. A link is diagonal where the two
    /// are less than 1 source word apart, or less than half the width of a target word, whichever is more.
    ///
    /// - Parameters:
    ///   - weights: α [S].
    ///   - gold: the source words that the gold alignment links to this target word, from 0.
    ///   - target: j, from 0.
    ///   - targetCount: T.
    /// - Returns: nil where there is no gold link, and so no right place to point at.
    public static func pattern(
        weights: [Double], gold: Set<Int>, target: Int, targetCount: Int
    ) throws -> AttentionPattern? {
        // gap: throw Unfinished("the pattern of a word")
        if gold.isEmpty { return nil }
        if try normalisedEntropy(weights) > 0.5 { return .spread }
        var source = 0
        for i in weights.indices where weights[i] > weights[source] { source = i }
        if !gold.contains(source) { return .spurious }
        let width = Double(weights.count) / Double(targetCount)
        let distance = abs(Double(source) + 0.5 - (Double(target) + 0.5) * width)
        return distance < max(1, width / 2) ? .diagonal : .reordering
        // end of gap
    }

    /// How many words of a heatmap show each pattern. Words without a gold link are left out.
    ///
    /// - Parameter heatmap: `heatmap.weights` [T][S] and `heatmap.gold` [T], beside the words `source` and `target`.
    /// - Returns: the library's counts; `PatternCounts()` is empty, and `add` counts a word.
    public static func counts(of heatmap: GoldHeatmap) throws -> PatternCounts {
        // gap: throw Unfinished("counting")
        var counts = PatternCounts()
        for (j, weights) in heatmap.weights.enumerated() {
            let pattern = try pattern(
                weights: weights, gold: heatmap.gold[j], target: j, targetCount: heatmap.target.count)
            if let pattern { counts.add(pattern) }
        }
        return counts
        // end of gap
    }

    /// The commonest pattern in each of the four `heatmaps` below. Look at the numbers first, write down what you see,
    /// then count.
    public static func commonest() throws -> [AttentionPattern] {
        // gap: throw Unfinished("four heatmaps")
        // The third looks diagonal, but even its largest weights are small. The fourth is sharp and beautifully
        // slanted, and always points at the word after the right one.
        [.diagonal, .reordering, .spread, .spurious]
        // end of gap
    }

    /// A heatmap in characters.
    ///
    /// - Parameter weights: α [T][S], each from 0 to 1.
    /// - Returns: a line for each target word, in it a character for each source word, of growing darkness: " " below
    ///   0.2, "░" from 0.2, "▒" from 0.4, "▓" from 0.6, "█" from 0.8 to exactly 1.
    public static func textHeatmap(_ weights: [[Double]]) throws -> [String] {
        // gap: throw Unfinished("a heatmap in characters")
        let shades: [Character] = [" ", "░", "▒", "▓", "█"]
        // A weight of exactly 1 would be the sixth of five.
        return weights.map { row in String(row.map { shades[min(Int($0 * 5), 4)] }) }
        // end of gap
    }

    /// Four models, a sentence each. Rows are target words, columns source words.
    public static let heatmaps = [
        GoldHeatmap(
            source: ["un", "glaublich", "gu", "ter", "We", "in"], target: ["incredibly", "good", "wine"],
            weights: [
                [0.82, 0.10, 0.04, 0.02, 0.01, 0.01],
                [0.02, 0.05, 0.11, 0.78, 0.03, 0.01],
                [0.01, 0.01, 0.02, 0.06, 0.10, 0.80],
            ], gold: [[0, 1], [2, 3], [4, 5]]),
        GoldHeatmap(
            source: ["ich", "habe", "das", "Buch", "gelesen"], target: ["I", "have", "read", "the", "book"],
            weights: [
                [0.90, 0.04, 0.02, 0.02, 0.02],
                [0.05, 0.86, 0.03, 0.02, 0.04],
                [0.02, 0.08, 0.03, 0.05, 0.82],
                [0.02, 0.02, 0.88, 0.05, 0.03],
                [0.01, 0.02, 0.09, 0.84, 0.04],
            ], gold: [[0], [1], [4], [2], [3]]),
        GoldHeatmap(
            source: ["wir", "sehen", "den", "alten", "Baum"], target: ["we", "see", "the", "old", "tree"],
            weights: [
                [0.44, 0.18, 0.14, 0.13, 0.11],
                [0.15, 0.42, 0.18, 0.13, 0.12],
                [0.11, 0.16, 0.43, 0.18, 0.12],
                [0.12, 0.11, 0.17, 0.41, 0.19],
                [0.01, 0.02, 0.03, 0.06, 0.88],
            ], gold: [[0], [1], [], [3], [4]]),
        GoldHeatmap(
            source: ["das", "Haus", "ist", "sehr", "alt"], target: ["the", "house", "is", "very", "old"],
            weights: [
                [0.04, 0.90, 0.03, 0.02, 0.01],
                [0.02, 0.05, 0.88, 0.03, 0.02],
                [0.01, 0.03, 0.05, 0.87, 0.04],
                [0.02, 0.01, 0.02, 0.06, 0.89],
                [0.03, 0.02, 0.02, 0.09, 0.84],
            ], gold: [[0], [1], [2], [3], [4]]),
    ]
}
