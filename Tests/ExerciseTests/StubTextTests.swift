// Exercises made of solutions: gaps are found whatever ends the lines, and what is no solution is refused.

import Foundation
import TestSupport
import Testing
import TextLines
import Workbook

private let solution = """
    enum A {
        static func half(_ x: Double) throws -> Double {
            // gap: throw Unfinished("half")
            x / 2
            // end of gap
        }

        // gap: static var why: Choice? { nil }
        // gap:     // two lines
        static var why: Choice? { .b }
        // end of gap
    }

    """
private let exercise = """
    enum A {
        static func half(_ x: Double) throws -> Double {
            throw Unfinished("half")
        }

        static var why: Choice? { nil }
            // two lines
    }

    """

@Suite("Text of an exercise") struct StubTextTests {
    @Test("line ends change nothing but themselves", arguments: ["\n", "\r\n", "\r"]) func lineEnds(
        _ end: String
    ) throws {
        func saved(_ text: String) -> String { text.replacing("\n", with: end) }
        #expect(try StubText.exercise(from: saved(solution)).utf8.elementsEqual(saved(exercise).utf8))
        #expect(
            StubText.gaps(of: saved(solution)) == StubText.gaps(of: solution) && StubText.gaps(of: solution).count == 2)
        #expect(
            !StubText.withoutMarks(saved(solution)).contains("gap")
                && StubText.withoutMarks(saved(solution)).contains("x / 2"))
        for other in ["\n", "\r\n", "\r"] {
            #expect(StubText.isUntouched(saved(exercise), of: solution.replacing("\n", with: other)))
        }
        #expect(!StubText.isUntouched(saved(solution), of: solution))
        #expect(lineOfFunction("why", inText: saved(exercise)) == 6)
    }

    @Test(
        "what would give the solution away, or lose the rest, is refused with its line",
        arguments: [
            ("enum A {\n}\n", 1), ("a\n// gap: b\nc\n// end of gap\n    // gap: d\ne\n", 5), ("", 1),
            ("a\r\n// gap: b\r\nc", 2),
        ])
    func faults(_ text: String, _ line: Int) {
        #expect { try StubText.exercise(from: text) } throws: { ($0 as? StubText.Fault)?.line == line }
    }

    @Test("a damaged solution gives no more than it has, and is otherwise refused with a line that it has")
    func mutants() {
        var mutants = Mutants(of: [solution, solution.replacing("\n", with: "\r\n"), exercise], seed: 3), made = 0
        for _ in 0..<Mutator.count(2000) {
            let text = String(decoding: mutants.next(), as: UTF8.self), lines = TextLine.all(of: text)
            do throws(StubText.Fault) {
                let stub = try StubText.exercise(from: text)
                made += 1
                #expect(stub.utf8.count < text.utf8.count)
            } catch {
                #expect(lines.indices.contains(error.line - 1))
            }
            #expect(StubText.withoutMarks(text).utf8.count <= text.utf8.count)
            #expect(StubText.gaps(of: text).count <= lines.count)
            #expect(lineOfFunction("half", inText: text).map { lines.indices.contains($0 - 1) } ?? true)
            _ = StubText.isUntouched(exercise, of: text)
        }
        #expect(made > Mutator.count(2000) / 20, "damage so great that nothing is read tests nothing")
    }
}
