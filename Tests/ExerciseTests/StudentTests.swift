// The student's answers. Each suite is called as its exercise, so that `swift test --filter Exercise03` finds it.

import Exercises
import Testing
import Workbook

@Suite(.serialized) struct Exercise01 { @Test("Exercise 1", arguments: Exercises.Exercise01.exercise.gaps) func fill(_ gap: Gap) { ask(gap, of: Exercises.Exercise01.self) } }
@Suite(.serialized) struct Exercise19 { @Test("Exercise 19", arguments: Exercises.Exercise19.exercise.gaps) func fill(_ gap: Gap) { ask(gap, of: Exercises.Exercise19.self) } }
@Suite(.serialized) struct Exercise20 { @Test("Exercise 20", arguments: Exercises.Exercise20.exercise.gaps) func fill(_ gap: Gap) { ask(gap, of: Exercises.Exercise20.self) } }
@Suite(.serialized) struct BugHunt1 { @Test("Bug hunt 1", arguments: Exercises.BugHunt1.exercise.gaps) func hunt(_ gap: Gap) { ask(gap, of: Exercises.BugHunt1.self) } }
@Suite(.serialized) struct BugHunt2 { @Test("Bug hunt 2", arguments: Exercises.BugHunt2.exercise.gaps) func hunt(_ gap: Gap) { ask(gap, of: Exercises.BugHunt2.self) } }
@Suite(.serialized) struct BugHunt3 { @Test("Bug hunt 3", arguments: Exercises.BugHunt3.exercise.gaps) func hunt(_ gap: Gap) { ask(gap, of: Exercises.BugHunt3.self) } }
@Suite(.serialized) struct BugHunt4 { @Test("Bug hunt 4", arguments: Exercises.BugHunt4.exercise.gaps) func hunt(_ gap: Gap) { ask(gap, of: Exercises.BugHunt4.self) } }
@Suite(.serialized) struct BugHunt5 { @Test("Bug hunt 5", arguments: Exercises.BugHunt5.exercise.gaps) func hunt(_ gap: Gap) { ask(gap, of: Exercises.BugHunt5.self) } }
@Suite(.serialized) struct BugHunt6 { @Test("Bug hunt 6", arguments: Exercises.BugHunt6.exercise.gaps) func hunt(_ gap: Gap) { ask(gap, of: Exercises.BugHunt6.self) } }
@Suite(.serialized) struct BugHunt7 { @Test("Bug hunt 7", arguments: Exercises.BugHunt7.exercise.gaps) func hunt(_ gap: Gap) { ask(gap, of: Exercises.BugHunt7.self) } }
@Suite(.serialized) struct BugHunt8 { @Test("Bug hunt 8", arguments: Exercises.BugHunt8.exercise.gaps) func hunt(_ gap: Gap) { ask(gap, of: Exercises.BugHunt8.self) } }
