// The student's answers. Each suite is called as its exercise, so that `swift test --filter Exercise03` finds it.

import Exercises
import Testing
import Workbook

@Suite(.serialized) struct Exercise01 { @Test("Exercise 1", arguments: Exercises.Exercise01.exercise.gaps) func fill(_ gap: Gap) { ask(gap, of: Exercises.Exercise01.self) } }
@Suite(.serialized) struct Exercise15 { @Test("Exercise 15", arguments: Exercises.Exercise15.exercise.gaps) func fill(_ gap: Gap) { ask(gap, of: Exercises.Exercise15.self) } }
@Suite(.serialized) struct Exercise16 { @Test("Exercise 16", arguments: Exercises.Exercise16.exercise.gaps) func fill(_ gap: Gap) { ask(gap, of: Exercises.Exercise16.self) } }
@Suite(.serialized) struct Exercise17 { @Test("Exercise 17", arguments: Exercises.Exercise17.exercise.gaps) func fill(_ gap: Gap) { ask(gap, of: Exercises.Exercise17.self) } }
@Suite(.serialized) struct Exercise18 { @Test("Exercise 18", arguments: Exercises.Exercise18.exercise.gaps) func fill(_ gap: Gap) { ask(gap, of: Exercises.Exercise18.self) } }
