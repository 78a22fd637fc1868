// Project B: a ranking of scorers of which every claim is supported by several seeds.

import AttentionLab
import Foundation

public protocol RankingAnswers: Answers {
    static func differ(_ figures: [[Double]]) throws -> [[Bool]]
    static func ranking(_ scorers: [String], _ figures: [[Double]]) throws -> [[String]]
    static func results() throws -> String
    static func claims() throws -> [String: [[String]]]
}

extension RankingAnswers {
    public static var exercise: Exercise {
        Exercise(
            ExerciseName(.project, 2), "a ranking that holds up", topic: "Ranking", lesson: "08_ReadingAlignments",
            hints: [
                "Sources/Experiments/Comparisons/Significance.swift has Welch's test and says why a test over seeds is needed; Sources/Evaluation/Statistics/HolmCorrection.swift corrects for many tests. A p that is nil is no test, and no difference.",
                "All pairs are one family of tests: collect every p first, correct them together, then compare with 0.05. For the ranking, sort by mean and ask of each place between neighbours whether everything above differs from everything below.",
                "p = HolmCorrection.adjusted(pairs.map { Significance.welch(figures[$0], figures[$1]) }). Figures of a task: ResultsFile.read(path).rows where task and scorer fit, each row.test.translation.all.accuracy.sentenceAccuracy; claims() can then return ranking(scorers, figures) for each task.",
            ],
            gaps: [
                Gap("which scorers differ", function: "differ", checkDiffer),
                Gap("the ranking", function: "ranking", checkRanking),
                Gap("the comparison", function: "results", checkResults),
                Gap("the claims", function: "claims", checkClaims),
            ])
    }

    // MARK: the same, for comparison

    private static func pValues(_ figures: [[Double]], corrected: Bool = true) -> [[Double]] {
        let pairs = figures.indices.flatMap { i in figures.indices.filter { $0 > i }.map { (i, $0) } }
        let raw = pairs.map { Significance.welch(figures[$0.0], figures[$0.1]) }
        var result = figures.map { _ in figures.map { _ in 1.0 } }
        for ((i, j), p) in zip(pairs, corrected ? HolmCorrection.adjusted(raw) : raw) {
            (result[i][j], result[j][i]) = (p ?? 1, p ?? 1)
        }
        return result
    }

    private static func table(_ p: [[Double]]) -> [[Bool]] { p.map { $0.map { $0 < Significance.level } } }

    private static func mean(_ figures: [Double]) -> Double { figures.reduce(0, +) / Double(max(figures.count, 1)) }

    private static func finest(_ scorers: [String], _ figures: [[Double]]) -> [[String]] {
        let differs = table(pValues(figures)), order = scorers.indices.sorted { mean(figures[$0]) > mean(figures[$1]) }
        return order.indices.reduce(into: [[String]]()) { groups, place in
            let isCut = order[..<place].allSatisfy { a in order[place...].allSatisfy { differs[a][$0] } }
            if isCut {
                groups.append([scorers[order[place]]])
            } else {
                groups[groups.count - 1].append(scorers[order[place]])
            }
        }
    }

    private static func text(_ groups: [[String]]) -> String {
        groups.map { $0.joined(separator: " = ") }.joined(separator: " > ")
    }

    // MARK: the tests

    /// Four seeds with that mean.
    private static func seeds(around mean: Double, _ spread: Double) -> [Double] {
        [-1.2, 0.4, -0.3, 1.1].map { mean + spread * $0 }
    }

    @Sendable private static func checkDiffer() throws {
        // Neighbours: p 0.028, corrected 0.056; the ends: 0.001, corrected 0.004.
        let figures = [0.80, 0.84, 0.88].map { seeds(around: $0, 0.02) }
        let expected = table(pValues(figures)), what = "differ(\(list(figures)))"
        func numbers(_ table: [[Bool]]) -> [[Double]] { table.map { $0.map { $0 ? 1 : 0 } } }
        try expect(
            numbers(differ(figures)), equals: numbers(expected), what + " (1 for true)",
            mistakes: [
                Mistake(
                    "each p was compared with 5 % as if it were the only test; correct all of them together with HolmCorrection.adjusted",
                    givesRows: numbers(table(pValues(figures, corrected: false)))),
                Mistake(
                    "true marks the pairs that cannot be told apart; it should mark those that differ",
                    givesRows: numbers(expected.map { $0.map { !$0 } })),
                Mistake(
                    "only half of the table is filled: a differs from b as b does from a",
                    givesRows: numbers(
                        expected.enumerated().map { i, row in row.enumerated().map { j, value in value && i < j } })),
                Mistake(
                    "any difference of the means counts; the seeds' spread must be asked",
                    givesRows: figures.map { a in figures.map { mean(a) == mean($0) ? 0 : 1 } }),
            ])
        // p 0.028, and it is the only test; the intervals overlap all the same.
        try expect(
            numbers(differ(Array(figures.prefix(2)))), equals: [[0, 1], [1, 0]],
            "differ(\(list(Array(figures.prefix(2))))) (1 for true)",
            otherwise:
                "intervals that overlap do not say that two means are alike: asking them is a stricter test than Welch's at 5 %"
        )
        try expect(
            numbers(differ([[1, 1, 1], [0, 0, 0], [1, 1, 1]])), equals: [[0, 1, 0], [1, 0, 1], [0, 1, 0]],
            "differ([[1, 1, 1], [0, 0, 0], [1, 1, 1]])",
            otherwise: "without variance t is infinite or 0/0; Significance.welch answers 0 and 1 there")
        try expect(
            numbers(differ([[0.9], [0.1]])), equals: [[0, 0], [0, 0]], "differ([[0.9], [0.1]])",
            otherwise: "one seed has no spread, so nothing can be said: p is nil, and that is no difference")
    }

    @Sendable private static func checkRanking() throws {
        let cases: [(what: String, scorers: [String], figures: [[Double]])] = [
            (
                "two that are alike above one that is not", ["a", "b", "c"],
                [seeds(around: 0.90, 0.01), seeds(around: 0.10, 0.01), seeds(around: 0.905, 0.01)]
            ),
            (
                "all different", ["a", "b", "c"],
                [seeds(around: 0.2, 0.01), seeds(around: 0.5, 0.01), seeds(around: 0.8, 0.01)]
            ),
            (
                "a chain: neighbours are alike, the ends are not", ["a", "b", "c"],
                [seeds(around: 0.80, 0.02), seeds(around: 0.84, 0.02), seeds(around: 0.88, 0.02)]
            ),
            (
                "seeds far apart in the best one", ["a", "b", "c", "d"],
                [
                    seeds(around: 0.82, 0.12), seeds(around: 0.80, 0.01), seeds(around: 0.70, 0.01),
                    seeds(around: 0.10, 0.01),
                ]
            ),
            ("nothing differs", ["a", "b"], [seeds(around: 0.5, 0.1), seeds(around: 0.51, 0.1)]),
            ("one", ["a"], [seeds(around: 0.5, 0.1)]),
        ]
        for (what, scorers, figures) in cases {
            let got = try ranking(scorers, figures).map { $0.sorted() },
                expected = finest(scorers, figures).map { $0.sorted() }
            if got == expected { continue }
            let means = zip(scorers, figures).map { "\($0) \(short(mean($1)))" }.joined(separator: ", ")
            let order = scorers.indices.sorted { mean(figures[$0]) > mean(figures[$1]) }
            let differs = table(pValues(figures))
            let byNeighbours = order.indices.reduce(into: [[String]]()) { groups, k in
                let scorer = scorers[order[k]]
                if k == 0 || differs[order[k - 1]][order[k]] {
                    groups.append([scorer])
                } else {
                    groups[groups.count - 1].append(scorer)
                }
            }.map { $0.sorted() }
            let cause =
                Set(got.joined()) != Set(scorers) || got.joined().count != scorers.count
                ? "every scorer stands in one group, once"
                : got == expected.reversed()
                    ? "the best group comes first; higher is better"
                    : got == order.map { [scorers[$0]] }
                        ? "sorted by mean alone: every place is a claim, and not all of them are supported"
                        : got == byNeighbours
                            ? "only neighbours were compared; a cut claims that everything above it is better than everything below it"
                            : got.count < expected.count
                                ? "a cut is missing where everything above differs from everything below"
                                : "a cut claims a difference that the seeds do not show"
            throw CheckFailure(
                "ranking, \(what) (means \(means)): \(text(got)), expected \(text(expected))", cause: cause)
        }
    }

    // MARK: the comparison and the claims

    private static var command: String {
        "swift run attention compare --tasks copy,reverse --scorers bahdanau,luong-dot,location,none --seeds 5 --steps 200 --symbols 20 --lengths 3-8 "
            + "--long-lengths 9-12 --train-pairs 3000 --test-pairs 200 --hidden 16 --embedding 24 --attention 24 --output results/project-b"
    }

    private static func read() throws -> ResultsFile {
        let path = try results()
        guard FileManager.default.fileExists(atPath: path) else {
            throw CheckFailure(
                "there is no file \(path) (seen from \(FileManager.default.currentDirectoryPath))",
                cause:
                    "the comparison has not been run, or was written elsewhere; at the top of the package run\n    \(command)\n  and name its results.json, not its folder"
            )
        }
        do { return try ResultsFile.read(path) } catch {
            throw CheckFailure(
                "\(path) cannot be read: \(error)", cause: "name the results.json that attention compare wrote")
        }
    }

    @Sendable private static func checkResults() throws {
        let file = try read()
        for task in ["copy", "reverse"] {
            try require(
                file.experiment.tasks.contains(task),
                "the comparison has the tasks \(file.experiment.tasks.joined(separator: ", ")), expected copy and reverse",
                cause: "--tasks copy,reverse")
        }
        try require(
            file.experiment.scorers.count >= 3 && file.experiment.scorers.contains(NoAttentionScorer.card.name),
            "the comparison has the scorers \(file.experiment.scorers.joined(separator: ", ")), expected at least three, one of them the baseline none",
            cause: "a ranking without a baseline does not say whether attention is needed at all")
        try require(
            file.experiment.seeds >= 3, "the comparison has \(file.experiment.seeds) seeds, expected 3 or more",
            cause: "with one seed there is no spread to test with, with two hardly any; --seeds 5")
        let missing = file.missing
        try require(
            missing.isEmpty,
            "the comparison lacks \(missing.count) of its \(file.experiment.runs.count) trainings, such as \(missing.first.map { "\($0.scorer) on \($0.task), seed \($0.seed)" } ?? "")",
            cause: "it was interrupted; go on with --resume")
    }

    @Sendable private static func checkClaims() throws {
        let file = try read(), claims = try claims()
        for task in file.experiment.tasks {
            let scorers = file.experiment.scorers
            guard let groups = claims[task] else {
                throw CheckFailure(
                    "the claims have no ranking of \(task), only of \(claims.keys.sorted().joined(separator: ", "))",
                    cause: "every task of the comparison needs one")
            }
            let named = groups.flatMap { $0 }
            if let unknown = named.first(where: { !scorers.contains($0) }) {
                throw CheckFailure(
                    "\(task): the ranking names “\(unknown)”, which is not in the comparison (\(scorers.joined(separator: ", ")))"
                )
            }
            for scorer in scorers where named.count(where: { $0 == scorer }) != 1 {
                throw CheckFailure(
                    "\(task): \(scorer) stands \(named.count { $0 == scorer }) times in the ranking, expected once")
            }
            try expectSupported(groups.filter { !$0.isEmpty }, task, file)
        }
    }

    /// Every "better than", and that no tie hides a difference that could be claimed.
    private static func expectSupported(_ groups: [[String]], _ task: String, _ file: ResultsFile) throws {
        let scorers = file.experiment.scorers
        let figures = scorers.map { scorer in
            file.rows.filter { $0.task == task && $0.scorer == scorer }.compactMap {
                $0.test.translation.all.accuracy.sentenceAccuracy
            }
        }
        let p = pValues(figures)
        func index(_ scorer: String) -> Int { scorers.firstIndex(of: scorer) ?? 0 }
        func show(_ k: Int) -> String {
            let interval = MeanInterval(figures[k])
            func percent(_ share: Double?) -> String { share.map { NumberText.text($0 * 100, digits: 1) } ?? "–" }
            return "\(scorers[k]) \(percent(interval.mean)) % [\(percent(interval.lower)), \(percent(interval.upper))]"
        }
        func evidence(_ a: Int, _ b: Int) -> String {
            "\(show(a)), \(show(b)), p \(short(p[a][b])) after Holm's correction over \(scorers.count * (scorers.count - 1) / 2) pairs"
        }
        for (place, group) in groups.enumerated() {
            for better in group {
                for worse in groups[(place + 1)...].joined() {
                    let a = index(better), b = index(worse)
                    if mean(figures[a]) < mean(figures[b]) {
                        throw CheckFailure(
                            "\(task): “\(better) is better than \(worse)” is the wrong way round: \(evidence(a, b))",
                            cause: "the best group comes first")
                    }
                    try require(
                        p[a][b] < Significance.level,
                        "\(task): “\(better) is better than \(worse)” is not supported: \(evidence(a, b))",
                        cause:
                            "the difference of the means is within what other seeds do; call it a tie, or run more seeds"
                    )
                }
            }
        }
        let expected = finest(scorers, figures)
        for group in groups where !expected.contains(where: { Set($0) == Set(group) }) {
            let byMean = group.map(index).sorted { mean(figures[$0]) < mean(figures[$1]) }
            let worst = byMean.first ?? 0, best = byMean.last ?? 0
            throw CheckFailure(
                "\(task): \(group.joined(separator: " = ")) is called a tie, but the seeds tell them apart: \(evidence(best, worst)). Expected \(text(expected))",
                cause: "a tie of scorers between which a cut is supported says less than was measured")
        }
    }
}
