// All pairs of a column: who can be told apart, what the letters say, and that the figures are in the units of the
// table.

import Corpora
import Evaluation
import Foundation
import Randomness
import Testing

@testable import Experiments

@Suite("Pairs and groups") struct PairwiseSuite {
    /// Per seed, whether each of 200 sentences was right.
    private func candidate(_ name: String, _ rates: [Double]) -> Significance.Candidate<Double> {
        Significance.Candidate(
            name: name,
            sentences: rates.enumerated().map { seed, rate in
                var random = RandomSource(seed: UInt64(seed), purpose: name)
                return (0..<200).map { _ in random.chance(rate) ? 1 : 0 }
            })
    }

    private func tests(
        _ candidates: [Significance.Candidate<Double>], _ test: PairedComparison.Test = .pairedBootstrap
    ) throws -> PairwiseTests {
        try PairwiseTests(candidates, by: .mean("accuracy"), test: test)
    }

    @Test(
        "three that differ have three letters; one between two has both",
        arguments: [PairedComparison.Test.pairedBootstrap, .approximateRandomisation])
    func letters(test: PairedComparison.Test) throws {
        let apart = try tests(
            [
                candidate("c", [0.3, 0.31, 0.3, 0.29, 0.3]), candidate("a", [0.9, 0.9, 0.9, 0.9, 0.9]),
                candidate("b", [0.6, 0.61, 0.6, 0.6, 0.6]),
            ], test)
        #expect(
            apart.names == ["a", "b", "c"] && apart.letters == ["a": "a", "b": "b", "c": "c"] && apart.test == test)
        // The wild one is between the others over sentences, and over seeds like both.
        let between = try tests(
            [
                candidate("a", [0.9, 0.9, 0.9, 0.9, 0.9]), candidate("b", [0.95, 0.2, 0.9, 0.3, 0.6]),
                candidate("c", [0.3, 0.3, 0.3, 0.3, 0.3]),
            ], test)
        #expect(between.letters == ["a": "a", "b": "ab", "c": "b"])
    }

    /// Eleven scorers are 55 pairs: the least p-value of the bootstrap times 55 must be below the level, or no letter
    /// ever differs. Of the two seeds the one that is right says little, so that links added up over seeds prefer the
    /// other system.
    @Test("the test is of the difference that the rows show, the mean over seeds, not of counts added up")
    func meanOfSeeds() throws {
        func seed(_ right: Int, of words: Int) -> [AlignmentCounts] {
            let gold = GoldAlignment(sure: Set((0..<words).map { Link($0, $0) }))
            return (0..<30).map { _ in
                AlignmentCounts(predicted: Set((0..<words).map { Link($0 < right ? $0 : $0 + 50, $0) }), gold: gold)
            }
        }
        let uneven = Significance.Candidate(name: "uneven", sentences: [seed(2, of: 2), seed(8, of: 20)])
        let even = Significance.Candidate(name: "even", sentences: [seed(1, of: 2), seed(12, of: 20)])
        let pair = try #require(try PairwiseTests([uneven, even], by: .aer).pairs.first)
        // AER 0 and 0.6 against 0.5 and 0.4; added up, 12/22 against 9/22 wrong.
        #expect(pair.a == "uneven" && abs(pair.difference - 0.15) < 1e-9)
        #expect(
            pair.lower.map { abs($0 - 0.15) < 1e-9 } == true && pair.upper.map { abs($0 - 0.15) < 1e-9 } == true,
            "\(pair)")
    }

    @Test("many scorers can still be told apart") func many() throws {
        let all = try tests(
            (0..<11).map { index in
                candidate("s\(index)", [0.95, 0.94, 0.95, 0.96, 0.95].map { $0 - (index < 6 ? 0 : 0.7) })
            })
        #expect(all.pairs.count == 55)
        #expect(
            Set(all.letters.values) == ["a", "b"]
                && (0..<11).allSatisfy { all.letters["s\($0)"] == ($0 < 6 ? "a" : "b") })
    }

    @Test("the interval over sentences is around the difference of the means, in its unit") func units() throws {
        let pair = try #require(
            try tests([candidate("a", [0.9, 0.9, 0.9]), candidate("b", [0.6, 0.5, 0.55])]).pairs.first)
        let lower = try #require(pair.lower), upper = try #require(pair.upper)
        #expect(
            pair.a == "a" && pair.difference < -0.2 && lower < pair.difference && pair.difference < upper
                && upper - lower < 0.2)
        #expect(pair.effect.map { $0.g < 0 && $0.lower < $0.g && $0.g < $0.upper } == true)
        #expect(pair.adjustedSentences == pair.pSentences && pair.adjustedSeeds == pair.pSeeds && pair.isDifferent)
    }

    @Test("one seed: sentences alone decide, and there is no effect size; one scorer: no pair") func few() throws {
        let pair = try #require(try tests([candidate("a", [0.9]), candidate("b", [0.3])]).pairs.first)
        #expect(pair.isDifferent && pair.pSeeds == nil && pair.effect == nil)
        #expect(String(decoding: try JSONEncoder().encode(pair), as: UTF8.self).contains("\"hedges_g\":null"))
        let alone = try tests([candidate("a", [0.9])])
        #expect(alone.pairs.isEmpty && alone.letters == ["a": "a"])
        #expect(try tests([]).letters.isEmpty)
    }

    @Test("a table of results: scorers without alignment have no letter for it") func columns() throws {
        let place = Place(), results = try run(tinyExperiment(), path: place.path), lines = try Summary(results).lines
        let groups = try ColumnGroups.all(results, lines)
        #expect(groups.count == 2 * Metric.tested.count && groups.allSatisfy { !$0.tests.letters.isEmpty })
        for group in groups {
            let aligned = group.column == .aer || group.column == .contentAER
            #expect(
                Set(group.tests.names) == (aligned ? ["bahdanau", "luong-dot"] : ["bahdanau", "luong-dot", "none"]))
            for pair in group.tests.pairs {
                let line = lines.first { $0.task == group.task && $0.scorer == pair.a }
                #expect(line.flatMap { $0[group.column].mean }.map { abs($0 - pair.meanA) < 1e-9 } == true)
            }
        }
        for (plain, grouped) in try zip(ComparisonTable.all(results), ComparisonTable.grouped(results)) {
            #expect(
                grouped.notes.contains { $0.hasPrefix("a, b, …") } && !grouped.notes.contains { $0.hasPrefix("* ") }
                    && plain.notes.contains { $0.hasPrefix("* ") })
            #expect(grouped.table.columns == plain.table.columns && !grouped.table.text().contains("*"))
        }
    }

    @Test("conditions on the same sentences are paired, by names that say both; each has its own rows")
    func conditions() throws {
        let results = try run(timingExperiment(), path: Place().path), lines = try Summary(results).lines
        let groups = try ColumnGroups.all(results, lines, columns: [.bleu, .aer])
        #expect(groups.map(\.tests.pairs.count) == [10, 6])
        #expect(
            Set(groups[0].tests.names) == [
                "bahdanau, after", "bahdanau, before", "luong-dot, after", "luong-dot, before", "none, after",
            ])
        for pair in groups[0].pairs {
            for (scorer, condition, mean) in [
                (pair.a, pair.conditionA, pair.meanA), (pair.b, pair.conditionB, pair.meanB),
            ] {
                let scores = results.rows.filter { $0.scorer == scorer && $0.condition == condition }.compactMap(
                    \.test.translation.all.bleuScore)
                #expect(
                    scores.count == 2 && abs(mean - scores.reduce(0, +) / 2) < 1e-9, "\(scorer), \(condition ?? "")")
            }
        }
        #expect(
            PairTable(groups[0]).table.rows.allSatisfy {
                $0.prefix(2).allSatisfy { $0.hasSuffix(", after") || $0.hasSuffix(", before") }
            })
        #expect(PairTable.csv(groups).hasPrefix("task,column,a,condition_a,b,condition_b,mean_a,"))
        let plain = try #require(ComparisonTable.all(results).first),
            grouped = try #require(ComparisonTable.grouped(results).first)
        #expect(
            grouped.table.rows.count == plain.table.rows.count
                && grouped.notes.contains { $0.hasPrefix("a, b, …: rows of a column") })
        let place = try #require(plain.table.columns.firstIndex { $0.name == "BLEU" })
        for (line, row) in zip(lines, grouped.table.rows) {
            let letters = groups[0].tests.letters["\(row[0]), \(row[1])"]
            #expect(
                row[0] == line.scorer && row[1] == line.condition
                    && letters.map { row[place].contains(" " + $0) } == true)
        }
        #expect(ColumnPower.all(lines).allSatisfy { $0.conditions == ["after", "before"] })
    }

    @Test("conditions on other sentences are never paired, not even where there are as many") func otherSentences()
        throws
    {
        let results = try run(
            tinyExperiment {
                ($0.tasks, $0.scorers, $0.data["reverse"]) = (["copy"], ["luong-dot", "none"], nil)
                var more = $0.data["copy"] ?? ToyOptions(), longer = more, fewer = more
                (more.trainPairs, longer.lengths, fewer.testPairs) = (60, 3...6, 9)
                $0.conditions = [
                    Condition("as it is"), Condition("60 pairs", data: ["copy": more]),
                    Condition("longer", data: ["copy": longer]),
                    Condition("fewer", data: ["copy": fewer]),
                ]
            }, path: Place().path)
        let lines = try Summary(results).lines, groups = try ColumnGroups.all(results, lines, columns: [.testAccuracy])
        #expect(groups.map(\.section.title) == ["copy, as it is, 60 pairs", "copy, longer", "copy, fewer"])
        #expect(groups.map(\.tests.pairs.count) == [6, 1, 1])
        for group in groups {
            #expect(
                group.pairs.allSatisfy {
                    group.section.conditions.contains($0.conditionA) && group.section.conditions.contains($0.conditionB)
                })
            #expect(
                group.letters.keys.allSatisfy { group.section.has(lines[$0]) }
                    && group.letters.count == group.tests.names.count)
        }
        // A single condition stands in the title, and in what programs read.
        #expect(
            Set(groups[1].tests.names) == ["luong-dot", "none"]
                && groups[1].pairs.allSatisfy { $0.conditionA == "longer" && $0.conditionB == "longer" })
        #expect(groups[0].tests.names.allSatisfy { $0.hasSuffix(", as it is") || $0.hasSuffix(", 60 pairs") })
        #expect(groups.flatMap(\.letters.keys).sorted() == Array(lines.indices))
    }

    @Test("power: of the columns with a spread, and a sentence about them") func power() throws {
        let place = Place(),
            lines = try Summary(run(tinyExperiment(), path: place.path)).lines.filter { $0.task == "copy" }
        for power in ColumnPower.all(lines) {
            // `none` looks nowhere: its spread is not in it, its pairs are.
            let deviation = DetectableDifference.pooledDeviation(
                lines.filter { $0.scorer != "none" }.map { $0[power.column] }.filter { !$0.isAtBound })
            #expect(power.detectable.standardDeviation == deviation && power.detectable.seeds == 2)
            #expect(power.pairs == (power.column == .aer || power.column == .contentAER ? 1 : 3))
            let corrected = DetectableDifference(
                seeds: 2, standardDeviation: power.detectable.standardDeviation, level: 0.05 / Double(power.pairs))
            #expect(power.corrected == corrected && power.corrected.difference >= power.detectable.difference)
            // Two seeds see 5.65 standard deviations.
            #expect(abs(power.detectable.difference / power.detectable.standardDeviation - 5.6535) < 1e-3)
        }
        let note = try #require(ColumnPower.note(lines))
        #expect(
            note.contains("2 seeds find a true difference of")
                && note.contains("pooled over the scorers with attention")
                && note.contains("Against the correction for all pairs of a column")
                    == ColumnPower.all(lines).contains { $0.pairs > 1 },
            Comment(rawValue: note))
        #expect(ColumnPower.note([]) == nil && ColumnPower.note(Array(lines.prefix(1))) == nil)
    }
}
