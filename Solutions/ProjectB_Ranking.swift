// Project B · a ranking that holds up
//
//     t = (x̄ − ȳ) / √(s²ₓ/n + s²ᵧ/m)                 Welch 1947: two means of a few seeds with unequal variances
//     p̃₍ₖ₎ = max over j ≤ k of min(1, (m − j + 1) p₍ⱼ₎)     Holm 1979: m tests at once
//
// Which scorer is best? One training each is an anecdote: another seed draws other parameters and another ranking
// (Reimers & Gurevych 2017). Here you train every scorer several times, say "better" only where a test says so, and
// call the rest a tie.
//
// Begin with the comparison, which takes less than a minute:
//
//     swift run attention compare --tasks copy,reverse --scorers bahdanau,luong-dot,location,none --seeds 5 --steps 200
//     \
//         --symbols 20 --lengths 3-8 --long-lengths 9-12 --train-pairs 3000 --test-pairs 200 --hidden 16 --embedding 24
//         \ --attention 24 --output results/project-b
//
// Lesson  Notebooks-md/08_ReadingAlignments.md
// Columns Sources/AttentionLab/AttentionLab.docc/Figures.md
// Check   swift test --filter ProjectB
// Hints   swift run attention exercises hint B

import AttentionLab
import Foundation
public import Workbook

public enum ProjectB: RankingAnswers {
    /// Which pairs of scorers differ, by Welch's test over seeds with Holm's correction for the number of pairs, at 5
    /// %.
    ///
    /// The library has `Significance.welch` and `HolmCorrection.adjusted`. Two groups without any variance, as when
    /// both are always right, are handled by `welch` too.
    ///
    /// - Parameter figures: figures[k] are those of scorer k, one a seed; at least two.
    /// - Returns: [K][K], true where the two differ; symmetric, false on the diagonal.
    public static func differ(_ figures: [[Double]]) throws -> [[Bool]] {
        // gap: throw Unfinished("which scorers differ")
        let pairs = figures.indices.flatMap { i in (i + 1..<max(i + 1, figures.count)).map { (i, $0) } }
        // K scorers make K (K − 1) / 2 tests. At 5 % each, one in twenty says "differ" by chance; Holm's correction
        // makes up for that.
        let adjusted = HolmCorrection.adjusted(pairs.map { Significance.welch(figures[$0.0], figures[$0.1]) })
        var result = figures.map { _ in figures.map { _ in false } }
        for (pair, p) in zip(pairs, adjusted) where (p ?? 1) < Significance.level {
            result[pair.0][pair.1] = true
            result[pair.1][pair.0] = true
        }
        return result
        // end of gap
    }

    /// The finest ranking of which every claim is supported, best group first; scorers of one group are tied.
    ///
    /// Sort by mean. Between two neighbours the list may be cut if every scorer above the cut differs from every scorer
    /// below it; the ranking has all such cuts and no other. A tie need not mean that all of a group are alike: where
    /// a, b and b, c cannot be told apart but a, c can, all three stay together, because either cut would claim too
    /// much.
    ///
    /// - Parameters:
    ///   - scorers: names, at least one.
    ///   - figures: of each, one a seed; higher is better.
    public static func ranking(_ scorers: [String], _ figures: [[Double]]) throws -> [[String]] {
        // gap: throw Unfinished("the ranking")
        let differs = try differ(figures)
        let means = figures.map { $0.reduce(0, +) / Double($0.count) }
        let order = scorers.indices.sorted { means[$0] > means[$1] }
        var groups: [[String]] = []
        for place in order.indices {
            let above = order[..<place], below = order[place...]
            let isCut = above.allSatisfy { a in below.allSatisfy { differs[a][$0] } }
            if isCut { groups.append([]) }
            groups[groups.count - 1].append(scorers[order[place]])
        }
        return groups
        // end of gap
    }

    /// Where your comparison is: the results.json that the command above wrote.
    public static func results() throws -> String {
        // gap: throw Unfinished("the comparison: run the command at the top of the file, then return
        // \"results/project-b/results.json\" here")
        try made.get()
        // end of gap
    }

    /// Your ranking of each task by the share of test sentences that are right, as `test %` shows it: by hand from the
    /// table, or by code from `results()`. As in `["copy": [["location"], ["bahdanau", "luong-dot"], ["none"]]]`.
    public static func claims() throws -> [String: [[String]]] {
        // gap: throw Unfinished("the claims")
        let file = try ResultsFile.read(results())
        return try Dictionary(
            uniqueKeysWithValues: file.experiment.tasks.map { task in
                let figures = file.experiment.scorers.map { scorer in
                    file.rows.filter { $0.task == task && $0.scorer == scorer }.compactMap {
                        $0.test.translation.all.accuracy.sentenceAccuracy
                    }
                }
                return try (task, ranking(file.experiment.scorers, figures))
            })
        // end of gap
    }
    // gap:

    /// A smaller comparison than yours, made once when it is first asked for, so that the solution needs no file of
    /// anybody.
    private static let made = Result { () throws -> String in
        var experiment = Experiment(tasks: ["copy", "reverse"], scorers: ["luong-dot", "location", "none"])
        experiment.seeds = 4
        (experiment.training.steps, experiment.training.evaluationInterval) = (200, 200)
        (
            experiment.model.hidden, experiment.model.embedding, experiment.model.attention,
            experiment.model.maximumSource
        ) = (16, 24, 24, 16)
        let data = ToyOptions(
            trainPairs: 2000, devPairs: 100, testPairs: 100, longPairs: 20, lengths: 4...7, longLengths: 8...9,
            symbols: 12)
        experiment.data = ["copy": data, "reverse": data]
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
            "project-b-\(ProcessInfo.processInfo.processIdentifier)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let path = folder.appendingPathComponent("results.json").path
        let finished = try Comparison(experiment, scorers: Catalog.scorers)
            .run(
                continuing: ResultsFile(experiment: experiment), path: path, threads: 2, isCancelled: { false },
                event: { _ in })
        try finished.write(to: path)
        return path
    }
    // end of gap
}
