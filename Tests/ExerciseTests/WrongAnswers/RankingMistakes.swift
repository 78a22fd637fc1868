// What students hand in for project B.

import AttentionLab
import Foundation
import Solutions
import Workbook

let rankingMistakes = [
    Wrong(NotCorrected.self, "which scorers differ", says: "HolmCorrection.adjusted"),
    Wrong(Inverted.self, "which scorers differ", says: "cannot be told apart"),
    Wrong(HalfOfTable.self, "which scorers differ", says: "only half of the table"),
    Wrong(ByOverlap.self, "which scorers differ", says: "stricter test than Welch's"),
    Wrong(ByMeanAlone.self, "the ranking", says: "sorted by mean alone"),
    Wrong(ByNeighbours.self, "the ranking", says: "only neighbours were compared"),
    Wrong(WorstFirst.self, "the ranking", says: "the best group comes first"),
    Wrong(NoFile.self, "the comparison", says: "swift run attention compare"),
    Wrong(OneSeed.self, "the comparison", says: "there is no spread"),
    Wrong(NotFinished.self, "the comparison", says: "--resume"),
    Wrong(EverythingRanked.self, "the claims", says: "is not supported"),
    Wrong(EverythingTied.self, "the claims", says: "the seeds tell them apart"),
    Wrong(UpsideDown.self, "the claims", says: "the wrong way round"),
    Wrong(OneTaskOnly.self, "the claims", says: "have no ranking of reverse"),
]

/// The solution, where a wrong answer does not say otherwise.
private protocol Otherwise: RankingAnswers {}

extension Otherwise {
    static func differ(_ figures: [[Double]]) throws -> [[Bool]] { try Solutions.ProjectB.differ(figures) }
    static func ranking(_ scorers: [String], _ figures: [[Double]]) throws -> [[String]] {
        try Solutions.ProjectB.ranking(scorers, figures)
    }
    static func results() throws -> String { try Solutions.ProjectB.results() }
    static func claims() throws -> [String: [[String]]] { try Solutions.ProjectB.claims() }
}

private enum NotCorrected: Otherwise {
    static func differ(_ figures: [[Double]]) throws -> [[Bool]] {
        figures.map { a in figures.map { (Significance.welch(a, $0) ?? 1) < 0.05 } }
    }
}

private enum Inverted: Otherwise {
    static func differ(_ figures: [[Double]]) throws -> [[Bool]] {
        try Solutions.ProjectB.differ(figures).map { $0.map { !$0 } }
    }
}

private enum HalfOfTable: Otherwise {
    static func differ(_ figures: [[Double]]) throws -> [[Bool]] {
        try Solutions.ProjectB.differ(figures).enumerated().map { i, row in row.enumerated().map { $1 && i < $0 } }
    }
}

private enum ByOverlap: Otherwise {
    static func differ(_ figures: [[Double]]) throws -> [[Bool]] {
        let intervals = figures.map { MeanInterval($0) }
        return intervals.map { a in
            intervals.map { b in
                guard let (lowerA, upperA) = a.lower.flatMap({ l in a.upper.map { (l, $0) } }),
                    let (lowerB, upperB) = b.lower.flatMap({ l in b.upper.map { (l, $0) } })
                else { return false }
                return lowerA > upperB || lowerB > upperA
            }
        }
    }
}

private func byMean(_ scorers: [String], _ figures: [[Double]]) -> [Int] {
    scorers.indices.sorted { figures[$0].reduce(0, +) > figures[$1].reduce(0, +) }
}

private enum ByMeanAlone: Otherwise {
    static func ranking(_ scorers: [String], _ figures: [[Double]]) throws -> [[String]] {
        byMean(scorers, figures).map { [scorers[$0]] }
    }
}

private enum ByNeighbours: Otherwise {
    static func ranking(_ scorers: [String], _ figures: [[Double]]) throws -> [[String]] {
        let order = byMean(scorers, figures), differs = try differ(figures)
        var groups = [[scorers[order[0]]]]
        for (a, b) in zip(order, order.dropFirst()) {
            if differs[a][b] { groups.append([]) }
            groups[groups.count - 1].append(scorers[b])
        }
        return groups
    }
}

private enum WorstFirst: Otherwise {
    static func ranking(_ scorers: [String], _ figures: [[Double]]) throws -> [[String]] {
        try Solutions.ProjectB.ranking(scorers, figures).reversed()
    }
}

private enum NoFile: Otherwise {
    static func results() throws -> String { "results/was-never-run/results.json" }
}

/// A results file that differs from the solution's.
private func changed(_ name: String, _ change: (inout ResultsFile) -> Void) throws -> String {
    var file = try ResultsFile.read(Solutions.ProjectB.results())
    change(&file)
    let path = FileManager.default.temporaryDirectory.appendingPathComponent(
        "project-b-\(name)-\(ProcessInfo.processInfo.processIdentifier).json"
    ).path
    try file.write(to: path)
    return path
}

private enum OneSeed: Otherwise {
    static func results() throws -> String {
        try changed("one-seed") { file in
            file.experiment.seeds = 1
            file.rows.removeAll { $0.seed > 1 }
        }
    }
}

private enum NotFinished: Otherwise {
    static func results() throws -> String { try changed("not-finished") { $0.rows.removeLast() } }
}

private enum EverythingRanked: Otherwise {
    static func claims() throws -> [String: [[String]]] {
        try Solutions.ProjectB.claims().mapValues { $0.flatMap { $0 }.map { [$0] } }
    }
}

private enum EverythingTied: Otherwise {
    static func claims() throws -> [String: [[String]]] {
        try Solutions.ProjectB.claims().mapValues { [$0.flatMap { $0 }] }
    }
}

private enum UpsideDown: Otherwise {
    static func claims() throws -> [String: [[String]]] { try Solutions.ProjectB.claims().mapValues { $0.reversed() } }
}

private enum OneTaskOnly: Otherwise {
    static func claims() throws -> [String: [[String]]] { try Solutions.ProjectB.claims().filter { $0.key == "copy" } }
}
