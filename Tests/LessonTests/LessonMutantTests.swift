// Damaged pages are read or refused with a line of theirs, and nothing else happens.

import LessonText
import TestSupport
import Testing
import TextLines

@testable import Lessons

private let page = """
    \u{FEFF}# Lesson 0 · A page

    ```swift
    let x = [1, 2]
    print(x)
    ```

    ```output ±0.25
    1 −2.5 0.97
    ```

    ```sh
    swift test
    ```

    ```swift
    print("é")
    ```

    ```output unchecked
    é
    ```

    Text.

    """

@Suite("Mutants of a page") struct LessonMutantTests {
    @Test("a damaged page keeps its bytes, or is refused with a line that it has") func pages() throws {
        var mutants = Mutants(of: [page, TextLine.all(of: page).map { $0.text + "\r\n" }.joined()], seed: 1), read = 0
        for _ in 0..<Mutator.count(2000) {
            let text = String(decoding: mutants.next(), as: UTF8.self), lines = TextLine.all(of: text)
            #expect(lines.joined.utf8.elementsEqual(text.utf8))
            do throws(LessonText.Fault) {
                let lesson = try LessonText(text)
                read += 1
                let outputs = lesson.cells.map { $0.output.map { $0.block.lines.map { $0 + "\n" }.joined() } }
                #expect(lesson.replacingOutputs(outputs).utf8.elementsEqual(text.utf8), "\(text.debugDescription)")
                #expect(lesson.title.utf8.count <= max(text.utf8.count, 15))
                _ = LessonCheck.firstChange([lesson.cells.first?.code.text ?? ""], lesson)
            } catch {
                #expect(lines.indices.contains(error.line - 1))
            }
        }
        #expect(read > Mutator.count(2000) / 20, "damage so great that nothing is read tests nothing")
    }

    @Test("damaged outputs are compared without a trap, and each agrees with itself where its numbers are numbers")
    func outputs() {
        var mutants = Mutants(of: ["BLEU 97.0 ±0.9, −3.5e9 of 12 %\n  1 2 3\n"], seed: 2)
        for _ in 0..<Mutator.count(1000) {
            let text = String(decoding: mutants.next(), as: UTF8.self)
            #expect(LessonCheck.agree(text, text, .exact))
            #expect(LessonCheck.agree(text, text, .within(0.5)) || text.utf8.count > 300, "\(text.debugDescription)")
        }
    }
}
