// The student's answers. Each suite is called as its exercise, so that `swift test --filter Exercise03` finds it.

import Exercises
import Testing
import Workbook

@Suite(.serialized) struct Exercise01 { @Test("Exercise 1", arguments: Exercises.Exercise01.exercise.gaps) func fill(_ gap: Gap) { ask(gap, of: Exercises.Exercise01.self) } }
@Suite(.serialized) struct Exercise02 { @Test("Exercise 2", arguments: Exercises.Exercise02.exercise.gaps) func fill(_ gap: Gap) { ask(gap, of: Exercises.Exercise02.self) } }
@Suite(.serialized) struct Exercise03 { @Test("Exercise 3", arguments: Exercises.Exercise03.exercise.gaps) func fill(_ gap: Gap) { ask(gap, of: Exercises.Exercise03.self) } }
@Suite(.serialized) struct Exercise04 { @Test("Exercise 4", arguments: Exercises.Exercise04.exercise.gaps) func fill(_ gap: Gap) { ask(gap, of: Exercises.Exercise04.self) } }
@Suite(.serialized) struct Exercise05 { @Test("Exercise 5", arguments: Exercises.Exercise05.exercise.gaps) func fill(_ gap: Gap) { ask(gap, of: Exercises.Exercise05.self) } }
@Suite(.serialized) struct Exercise06 { @Test("Exercise 6", arguments: Exercises.Exercise06.exercise.gaps) func fill(_ gap: Gap) { ask(gap, of: Exercises.Exercise06.self) } }
