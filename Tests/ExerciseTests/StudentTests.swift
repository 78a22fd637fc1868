// The student's answers. Each suite is called as its exercise, so that `swift test --filter Exercise03` finds it.

import Exercises
import Testing
import Workbook

@Suite(.serialized) struct Exercise01 { @Test("Exercise 1", arguments: Exercises.Exercise01.exercise.gaps) func fill(_ gap: Gap) { ask(gap, of: Exercises.Exercise01.self) } }
@Suite(.serialized) struct Exercise07 { @Test("Exercise 7", arguments: Exercises.Exercise07.exercise.gaps) func fill(_ gap: Gap) { ask(gap, of: Exercises.Exercise07.self) } }
@Suite(.serialized) struct Exercise08 { @Test("Exercise 8", arguments: Exercises.Exercise08.exercise.gaps) func fill(_ gap: Gap) { ask(gap, of: Exercises.Exercise08.self) } }
@Suite(.serialized) struct Exercise09 { @Test("Exercise 9", arguments: Exercises.Exercise09.exercise.gaps) func fill(_ gap: Gap) { ask(gap, of: Exercises.Exercise09.self) } }
@Suite(.serialized) struct Exercise10 { @Test("Exercise 10", arguments: Exercises.Exercise10.exercise.gaps) func fill(_ gap: Gap) { ask(gap, of: Exercises.Exercise10.self) } }
