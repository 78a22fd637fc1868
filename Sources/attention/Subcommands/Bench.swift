// `attention bench`: how fast the scorers are, alone and in the model, and how their cost grows.

import AttentionLab
import Foundation
import Terminal

enum Bench: Subcommand {
    static let name = "bench"
    static let summary = "Measure the speed of scorers, alone and in the whole model, and how its cost grows."
    static let details = """
        scorers: one attention step (scores, weights, context) at several source lengths, with keys kept from before and with
        keys computed anew, forward and backward. models: training steps and greedy decoding at the sizes small, base and long.
        growth: the scores alone from 16 to 4096 source words, with the exponent of their time and that of the formula on the
        scorer's card, and a chart. keys: what it brings to compute the keys once and not at every step. profile: the time of a
        training step by phase: encoder, decoder, scorer, output, optimiser.

        Medians; GFLOP/s count the operations of products only, and are compared with the peak of a core, which the same run
        measures. Times are of this machine, beside whatever else runs on it: compare within one run.
        """
    static let options = [
        ExperimentOptions.scorers,
        Option("--what", "A,B", "scorers, growth, keys, models, profile, or all but profile.", standard: "all"),
        Option("--profile", "The same as --what profile: where the time of a training step goes."),
        Option("--sizes", "A,B", "Sizes of the model: small, base, long.", standard: "small,base; base for profile"),
        Option(
            "--lengths", "A,B", "Source lengths for all parts but models.",
            standard:
                "16,64,256,1024 for scorers; 16,32,64 … 4096 for growth; 20,100,500 for keys, where it is also the number of "
                + "steps"),
        Option("--chart", "FILE", "Write the chart of growth as a picture, FILE.svg."),
        Option(
            "--threads", "N", "So many models train side by side; the rates are those of all together.", standard: "1"),
        Option("--body", "NAME", "recurrent or transformer: what the models are made of.", standard: "recurrent"),
        Option("--batch", "N", "Sentences side by side in the models.", standard: "as the size says: 32, 64, 16"),
        Option(
            "--shards", "N", "Parts of each batch: from 2 on the threads share one model instead of training one each.",
            standard: "1"),
        Option("--repeats", "N", "Timed repeats a figure.", standard: "15"),
        TextFormat.option,
    ]
    static let examples = [
        (why: "everything, a minute or two", command: "attention bench"),
        (
            why: "how the cost grows with the source, with a picture",
            command: "attention bench --what growth --chart growth.svg"
        ),
        (
            why: "what keeping the keys brings two scorers",
            command: "attention bench --what keys --scorers bahdanau,luong-general"
        ),
        (
            why: "one training step at the base size",
            command: "attention bench --what models --sizes base --scorers bahdanau,luong-dot"
        ),
        (why: "where the time of a step goes", command: "attention bench --profile --scorers bahdanau,luong-dot"),
        (
            why: "a Transformer of the same size",
            command: "attention bench --what models --sizes small --body transformer --scorers luong-dot"
        ),
        (
            why: "one training on two threads",
            command: "attention bench --what models --sizes base --shards 2 --threads 2"
        ),
        (why: "for a program", command: "attention bench --format json > speed.json"),
    ]

    enum Part: String, CaseIterable {
        case scorers, growth, keys, models, profile

        /// What "all" means: profiles are for somebody who asks.
        static var all: [Part] { allCases.filter { $0 != .profile } }
    }

    /// What was asked for, checked before anything is measured.
    private struct Request {
        let scorers: [any AttentionScorer.Type]
        let parts: [Part]
        let sizes: [ModelSize]
        /// nil for those of each part.
        let lengths: [Int]?
        let chart: String?
        let threads: Int, shards: Int, repeats: Int
        let format: TextFormat

        init(_ arguments: Arguments) throws {
            format = try arguments.choice("--format", TextFormat.self) ?? .text
            let names = try ExperimentOptions.scorers(arguments) ?? Main.names.standard
            scorers = Main.scorers.filter { names.contains($0.card.name) }
            let parts =
                try arguments.names("--what", of: "part", among: Part.allCases.map(\.rawValue) + ["all"])
                ?? (arguments.has("--profile") ? [] : ["all"])
            self.parts = Part.allCases.filter {
                parts.contains($0.rawValue) || parts.contains("all") && Part.all.contains($0)
                    || $0 == .profile
                        && arguments.has("--profile")
            }
            let sizes =
                try arguments.names("--sizes", of: "size", among: ModelSize.all.map(\.name))
                ?? (self.parts == [.profile] ? ["base"] : ["small", "base"])
            let batch = try arguments.integer("--batch", 1...100_000)
            let body = try arguments.choice("--body", Body.self) ?? .recurrent
            self.sizes = ModelSize.all.filter { sizes.contains($0.name) }.map { size in
                (batch.map { size.with(batch: $0) } ?? size).with(body)
            }
            lengths = try arguments.text("--lengths").map(Bench.lengths)
            chart = arguments.text("--chart")
            repeats = try arguments.integer("--repeats", 1...100_000) ?? 15
            threads = try arguments.integer("--threads", 1...ProcessInfo.processInfo.activeProcessorCount) ?? 1
            shards = try arguments.integer("--shards", 1...64) ?? 1
            guard chart == nil || self.parts.contains(.growth) else {
                throw UsageError(
                    "--chart draws growth, which --what leaves out; add it (--what "
                        + "\((parts + ["growth"]).joined(separator: ","))), or leave out --chart")
            }
        }
    }

    static func run(_ arguments: Arguments, _ console: Console) throws {
        let request = try Request(arguments)
        for scorer in request.scorers { try ModelSettings(scorer: scorer.card.name).check(scorer, longestSource: 16) }
        let isText = request.format == .text
        if isText { try console.print("\(Machine.current.text)\n") }
        if let advice = Machine.advice {
            if isText { try console.print(paragraph(advice, console)) } else { console.remark(advice + "\n") }
        }
        var figures = BenchFigures(threads: request.threads, shards: request.shards, repeats: request.repeats)
        if isText {
            try console.print(
                "peak of one core: \(NumberText.text(figures.peak.oneCoreGFLOPPerSecond, digits: 1)) GFLOP/s, measured in "
                    + "this run\n")
        }
        for part in request.parts {
            try measure(part, request, &figures, console)
            if isText { try show(part, figures, console) }
        }
        let note = LearnerSpeed.note(request.scorers.map { $0.card.name })
        if let note, isText { try console.print("\n" + paragraph(note, console)) }
        if !isText { try console.print(json: figures) }
    }

    private static func lengths(_ text: String) throws -> [Int] {
        try text.split(separator: ",", omittingEmptySubsequences: false).map { part in
            guard let length = Int(part), (1...65_536).contains(length) else {
                throw UsageError(
                    "--lengths is “\(text)”; write whole numbers of 1 to 65536 between commas: --lengths 16,64")
            }
            return length
        }
    }

    // MARK: measuring

    private static func measure(
        _ part: Part, _ request: Request, _ figures: inout BenchFigures, _ console: Console
    ) throws {
        // The machine may be slower or faster than a minute ago.
        figures.peak.measure(runs: 2)
        switch part {
        case .scorers, .growth, .keys: try measureAlone(part, request, &figures, console)
        case .models, .profile: try measureInModels(part, request, &figures, console)
        }
        figures.peak.measure(runs: 2)
        figures.compareWithPeak()
    }

    /// Scorers without a model around them.
    private static func measureAlone(
        _ part: Part, _ request: Request, _ figures: inout BenchFigures, _ console: Console
    ) throws {
        let repeats = request.repeats, name = part == .scorers ? " alone" : ", \(part.rawValue)"
        for scorer in request.scorers {
            console.remark("\(scorer.card.name)\(name)\n")
            switch part {
            case .growth:
                let lengths = request.lengths ?? ScoringGrowth.standardLengths
                figures.growth.append(try ScoringGrowth.measure(scorer, lengths: lengths, repeats: repeats))
            case .keys:
                figures.keys += try (request.lengths ?? KeysOnce.standardLengths).compactMap {
                    try KeysOnce.measure(scorer, source: $0, steps: $0, repeats: repeats)
                }
            default:
                figures.scorers += try (request.lengths ?? [16, 64, 256, 1024]).map {
                    try ScorerFigures(measuring: scorer, source: $0, repeats: repeats)
                }
            }
        }
        guard part == .growth, let path = request.chart else { return }
        try AtomicFile.write(BenchText.chart(figures.growth, notes: [Machine.current.text]).svg, to: path)
        console.remark("\(path)\n")
    }

    /// Whole models of each size, or one step of them.
    private static func measureInModels(
        _ part: Part, _ request: Request, _ figures: inout BenchFigures, _ console: Console
    ) throws {
        let repeats = request.repeats
        for size in request.sizes {
            for scorer in request.scorers {
                console.remark("\(scorer.card.name), \(size.name) \(part == .profile ? "step" : "model")\n")
                if part == .profile {
                    figures.profiles.append(try StepProfile.measure(scorer, size, repeats: repeats))
                } else {
                    figures.models.append(
                        try ModelSpeed.measure(
                            scorer, size, threads: request.threads, shards: request.shards, repeats: repeats))
                }
            }
        }
    }

    // MARK: text

    private static func show(_ part: Part, _ figures: BenchFigures, _ console: Console) throws {
        let peak = NumberText.text(figures.peak.oneCoreGFLOPPerSecond, digits: 1)
        switch part {
        case .scorers:
            try console.print(
                "\nOne attention step, \(ScorerFigures.batch) sentences, D = A = \(ScorerFigures.width), one thread; µs; "
                    + "peak \(peak) GFLOP/s\n\n"
                    + BenchText.scorers(figures.scorers).text(width: console.width))
        case .growth:
            try console.print(
                "\nScores alone as the source grows, keys kept from before, D = A = \(figures.growth.first?.width ?? 0), "
                    + "one thread\n\n"
                    + BenchText.growth(figures.growth).text(width: console.width) + "\n"
                    + paragraph(BenchText.growthNote(figures.growth), console)
                    + "\n"
                    + BenchText.chart(figures.growth).text(width: min(console.width, 110), colour: console.hasColour))
        case .keys:
            try console.print(
                "\nA whole decoding of N words in T = N "
                    + "steps\(figures.keys.first.map { ", d = D = A = \($0.width)" } ?? ""), one thread; ms\n\n"
                    + (figures.keys.isEmpty ? "" : BenchText.keys(figures.keys).text(width: console.width) + "\n")
                    + paragraph(BenchText.keysNote(figures.keys), console))
        case .models:
            let side =
                figures.shards > 1
                ? "one model, its batches in \(NumberText.count(figures.shards, "part")) on \(NumberText.count(figures.threads, "thread"))"
                : figures.threads > 1 ? "\(figures.threads) models side by side, one thread each" : "one thread"
            let best = figures.threads > 1 ? "\(figures.threads) × \(peak)" : peak
            try console.print(
                "\nTraining steps, \(side); peak \(best) GFLOP/s\n\n"
                    + BenchText.training(figures.models).text(width: console.width)
                    + "\n" + paragraph(BenchText.memoryNote(figures.models), console) + "\nDecoding greedily\n\n"
                    + BenchText.decoding(figures.models).text(width: console.width))
        case .profile:
            try console.print(
                "\nOne training step by phase, one thread; ms forward + backward, and the share of the step\n\n"
                    + BenchText.profiles(figures.profiles).text(width: console.width))
        }
    }

    private static func paragraph(_ text: String, _ console: Console) -> String {
        TextWidth.wrapped(text, to: min(console.width, 120) - 2).map { "  " + $0 + "\n" }.joined()
    }
}
