// The browser of a page whose sources are more than sentences: what it draws of each kind, and that others are as they
// were.

import Corpora
import Foundation
import Reports
import TestSupport
import Testing

@testable import Experiments

private let document = SentencePair(
    source: ["the", "hotel", "is", "<b>", ".", "it", "is", "big", "."], target: ["good"],
    gold: GoldAlignment(sure: [Link(3, 0)]), phenomena: ["plain"], extras: SourceExtras(sentences: [5, 4]))
private let passage = SentencePair(
    source: ["mary", "took", "the", "key", "."], target: ["mary"], gold: GoldAlignment(sure: [Link(0, 0)]),
    extras: SourceExtras(sentences: [5], question: ["who", "has", "the", "key", "?"]))
private let caption = SentencePair(
    source: ["r1c1", "r1c2", "r2c1", "r2c2"], target: ["red", "stars"],
    gold: GoldAlignment(sure: [Link(0, 0), Link(3, 1)]),
    extras: SourceExtras(vectors: [[0], [0], [0], [1]], grid: Grid(rows: 2, columns: 2)))
private let speech = SentencePair(
    source: ["f1", "f2", "f3"], target: ["b", "a"], gold: GoldAlignment(sure: [Link(0, 0), Link(1, 1), Link(2, 1)]),
    extras: SourceExtras(vectors: [[0, 1], [0.5, 0.5], [1, 0]]))
private let sentence = SentencePair(
    source: ["a", "b"], target: ["a!", "b!"], gold: GoldAlignment(sure: [Link(0, 0), Link(1, 1)]))
private let pairs = [document, passage, caption, speech, sentence]

private let looking = #"""
    const by = id => document.getElementById(id), all = text => Array.from(document.querySelectorAll(text));
    const press = (target, key) => target.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
    const result = { wide: [], about: [], lists: all("#sentences .words").map(one => one.textContent) };
    for (let k = 0; k < 5; k++) {
      all("#sentences [role=option]")[k].click();
      result.about.push(by("source").textContent);
      result.wide.push(document.documentElement.scrollWidth <= innerWidth);
      const place = (selector) => all("#map-0 " + selector).length;
      result[k] = [place(".line"), place(".word"), place(".sure"), place(".asked"), place(".cell"), place("rect.mel"), place(".gold"), place(":is(.hit, .miss, .best)")];
      const cell = document.querySelector('#map-0 [data-i="1"][data-j="0"]');
      cell.dispatchEvent(new Event("pointerover", { bubbles: true }));
      result["told" + k] = all(".readout").map(one => one.textContent);
      result["here" + k] = all(".here").length;
      const focus = document.querySelector("#map-1 [tabindex]");
      focus.focus(); press(focus, "ArrowRight");
      result["arrow" + k] = document.querySelector("#map-1 .readout").textContent;
      result["saved" + k] = by("save-0").disabled;
    }
    return result;
    """#

@Suite("Sources in the browser", .serialized) struct SourceViewTests {
    private func page(_ pairs: [SentencePair], _ folder: URL) throws -> ReportPage {
        let made = try SyntheticResults(in: folder, scorers: ["bahdanau", "luong-dot"], pairs: pairs)
        return try ReportPage(made.results, details: made.details)
    }

    @Test(
        "words, cells and frames are drawn, looked at by pointer and keyboard, on a telephone and a screen",
        .enabled(if: Browser.path != nil, "there is no Chromium here"), arguments: [390, 1400])
    func drawn(width: Int) throws {
        try withFolder { folder in
            let found = try Browser.run(page(pairs, folder).html, looking, width: width, in: folder)
            #expect(found["error"] == nil)
            func numbers(_ key: String) -> [Int] { found[key] as? [Int] ?? [] }
            #expect(numbers("0") == [2, 9, 1, 0, 0, 0, 0, 1] && numbers("1") == [1, 5, 1, 1, 0, 0, 0, 1])
            #expect(numbers("2") == [0, 0, 0, 0, 8, 0, 2, 2] && numbers("3") == [0, 0, 0, 0, 6, 6, 2, 2])
            #expect(numbers("4") == [0, 0, 0, 0, 4, 0, 2, 2], "a sentence has its matrix")
            #expect((found["wide"] as? [Bool])?.allSatisfy { $0 } == true, "no page is wider than its window")
            let about = found["about"] as? [String] ?? [], lists = found["lists"] as? [String] ?? []
            #expect(about.count == 5 && about[1].hasPrefix("who has the key ? — mary took"))
            #expect(about[2] == "a picture of 2 × 2 cells" && about[3] == "3 frames of 2 numbers")
            #expect(lists == ["the hotel is <b> . it is big .", about[1], "red stars", "ba", "a b"])
            for (place, name) in ["hotel", "took", "row 1, column 2", "f2", "b"].enumerated() {
                let told = found["told\(place)"] as? [String] ?? []
                #expect(told.count == 2 && told.allSatisfy { $0.hasPrefix(name + " → ") }, "\(told)")
                #expect((found["arrow\(place)"] as? String)?.isEmpty == false)
                #expect(found["here\(place)"] as? Int == (place < 4 ? 2 : 0))
                #expect(found["saved\(place)"] as? Bool == (place < 2), "a document is text and no picture")
            }
        }
    }

    @Test("a page of mere sentences has nothing of it") func plain() throws {
        try withFolder { folder in
            let plain = try page([sentence, sentence], folder), mixed = try page([sentence, document], folder)
            #expect(!plain.html.contains("drawDocument") && mixed.html.contains("drawDocument"))
        }
    }

    @Test("what is kept beside sentences is whole, or refused") func kept() throws {
        for pair in pairs {
            let kept = KeptSentence(pair)
            #expect(kept.fault == nil && (kept.extras == nil) == (pair.extras == nil))
            let again = try JSONDecoder().decode(KeptSentence.self, from: JSONEncoder().encode(kept))
            #expect(again == kept)
        }
        func fault(_ pair: SentencePair, _ change: (inout KeptExtras) -> Void) -> String? {
            var kept = KeptSentence(pair, things: pair.extras?.grid == nil ? nil : ["", "", "", "large red star"])
            if var extras = kept.extras {
                change(&extras)
                kept.extras = extras
            }
            return kept.fault
        }
        #expect(fault(document) { $0.sentences = [5, 5] }?.contains("not 9 words together") == true)
        #expect(fault(caption) { $0.grid = Grid(rows: 3, columns: 2) }?.contains("3 × 2 cells for 4 positions") == true)
        #expect(fault(caption) { $0.things = ["star"] }?.contains("1 names of things") == true)
        #expect(fault(speech) { $0.numbers = "AAAA" }?.contains("not those of 3 positions") == true)
        #expect(fault(speech) { $0.width = nil } != nil && fault(caption) { _ in } == nil)
    }
}
