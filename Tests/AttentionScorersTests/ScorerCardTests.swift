// A scorer's name is typed in commands and stands in tables: what cannot is refused before anything is run.

import AttentionScorers
import Testing

@Suite("Names of scorers") struct ScorerCardTests {
    @Test("the catalogue's names are good") func catalogue() {
        for scorer in Catalog.scorers { #expect(ScorerCard.fault(ofName: scorer.card.name) == nil) }
        #expect(ScorerCard.fault(ofName: "mein-größter_2.0") == nil)
    }

    @Test(
        "no name, spaces, commas, an option's hyphen, what cannot be seen",
        arguments: [
            ("", "letter"), (" ", "spaces"), ("my scorer", "spaces"), ("a,b", "commas"), ("a\u{A0}b", "spaces"),
            ("--help", "option"), ("a\u{1B}[31m", "seen"),
            ("a\u{200B}", "seen"), ("a\n", "spaces"),
        ])
    func faults(name: String, part: String) {
        #expect(ScorerCard.fault(ofName: name)?.contains(part) == true)
    }
}
