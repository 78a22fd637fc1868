// A gap that is wrong because an earlier one is says so, and one that waits for an unwritten one names it.

import Testing
import Workbook

@Suite("Gaps that use earlier gaps") struct EarlierGapTests {
    private func exercise(_ first: @escaping @Sendable () throws -> Void) -> Exercise {
        let second: @Sendable () throws -> Void = {
            try first()
            throw CheckFailure("it is 1, expected 2")
        }
        return Exercise(
            ExerciseName(.exercise, 1), "t", topic: "T", lesson: "l", hints: [],
            gaps: [Gap("first", function: "f", first), Gap("second", function: "g", second)])
    }

    @Test("where the earlier gap is right, the complaint stands alone") func alone() {
        let exercise = exercise {}
        #expect(
            exercise.complaint(CheckFailure("it is 1, expected 2"), at: exercise.gaps[1])
                == "second: it is 1, expected 2")
        #expect(exercise.complaint(CheckFailure("no"), at: exercise.gaps[0]) == "first: no")
    }

    @Test("where it is wrong, that is said first") func wrong() {
        let exercise = exercise { throw CheckFailure("no") }
        let text = exercise.complaint(CheckFailure("it is 1, expected 2"), at: exercise.gaps[1])
        #expect(
            text.hasPrefix("second: “first” above is wrong too. Mend that first")
                && text.hasSuffix("\n  it is 1, expected 2"))
        #expect(exercise.complaint(CheckFailure("no"), at: exercise.gaps[0]) == "first: no")
    }

    @Test("an unwritten gap that is called is awaited; another unwritten one is not") func awaited() {
        let missing = Unfinished("first", file: "F.swift", line: 3), exercise = exercise { throw missing }
        #expect(exercise.gap(awaited: missing, by: exercise.gaps[1])?.name == "first")
        #expect(exercise.gap(awaited: Unfinished("second", file: "F.swift", line: 9), by: exercise.gaps[1]) == nil)
        #expect(exercise.complaint(CheckFailure("no"), at: exercise.gaps[1]) == "second: no", "unwritten is not wrong")
    }
}
