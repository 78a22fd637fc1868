// The student's answers. Each suite is called as its exercise, so that `swift test --filter Exercise03` finds it.

import Exercises
import Testing
import Workbook

@Suite(.serialized) struct Exercise01 { @Test("Exercise 1", arguments: Exercises.Exercise01.exercise.gaps) func fill(_ gap: Gap) { ask(gap, of: Exercises.Exercise01.self) } }
@Suite(.serialized) struct Exercise11 { @Test("Exercise 11", arguments: Exercises.Exercise11.exercise.gaps) func fill(_ gap: Gap) { ask(gap, of: Exercises.Exercise11.self) } }
@Suite(.serialized) struct Exercise12 { @Test("Exercise 12", arguments: Exercises.Exercise12.exercise.gaps) func fill(_ gap: Gap) { ask(gap, of: Exercises.Exercise12.self) } }
@Suite(.serialized) struct Exercise13 { @Test("Exercise 13", arguments: Exercises.Exercise13.exercise.gaps) func fill(_ gap: Gap) { ask(gap, of: Exercises.Exercise13.self) } }
@Suite(.serialized) struct Exercise14 { @Test("Exercise 14", arguments: Exercises.Exercise14.exercise.gaps) func fill(_ gap: Gap) { ask(gap, of: Exercises.Exercise14.self) } }
