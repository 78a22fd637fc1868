// `attention bench`: how fast the scorers are, alone and in the model.

import AttentionLab
import Foundation

enum Bench: Subcommand {
    static let name = "bench"
    static let summary = "Measure the speed of every scorer, alone and in the whole model."
    static let details = """
        Alone: one attention step (scores, weights, context) for source lengths of 16 to 1024, with keys kept from before and
        with keys computed anew, forward and backward. In the model: training steps and greedy decoding at the sizes small, base
        and long. Medians; GFLOP/s count the operations of products only. Times are of this machine, beside whatever else runs
        on it: compare within one run.
        """
    static let options = [
        Option("--scorers", "A,B", "`attention scorers` lists them.", standard: "all"),
        Option("--what", "A,B", "scorers, models, or both.", standard: "both"),
        Option("--sizes", "A,B", "Sizes of the model: small, base, long.", standard: "small,base"),
        Option("--lengths", "A,B", "Source lengths for the scorers alone.", standard: "16,64,256,1024"),
        Option("--threads", "N", "So many models train side by side; the rates are those of all together.", standard: "1"),
        Option("--shards", "N", "Parts of each batch: from 2 on the threads share one model instead of training one each.", standard: "1"),
        Option("--repeats", "N", "Timed repeats a figure.", standard: "15"),
        TextFormat.option,
    ]
    static let examples = [
        (why: "everything, a minute or two", command: "attention bench"),
        (why: "one training step at the base size", command: "attention bench --what models --sizes base --scorers bahdanau,luong-dot"),
        (why: "for a program", command: "attention bench --format json > speed.json"),
    ]

    private struct ScorerFigures: Encodable {
        let scorer: String
        let batch: Int, source: Int, state: Int
        /// Microseconds a step.
        let forwardMicroseconds: Double, forwardWithKeysMicroseconds: Double, forwardBackwardMicroseconds: Double
        let forwardGFLOPPerSecond: Double, forwardBackwardGFLOPPerSecond: Double
    }

    private struct Figures: Encodable {
        let machine: Machine
        let threads: Int, repeats: Int
        var scorers: [ScorerFigures] = []
        var models: [ModelSpeed] = []
    }

    static func run(_ arguments: Arguments, _ console: Console) throws {
        let format = try arguments.choice("--format", TextFormat.self) ?? .text
        let names = try arguments.names("--scorers", of: "scorer", among: Main.scorers.map { $0.card.name }) ?? Main.scorers.map { $0.card.name }
        let scorers = Main.scorers.filter { names.contains($0.card.name) }
        let parts = try arguments.names("--what", of: "part", among: ["scorers", "models", "both"]) ?? ["both"]
        let sizes = try arguments.names("--sizes", of: "size", among: ModelSize.all.map(\.name)) ?? ["small", "base"]
        let lengths = try lengths(arguments.text("--lengths") ?? "16,64,256,1024")
        let repeats = try arguments.integer("--repeats", 1...100_000) ?? 15
        let threads = try arguments.integer("--threads", 1...ProcessInfo.processInfo.activeProcessorCount) ?? 1
        let shards = try arguments.integer("--shards", 1...64) ?? 1
        var figures = Figures(machine: .current, threads: threads, repeats: repeats)
        let isText = format == .text
        if isText { try console.print("\(Machine.current.text)\n") }
        if parts.contains("scorers") || parts.contains("both") {
            for scorer in scorers {
                console.remark("\(scorer.card.name) alone\n")
                figures.scorers += try lengths.map { try alone(scorer, source: $0, repeats: repeats) }
            }
            if isText { try console.print("\nOne attention step, 32 sentences, D = A = 128, one thread; µs\n\n" + table(figures.scorers).text(width: console.width)) }
        }
        guard parts.contains("models") || parts.contains("both") else {
            if !isText { try console.print(json: figures) }
            return
        }
        for size in ModelSize.all where sizes.contains(size.name) {
            for scorer in scorers {
                console.remark("\(scorer.card.name), \(size.name) model\n")
                figures.models.append(try ModelSpeed.measure(scorer, size, threads: threads, shards: shards, repeats: repeats))
            }
        }
        if isText {
            try console.print("\nThe model, \(NumberText.count(threads, "thread"))\n\n" + table(figures.models).text(width: console.width))
        } else {
            try console.print(json: figures)
        }
    }

    private static func lengths(_ text: String) throws -> [Int] {
        try text.split(separator: ",", omittingEmptySubsequences: false).map { part in
            guard let length = Int(part), (1...65_536).contains(length) else {
                throw Misuse("--lengths is “\(text)”; write whole numbers of 1 to 65536 between commas: --lengths 16,64")
            }
            return length
        }
    }

    private static func alone(_ scorer: any AttentionScorer.Type, source: Int, repeats: Int) throws -> ScorerFigures {
        let sizes = ScorerSizes(state: 128, attention: 128, maximumSource: max(64, source))
        let probe = try ScoringSpeed(scorer, sizes, batch: 32, source: source)
        let seconds = try probe.seconds(repeats: repeats), operations = try probe.operations()
        return ScorerFigures(scorer: scorer.card.name, batch: 32, source: source, state: 128,
                             forwardMicroseconds: seconds.forward * 1e6, forwardWithKeysMicroseconds: seconds.forwardWithKeys * 1e6,
                             forwardBackwardMicroseconds: seconds.forwardBackward * 1e6,
                             forwardGFLOPPerSecond: operations.forward / seconds.forward * 1e-9,
                             forwardBackwardGFLOPPerSecond: operations.forwardBackward / seconds.forwardBackward * 1e-9)
    }

    private static func table(_ figures: [ScorerFigures]) -> Table {
        var table = Table([Table.Column("scorer", .left)] + ["source words", "forward", "GFLOP/s", "with keys anew", "forward + backward", "GFLOP/s"].map { Table.Column($0) })
        for one in figures {
            if let last = table.rows.last, last[0] != one.scorer { table.addRule() }
            table.add([one.scorer, "\(one.source)"] + [one.forwardMicroseconds, one.forwardGFLOPPerSecond, one.forwardWithKeysMicroseconds,
                                                      one.forwardBackwardMicroseconds, one.forwardBackwardGFLOPPerSecond].map { NumberText.text($0, digits: 1) })
        }
        return table
    }

    private static func table(_ figures: [ModelSpeed]) -> Table {
        var table = Table([Table.Column("scorer", .left), Table.Column("size", .left)]
            + ["parameters", "training ms/step", "tokens/s", "GFLOP/s", "decoding ms/batch", "tokens/s"].map { Table.Column($0) })
        for one in figures {
            if let last = table.rows.last, last[1] != one.size { table.addRule() }
            table.add([one.scorer, one.size, "\(one.parameters)", NumberText.text(one.trainingStepMilliseconds, digits: 2),
                       "\(Int(one.trainingTokensPerSecond))", NumberText.text(one.trainingGFLOPPerSecond, digits: 1),
                       NumberText.text(one.decodingMilliseconds, digits: 2), "\(Int(one.decodingTokensPerSecond))"])
        }
        return table
    }
}
