// How a page is taken apart, and when what was printed is what it shows.

import LessonText
import Testing

@testable import Lessons

private let page = """
    # A title

    ```swift
    print(1)
    ```

    ```output
    1
    ```

    ```sh
    swift test
    ```

    ```swift
    let x = 2
    ```

    ```swift
    print(0.5)
    ```

    ```output ±0.25
    0.4
    0.6
    ```
    """

@Suite("Text of a lesson") struct LessonTextTests {
    @Test("code and outputs are found with their lines; other blocks are text") func blocks() throws {
        let text = try LessonText(page)
        #expect(text.title == "A title")
        #expect(text.cells.map(\.code.start) == [3, 15, 19])
        #expect(text.cells.map { $0.output?.block.lines } == [["1"], nil, ["0.4", "0.6"]])
        #expect(text.cells.map { $0.output?.comparison } == [.exact, nil, .within(0.25)])
    }

    @Test("new outputs take the place of the old ones, of whatever length") func replacing() throws {
        let new = try LessonText(page).replacingOutputs(["one\ntwo\n", nil, "0.5\n"])
        #expect(try LessonText(new).cells.map { $0.output?.block.lines } == [["one", "two"], nil, ["0.5"]])
        #expect(try LessonText(page).replacingOutputs([nil, nil, nil]) == page)
    }

    @Test(
        "line ends, and a byte order mark, change nothing but themselves", arguments: ["\r\n", "\r"], ["", "\u{FEFF}"])
    func lineEnds(_ end: String, _ mark: String) throws {
        func saved(_ text: String) -> String { mark + text.replacing("\n", with: end) }
        let text = try LessonText(saved(page)), plain = try LessonText(page)
        #expect(text.title == "A title")
        #expect(
            text.cells.map(\.code.start) == [3, 15, 19] && text.cells.map(\.code.lines) == plain.cells.map(\.code.lines)
        )
        #expect(text.cells.map { $0.output?.block.lines } == [["1"], nil, ["0.4", "0.6"]])
        let new = ["one\ntwo\n", nil, "0.5\n"]
        #expect(text.replacingOutputs(new).utf8.elementsEqual(saved(plain.replacingOutputs(new)).utf8))
    }

    @Test("lines of different ends in one page keep them; a new line has that of its block") func mixed() throws {
        let text = try LessonText("# A\n```swift\r\nprint(1)\n```\n```output\r\n1\n```\rend")
        #expect(text.replacingOutputs(["2\n3\n"]) == "# A\n```swift\r\nprint(1)\n```\n```output\r\n2\n3\r\n```\rend")
    }

    @Test(
        "code that is not what was built is found, with its line",
        arguments: [
            (["print(1)", "let x = 2", "print(0.5)"], nil), (["print(1)", "let x = 3", "print(0.5)"], 16),
            (["print(1)"], 16), ([], 4),
            (["print(1)", "let x = 2", "print(0.5)", "more"], 20),
        ] as [([String], Int?)])
    func changed(built: [String], line: Int?) throws {
        #expect(LessonCheck.firstChange(built, try LessonText(page)) == line)
    }

    @Test(
        "a page that cannot be read is named with its line",
        arguments: [
            ("a\n```swift\nprint(1)", 2), ("```output\n1\n```", 1), ("```swift\n```\n```output ±\n```", 3),
            ("```swift\n```\n```output nearly\n```", 3),
            ("```swift\r\n```\r\n```output ±inf\r\n```", 3), ("```swift\n```\n```output ±1e999\n```", 3),
        ])
    func faults(text: String, line: Int) {
        #expect { try LessonText(text) } throws: { ($0 as? LessonText.Fault)?.line == line }
    }

    @Test(
        "exact means to the letter; within a distance means words the same and numbers near",
        arguments: [
            ("BLEU 97.0\n", "BLEU 97.0\n", LessonText.Comparison.exact, true),
            ("BLEU 97.0\n", "BLEU 97.1\n", .exact, false),
            ("BLEU  97.0\n", "BLEU 97.0\n", .exact, false), ("BLEU 97.0\n", "BLEU 97.4\n", .within(0.5), true),
            ("BLEU 97.0\n", "BLEU 97.6\n", .within(0.5), false),
            ("a 9.9 b\n", "a  10.1 b\n", .within(0.5), true), ("a 1 b\n", "a 1 c\n", .within(0.5), false),
            ("1 2\n", "1\n", .within(5), false),
            ("-0.01\n", "0.01\n", .within(0.05), true), ("1 ms\n", "7 s\n", .unchecked, true),
            ("1 ms\n", "", .unchecked, false),
            ("1\r\n2\r\n", "1\n2\n", .exact, true),
        ])
    func comparing(shown: String, printed: String, comparison: LessonText.Comparison, same: Bool) {
        #expect(LessonCheck.agree(shown, printed, comparison) == same)
    }
}
