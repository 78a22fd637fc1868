// Exercise 19: patterns of attention.

import AttentionLab
public import Evaluation
import Foundation

/// The weights of one sentence with the words and the gold links.
public struct GoldHeatmap: Sendable {
    /// S words, T words.
    public let source, target: [String]
    /// α [T][S].
    public let weights: [[Double]]
    /// [T]: the source words linked to each target word; empty for a word that has none.
    public let gold: [Set<Int>]

    public init(source: [String], target: [String], weights: [[Double]], gold: [Set<Int>]) {
        (self.source, self.target, self.weights, self.gold) = (source, target, weights, gold)
    }
}

public protocol PatternsAnswers: Answers {
    static func normalisedEntropy(_ weights: [Double]) throws -> Double
    static func pattern(weights: [Double], gold: Set<Int>, target: Int, targetCount: Int) throws -> AttentionPattern?
    static func counts(of heatmap: GoldHeatmap) throws -> PatternCounts
    static func commonest() throws -> [AttentionPattern]
    static func textHeatmap(_ weights: [[Double]]) throws -> [String]
    static var heatmaps: [GoldHeatmap] { get }
}

extension PatternsAnswers {
    public static var exercise: Exercise {
        Exercise(
            ExerciseName(.exercise, 19), "patterns of attention, and a heatmap in characters", topic: "Patterns",
            lesson: "08_ReadingAlignments",
            hints: [
                "Do [½, ½, 0, 0] by hand: the entropy is ln 2, and the largest that four words can have is ln 4. For the pattern, write the three questions in the order in which they stand.",
                "Skip weights that are 0. The distance is measured in source words: multiply the middle of the target word by S/T. For the four heatmaps, compare the largest weight of each row with the gold links, and ask how large it is.",
                "distance = |i + ½ - (j + ½) · S/T|, diagonal where it is < max(1, S/T/2). The commonest patterns, in the order of `allCases`, are each there once; only the first two are what they seem. A shade is min(Int(α · 5), 4).",
            ],
            gaps: [
                Gap("normalised entropy", function: "normalisedEntropy", checkEntropy),
                Gap("the pattern of a word", function: "pattern", checkPattern),
                Gap("counting", function: "counts", checkCounts),
                Gap("four heatmaps", function: "commonest", checkCommonest),
                Gap("a heatmap in characters", function: "textHeatmap", checkText),
            ])
    }

    // MARK: entropy

    @Sendable private static func checkEntropy() throws {
        let half = [0.5, 0.5, 0, 0]
        try expect(
            normalisedEntropy(half), equals: 0.5, "normalisedEntropy(\(list(half)))",
            mistakes: [
                Mistake("the entropy is there, ln 2; it is not divided by ln S yet", gives: [log(2)]),
                Mistake("the entropy is divided by S; the largest entropy of S words is ln S", gives: [log(2) / 4]),
                Mistake(
                    "the entropy is in bits and ln S in nats: take the same logarithm in both", gives: [1 / log(4)]),
                Mistake(
                    "the entropy is in nats and log₂ S in bits: take the same logarithm in both", gives: [log(2) / 2]),
                Mistake(
                    "S is the number of all source words, also of those whose weight is 0; or this is the entropy in bits, not divided by log₂ S",
                    gives: [1]),
                Mistake(
                    "the sign: logarithms of weights are negative, and the entropy is minus their mean", gives: [-0.5]),
            ],
            otherwise: try normalisedEntropy(half).isNaN
                ? "0 · ln 0 is NaN in floating point; weights of 0 are to be left out" : nil)
        try expect(
            normalisedEntropy([0.25, 0.25, 0.25, 0.25]), equals: 1, "normalisedEntropy([0.25, 0.25, 0.25, 0.25])")
        try expect(normalisedEntropy([0, 1, 0]), equals: 0, "normalisedEntropy([0, 1, 0])")
        try expect(
            normalisedEntropy([1]), equals: 0, "normalisedEntropy([1])",
            otherwise: "ln 1 is 0, and 0/0 is NaN; one word has nothing to spread over: 0")
        var random = RandomSource(seed: 19)
        for count in 2...9 {
            let weights = randomWeights(count, &random)
            try expect(
                normalisedEntropy(weights), equals: Evaluation.normalisedEntropy(weights, sourceCount: count),
                "normalisedEntropy(\(list(weights)))")
        }
    }

    private static func randomWeights(_ count: Int, _ random: inout RandomSource) -> [Double] {
        // Powers make some rows sharp and some flat.
        let power = 12 * random.uniform(), raw = (0..<count).map { _ in pow(random.uniform() + 1e-3, power) }
        return raw.map { $0 / raw.reduce(0, +) }
    }

    // MARK: the pattern of a word

    @Sendable private static func checkPattern() throws {
        func ask(
            _ weights: [Double], _ gold: Set<Int>, _ target: Int, of count: Int, _ expected: AttentionPattern?,
            _ cause: String
        ) throws {
            let got = try pattern(weights: weights, gold: gold, target: target, targetCount: count)
            try require(
                got == expected,
                "pattern(weights: \(list(weights)), gold: \(gold.sorted()), target: \(target), targetCount: \(count)) is \(name(got)), expected \(name(expected))",
                cause: cause)
        }
        func pointing(at source: Int, of count: Int) -> [Double] { (0..<count).map { $0 == source ? 1 : 0 } }
        try ask(
            [0.9, 0.1, 0, 0], [], 0, of: 4, nil,
            "a word without a gold link has no right place to point at, so it has no pattern")
        try ask(
            [0.9, 0.1, 0, 0], [0], 0, of: 4, .diagonal,
            "it points at its gold link, which is on the diagonal, and its entropy is 0.23")
        try ask(
            [0.4, 0.2, 0.2, 0.2], [0], 0, of: 4, .spread,
            "the entropy is asked first: it is 0.96 here, wherever the largest weight is")
        try ask(
            [0.4, 0.2, 0.2, 0.2], [3], 0, of: 4, .spread,
            "the entropy is asked first: it is 0.96 here, and a word that looks everywhere points nowhere")
        try ask([0.9, 0.1, 0, 0], [1], 0, of: 4, .spurious, "the largest weight is at word 0, which is no gold link")
        try ask(
            [0.1, 0.9, 0, 0], [0], 0, of: 4, .spurious,
            "a gold link must have the largest weight; some weight is not enough")
        try ask([0, 0, 0, 1], [3], 0, of: 4, .reordering, "it points at its gold link, three words off the diagonal")
        try ask(
            [0, 1, 0, 0], [1], 0, of: 4, .reordering,
            "a distance of exactly 1 is reordering: two words that change places")
        try ask([0.475, 0.05, 0.475, 0, 0, 0, 0, 0], [0], 0, of: 8, .diagonal, "of equal weights the first counts")
        try ask(
            pointing(at: 7, of: 8), [7], 3, of: 4, .diagonal,
            "the last of 8 words for the last of 4: its middle is at 7.5, that of the target word at 3.5 · 8/4 = 7. "
                + "Compare middles, and multiply by S/T")
        try ask(
            pointing(at: 0, of: 4), [0], 2, of: 8, .diagonal,
            "the distance is measured in source words: 0.5 from 2.5 · 4/8 = 1.25. Source and target are swapped")
        try ask(
            pointing(at: 0, of: 6), [0], 0, of: 1, .diagonal,
            "the only target word is 6 source words wide, and everything is within half of that; "
                + "the limit is max(1, S/T/2)")
        var random = RandomSource(seed: 191)
        for _ in 0..<300 {
            let sourceCount = 1 + random.below(8), count = 1 + random.below(8), target = random.below(count)
            let weights = randomWeights(sourceCount, &random),
                top = weights.indices.max { weights[$0] < weights[$1] } ?? 0
            let gold: Set<Int> = random.chance(0.7) ? [top] : [random.below(sourceCount)]
            let expected = AttentionPattern(
                entropy: Evaluation.normalisedEntropy(weights, sourceCount: sourceCount),
                isRight: gold.contains(top), source: top, target: target,
                sourceCount: sourceCount, targetCount: count)
            try ask(
                weights, gold, target, of: count, expected,
                "this is what `AttentionPattern` of the library says; work the distance out by hand")
        }
    }

    private static func name(_ pattern: AttentionPattern?) -> String { pattern?.rawValue ?? "nil" }

    // MARK: four heatmaps

    /// The library's counts.
    private static func right(_ heatmap: GoldHeatmap, linkedOnly: Bool = true) -> PatternCounts {
        var counts = PatternCounts()
        for (j, row) in heatmap.weights.enumerated() where !linkedOnly || !heatmap.gold[j].isEmpty {
            let top = row.indices.max { row[$0] < row[$1] } ?? 0
            counts.add(
                AttentionPattern(
                    entropy: Evaluation.normalisedEntropy(row, sourceCount: row.count),
                    isRight: heatmap.gold[j].contains(top), source: top, target: j,
                    sourceCount: row.count, targetCount: heatmap.target.count))
        }
        return counts
    }

    private static func text(_ counts: PatternCounts) -> String {
        "\(counts.spread) spread, \(counts.diagonal) diagonal, \(counts.reordering) reordering, \(counts.spurious) spurious"
    }

    private static func transposed(_ heatmap: GoldHeatmap) -> GoldHeatmap {
        let columns = heatmap.source.indices.map { i in heatmap.weights.map { $0[i] } }
        let gold = heatmap.source.indices.map { i in Set(heatmap.gold.indices.filter { heatmap.gold[$0].contains(i) }) }
        return GoldHeatmap(source: heatmap.target, target: heatmap.source, weights: columns, gold: gold)
    }

    @Sendable private static func checkCounts() throws {
        for (number, heatmap) in heatmaps.enumerated() {
            let got = try counts(of: heatmap), expected = right(heatmap)
            try require(
                got == expected,
                "counts(of: heatmaps[\(number)]), “\(heatmap.target.joined(separator: " "))”, has \(text(got)); expected \(text(expected))",
                cause: got == right(heatmap, linkedOnly: false)
                    ? "a word without a gold link was counted; it has no pattern"
                    : got == right(transposed(heatmap))
                        ? "columns were counted; a row is a target word"
                        : got.words == 0
                            ? "nothing was counted"
                            : "“the pattern of a word” must be right first; then each target word counts once, with its own index and its own gold links"
            )
        }
    }

    @Sendable private static func checkCommonest() throws {
        let got = try commonest()
        try require(
            got.count == heatmaps.count,
            "commonest() has \(got.count) patterns, expected \(heatmaps.count), one for each heatmap")
        for (number, heatmap) in heatmaps.enumerated() {
            let expected = right(heatmap)
            let most =
                AttentionPattern.allCases.max { (expected.share($0) ?? 0) < (expected.share($1) ?? 0) } ?? .spread
            let cause: String =
                switch (got[number], most) {
                case (.diagonal, .spread):
                    "its largest weights are on the diagonal, but they are hardly larger than the rest; ask for the entropy first"
                case (.diagonal, .spurious):
                    "it is sharp and slanted, but compare the largest weight of each row with the gold link of that row"
                case (_, .diagonal):
                    "source and target have not the same length; the diagonal runs from the first words to the last words whatever the lengths"
                case (.spurious, .reordering): "the words of its lower half point at their gold links, off the diagonal"
                default: "go through its rows and ask the three questions in their order"
                }
            try require(
                got[number] == most,
                "commonest()[\(number)], of “\(heatmap.target.joined(separator: " "))”, is \(got[number].rawValue); in most of its words another pattern is to be seen",
                cause: cause)
        }
    }

    // MARK: characters

    @Sendable private static func checkText() throws {
        let rows = [[0.05, 0.19, 0.39, 0.59, 0.79, 0.85], [1, 0.25, 0.45, 0.65, 0, 0.5]],
            expected = ["  ░▒▓█", "█░▒▓ ▒"]
        let got = try textHeatmap(rows), shades: [Character] = [" ", "░", "▒", "▓", "█"]
        func drawn(_ rows: [[Double]], _ shade: (Double) -> Int) -> [String] {
            rows.map { row in String(row.map { shades[min(max(shade($0), 0), 4)] }) }
        }
        // Divided by the largest weight of the whole heatmap, or of each row.
        let stretched = drawn(rows, { Int($0 / (rows.flatMap { $0 }.max() ?? 1) * 5) })
        let stretchedRows = rows.map { row in drawn([row], { Int($0 / (row.max() ?? 1) * 5) })[0] }
        let columns = rows[0].indices.map { i in rows.map { $0[i] } }
        let cause: String? =
            if got == drawn(columns, { Int($0 * 5) }) {
                "source and target are swapped: a line is a target word"
            } else if got == drawn(rows, { Int(($0 * 4).rounded()) }) {
                "the weights are rounded to the nearest shade; each shade begins at a multiple of 0.2"
            } else if got == drawn(rows, { Int($0 * 4) }) {
                "there are five shades, so the weight is multiplied by 5; with 4 only a weight of exactly 1 is black"
            } else if got == drawn(rows, { 4 - Int($0 * 5) }) {
                "the shades run the wrong way: dark is much"
            } else if got == stretched || got == stretchedRows {
                "each row was divided by its largest weight; then a row that looks everywhere would seem sharp"
            } else if got.contains(where: { $0.hasSuffix("\n") }) {
                "a line without its line break is asked for"
            } else { nil }
        try require(
            got == expected, "textHeatmap(\(list(rows))) is\(framed(got))\n  expected\(framed(expected))", cause: cause)
        // The library draws each weight twice, so that a cell is about square, after a label and a space, and cuts
        // spaces at the end.
        for heatmap in heatmaps {
            let blank = Heatmap(
                source: heatmap.source.map { _ in "" }, target: heatmap.target.map { _ in "" }, weights: heatmap.weights
            ).text(colour: false)
            let expected = blank.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(String.init)
            let got = try textHeatmap(heatmap.weights).map { line -> String in
                var wide = Substring(" " + line.flatMap { [$0, $0] })
                while wide.last == " " { wide = wide.dropLast() }
                return String(wide)
            }
            try require(
                got == expected,
                "textHeatmap of “\(heatmap.target.joined(separator: " "))”, each character twice, is\(framed(got))\n  and `Heatmap.text` of the library draws\(framed(expected))"
            )
        }
    }

    private static func framed(_ lines: [String]) -> String { lines.map { "\n    |\($0)|" }.joined() }
}
