// The page in a real browser: it sorts, filters, hovers and switches, by pointer and by keyboard, and runs nothing of a corpus.

import Corpora
@testable import Experiments
import Foundation
import Reports
import TestSupport
import Testing

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

@Suite("Page in a browser", .enabled(if: Browser.path != nil, "there is no Chromium here"), .serialized) struct BrowserTests {
    @Test("tables are sorted by exact figures; equal ones stay in their order, missing ones below") func sorted() throws {
        try withFolder { folder in
            var table = Table([Table.Column("name", .left), Table.Column("figure")]), page = HTMLPage(title: "t")
            for (name, text, exact) in [("a", "1.0 ±0.1 ab", 1.04), ("b", "1.0", 0.96), ("c", "–", nil), ("d", "1.0 *", 1.04), ("e", "0.9", nil), ("f", "", nil),
                                        ("g", "−2.0", -2.04), ("h", "<0.001", 1e-7), ("i", "12345678", 12_345_678.4)] as [(String, String, Double?)] {
                table.add([name, text], exact: [nil, exact])
            }
            page.add(id: "one", heading: "one", html: table.html(caption: "two"))
            let found = try Browser.run(page.document, sorting, width: 800, in: folder)
            #expect(found["before"] as? String == "abcdefghi null" && found["first"] as? String == "iadbehgcf descending")
            #expect(found["second"] as? String == "ghebadicf ascending" && found["third"] as? String == "abcdefghi null")
        }
    }

    @Test("works at the width of a telephone and of a desk, in light and dark", arguments: [(390, "light"), (1400, "dark")]) func works(width: Int, theme: String) throws {
        try withFolder { folder in
            let words = ["</script><script>window.hacked=1</script>", "<img/src=x/onerror=window.hacked=1>", "\"'>", "house", "garden"]
            let made = try SyntheticResults(in: folder, scorers: ["exact", "<img/src=x/onerror=window.hacked=1>", "third"], pairs: SyntheticResults.pairs(60, words: words))
            let page = try ReportPage(made.results, details: made.details)
            let found = try Browser.run(page.html, actions, query: "?theme=\(theme)", width: width, in: folder)
            #expect(found["error"] == nil)
            func number(_ name: String) -> Double { (found[name] as? NSNumber)?.doubleValue ?? .nan }
            func numbers(_ name: String) -> [Double] { (found[name] as? [NSNumber] ?? []).map(\.doubleValue) }
            func text(_ name: String) -> String { found[name] as? String ?? "" }

            #expect(found["hacked"] as? Bool == false && number("strange") == 0)
            #expect(number("width") <= number("inner") && number("inner") == Double(width), "the page is \(number("width")) wide in a window of \(number("inner"))")
            #expect(number("opened") < 10_000, "\(number("opened")) ms")
            #expect(text("theme") == theme && text("paper") == (theme == "dark" ? "rgb(20, 23, 28)" : "rgb(255, 255, 255)") && text("paper") != text("ink"))
            #expect(text("themed") == (theme == "light" ? "dark" : "auto"))

            let bleu = try Summary(made.results).lines.compactMap(\.bleu.mean).map { ($0 * 10).rounded() / 10 }
            #expect(found["focused"] as? Bool == true && text("sorted") == "descending")
            // Alignment baselines have no BLEU: there are none here.
            #expect(numbers("down") == bleu.sorted(by: >) && numbers("up") == bleu.sorted())
            #expect(number("dimmed") > 0 && number("kept") > 0 && number("undimmed") == 0)

            let pairs = SyntheticResults.pairs(60, words: words), odd = pairs.filter { $0.phenomena.contains("odd & long") }
            #expect(number("sentences") == 60 && text("source") == Words.join(pairs[0].source))
            #expect(Int(number("filtered")) == odd.count && number("marked") > 0)
            #expect(numbers("worst") == numbers("worst").sorted(by: >) && numbers("worst").count == odd.count)
            #expect(number("wrong") > 0 && number("wrong") < Double(odd.count))

            #expect(found["next"] as? Bool == true && found["back"] as? Bool == true && text("last") == "sentence-59")
            #expect(text("clicked") == "sentence-3" && found["shown"] as? Bool == true)
            let kept = KeptDetails(made.results, made.details), sentence = kept.rows[0].sentences[3]
            for (side, told) in (found["hover"] as? [String] ?? []).enumerated() {
                let weights = try #require(try made.details.weights(kept.rows[side].details, kept.rows[side].sentences))[3]
                let weight = weights.matrix.rows[1][2]
                #expect(told.hasPrefix("\(sentence.source[2]) → \(sentence.target[1]): weight \(String(format: "%.3f", weight)); no gold link"))
                if side == 0 { #expect(abs(number("opacity") - weight) < 0.001) }
            }
            let arrows = found["arrows"] as? [String] ?? []
            #expect(arrows.count == 2 && arrows[0].hasPrefix("\(sentence.source[3]) → \(sentence.target[2]): "))
            // Of the second scorer a mark on each row; a frame on each sure link and on the possible one.
            let marks = numbers("marks")
            try #require(marks.count == 4)
            #expect(Int(marks[0] + marks[1]) == sentence.target.count && Int(marks[2]) == sentence.target.count + 1 && marks[3] == 1)
        }
    }
}
