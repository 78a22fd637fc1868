// Who leads a column, and the line of a scorer: no figure that was not measured.

import Corpora
import Evaluation
import Foundation
import Randomness
import Testing

@testable import Experiments
@testable import Seq2Seq

@Suite("Significance") struct SignificanceTests {
    /// Per seed, whether each of 200 sentences was right; seeds differ by `spread`.
    private func candidate(_ name: String, _ rates: [Double]) -> Significance.Candidate<Double> {
        Significance.Candidate(
            name: name,
            sentences: rates.enumerated().map { seed, rate in
                var random = RandomSource(seed: UInt64(seed), purpose: name)
                return (0..<200).map { _ in random.chance(rate) ? 1 : 0 }
            })
    }

    private func leaders(_ candidates: [Significance.Candidate<Double>]) throws -> Set<String> {
        try Significance.leaders(candidates, by: .mean("accuracy"))
    }

    @Test("a clear winner leads alone") func winner() throws {
        let all = [
            candidate("a", [0.5, 0.52, 0.48, 0.5, 0.51]), candidate("b", [0.9, 0.92, 0.91, 0.9, 0.89]),
            candidate("c", [0.6, 0.61, 0.6, 0.59, 0.6]),
        ]
        #expect(try leaders(all) == ["b"])
    }

    /// A thousand draws would do for 50 comparisons: the least p-value, 1 / 1001, times 51 is above the level.
    @Test("a clear winner leads alone among as many as there are", arguments: [50, 51, 80]) func many(
        others: Int
    ) throws {
        let all = [candidate("best", [0.95])] + (0..<others).map { candidate("\($0)", [0.2]) }
        #expect(try leaders(all) == ["best"])
        let draws = Significance.draws(comparisons: others, usual: 1000)
        #expect(Double(others) / Double(draws + 1) < Significance.level / 4)
    }

    @Test("the usual draws are enough for the default comparison: ten others, and 55 pairs") func usualDraws() {
        #expect(
            Significance.draws(comparisons: 10, usual: 1000) == 1000
                && Significance.draws(comparisons: 11, usual: 1000) == 1100)
        #expect(Significance.draws(comparisons: 55, usual: 10_000) == 10_000)
    }

    @Test("a pair that cannot be told apart leads together") func tie() throws {
        let all = [
            candidate("a", [0.9, 0.9, 0.9, 0.9, 0.9]), candidate("b", [0.9, 0.9, 0.9, 0.9, 0.9]),
            candidate("c", [0.3, 0.3, 0.3, 0.3, 0.3]),
        ]
        #expect(try leaders(all) == ["a", "b"])
    }

    @Test("better on these sentences, but by the luck of a seed: not called worse") func luckySeed() throws {
        // 0.7 against 0.6 on 1000 sentences is significant; over seeds that differ by 0.8 it is not.
        let all = [candidate("steady", [0.6, 0.6, 0.6, 0.6, 0.6]), candidate("wild", [0.99, 0.2, 0.95, 0.4, 0.99])]
        // Nobody leads where nothing can be told apart.
        #expect(try leaders(all) == [])
        // With one seed there is nothing to hold against the sentences.
        #expect(try leaders([candidate("steady", [0.6]), candidate("wild", [0.99])]) == ["wild"])
    }

    @Test("an error rate is led by the lowest") func errorRate() throws {
        func aligned(_ name: String, right: Int) -> Significance.Candidate<AlignmentCounts> {
            let gold = GoldAlignment(sure: Set((0..<10).map { Link($0, $0) }))
            let counts = (0..<50).map { sentence in
                AlignmentCounts(
                    predicted: Set((0..<10).map { Link($0 < right - sentence % 2 ? $0 : $0 + 20, $0) }), gold: gold)
            }
            return Significance.Candidate(name: name, sentences: [counts, counts, counts])
        }
        let found = try Significance.leaders([aligned("good", right: 9), aligned("bad", right: 4)], by: .aer)
        #expect(found == ["good"])
    }

    @Test("one candidate leads nothing, and neither does one without figures") func fewerThanTwo() throws {
        #expect(try leaders([]) == [] && leaders([candidate("a", [0.5])]) == [])
        #expect(try leaders([candidate("a", [0.5]), Significance.Candidate(name: "b", sentences: [[], []])]) == [])
    }

    @Test("a scorer of which fewer seeds are done is not worse for that") func unequalSeeds() throws {
        let all = [
            candidate("a", [0.6, 0.6, 0.6, 0.6, 0.6]), candidate("b", [0.9, 0.91]),
            candidate("c", [0.9, 0.9, 0.91, 0.9, 0.9]),
        ]
        let found = try Significance.leaders(all, by: .mean("accuracy"))
        #expect(found == ["b", "c"])
    }

    @Test("the test over seeds is Welch's, and cannot be without two seeds") func welch() throws {
        #expect(
            Significance.welch([1, 2, 3, 4, 5], [2, 4, 6, 8, 10])
                == WelchDifference([2, 4, 6, 8, 10], [1, 2, 3, 4, 5]).pValue)
        #expect(Significance.welch([1], [2, 3]) == nil && Significance.welch([], []) == nil)
    }
}

@Suite("Summary") struct SummaryTests {
    @Test("no alignment figure for a baseline without alignment: nil, never a number that was not measured")
    func noAlignment() throws {
        let place = Place()
        let summary = try Summary(run(tinyExperiment(), path: place.path))
        #expect(summary.lines.map(\.task) == ["copy", "copy", "copy", "reverse", "reverse", "reverse"])
        #expect(summary.lines.map(\.scorer) == ["bahdanau", "luong-dot", "none", "bahdanau", "luong-dot", "none"])
        for line in summary.lines {
            let alignment = [.aer, .contentAER, .longAER, .softAER, .pointing, .goldMass, .entropy].map { line[$0] }
            let isNone = line.scorer == "none"
            for figure in alignment { #expect((figure.mean == nil) == isNone && figure.count == (isNone ? 0 : 2)) }
            #expect((line.bestShift == nil) == isNone && (line.bestShiftAER == nil) == isNone)
            #expect(!isNone || !line.leads.contains(.aer) && !line.leads.contains(.contentAER))
            let always = [.bleu, .chrF, .testAccuracy, .longAccuracy, .tokenAccuracy, .trainingSpeed].map { line[$0] }
            for figure in always {
                #expect(figure.mean?.isFinite == true && (figure.halfWidth?.isFinite == true || figure.isAtBound))
            }
        }
        for column in Metric.tested {
            let leaders = summary.lines.filter { $0.task == "copy" && $0.leads.contains(column) }
            #expect(leaders.count < 3, "all leading \(column.id) says nothing")
        }
        // JSON has no NaN: encoding would throw.
        #expect(try JSONDecoder().decode(Summary.self, from: JSONEncoder().encode(summary)) == summary)
    }

    /// Trained for eight steps, no sentence beyond the lengths of training is right with any seed.
    @Test("a floor is marked in every format, and has no interval; what learning was cut off is said") func notes()
        throws
    {
        let place = Place(), results = try run(tinyExperiment { $0.tasks = ["copy"] }, path: place.path),
            table = try #require(ComparisonTable.all(results).first)
        var floored = results
        for index in floored.rows.indices {
            floored.rows[index].long.translation = TranslationReport()
            for pair in 0..<10 {
                floored.rows[index].long.translation.add(
                    output: ["x"], SentencePair(source: ["a\(pair)"], target: ["b"]))
            }
            floored.rows[index].history = [2.0, 1.0].enumerated().map {
                TrainingReport(step: $0 + 1, epoch: 1, trainLoss: 1, devLoss: $1)
            }
        }
        floored.rows[0].history.append(TrainingReport(step: 3, epoch: 1, trainLoss: 1, devLoss: 1.5))
        let below = try #require(ComparisonTable.all(floored).first), count = floored.rows.count
        let place0 = try #require(below.table.columns.firstIndex { $0.name == "long %" })
        #expect(
            below.table.rows.prefix(3).allSatisfy { $0[place0].hasPrefix("0.0†") }
                && !below.table.text().contains("0.0 ±0.0"))
        #expect(
            below.notes.contains { $0.hasPrefix("† the same with every seed") } && below.table.markdown.contains("0.0†")
        )
        #expect(
            below.table.html(caption: "c").contains("0.0<small>†</small>")
                && below.table.latex(caption: "c", label: "l").contains("0.0\\dag{}"))
        let csv = try ComparisonTable.csv(Summary(floored)).split(separator: "\n").map {
            $0.split(separator: ",", omittingEmptySubsequences: false)
        }
        let lower = try #require(csv[0].firstIndex(of: "long_accuracy_lower"))
        let trained = csv.dropFirst().filter { !$0[1].hasPrefix("(") }
        #expect(trained.count == 3 && trained.allSatisfy { $0[lower] == "" && $0[lower - 1] == "0.0" })
        #expect(
            below.notes.contains { $0.hasPrefix("dev loss was still falling in \(count - 1) of \(count) trainings") },
            "\(below.notes)")
        #expect(
            table.notes.contains { $0.hasPrefix("A star is of one test against the best") }
                && table.notes.contains { $0.hasPrefix("content AER: ") })
        let grouped = try #require(ComparisonTable.grouped(floored).first)
        #expect(
            !grouped.notes.contains { $0.hasPrefix("A star is") }
                && grouped.notes.contains { $0.hasPrefix("a, b, …") && $0.contains("Stars") })
    }

    @Test("one seed has no interval; one scorer leads nothing; no rows make no lines") func few() throws {
        let place = Place()
        let experiment = tinyExperiment { ($0.tasks, $0.scorers, $0.seeds) = (["copy"], ["bahdanau"], 1) }
        let line = try #require(try Summary(run(experiment, path: place.path)).lines.first)
        #expect(line.seeds == 1 && line[.bleu].mean != nil && line[.bleu].halfWidth == nil && line.leads.isEmpty)
        #expect(try Summary(ResultsFile(experiment: experiment)).lines.isEmpty)
    }
}
