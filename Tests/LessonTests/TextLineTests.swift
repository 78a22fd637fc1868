// Lines are found whatever ends them, and put together again they are the text.

import Testing
import TextLines

@Suite("Lines of a text") struct TextLineTests {
    @Test(
        "each kind of line end",
        arguments: [
            ("", [""]), ("a", ["a"]), ("a\n", ["a", ""]), ("a\r\nb\r\n", ["a", "b", ""]), ("a\rb", ["a", "b"]),
            ("\r\n\n\r", ["", "", "", ""]),
            ("a\r\r\nb", ["a", "", "b"]), ("é\r\n\u{301}x", ["é", "\u{301}x"]), ("a\u{2028}b", ["a\u{2028}b"]),
        ])
    func kinds(_ text: String, _ lines: [String]) {
        #expect(TextLine.texts(of: text) == lines)
        #expect(TextLine.all(of: text).joined.utf8.elementsEqual(text.utf8))
        #expect(TextLine.plain(text).utf8.elementsEqual(lines.joined(separator: "\n").utf8))
    }
}
