// The student's answers. Each suite is called as its exercise, so that `swift test --filter Exercise03` finds it.

import Exercises
import Testing
import Workbook

@Suite(.serialized) struct Exercise01 { @Test("Exercise 1", arguments: Exercises.Exercise01.exercise.gaps) func fill(_ gap: Gap) { ask(gap, of: Exercises.Exercise01.self) } }
@Suite(.serialized) struct ProjectA { @Test("Project A", arguments: Exercises.ProjectA.exercise.gaps) func fill(_ gap: Gap) { ask(gap, of: Exercises.ProjectA.self) } }
@Suite(.serialized) struct ProjectB { @Test("Project B", arguments: Exercises.ProjectB.exercise.gaps) func fill(_ gap: Gap) { ask(gap, of: Exercises.ProjectB.self) } }
@Suite(.serialized) struct ProjectC { @Test("Project C", arguments: Exercises.ProjectC.exercise.gaps) func fill(_ gap: Gap) { ask(gap, of: Exercises.ProjectC.self) } }
@Suite(.serialized) struct ProjectD { @Test("Project D", arguments: Exercises.ProjectD.exercise.gaps) func fill(_ gap: Gap) { ask(gap, of: Exercises.ProjectD.self) } }
