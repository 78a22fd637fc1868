// `attention experiments`: the experiments that come with the toolkit.

import AttentionLab
import Foundation
import Terminal

enum ExperimentsCommand: Subcommand {
    static let name = "experiments"
    static let summary = "The ready experiments: what each asks, how long it takes, and how to run it."
    static let details = """
        Without NAME, the list. With the name of a comparison, what it varies and the command that runs it: `attention compare` trains, and
        takes any experiment as a file, too. With the name of a measurement (scale, keys, real-text), its figures, at
        once. real-text is made of your own text where --train and --gold name it, and of a toy language otherwise.
        """
    static let operand = "[NAME]"
    static let options =
        [
            Option("--chart", "FILE", "Write the chart of scale or keys as a picture, FILE.svg."),
            OutputFormat.option,
        ] + LadderTable.experiment
    static let examples = [
        (why: "what there is", command: "attention experiments"),
        (why: "one of them", command: "attention experiments timing"),
        (why: "run it", command: "attention compare --experiment timing --output results/timing"),
        (why: "what √D does to the softmax, with a picture", command: "attention experiments scale --chart scale.svg"),
        (
            why: "from a translator's attention to an aligner, on your own text",
            command: "attention experiments real-text --train pairs.tsv --gold gold.pharaoh"
        ),
        (
            why: "an experiment of your own begins with the settings of another",
            command: "attention compare --experiment timing --print-experiment > mine.json"
        ),
    ]

    static func run(_ arguments: Arguments, _ console: Console) throws {
        let format = try arguments.choice("--format", OutputFormat.self) ?? .terminal
        let all = BuiltInExperiment.all(scorers: Main.names.standard)
        guard arguments.operands.count <= 1 else {
            throw UsageError(
                "`attention experiments` shows one experiment at a time, but \(arguments.operands.count) were named")
        }
        let name = arguments.operands.first, ofText = BuiltInExperiment.Measurement.realText.rawValue
        if name != ofText, let stray = LadderTable.experiment.map(\.name).first(where: arguments.has) {
            throw UsageError("\(stray) is read by one experiment alone: attention experiments \(ofText)")
        }
        guard let name else {
            guard !arguments.has("--chart") else {
                throw UsageError("--chart draws a measurement; name it: attention experiments scale --chart FILE.svg")
            }
            return try list(all, format, console)
        }
        guard let chosen = all.first(where: { $0.name == name }) else {
            throw UsageError(
                "there is no experiment “\(name)”. \(Suggestion.orList(for: name, among: all.map(\.name)))")
        }
        if case .measurement(let measurement) = chosen.kind {
            return try measure(measurement, chosen, format, arguments, console)
        }
        guard !arguments.has("--chart") else {
            throw UsageError("--chart draws a measurement (scale, keys); “\(name)” is none")
        }
        try describe(chosen, format, console)
    }

    // MARK: descriptions

    /// What a program wants to know of an experiment.
    private struct Description: Encodable {
        let name: String, question: String, about: String
        let command: String
        let trainings: Int
        let minutesOnTwoCores: Double

        init(_ one: BuiltInExperiment) {
            (name, question, about) = (one.name, one.question, one.about)
            command = ExperimentsCommand.command(one)
            trainings = one.experiment?.runs.count ?? 0
            minutesOnTwoCores = (one.experiment?.estimatedSeconds ?? 0) / 120
        }
    }

    private static func command(_ one: BuiltInExperiment) -> String {
        switch one.kind {
        case .comparison(_, let by):
            "attention compare --experiment \(one.name)\(by.map { " --by \($0.rawValue)" } ?? "")"
        case .measurement: "attention experiments \(one.name)"
        }
    }

    private static func duration(_ one: BuiltInExperiment) -> String {
        switch one.kind {
        case .comparison(let experiment, _): "\(minutes(experiment)) min"
        case .measurement(.scale): "a second"
        case .measurement(.keys), .measurement(.realText): "a minute"
        }
    }

    /// On two cores; a rule of thumb, so no more than one digit behind the point below three minutes.
    private static func minutes(_ experiment: Experiment) -> String {
        let minutes = experiment.estimatedSeconds / 120
        return NumberText.text(minutes, digits: minutes < 3 ? 1 : 0)
    }

    private static func list(_ all: [BuiltInExperiment], _ format: OutputFormat, _ console: Console) throws {
        if format == .json { return try console.print(json: all.map(Description.init)) }
        var table = Table([
            Table.Column("experiment", .left), Table.Column("trainings"), Table.Column("two cores"),
            Table.Column("question", .left),
        ])
        for one in all {
            table.add([one.name, one.experiment.map { "\($0.runs.count)" } ?? "–", duration(one), one.question])
        }
        if format == .latex {
            return try console.print(
                "% \\usepackage{booktabs}\n\n" + table.latex(caption: "Experiments", label: "experiments"))
        }
        try console.print(table, as: format)
        if format == .terminal { try console.print("\n  attention experiments NAME says more of one.\n") }
    }

    private static func describe(_ one: BuiltInExperiment, _ format: OutputFormat, _ console: Console) throws {
        if format == .json { return try console.print(json: Description(one)) }
        guard format == .terminal || format == .markdown else {
            throw UsageError(
                "a description is no table; leave out --format \(format.rawValue), "
                    + "or list all experiments with it: attention experiments --format \(format.rawValue)")
        }
        try console.print("\(one.name): \(one.question)\n\n" + paragraph(one.about, console))
        guard let experiment = one.experiment else { return }
        let conditions = experiment.conditions.map(\.name)
        try console.print(
            "\n" + paragraph("scorers: \(experiment.scorers.joined(separator: ", "))", console)
                + (conditions.isEmpty ? "" : paragraph("conditions: \(conditions.joined(separator: "; "))", console))
                + paragraph(
                    "\(NumberText.count(experiment.runs.count, "training")) with \(NumberText.count(experiment.seeds, "seed")) each, "
                        + "about \(minutes(experiment)) minutes on two cores", console)
                + "\n  \(command(one)) --output results/\(one.name)\n")
    }

    private static func paragraph(_ text: String, _ console: Console) -> String {
        TextWidth.wrapped(text, to: min(console.width, 110) - 2).map { "  " + $0 + "\n" }.joined()
    }

    // MARK: measurements

    private static func measure(
        _ measurement: BuiltInExperiment.Measurement, _ one: BuiltInExperiment, _ format: OutputFormat,
        _ arguments: Arguments, _ console: Console
    ) throws {
        let picture = arguments.text("--chart")
        switch measurement {
        case .realText:
            guard picture == nil else {
                throw UsageError("--chart draws scale or keys; “\(one.name)” is a table. Leave it out")
            }
            let rows = try LadderTable.measure(arguments, console)
            try show(one, rows, LadderTable.table(rows), nil, LadderTable.note, format, picture, console)
        case .scale:
            let study = try ScaleStudy()
            try show(one, study, study.table, study.chart, study.note, format, picture, console)
        case .keys:
            let chosen = Main.scorers.filter { Main.names.standard.contains($0.card.name) }
            let figures = try chosen.flatMap { scorer in
                console.remark("\(scorer.card.name), keys\n")
                return try KeysOnce.standardLengths.compactMap { try KeysOnce.measure(scorer, source: $0, steps: $0) }
            }
            try show(
                one, figures, BenchText.keys(figures), BenchText.keysChart(figures), BenchText.keysNote(figures),
                format, picture,
                console)
        }
    }

    private static func show(
        _ one: BuiltInExperiment, _ figures: some Encodable, _ table: Table, _ chart: LineChart?, _ note: String,
        _ format: OutputFormat, _ picture: String?, _ console: Console
    ) throws {
        if let picture, let chart {
            try AtomicFile.write(chart.svg, to: picture)
            console.remark("\(picture)\n")
        }
        switch format {
        case .json: try console.print(json: figures)
        case .csv: try console.print(table, as: .csv)
        case .latex:
            try console.print(
                "% \\usepackage{booktabs}\n\n" + table.latex(caption: one.question, label: one.name, notes: [note]))
        case .markdown: try console.print("## \(one.question)\n\n\(table.markdown)\n\(note)\n")
        case .terminal:
            try console.print(
                "\(one.question)\n\n" + table.text(width: console.width) + "\n" + paragraph(note, console) + "\n"
                    + (chart?.text(width: min(console.width, 110), colour: console.hasColour) ?? ""))
        }
    }
}
