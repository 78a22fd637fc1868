// Which systems `aer` and `bleu` judge, what they are called, and how they are compared.

import AttentionLab
import Terminal

/// `--hypothesis`, `--name`, `--test` and `--pairs`.
struct Systems {
    static let options = [
        Option(
            "--name", "NAME", "What the system of a hypothesis is called in tables; once for each, in their order.",
            standard: "its file", repeats: true),
        Option("--test", "NAME", "How systems are compared: bootstrap or randomisation.", standard: "bootstrap"),
        Option(
            "--pairs", "Also every pair of systems: difference, interval, p-values. With --format csv, nothing else."),
    ]

    let all: [(name: String, file: String)]
    let test: PairedComparison.Test
    let hasPairs: Bool

    var isOne: Bool { all.count == 1 }
    var names: [String] { all.map(\.name) }

    init(_ arguments: Arguments) throws {
        _ = try arguments.required("--hypothesis", "FILE")
        let files = arguments.texts("--hypothesis"), names = arguments.texts("--name")
        guard names.isEmpty || names.count == files.count else {
            throw UsageError(
                "--name was given \(names.count == 1 ? "once" : "\(names.count) times") for \(NumberText.count(files.count, "system")); "
                    + "give one for each --hypothesis, in their order, or none")
        }
        all = zip(names.isEmpty ? files : names, files).map { ($0, $1) }
        for (index, system) in all.enumerated() where all[..<index].contains(where: { $0.name == system.name }) {
            throw UsageError(
                "two systems are called \(TerminalText.quoted(system.name)); give each a --name of its own")
        }
        test = (try arguments.choice("--test", CompareStatistics.Test.self) ?? .bootstrap).comparison
        hasPairs = arguments.has("--pairs")
        for flag in ["--test", "--pairs"] where arguments.has(flag) && files.count == 1 {
            throw UsageError(
                "\(flag) is of several systems, and one was given; repeat --hypothesis, or leave out \(flag)")
        }
    }

    /// Every pair by one metric; nil for a system alone.
    /// - Parameter bundles: of each system, of the same sentences.
    func pairs<Sentence: Counts>(
        _ bundles: [SentenceBundles<Sentence>], by statistic: ResampledStatistic<Sentence>
    ) throws -> PairwiseTests? {
        guard !isOne else { return nil }
        let candidates = zip(names, bundles).map { Significance.Candidate(name: $0, sentences: [$1.bundles]) }
        return try PairwiseTests(candidates, by: statistic, test: test)
    }

    /// What a note says is drawn.
    static func draws(_ sentences: Int, _ drawn: Int, _ noun: String) -> String {
        drawn < sentences ? "\(drawn) bundles of neighbouring \(noun)s" : "\(noun)s"
    }

    /// Until there were tables, a result was text.
    static func renamed(_ words: [String]) -> [String] {
        words.enumerated().map { index, word in
            if word == "--format=text" { return "--format=terminal" }
            return word == "text" && index > 0 && words[index - 1] == "--format" ? "terminal" : word
        }
    }
}
