// The page of a comparison: what stands on it, in which order. How it is drawn is the business of Reports.

public import AttentionScorers
import Foundation
import Reports

/// Everything that `attention report` makes of a folder of results.
public struct ReportPage {
    /// One self-contained HTML file.
    public let html: String
    /// The charts of all tasks.
    public let charts: [ReportChart]
    /// Sentences that the alignment browser shows, over all tasks.
    public let sentences: Int
    /// What the page says is missing.
    public let notes: [String]
    /// Those of the notes that tell of a file that cannot be used.
    public let faults: [String]

    /// - Parameters:
    ///   - details: the folder beside the results; nil for a page without alignment browser.
    ///   - limit: sentences of each task in the browser; nil for as many as keep the page below five megabytes, up to
    ///     500.
    ///   - cards: of the scorers that the program knows, for what the page says of them.
    ///   - pairs: how many pairs of all columns together the page shows; more of them are left to
    ///     `attention compare --pairs`.
    ///   - progress: of the tests of all pairs, which take most of the time; from any thread.
    /// - Complexity: tables × columns × systems × resamples × sentences, and there are 200 resamples for each pair of
    ///   systems.
    public init(
        _ results: ResultsFile, details: DetailsFolder?, limit: Int? = nil,
        cards: [ScorerCard] = Catalog.scorers.map { $0.card }, pairs: Int = 2000,
        progress: @Sendable (Double) -> Void = { _ in }
    ) throws {
        let summary = try Summary(results),
            tables = try ComparisonTable.grouped(results, summary: summary, progress: progress)
        let kept = details.map { KeptDetails(results, $0) } ?? KeptDetails()
        let showsPairs = tables.flatMap(\.groups).reduce(0) { $0 + $1.tests.pairs.count } <= pairs
        let settings = try Self.settings(results), figures = try Self.json(summary)
        var page = HTMLPage(title: "Attention scorers compared: " + results.experiment.tasks.joined(separator: ", ")),
            charts: [ReportChart] = []
        let scorers = ReportScorers(results, cards), headline = Self.headline(tables, results)
        var used = settings.utf8.count + figures.count + headline.utf8.count
        page.add(id: "headline", heading: "What came out", html: headline)
        for (number, table) in tables.enumerated() {
            let systems = ReportSystem.all(results, table.section, summary, kept.rows.map(\.details), cards: cards)
            let drawn = ReportCharts(section: table.section.title, systems: systems).groups
            charts += drawn.flatMap(\.charts)
            let section = Self.section(table, drawn, systems, results, scorers, showsPairs: showsPairs)
            used += section.utf8.count
            page.add(id: "table-\(number + 1)", heading: table.section.title, html: section)
        }
        // Half a megabyte for the sentences of the browser, its program and the style.
        let browser = BrowserData(results, kept, limit: limit, room: 4_500_000 - used)
        faults = kept.faults
        notes =
            limit == 0
            ? ["There is no alignment browser: no sentences were asked for."] : Self.notes(results, browser, kept)
        sentences = browser.sets.reduce(0) { $0 + $1.sentences.count }
        page.add(id: "alignments", heading: "Alignments", html: Self.browser(browser, notes))
        page.add(id: "scorers", heading: "Scorers", html: scorers.html)
        page.add(id: "settings", heading: "Settings", html: settings)
        if sentences > 0 { page.addData(id: "browser-data", json: try Self.compact(browser)) }
        page.addData(id: "summary", json: figures)
        page.hasSourceViews = browser.hasExtras
        html = page.document
        self.charts = charts
    }

    // MARK: sections

    /// One paragraph a table, under its title where there are several.
    private static func headline(_ tables: [ComparisonTable], _ results: ResultsFile) -> String {
        tables.map { table in
            let said = Headline(table, results)
            return (tables.count > 1 ? "<h3>\(HTMLEscape.text(table.section.title))</h3>\n" : "")
                + HTMLPart.paragraph(said.first, style: "headline")
                + (said.second.map { HTMLPart.paragraph($0, style: "headline") } ?? "")
                + (said.limits.map { HTMLPart.paragraph($0, style: "note") } ?? "")
                + (said.others.isEmpty
                    ? ""
                    : HTMLPart.details(
                        "in the other columns",
                        html: HTMLPart.list(said.others)))
        }.joined()
    }

    private static func section(
        _ table: ComparisonTable, _ charts: [ReportCharts.Group], _ systems: [ReportSystem],
        _ results: ResultsFile,
        _ scorers: ReportScorers, showsPairs: Bool
    ) -> String {
        var html = ""
        let missing = results.missing.count { table.section.has($0) }
        if missing > 0 {
            html += HTMLPart.paragraph(
                "This comparison is not finished: \(NumberText.count(missing, "training")) of "
                    + "\(results.experiment.runs.count { table.section.has($0) }) "
                    + "are missing. Go on with `attention compare --resume`.", style: "note")
        }
        html += HTMLPart.paragraph(
            "The head of a column sorts the table by it, the best on top; a scorer's name says its "
                + "equation and paper, and, pressed, lights it in every chart, beside those that are lit already.",
            style: "soft screen")
        html += table.table.html(caption: table.section.title) { cells in
            let name = table.section.showsConditions ? cells.prefix(2).joined(separator: ", ") : cells.first ?? ""
            return systems.first { $0.name == name }.map(scorers.mark)
        }
        html += Self.statistics(table, showsPairs: showsPairs)
        html += "<h3>The columns</h3>\n" + HTMLPart.list(table.columnNotes)
        let baselines =
            charts.contains { $0.charts.contains { $0.withoutBaselines != nil } }
            ? systems.filter(\.isBaseline).map(\.name) : []
        html += HTMLPart.lights(systems.map { ($0.name, scorers.mark($0)) }, baselines: baselines)
        html += charts.map { group in
            "<h3>\(HTMLEscape.text(group.title))</h3>\n<div class=\"charts\">\n"
                + group.charts.map {
                    HTMLPart.figure(
                        $0.title, svg: $0.svg, others: $0.withoutBaselines, table: $0.table, isWide: $0.isWide)
                }.joined() + "</div>\n"
        }.joined()
        return html + "<h3>Settings of this table</h3>\n" + HTMLPart.list(table.header)
    }

    /// What the marks mean and what the seeds could have seen, and every pair behind the marks.
    private static func statistics(_ table: ComparisonTable, showsPairs: Bool) -> String {
        let tested = table.groups.filter { !$0.tests.pairs.isEmpty }
        let tooMany =
            "There are too many pairs for a page; `attention compare --resume --pairs bleu` prints those of a column."
        let pairs =
            !showsPairs
            ? [HTMLPart.paragraph(tooMany, style: "soft")]
            : tested.map { group in
                let part = PairTable(group), different = group.tests.pairs.count(where: \.isDifferent)
                return HTMLPart.details(
                    "\(part.title), \(different) of \(group.tests.pairs.count) different",
                    html: part.table.html(caption: "\(table.section.title), \(part.title)") + HTMLPart.list(part.notes))
            }
        return "<h3>\(tested.isEmpty ? "The figures" : "What can be told apart")</h3>\n"
            + HTMLPart.list(table.statistics) + pairs.joined()
    }

    private static func browser(_ data: BrowserData, _ notes: [String]) -> String {
        let said = notes.map { HTMLPart.paragraph($0, style: "note") }.joined()
        guard !data.sets.isEmpty else { return said }
        return said + BrowserHTML.text
    }

    private static func notes(_ results: ResultsFile, _ browser: BrowserData, _ kept: KeptDetails) -> [String] {
        guard browser.sets.isEmpty else { return browser.notes }
        let reason =
            kept.faults.isEmpty
            ? "There is no alignment browser: no weights were kept beside these results. `attention compare` keeps them for trainings "
                + "from now on; for these, run it again in a new folder."
            : "There is no alignment browser: none of the kept weights can be used."
        return [reason] + browser.notes
    }

    private static func settings(_ results: ResultsFile) throws -> String {
        let experiment = try Self.json(results.experiment)
        return HTMLPart.paragraph(
            "Quality figures depend on nothing but these; the same settings on one kind of processor and build give them again to the last digit."
        )
            + HTMLPart.details(
                "all settings as JSON",
                html: "<pre>" + HTMLEscape.text(String(decoding: experiment, as: UTF8.self), keepingLines: true)
                    + "</pre>\n")
    }

    /// A stroke is a digit of base64, and one more character where it is escaped.
    private static func compact(_ value: some Encodable) throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return try encoder.encode(value)
    }

    private static func json(_ value: some Encodable) throws -> Data {
        let encoder = JSONEncoder()
        encoder.keyEncodingStrategy = .convertToSnakeCase
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return try encoder.encode(value)
    }
}
