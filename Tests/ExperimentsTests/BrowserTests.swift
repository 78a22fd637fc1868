// The page in a real browser: it sorts, filters, hovers, lights and switches, by pointer and by keyboard,
// and runs nothing of a corpus.

import AttentionScorers
import Corpora
import Foundation
import Reports
import TestSupport
import Testing

@testable import Experiments

private let actions = #"""
    const by = id => document.getElementById(id), all = text => Array.from(document.querySelectorAll(text));
    const fire = (target, type, more) => target.dispatchEvent(new Event(type, Object.assign({ bubbles: true }, more)));
    const press = (target, key) => target.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
    const choose = (id, value) => { by(id).value = value; fire(by(id), "change"); };
    const chosen = () => document.querySelector("#sentences [aria-selected=true]"), rates = () => all("#sentences .rates").map(one => one.textContent);
    const readouts = () => all(".readout").map(one => one.textContent);
    const result = { opened: performance.now(), width: document.documentElement.scrollWidth, inner: innerWidth, hacked: Boolean(window.hacked) };
    result.strange = document.querySelectorAll("main img, main script, main iframe").length;
    result.paper = getComputedStyle(document.body).backgroundColor;
    result.ink = getComputedStyle(document.querySelector(".picture text")).fill;
    result.theme = document.documentElement.dataset.theme || "auto";

    // Sorting.
    const table = document.querySelector("table.sortable"), head = Array.from(table.tHead.rows[0].cells).findIndex(one => one.textContent === "BLEU");
    const button = table.tHead.rows[0].cells[head].querySelector("button"), column = () => Array.from(table.tBodies[0].rows).map(row => parseFloat(row.cells[head].textContent));
    button.focus();
    result.focused = document.activeElement === button;
    button.click(); result.down = column(); result.sorted = table.tHead.rows[0].cells[head].getAttribute("aria-sort");
    button.click(); result.up = column();
    const system = document.querySelector("button.system");
    system.click(); result.dimmed = all("g.series.dim").length; result.kept = all("g.series:not(.dim)").length;
    system.click(); result.undimmed = all("g.series.dim").length;

    // Sentences: all, one phenomenon, the worst first.
    result.sentences = rates().length; result.source = by("source").textContent;
    choose("right", "1"); choose("phenomenon", "2"); result.filtered = rates().length; result.marked = all("#map-0 text.chosen").length;
    choose("order", "right"); result.worst = rates().map(text => parseFloat(text.split("|")[1]));
    by("wrong").click(); result.wrong = rates().length;
    by("wrong").click(); choose("order", "place"); choose("phenomenon", "-1");

    // Switching: buttons, keys, list.
    choose("left", "0"); const first = chosen().id;
    by("next").click(); result.next = chosen().id !== first; press(document.body, "p"); result.back = chosen().id === first;
    press(by("sentences"), "End"); result.last = chosen().id; press(by("sentences"), "Home"); all("#sentences [role=option]")[3].click();
    result.clicked = chosen().id; result.shown = by("source").textContent === all("#sentences .words")[3].textContent;

    // Weights by pointer and by keyboard; both maps follow.
    const cell = document.querySelector('#map-0 .cell[data-i="2"][data-j="1"]');
    fire(cell, "pointerover"); result.hover = readouts(); result.opacity = parseFloat(cell.getAttribute("fill-opacity"));
    const grid = document.querySelector("#map-1 .grid");
    grid.focus(); press(grid, "ArrowRight"); press(grid, "ArrowDown"); result.arrows = readouts();
    result.marks = ["hit", "miss", "gold", "gold.possible"].map(name => all("#map-1 ." + name).length);
    by("theme").click(); result.themed = document.documentElement.dataset.theme || "auto";
    return result;
    """#

private let sorting = #"""
    const table = document.querySelector("table.sortable"), head = table.tHead.rows[0].cells[1], button = head.querySelector("button");
    const look = () => Array.from(table.tBodies[0].rows).map(row => row.cells[0].textContent).join("") + " " + head.getAttribute("aria-sort");
    const result = { before: look() };
    for (const press of ["first", "second", "third"]) { button.click(); result[press] = look(); }
    return result;
    """#

private let switches = #"""
    const by = id => document.getElementById(id), all = text => Array.from(document.querySelectorAll(text)), result = {};
    const fire = (target, type) => target.dispatchEvent(new Event(type, { bubbles: true }));
    const pressed = () => all(".lights .system[aria-pressed=true]").map(one => one.textContent).join(" ");
    const shown = name => all(".picture." + name).filter(one => one.offsetWidth > 0).length;
    const bright = () => Array.from(new Set(all("svg:has(g.name) g.series:not(.dim)").map(one => one.dataset.series))).sort().join(" ");

    // Several systems are lit at once, from buttons and from legends; the table follows.
    const lights = all(".lights .system"), legend = number => document.querySelector('g.series.name[data-series="' + number + '"]');
    result.none = bright();
    lights[0].click(); result.one = [pressed(), bright()];
    fire(legend(2), "click"); result.two = [pressed(), bright(), all("tr.lit").length];
    all("tbody .system")[0].click(); result.left = pressed();
    document.querySelector(".alike").click(); result.alike = [pressed(), bright()];

    // What a name stands for, with the focus as with the pointer.
    const tip = by("tip"), told = () => tip.hidden ? "" : tip.textContent;
    lights[1].focus(); result.focused = told(); result.described = by(lights[1].getAttribute("aria-describedby")).textContent;
    document.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape" })); result.escaped = told();
    lights[1].blur(); fire(all("tbody .system")[0], "pointerenter"); result.pointed = told();
    fire(document.body, "pointerdown"); result.elsewhere = told();

    // Baselines in and out of the charts.
    const box = document.querySelector("input.baselines");
    const switched = () => [shown("whole"), shown("rest"), Number(box.checked)];
    result.before = switched();
    box.click(); result.after = switched(); box.click();
    result.again = switched();

    // The best on top: the least error, the least time; then the worst.
    const table = document.querySelector("table.sortable"), heads = Array.from(table.tHead.rows[0].cells);
    for (const name of ["AER", "step µs", "BLEU"]) {
      const place = heads.findIndex(one => one.textContent === name), rows = () => Array.from(table.tBodies[0].rows);
      const values = () => rows().map(row => parseFloat(row.cells[place].textContent)).filter(one => !isNaN(one));
      const press = heads[place].querySelector("button");
      press.click(); result[name] = values(); press.click(); result[name + " again"] = values(); press.click();
    }

    // Each seed of a scorer has weights of its own; another scorer keeps the seed.
    const choose = (id, value) => { by(id).value = value; fire(by(id), "change"); };
    const look = () => all("#map-0 .cell").map(one => one.getAttribute("fill-opacity")).join(" ");
    result.seeds = Array.from(by("left-seed").options, one => one.textContent);
    const first = look(); choose("left-seed", "1"); result.other = look() !== first; result.title = document.querySelector("#map-0 h3").textContent;
    choose("left", "1"); result.kept = [document.querySelector("#map-0 h3").textContent, by("left-seed").value];
    result.address = location.hash;

    // The heatmap as a file.
    window.Blob = function (parts) { result.svg = parts.join(""); };
    URL.createObjectURL = () => "#"; HTMLAnchorElement.prototype.click = function () { result.file = this.download; };
    by("save-0").click();
    const parsed = new DOMParser().parseFromString(result.svg, "image/svg+xml");
    result.wellFormed = !parsed.querySelector("parsererror");
    result.texts = Array.from(parsed.querySelectorAll("text"), one => one.textContent);
    result.cells = parsed.querySelectorAll("rect > title").length;
    result.strange = parsed.querySelectorAll("script, img, foreignObject").length;
    choose("right", "2"); result.blind = by("save-1").disabled;
    result.hacked = Boolean(window.hacked);
    return result;
    """#

private let projector = #"""
    const by = id => document.getElementById(id);
    by("sentences").dispatchEvent(new KeyboardEvent("keydown", { key: "End", bubbles: true, cancelable: true }));
    by("alignments").scrollIntoView();
    const maps = Array.from(document.querySelectorAll(".grid svg"), one => one.getBoundingClientRect());
    return { count: maps.length, words: document.querySelectorAll("#map-0 .cell").length,
      top: Math.min(...maps.map(one => one.top)), bottom: Math.max(...maps.map(one => one.bottom)),
      right: Math.max(...maps.map(one => one.right)), height: innerHeight, width: document.documentElement.scrollWidth };
    """#

@Suite("Page in a browser", .enabled(if: Browser.path != nil, "there is no Chromium here"), .serialized)
struct BrowserTests {
    @Test("tables are sorted by exact figures; equal ones stay in their order, missing ones below") func sorted() throws
    {
        try withFolder { folder in
            var table = Table([Table.Column("name", .left), Table.Column("figure")]), page = HTMLPage(title: "t")
            for (name, text, exact) in [
                ("a", "1.0 ±0.1 ab", 1.04), ("b", "1.0", 0.96), ("c", "–", nil), ("d", "1.0 *", 1.04),
                ("e", "0.9", nil), ("f", "", nil),
                ("g", "−2.0", -2.04), ("h", "<0.001", 1e-7), ("i", "12345678", 12_345_678.4),
            ] as [(String, String, Double?)] {
                table.add([name, text], exact: [nil, exact])
            }
            page.add(id: "one", heading: "one", html: table.html(caption: "two"))
            let found = try Browser.run(page.document, sorting, width: 800, in: folder)
            #expect(
                found["before"] as? String == "abcdefghi null" && found["first"] as? String == "iadbehgcf descending")
            #expect(
                found["second"] as? String == "ghebadicf ascending" && found["third"] as? String == "abcdefghi null")
        }
    }

    @Test(
        "systems are lit together, baselines leave, the best sorts on top, seeds are chosen, a heatmap is saved",
        arguments: ["light", "dark"]) func switched(theme: String) throws
    {
        try withFolder { folder in
            let words = [
                "</script><script>window.hacked=1</script>", "<img/src=x/onerror=window.hacked=1>", "\"'>&",
                "a\u{1}b", "garden",
            ]
            let made = try SyntheticResults(
                in: folder, scorers: ["exact", "bahdanau", "none"],
                pairs: SyntheticResults.pairs(30, words: words), seeds: 2, blind: ["none"])
            let page = try ReportPage(made.results, details: made.details),
                found = try Browser.run(page.html, switches, query: "?theme=\(theme)", width: 1200, in: folder)
            #expect(found["error"] == nil)
            func texts(_ name: String) -> [String] { (found[name] as? [Any] ?? []).map { "\($0)" } }
            func numbers(_ name: String) -> [Double] { (found[name] as? [NSNumber] ?? []).map(\.doubleValue) }
            func text(_ name: String) -> String { found[name] as? String ?? "" }

            #expect(
                text("none") == "0 1 2" && texts("one") == ["exact", "0"]
                    && texts("two")
                        == ["exact none", "0 2", "2"]
            )
            #expect(text("left") == "none" && texts("alike") == ["", "0 1 2"])
            let card = try #require(Catalog.scorers.first { $0.card.name == "bahdanau" }?.card)
            #expect(
                text("focused").contains(card.equation) && text("focused").contains(card.paper)
                    && text("described").contains(card.paper))
            #expect(text("escaped") == "" && text("pointed").hasPrefix("exact") && text("elsewhere") == "")

            let before = numbers("before"), after = numbers("after")
            #expect(
                before.count == 3 && before[0] > 3 && before[1] == 0 && before[2] == 1
                    && after
                        == [0, before[0], 0]
                    && numbers("again") == before)
            for (name, isRising) in [("AER", true), ("step µs", true), ("BLEU", false)] {
                let once = numbers(name), again = numbers(name + " again")
                #expect(
                    once.count > 1 && once == (isRising ? once.sorted() : once.sorted(by: >))
                        && again
                            == once.reversed()
                )
            }

            #expect(
                texts("seeds") == ["1", "2"] && found["other"] as? Bool == true && text("title") == "exact, seed 2")
            #expect(texts("kept") == ["bahdanau, seed 2", "1"] && text("address").contains("a=bahdanau&as=2"))
            let sentence = KeptDetails(made.results, made.details).rows[0].sentences[0], shown = texts("texts")
            #expect(found["wellFormed"] as? Bool == true && found["hacked"] as? Bool == false)
            #expect(
                (found["strange"] as? NSNumber)?.intValue == 0
                    && (found["cells"] as? NSNumber)?.intValue
                        == sentence.source.count * sentence.target.count
            )
            #expect(
                text("file") == "bahdanau-seed-2-sentence-1.svg"
                    && shown.first
                        == "bahdanau, seed 2; copy, sentence 1"
            )
            #expect(
                (sentence.source + sentence.target).allSatisfy {
                    shown.contains(
                        $0.replacing(
                            "\u{1}",
                            with: "\u{FFFD}"))
                })
            #expect(found["blind"] as? Bool == true)
        }
    }

    @Test("on a projector a heatmap is in sight where the browser is opened, however long the sentence")
    func projected() throws {
        try withFolder { folder in
            let pairs = SyntheticResults.pairs(3) + SyntheticResults.pairs(1, lengths: 20...20)
            let made = try SyntheticResults(in: folder, scorers: ["a", "b"], pairs: pairs),
                page = try ReportPage(made.results, details: made.details)
            let found = try Browser.run(page.html, projector, width: 960, height: 540, in: folder)
            func number(_ name: String) -> Double { (found[name] as? NSNumber)?.doubleValue ?? .nan }
            #expect(found["error"] == nil && number("count") == 2 && number("words") == 400 && number("height") == 540)
            #expect(
                number("top") > 0 && number("bottom") <= 540 && number("right") <= 960 && number("width") <= 960,
                "\(found)")
        }
    }

    @Test(
        "works at the width of a telephone and of a desk, in light and dark",
        arguments: [(390, "light"), (1400, "dark")]) func works(width: Int, theme: String) throws
    {
        try withFolder { folder in
            let words = [
                "</script><script>window.hacked=1</script>", "<img/src=x/onerror=window.hacked=1>", "\"'>", "house",
                "garden",
            ]
            let made = try SyntheticResults(
                in: folder, scorers: ["exact", "<img/src=x/onerror=window.hacked=1>", "third"],
                pairs: SyntheticResults.pairs(60, words: words))
            let page = try ReportPage(made.results, details: made.details)
            let found = try Browser.run(page.html, actions, query: "?theme=\(theme)", width: width, in: folder)
            #expect(found["error"] == nil)
            func number(_ name: String) -> Double { (found[name] as? NSNumber)?.doubleValue ?? .nan }
            func numbers(_ name: String) -> [Double] { (found[name] as? [NSNumber] ?? []).map(\.doubleValue) }
            func text(_ name: String) -> String { found[name] as? String ?? "" }

            #expect(found["hacked"] as? Bool == false && number("strange") == 0)
            #expect(
                number("width") <= number("inner") && number("inner") == Double(width),
                "the page is \(number("width")) wide in a window of \(number("inner"))")
            #expect(number("opened") < 10_000, "\(number("opened")) ms")
            #expect(
                text("theme") == theme && text("paper") == (theme == "dark" ? "rgb(20, 23, 28)" : "rgb(255, 255, 255)")
                    && text("paper") != text("ink"))
            #expect(text("themed") == (theme == "light" ? "dark" : "auto"))

            let bleu = try Summary(made.results).lines.compactMap { $0[.bleu].mean }.map { ($0 * 10).rounded() / 10 }
            #expect(found["focused"] as? Bool == true && text("sorted") == "descending")
            // Alignment baselines have no BLEU: there are none here.
            #expect(numbers("down") == bleu.sorted(by: >) && numbers("up") == bleu.sorted())
            #expect(number("dimmed") > 0 && number("kept") > 0 && number("undimmed") == 0)

            let pairs = SyntheticResults.pairs(60, words: words),
                odd = pairs.filter { $0.phenomena.contains("odd & long") }
            #expect(number("sentences") == 60 && text("source") == Words.join(pairs[0].source))
            #expect(Int(number("filtered")) == odd.count && number("marked") > 0)
            #expect(numbers("worst") == numbers("worst").sorted(by: >) && numbers("worst").count == odd.count)
            #expect(number("wrong") > 0 && number("wrong") < Double(odd.count))

            #expect(found["next"] as? Bool == true && found["back"] as? Bool == true && text("last") == "sentence-59")
            #expect(text("clicked") == "sentence-3" && found["shown"] as? Bool == true)
            let kept = KeptDetails(made.results, made.details), sentence = kept.rows[0].sentences[3]
            for (side, told) in (found["hover"] as? [String] ?? []).enumerated() {
                let weights = try #require(
                    try made.details.weights(kept.rows[side].details, kept.rows[side].sentences))[3]
                let weight = weights.matrix.rows[1][2]
                #expect(
                    told.hasPrefix(
                        "\(sentence.source[2]) → \(sentence.target[1]): weight \(String(format: "%.3f", weight)); no gold link"
                    ))
                if side == 0 { #expect(abs(number("opacity") - weight) < 0.001) }
            }
            let arrows = found["arrows"] as? [String] ?? []
            #expect(arrows.count == 2 && arrows[0].hasPrefix("\(sentence.source[3]) → \(sentence.target[2]): "))
            // Of the second scorer a mark on each row; a frame on each sure link and on the possible one.
            let marks = numbers("marks")
            try #require(marks.count == 4)
            #expect(
                Int(marks[0] + marks[1]) == sentence.target.count && Int(marks[2]) == sentence.target.count + 1
                    && marks[3] == 1)
        }
    }
}
