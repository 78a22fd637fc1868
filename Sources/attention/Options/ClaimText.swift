// Claims as a table, in detail, and for programs.

import AttentionLab
import Claims
import Foundation
import Terminal

enum ClaimText {
    /// What a program wants to know.
    private struct JSONClaim: Encodable {
        let name: String, claim: String, source: String, rule: String
        @ExplicitNull var experiment: String?
        @ExplicitNull var results: String?
        let status: String
        @ExplicitNull var verdict: Verdict?
        let sentence: String
        let figures: [ClaimFigure]
        let level: Double
        let command: String

        init(_ status: ClaimStatus, _ evidence: ClaimEvidence) {
            let claim = status.claim
            (name, self.claim, source, rule, experiment) = (
                claim.name, claim.text, claim.source, claim.rule, claim.experiment
            )
            results = claim.experiment.flatMap { evidence.results[$0]?.path }
            self.status = status.judgement == nil ? "not run" : "judged"
            verdict = status.judgement?.verdict
            sentence = ClaimText.sentence(status)
            figures = status.judgement?.figures ?? []
            level = 0.95
            command = ClaimText.command(status, evidence)
        }
    }

    static func print(
        _ statuses: [ClaimStatus], _ evidence: ClaimEvidence, isDetailed: Bool, _ format: OutputFormat,
        _ console: Console
    ) throws {
        switch format {
        case .json: try console.print(json: statuses.map { JSONClaim($0, evidence) })
        case .csv: try console.print(csv(statuses, evidence), as: .csv)
        case .latex:
            try console.print(
                "% \\usepackage{booktabs}\n\n"
                    + page(statuses).latex(
                        caption: "What teaching texts claim", label: "claims", notes: notes(statuses)))
        case .markdown where !isDetailed: try console.print(overview(statuses, evidence), as: .markdown)
        case .markdown, .terminal:
            for status in statuses {
                try console.print(words: text(status, evidence, isDetailed: isDetailed, format, console))
            }
            if !isDetailed { try console.print("\n" + ending(statuses, console)) }
        }
    }

    private static func sentence(_ status: ClaimStatus) -> String {
        switch status.outcome {
        case .judged(let judgement): judgement.sentence
        case .notRun(let why): "No verdict: \(why)."
        }
    }

    /// What repeats the verdict, or makes one.
    private static func command(_ status: ClaimStatus, _ evidence: ClaimEvidence) -> String {
        let claim = status.claim
        guard let name = claim.experiment else { return "attention claims \(claim.name)" }
        guard let (path, _) = evidence.results[name] else { return "attention claims \(claim.name) --run" }
        let folder = Shell.word(String(path.dropLast("/results.json".count)))
        return status.judgement == nil
            ? "attention compare --output \(folder) --resume"
            : "attention claims \(claim.name) --results \(folder)"
    }

    /// How the results that a verdict rests on were made.
    private static func origin(_ status: ClaimStatus, _ evidence: ClaimEvidence) -> String? {
        guard let name = status.claim.experiment, let (path, file) = evidence.results[name] else { return nil }
        let folder = Shell.word(String(path.dropLast("/results.json".count)))
        let usual = BuiltInExperiment.all(scorers: Main.names.standard).first { $0.name == name }?
            .experiment
        var same = usual
        same?.seeds = file.experiment.seeds
        let seeds = usual?.seeds == file.experiment.seeds ? "" : " --seeds \(file.experiment.seeds)"
        return same?.runs == file.experiment.runs && same.map { $0.sameSettings(as: file.experiment) } == true
            ? "attention compare --experiment \(name)\(seeds) --output \(folder)"
            : "attention compare --experiment FILE.json, where FILE.json is what attention compare --output \(folder) --resume "
                + "--print-experiment writes (not the built-in “\(name)”: other settings)"
    }

    // MARK: tables

    private static func first(_ status: ClaimStatus) -> ClaimFigure? { status.judgement?.figures.first }

    private static func overview(_ statuses: [ClaimStatus], _ evidence: ClaimEvidence) -> Table {
        var table = Table(
            ["claim", "source", "measured", "interval", "verdict", "why", "repeat"].map { Table.Column($0, .left) })
        for status in statuses {
            let figure = first(status)
            table.add([
                status.claim.text, status.claim.source, figure.map { "\($0.name): \($0.valueText)" } ?? "–",
                figure?.intervalText ?? "–", status.verdictText, sentence(status), command(status, evidence),
            ])
        }
        return table
    }

    /// What fits on a printed page.
    private static func page(_ statuses: [ClaimStatus]) -> Table {
        var table = Table([
            Table.Column("claim", .paragraph(0.3)), Table.Column("verdict", .left),
            Table.Column("what was measured", .paragraph(0.5)),
        ])
        for status in statuses { table.add([status.claim.text, status.verdictText, sentence(status)]) }
        return table
    }

    /// A row a figure.
    private static func csv(_ statuses: [ClaimStatus], _ evidence: ClaimEvidence) -> Table {
        var table = Table(
            [
                "name", "claim", "verdict", "figure", "unit", "value", "lower", "upper", "odd_lower", "odd_upper",
                "even_lower", "even_upper", "count", "answer", "command",
            ].map { Table.Column($0, .left) })
        func number(_ value: Double?) -> String { value.map { "\($0)" } ?? "" }
        for status in statuses {
            let start = [status.claim.name, status.claim.text, status.verdictText], end = [command(status, evidence)]
            let figures = status.judgement?.figures ?? []
            if figures.isEmpty { table.add(start + Array(repeating: "", count: 11) + end) }
            for figure in figures {
                let halves =
                    figure.halves.map { $0.flatMap { [number($0.lower), number($0.upper)] } }
                    ?? Array(repeating: "", count: 4)
                table.add(
                    start + [
                        figure.name, figure.unit, number(figure.value), number(figure.lower), number(figure.upper),
                    ] + halves
                        + ["\(figure.count)", figure.answer?.rawValue ?? ""] + end)
            }
        }
        return table
    }

    // MARK: text

    private static func text(
        _ status: ClaimStatus, _ evidence: ClaimEvidence, isDetailed: Bool, _ format: OutputFormat,
        _ console: Console
    ) -> String {
        let claim = status.claim, isMarkdown = format == .markdown
        func entry(_ label: String, _ text: String) -> String {
            if isMarkdown { return "- *\(label)*: \(MarkdownText.line(text))\n" }
            let lines = TextWidth.wrapped(TerminalText.harmless(text), to: max(30, min(console.width, 120) - 13))
            return lines.enumerated().map { index, line in
                "  " + (index == 0 ? label : "").padding(toLength: 11, withPad: " ", startingAt: 0) + line + "\n"
            }.joined()
        }
        var text = isMarkdown ? "## \(MarkdownText.line(claim.text))\n\n" : "\n\(claim.name): \(claim.text)\n"
        text += entry("source", claim.source)
        if !isDetailed {
            for figure in (status.judgement?.figures ?? []).filter({ $0.answer != nil }).prefix(3) {
                text += entry("measured", "\(figure.name) \(figure.valueText); interval \(figure.intervalText)")
            }
        }
        text += entry("verdict", status.verdictText.uppercased() + ". " + sentence(status))
        if isDetailed {
            text += entry("rule", claim.rule + (status.judgement?.hasIntervals == true ? " " + PartRule.words : ""))
            if case .measurement(let what) = claim.basis { text += entry("measured", what) }
        }
        text += entry("repeat", command(status, evidence))
        if isDetailed, let origin = origin(status, evidence) { text += entry("trained by", origin) }
        if isDetailed, let figures = status.judgement?.figures, !figures.isEmpty {
            var table = Table([
                Table.Column("figure", .left), Table.Column("value"), Table.Column("interval"),
                Table.Column("odd; even"),
                Table.Column("of"),
                Table.Column("answer", .left),
            ])
            for figure in figures {
                table.add([
                    figure.name, figure.valueText, figure.intervalText, figure.halvesText,
                    figure.lower == nil ? "–" : "\(figure.count)",
                    figure.answer?.rawValue ?? "–",
                ])
            }
            text += "\n" + (isMarkdown ? table.markdown : table.text(width: console.width))
        }
        return text
    }

    /// How many there are of each verdict, and what the intervals promise.
    private static func notes(_ statuses: [ClaimStatus]) -> [String] {
        let counts = (Verdict.allCases.map(\.rawValue) + ["not run"]).map { word in
            (word, statuses.count { $0.verdictText == word })
        }.filter { $0.1 > 0 }
        let sum = counts.map { "\($1) \($0)" }.joined(separator: ", ")
        return [
            "\(NumberText.count(statuses.count, "claim")): \(sum). An answer to a part of a claim counts only where its 95 % interval gives it "
                + "over all seeds (or rounds), over the odd and over the even ones, which are as if another machine had trained. Verdicts are of these "
                + "toy languages and sizes."
        ]
    }

    private static func ending(_ statuses: [ClaimStatus], _ console: Console) -> String {
        let text = (notes(statuses) + ["`attention claims NAME` shows the rule and all figures of one."]).joined(
            separator: " ")
        return TextWidth.wrapped(text, to: min(console.width, 110) - 2).map { "  " + $0 + "\n" }.joined()
    }
}
