// The page: the summary's numbers, small enough, and harmless whatever stands in a corpus.

import AttentionScorers
import Corpora
import Evaluation
import Foundation
import Reports
import TestSupport
import Testing

@testable import Experiments

@Suite("Pareto front") struct ParetoFrontTests {
    @Test("no point of the front is equalled or exceeded in both directions, and every other point is") func front() {
        let points: [(x: Double, y: Double)] = [(1, 5), (2, 4), (2, 3), (3, 4), (0, 5), (4, 1), (4, 1), (3.5, 0)]
        let front = ParetoFront.of(points)
        #expect(front.map(\.x) == [1, 3, 4] && front.map(\.y) == [5, 4, 1])
        for point in points { #expect(front.contains { $0.x >= point.x && $0.y >= point.y }) }
        #expect(ParetoFront.steps(front).map(\.y) == [5, 4, 4, 1, 1] && ParetoFront.of([]).isEmpty)
        // Where less is better, the mirrored line of the mirrored points.
        let errors = ParetoFront.steps(points.map { (x: -$0.x, y: -$0.y) }, leastX: true, leastY: true)
        #expect(errors.map { [-$0.x, -$0.y] } == ParetoFront.steps(front).map { [$0.x, $0.y] })
    }
}

@Suite("Page of a comparison") struct ReportPageTests {
    /// What stands in one of the page's data elements.
    private func data(_ id: String, _ html: String) throws -> Data {
        let start = try #require(html.range(of: "<script type=\"application/json\" id=\"\(id)\">"))
        let end = try #require(html.range(of: "</script>", range: start.upperBound..<html.endIndex))
        return Data(html[start.upperBound..<end.lowerBound].utf8)
    }

    @Test("the figures are those of the summary, and of the table; charts are drawn from them") func figures() throws {
        let place = Place(), results = try run(tinyExperiment(), path: place.path)
        let page = try ReportPage(results, details: nil), summary = try Summary(results)
        let found = try #require(try JSONSerialization.jsonObject(with: data("summary", page.html)) as? [String: Any])
        let lines = try #require(found["lines"] as? [[String: Any]])
        #expect(lines.count == summary.lines.count)
        for (line, expected) in zip(lines, summary.lines) {
            #expect(line["scorer"] as? String == expected.scorer)
            for metric in [Metric.bleu, .aer, .longAccuracy, .scoringTime] {
                let (name, figure) = (metric.id, expected[metric])
                let mean = (line[name] as? [String: Any])?["mean"] as? Double
                // Foundation reads decimal numbers with an error in their last bit.
                #expect(
                    (mean == nil) == (figure.mean == nil)
                        && abs((mean ?? 0) - (figure.mean ?? 0)) <= 1e-14 * abs(mean ?? 0))
            }
        }
        // What the text tables show, with letters and pairs; markup may stand between a figure, its interval and its
        // mark.
        let text = page.html.replacing(#/<\/?(small|span)[^>]*>/#, with: "").replacing("&#39;", with: "'").replacing(
            " ", with: "")
        for table in try ComparisonTable.grouped(results) {
            let pairs = table.groups.map(PairTable.init)
            #expect(pairs.count == 5)
            for cell in ([table.table] + pairs.map(\.table)).flatMap(\.rows).joined() {
                #expect(text.contains(">\(HTMLEscape.text(cell).replacing(" ", with: ""))<"), "no cell “\(cell)”")
            }
            for line in table.header + table.notes + pairs.flatMap(\.notes) {
                #expect(page.html.contains(HTMLEscape.text(line)))
            }
            #expect(
                table.notes.contains { $0.hasPrefix("a, b, …: ") } && table.notes.contains { $0.hasPrefix("power: ") })
        }
        #expect(page.html.contains("<details><summary>BLEU: all pairs, "))
        // Both tasks have three pairs in three columns and one in two.
        for (limit, shown) in [(22, true), (21, false)] {
            let page = try ReportPage(results, details: nil, pairs: limit).html
            #expect(
                page.contains(": all pairs, ") == shown && page.contains("too many pairs for a page") != shown
                    && page.contains("a, b, …: "))
        }
        // The chart of seeds has the summary's means.
        let seeds = try #require(page.charts.first { $0.name == "copy-seeds-bleu" })
        for (row, line) in zip(seeds.table.rows, summary.lines.filter { $0.task == "copy" }) {
            #expect(row[0] == line.scorer && row[1].hasPrefix(ComparisonTable.number(line[.bleu].mean, 1)))
        }
        #expect(Set(page.charts.map(\.name)).count == page.charts.count)
    }

    @Test("results without details make a page that says so, with the time of one length instead of several")
    func older() throws {
        let place = Place(), results = try run(tinyExperiment { $0.tasks = ["copy"] }, path: place.path)
        let page = try ReportPage(results, details: DetailsFolder(beside: "/nowhere/results.json"))
        #expect(
            page.sentences == 0 && page.notes.count == 1
                && page.html.contains("no weights were kept beside these results"))
        #expect(!page.html.contains("id=\"browser\"") && !page.html.contains("id=\"browser-data\""))
        #expect(
            page.charts.contains { $0.name == "copy-speed" }
                && !page.charts.contains { $0.name == "copy-speed-by-length" })
    }

    @Test("an unfinished comparison says how much is missing") func unfinished() throws {
        let place = Place(), experiment = tinyExperiment { $0.tasks = ["copy"] }
        var results = try run(experiment, path: place.path)
        results.rows.removeLast(2)
        #expect(try ReportPage(results, details: nil).html.contains("2 trainings of 6 are missing"))
    }

    @Test("one scorer alone has seeds to compare, and nothing that needs two scorers") func alone() throws {
        try withFolder { folder in
            let path = folder.appendingPathComponent("results.json").path, details = DetailsFolder(beside: path)
            let experiment = tinyExperiment { ($0.tasks, $0.scorers) = (["copy"], ["luong-dot"]) },
                comparison = try Comparison(experiment, scorers: Catalog.scorers)
            let results = try comparison.run(
                continuing: ResultsFile(experiment: experiment), path: path, details: details, threads: 1,
                isCancelled: { false }, event: { _ in })
            let page = try ReportPage(results, details: details)
            let object = try #require(
                try JSONSerialization.jsonObject(with: data("browser-data", page.html)) as? [String: Any])
            let systems = try #require(((object["sets"] as? [[String: Any]])?.first)?["systems"] as? [[String: Any]])
            let seedsOf = try #require(systems.first?["seeds"] as? [[String: Any]])
            #expect(
                page.notes.isEmpty && systems.map { $0["name"] as? String } == ["luong-dot"]
                    && seedsOf.map { $0["seed"] as? Int } == [1, 2])
            #expect(page.html.contains(" over 2 seeds; there is nothing to compare it with."))
            #expect(
                !page.html.contains("a, b, …") && !page.html.contains("power: ") && !page.html.contains("all pairs"))
            let seeds = try #require(page.charts.first { $0.name == "copy-seeds-bleu" })
            #expect(
                !page.charts.contains { $0.title.contains("against") || $0.withoutBaselines != nil }
                    && seeds.svg.contains("2 seeds: from "))
            #expect(seeds.table.columns.map(\.name) == ["scorer", "mean", "s.d.", "seed 1", "seed 2"])
        }
    }

    @Test("learning curves where conditions vary the pairs or the steps, three amounts at least, and nothing else")
    func amounts() throws {
        func charts(_ change: (inout Experiment) -> Void) throws -> [ReportChart] {
            let experiment = tinyExperiment {
                ($0.tasks, $0.scorers, $0.seeds) = (["copy"], ["luong-dot", "none"], 2)
                change(&$0)
            }
            return try ReportPage(run(experiment, path: Place().path), details: nil).charts
        }
        func pairs(_ counts: [Int]) -> (inout Experiment) -> Void {
            { experiment in
                experiment.conditions = counts.map { count in
                    var options = experiment.options("copy", in: nil)
                    options.trainPairs = count
                    return Condition("\(count) pairs", data: ["copy": options])
                }
            }
        }
        let grown = try charts(pairs([20, 40, 30]))
        let bleu = try #require(grown.first { $0.name == "copy-bleu-by-pairs" }),
            aer = try #require(grown.first { $0.name == "copy-aer-by-pairs" })
        #expect(
            bleu.table.columns.map(\.name) == ["scorer", "20", "30", "40"]
                && bleu.table.rows.map { $0[0] } == ["luong-dot", "none"])
        #expect(
            aer.table.rows.map { $0[0] } == ["luong-dot"] && bleu.table.rows.allSatisfy { $0.allSatisfy { $0 != "–" } })
        #expect(!grown.contains { $0.name.hasSuffix("by-steps") })
        #expect(try !charts(pairs([20, 40])).contains { $0.name.hasSuffix("by-pairs") }, "two points are no curve")
        let steps = try charts { experiment in
            experiment.conditions = [4, 8, 12].map { count in
                var training = experiment.training
                training.steps = count
                return Condition("\(count) steps", training: training)
            }
        }
        #expect(steps.contains { $0.name == "copy-bleu-by-steps" } && !steps.contains { $0.name.hasSuffix("by-pairs") })
        // Twice the same amount with another model: no one curve.
        let both = try charts { experiment in
            pairs([20, 40, 30])(&experiment)
            var model = experiment.model
            model.timing = .before
            experiment.conditions += experiment.conditions.map {
                Condition($0.name + ", before", model: model, data: $0.data)
            }
        }
        #expect(!both.contains { $0.name.hasSuffix("by-pairs") })
    }

    @Test("500 sentences and 10 scorers stay below 5 MB; longer sentences are fewer, and the page says so") func size()
        throws
    {
        try withFolder { folder in
            let scorers = (0..<10).map { "scorer-\($0)" },
                made = try SyntheticResults(in: folder, scorers: scorers, pairs: SyntheticResults.pairs(500))
            let page = try ReportPage(made.results, details: made.details)
            #expect(page.sentences == 500 && page.notes.isEmpty && page.html.utf8.count < 3_000_000)

            let kept = KeptDetails(made.results, made.details)
            // Where the rest of the page takes more, less is left for the browser.
            let room = BrowserData(made.results, kept, room: 400_000)
            #expect(
                (50..<400).contains(room.sets[0].sentences.count)
                    && room.notes.first?.contains("of 500 test sentences are shown") == true)
            let few = BrowserData(made.results, kept, limit: 20).sets[0]
            #expect(
                few.sentences.count == 20
                    && few.systems.flatMap(\.seeds).allSatisfy {
                        $0.o.count == 20
                            && $0.w?.count == 20
                    })
            let first = try #require(kept.rows.first)
            // Bytes of 170, which nothing packs.
            let heavy = scorers.map { name in
                var details = first.details
                details.scorer = name
                details.weights = details.weights?.map { _ in String(repeating: "q", count: 2000) }
                return KeptDetails.Row(details: details, sentences: first.sentences)
            }
            let browser = BrowserData(made.results, KeptDetails(rows: heavy))
            let json = try JSONEncoder().encode(browser)
            #expect(
                json.count < 4_500_000 && browser.sets[0].sentences.count > 150 && browser.sets[0].sentences.count < 250
            )
            #expect(browser.notes.first?.contains("of 500 test sentences are shown") == true)
        }
    }

    @Test("every seed that was kept is in the browser, its weights to the byte") func seeds() throws {
        try withFolder { folder in
            let pairs = SyntheticResults.pairs(12),
                made = try SyntheticResults(
                    in: folder,
                    scorers: ["a", "b", "none"], pairs: pairs, seeds: 3, blind: ["none"])
            let kept = KeptDetails(made.results, made.details),
                set = try #require(BrowserData(made.results, kept).sets.first)
            #expect(
                set.systems.map(\.name) == ["a", "b", "none"]
                    && set.systems.allSatisfy { $0.seeds.map(\.seed) == [1, 2, 3] })
            for row in kept.rows {
                let seed = try #require(
                    set.systems.first { $0.name == row.details.scorer }?.seeds.first {
                        $0.seed
                            == row.details.seed
                    })
                let weights = try made.details.weights(row.details, row.sentences)?.map(\.bytes)
                #expect(seed.w?.map { Data(base64Encoded: $0).flatMap { ZeroRuns.unpacked(Array($0)) } } == weights)
                #expect(seed.o == row.details.translations.map { $0.map(Words.join) })
            }
        }
    }

    @Test(
        "runs of zeros are packed, and come back whole",
        arguments: [
            [], [0], [7], [0, 0, 0, 9, 0],
            Array(repeating: 0, count: 600) + [1], Array(1...255),
        ] as [[UInt8]])
    func zeroRuns(bytes: [UInt8]) {
        let packed = ZeroRuns.packed(bytes)
        #expect(ZeroRuns.unpacked(packed) == bytes)
        #expect(bytes.count < 600 || packed == [0, 255, 0, 255, 0, 90, 1])
        #expect(ZeroRuns.unpacked([1, 0]) == nil && ZeroRuns.unpacked([0, 0]) == nil)
    }

    @Test(
        "charts are there without the baselines too, on axes that fit the others; AER stands beside BLEU against step time"
    ) func baselines() throws {
        try withFolder { folder in
            let made = try SyntheticResults(
                in: folder, scorers: ["a", "b", "odd"], pairs: SyntheticResults.pairs(40),
                seeds: 2, right: [0.95, 0.9, 0.2], blind: ["odd"])
            let page = try ReportPage(made.results, details: made.details)
            let bleu = try #require(page.charts.first { $0.name == "copy-bleu-by-step-time" }),
                rest = try #require(bleu.withoutBaselines)
            let place = try #require(page.charts.firstIndex { $0.name == bleu.name })
            #expect(
                page.charts[place + 1].name == "copy-aer-by-step-time"
                    && page.charts[place + 1].withoutBaselines
                        == nil
            )
            #expect(
                page.charts[place + 1].table.rows.map { $0[0] } == ["a", "b"]
                    && bleu.table.rows.map { $0[0] }
                        == ["a", "b", "odd"]
            )
            func ticks(_ svg: String) -> [Double] {
                svg.matches(of: #/text-anchor="end">([0-9]+)</#).compactMap { Double($0.output.1) }
            }
            let least = try #require(ticks(rest).min()), all = try #require(ticks(bleu.svg).min())
            #expect(bleu.svg.contains(">odd<") && !rest.contains(">odd<") && rest.contains(">a<") && least > all)
            // A card says who is no baseline, where there is one; which has no weights for other reasons.
            let known = try ReportPage(
                made.results, details: nil,
                cards: [ScorerCard(name: "odd", equation: "x", paper: "y", cost: "z")])
            #expect(
                known.charts.allSatisfy { $0.withoutBaselines == nil }
                    && !known.html.contains("class=\"baselines\""))
            #expect(
                page.html.contains("baselines in the charts (odd)")
                    && page.html.components(separatedBy: "class=\"picture rest\"").count > 3)
            let without = try SyntheticResults(in: folder, scorers: ["a", "b"], pairs: SyntheticResults.pairs(10))
            #expect(try !ReportPage(without.results, details: nil).html.contains("class=\"baselines\""))
        }
    }

    @Test(
        "equation and paper of each scorer stand on the page, and its buttons name them; columns know their better end")
    func scorers() throws {
        let results = try run(tinyExperiment { $0.tasks = ["copy"] }, path: Place().path),
            page = try ReportPage(results, details: nil).html
        for (index, name) in results.experiment.scorers.enumerated() {
            let card = try #require(Catalog.scorers.first { $0.card.name == name }?.card)
            #expect(
                page.contains("<dt>\(name)</dt><dd id=\"about-\(index)\">")
                    && page.contains("<span>\(HTMLEscape.text(card.paper))</span>"))
            #expect(
                page.components(separatedBy: "aria-describedby=\"about-\(index)\"").count == 3,
                "in the table and above the charts")
            #expect(card.equation == "–" || page.contains("<span>e = \(HTMLEscape.text(card.equation))</span>"))
        }
        let heads = try #require(
            page.components(separatedBy: "<thead>").dropFirst().first?.components(separatedBy: "</thead>").first)
        let least = heads.matches(of: #/data-best="least">([^<]*)</#).map { String($0.output.1) }
        #expect(least == ["AER", "content AER", "step µs"])
    }

    @Test("hostile words and names stay text") func hostile() throws {
        try withFolder { folder in
            let words = [
                "<script>alert(1)</script>", "</script><img/src=x/onerror=alert(1)>", "<!--", "\"'>", "\u{2028}",
                "&lt;",
            ]
            let made = try SyntheticResults(
                in: folder, scorers: words.filter { $0 != "\u{2028}" }, pairs: SyntheticResults.pairs(20, words: words))
            let page = try ReportPage(made.results, details: made.details)
            #expect(page.sentences == 20 && page.notes.isEmpty)
            let opened = page.html.matches(of: #/<(script|img|!--)/#).map { String($0.output.0) }
            #expect(opened == ["<script", "<script", "<script"], "the data, the summary and the program, and no more")
            #expect(!page.html.contains("\u{2028}"))
            let browser = try #require(
                try JSONSerialization.jsonObject(with: data("browser-data", page.html)) as? [String: Any])
            let sentences = try #require(
                ((browser["sets"] as? [[String: Any]])?.first?["sentences"]) as? [[String: Any]])
            #expect(
                sentences.compactMap { $0["s"] as? [String] } == SyntheticResults.pairs(20, words: words).map(\.source))
            for chart in page.charts { #expect(!chart.svg.contains("<script") && !chart.svg.contains("<img")) }
            #expect(!page.html.replacing("http://www.w3.org/2000/svg", with: "").contains("://"), "nothing is fetched")
        }
    }
}
