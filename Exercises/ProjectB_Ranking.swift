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
        throw Unfinished("which scorers differ")
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
        throw Unfinished("the ranking")
    }

    /// Where your comparison is: the results.json that the command above wrote.
    public static func results() throws -> String {
        throw Unfinished(
            "the comparison: run the command at the top of the file, then return \"results/project-b/results.json\" here"
        )
    }

    /// Your ranking of each task by the share of test sentences that are right, as `test %` shows it: by hand from the
    /// table, or by code from `results()`. As in `["copy": [["location"], ["bahdanau", "luong-dot"], ["none"]]]`.
    public static func claims() throws -> [String: [[String]]] {
        throw Unfinished("the claims")
    }
}
