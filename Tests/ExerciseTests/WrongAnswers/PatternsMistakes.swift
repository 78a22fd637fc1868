// What students hand in for exercise 19.

import AttentionLab
import Foundation
import Solutions
import Workbook

let patternsMistakes = [
    Wrong(InBits.self, "normalised entropy", says: "the same logarithm in both"),
    Wrong(DividedByCount.self, "normalised entropy", says: "divided by S"),
    Wrong(ZeroTimesLogZero.self, "normalised entropy", says: "weights of 0 are to be left out"),
    Wrong(OneWordIsNaN.self, "normalised entropy", says: "0/0 is NaN"),
    Wrong(EntropyLast.self, "the pattern of a word", says: "the entropy is asked first"),
    Wrong(Swapped.self, "the pattern of a word", says: "Source and target are swapped"),
    Wrong(WithoutMiddles.self, "the pattern of a word", says: "Compare middles"),
    Wrong(AlwaysOne.self, "the pattern of a word", says: "max(1, S/T/2)"),
    Wrong(OneIsNear.self, "the pattern of a word", says: "exactly 1 is reordering"),
    Wrong(NoLinkIsSpurious.self, "the pattern of a word", says: "has no pattern"),
    Wrong(NoLinkIsSpurious.self, "counting", says: "without a gold link was counted"),
    Wrong(Columns.self, "counting", says: "a row is a target word"),
    Wrong(GoldOfTheFirst.self, "counting", says: "its own gold links"),
    Wrong(AllDiagonal.self, "four heatmaps", says: "ask for the entropy first"),
    Wrong(SharpIsRight.self, "four heatmaps", says: "compare the largest weight of each row with the gold link"),
    Wrong(ThreeOnly.self, "four heatmaps", says: "has 3 patterns"),
    Wrong(SourceDown.self, "a heatmap in characters", says: "a line is a target word"),
    Wrong(Rounded.self, "a heatmap in characters", says: "rounded to the nearest shade"),
    Wrong(FourShades.self, "a heatmap in characters", says: "multiplied by 5"),
    Wrong(EachRowToBlack.self, "a heatmap in characters", says: "divided by its largest weight"),
]

/// The solution, where a wrong answer does not say otherwise.
private protocol Otherwise: PatternsAnswers {}

extension Otherwise {
    static func normalisedEntropy(_ weights: [Double]) throws -> Double {
        try Solutions.Exercise19.normalisedEntropy(weights)
    }
    static func pattern(weights: [Double], gold: Set<Int>, target: Int, targetCount: Int) throws -> AttentionPattern? {
        try Solutions.Exercise19.pattern(weights: weights, gold: gold, target: target, targetCount: targetCount)
    }
    static func counts(of heatmap: GoldHeatmap) throws -> PatternCounts {
        var counts = PatternCounts()
        for (j, row) in heatmap.weights.enumerated() {
            if let pattern = try pattern(
                weights: row, gold: heatmap.gold[j], target: j, targetCount: heatmap.target.count)
            {
                counts.add(pattern)
            }
        }
        return counts
    }
    static func commonest() throws -> [AttentionPattern] { try Solutions.Exercise19.commonest() }
    static func textHeatmap(_ weights: [[Double]]) throws -> [String] { try Solutions.Exercise19.textHeatmap(weights) }
    static var heatmaps: [GoldHeatmap] { Solutions.Exercise19.heatmaps }
}

private enum InBits: Otherwise {
    static func normalisedEntropy(_ weights: [Double]) throws -> Double {
        -weights.filter { $0 > 0 }.map { $0 * log2($0) }.reduce(0, +) / log(Double(weights.count))
    }
}

private enum DividedByCount: Otherwise {
    static func normalisedEntropy(_ weights: [Double]) throws -> Double {
        -weights.filter { $0 > 0 }.map { $0 * log($0) }.reduce(0, +) / Double(weights.count)
    }
}

private enum ZeroTimesLogZero: Otherwise {
    static func normalisedEntropy(_ weights: [Double]) throws -> Double {
        -weights.map { $0 * log($0) }.reduce(0, +) / log(Double(weights.count))
    }
}

private enum OneWordIsNaN: Otherwise {
    static func normalisedEntropy(_ weights: [Double]) throws -> Double {
        -weights.filter { $0 > 0 }.map { $0 * log($0) }.reduce(0, +) / log(Double(weights.count))
    }
}

/// The pattern with a distance and a limit of its own.
private func classify(
    _ weights: [Double], _ gold: Set<Int>, _ target: Int, _ count: Int,
    isNear: (_ i: Double, _ j: Double, _ width: Double) -> Bool
) throws -> AttentionPattern? {
    if gold.isEmpty { return nil }
    if try Solutions.Exercise19.normalisedEntropy(weights) > 0.5 { return .spread }
    guard let source = weights.firstIndex(of: weights.max() ?? 0), gold.contains(source) else { return .spurious }
    return isNear(Double(source), Double(target), Double(weights.count) / Double(count)) ? .diagonal : .reordering
}

private enum EntropyLast: Otherwise {
    static func pattern(weights: [Double], gold: Set<Int>, target: Int, targetCount: Int) throws -> AttentionPattern? {
        if gold.isEmpty { return nil }
        guard let source = weights.firstIndex(of: weights.max() ?? 0), gold.contains(source) else { return .spurious }
        return try Solutions.Exercise19.pattern(weights: weights, gold: gold, target: target, targetCount: targetCount)
    }
}

private enum Swapped: Otherwise {
    static func pattern(weights: [Double], gold: Set<Int>, target: Int, targetCount: Int) throws -> AttentionPattern? {
        try classify(weights, gold, target, targetCount) { i, j, width in
            abs(j + 0.5 - (i + 0.5) / width) < max(1, 0.5 / width)
        }
    }
}

private enum WithoutMiddles: Otherwise {
    static func pattern(weights: [Double], gold: Set<Int>, target: Int, targetCount: Int) throws -> AttentionPattern? {
        try classify(weights, gold, target, targetCount) { i, j, width in abs(i - j * width) < max(1, width / 2) }
    }
}

private enum AlwaysOne: Otherwise {
    static func pattern(weights: [Double], gold: Set<Int>, target: Int, targetCount: Int) throws -> AttentionPattern? {
        try classify(weights, gold, target, targetCount) { i, j, width in abs(i + 0.5 - (j + 0.5) * width) < 1 }
    }
}

private enum OneIsNear: Otherwise {
    static func pattern(weights: [Double], gold: Set<Int>, target: Int, targetCount: Int) throws -> AttentionPattern? {
        try classify(weights, gold, target, targetCount) { i, j, width in
            abs(i + 0.5 - (j + 0.5) * width) <= max(1, width / 2)
        }
    }
}

private enum NoLinkIsSpurious: Otherwise {
    static func pattern(weights: [Double], gold: Set<Int>, target: Int, targetCount: Int) throws -> AttentionPattern? {
        if try Solutions.Exercise19.normalisedEntropy(weights) > 0.5 { return .spread }
        return try Solutions.Exercise19.pattern(weights: weights, gold: gold, target: target, targetCount: targetCount)
            ?? .spurious
    }
}

private enum Columns: Otherwise {
    static func counts(of heatmap: GoldHeatmap) throws -> PatternCounts {
        var counts = PatternCounts()
        for i in heatmap.source.indices {
            let gold = Set(heatmap.gold.indices.filter { heatmap.gold[$0].contains(i) })
            if let pattern = try pattern(
                weights: heatmap.weights.map { $0[i] }, gold: gold, target: i, targetCount: heatmap.source.count)
            {
                counts.add(pattern)
            }
        }
        return counts
    }
}

private enum GoldOfTheFirst: Otherwise {
    static func counts(of heatmap: GoldHeatmap) throws -> PatternCounts {
        var counts = PatternCounts()
        for (j, row) in heatmap.weights.enumerated() {
            if let pattern = try pattern(
                weights: row, gold: heatmap.gold[0], target: j, targetCount: heatmap.target.count)
            {
                counts.add(pattern)
            }
        }
        return counts
    }
}

private enum AllDiagonal: Otherwise {
    static func commonest() throws -> [AttentionPattern] { [.diagonal, .reordering, .diagonal, .diagonal] }
}

private enum SharpIsRight: Otherwise {
    static func commonest() throws -> [AttentionPattern] { [.diagonal, .reordering, .spread, .diagonal] }
}

private enum ThreeOnly: Otherwise {
    static func commonest() throws -> [AttentionPattern] { [.diagonal, .reordering, .spread] }
}

private let shades: [Character] = [" ", "░", "▒", "▓", "█"]

private enum SourceDown: Otherwise {
    static func textHeatmap(_ weights: [[Double]]) throws -> [String] {
        try Solutions.Exercise19.textHeatmap((weights.first ?? []).indices.map { i in weights.map { $0[i] } })
    }
}

private enum Rounded: Otherwise {
    static func textHeatmap(_ weights: [[Double]]) throws -> [String] {
        weights.map { row in String(row.map { shades[Int(($0 * 4).rounded())] }) }
    }
}

private enum FourShades: Otherwise {
    static func textHeatmap(_ weights: [[Double]]) throws -> [String] {
        weights.map { row in String(row.map { shades[Int($0 * 4)] }) }
    }
}

private enum EachRowToBlack: Otherwise {
    static func textHeatmap(_ weights: [[Double]]) throws -> [String] {
        weights.map { row in String(row.map { shades[min(Int($0 / (row.max() ?? 1) * 5), 4)] }) }
    }
}
