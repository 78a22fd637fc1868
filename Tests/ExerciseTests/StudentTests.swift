// The student's answers. Each suite is called as its exercise, so that `swift test --filter Exercise03` finds it.

import Exercises
import Testing
import Workbook

@Suite(.serialized) struct Exercise01 {
    @Test("Exercise 1", arguments: Exercises.Exercise01.exercise.gaps) func fill(_ gap: Gap) {
        ask(gap, of: Exercises.Exercise01.self)
    }
}
@Suite(.serialized) struct Exercise02 {
    @Test("Exercise 2", arguments: Exercises.Exercise02.exercise.gaps) func fill(_ gap: Gap) {
        ask(gap, of: Exercises.Exercise02.self)
    }
}
@Suite(.serialized) struct Exercise03 {
    @Test("Exercise 3", arguments: Exercises.Exercise03.exercise.gaps) func fill(_ gap: Gap) {
        ask(gap, of: Exercises.Exercise03.self)
    }
}
@Suite(.serialized) struct Exercise04 {
    @Test("Exercise 4", arguments: Exercises.Exercise04.exercise.gaps) func fill(_ gap: Gap) {
        ask(gap, of: Exercises.Exercise04.self)
    }
}
@Suite(.serialized) struct Exercise05 {
    @Test("Exercise 5", arguments: Exercises.Exercise05.exercise.gaps) func fill(_ gap: Gap) {
        ask(gap, of: Exercises.Exercise05.self)
    }
}
@Suite(.serialized) struct Exercise06 {
    @Test("Exercise 6", arguments: Exercises.Exercise06.exercise.gaps) func fill(_ gap: Gap) {
        ask(gap, of: Exercises.Exercise06.self)
    }
}
@Suite(.serialized) struct Exercise07 {
    @Test("Exercise 7", arguments: Exercises.Exercise07.exercise.gaps) func fill(_ gap: Gap) {
        ask(gap, of: Exercises.Exercise07.self)
    }
}
@Suite(.serialized) struct Exercise08 {
    @Test("Exercise 8", arguments: Exercises.Exercise08.exercise.gaps) func fill(_ gap: Gap) {
        ask(gap, of: Exercises.Exercise08.self)
    }
}
@Suite(.serialized) struct Exercise09 {
    @Test("Exercise 9", arguments: Exercises.Exercise09.exercise.gaps) func fill(_ gap: Gap) {
        ask(gap, of: Exercises.Exercise09.self)
    }
}
@Suite(.serialized) struct Exercise10 {
    @Test("Exercise 10", arguments: Exercises.Exercise10.exercise.gaps) func fill(_ gap: Gap) {
        ask(gap, of: Exercises.Exercise10.self)
    }
}
@Suite(.serialized) struct Exercise11 {
    @Test("Exercise 11", arguments: Exercises.Exercise11.exercise.gaps) func fill(_ gap: Gap) {
        ask(gap, of: Exercises.Exercise11.self)
    }
}
@Suite(.serialized) struct Exercise12 {
    @Test("Exercise 12", arguments: Exercises.Exercise12.exercise.gaps) func fill(_ gap: Gap) {
        ask(gap, of: Exercises.Exercise12.self)
    }
}
@Suite(.serialized) struct Exercise13 {
    @Test("Exercise 13", arguments: Exercises.Exercise13.exercise.gaps) func fill(_ gap: Gap) {
        ask(gap, of: Exercises.Exercise13.self)
    }
}
@Suite(.serialized) struct Exercise14 {
    @Test("Exercise 14", arguments: Exercises.Exercise14.exercise.gaps) func fill(_ gap: Gap) {
        ask(gap, of: Exercises.Exercise14.self)
    }
}
@Suite(.serialized) struct Exercise15 {
    @Test("Exercise 15", arguments: Exercises.Exercise15.exercise.gaps) func fill(_ gap: Gap) {
        ask(gap, of: Exercises.Exercise15.self)
    }
}
@Suite(.serialized) struct Exercise16 {
    @Test("Exercise 16", arguments: Exercises.Exercise16.exercise.gaps) func fill(_ gap: Gap) {
        ask(gap, of: Exercises.Exercise16.self)
    }
}
@Suite(.serialized) struct Exercise17 {
    @Test("Exercise 17", arguments: Exercises.Exercise17.exercise.gaps) func fill(_ gap: Gap) {
        ask(gap, of: Exercises.Exercise17.self)
    }
}
@Suite(.serialized) struct Exercise18 {
    @Test("Exercise 18", arguments: Exercises.Exercise18.exercise.gaps) func fill(_ gap: Gap) {
        ask(gap, of: Exercises.Exercise18.self)
    }
}
@Suite(.serialized) struct Exercise19 {
    @Test("Exercise 19", arguments: Exercises.Exercise19.exercise.gaps) func fill(_ gap: Gap) {
        ask(gap, of: Exercises.Exercise19.self)
    }
}
@Suite(.serialized) struct Exercise20 {
    @Test("Exercise 20", arguments: Exercises.Exercise20.exercise.gaps) func fill(_ gap: Gap) {
        ask(gap, of: Exercises.Exercise20.self)
    }
}
@Suite(.serialized) struct Exercise21 {
    @Test("Exercise 21", arguments: Exercises.Exercise21.exercise.gaps) func fill(_ gap: Gap) {
        ask(gap, of: Exercises.Exercise21.self)
    }
}
@Suite(.serialized) struct Exercise22 {
    @Test("Exercise 22", arguments: Exercises.Exercise22.exercise.gaps) func fill(_ gap: Gap) {
        ask(gap, of: Exercises.Exercise22.self)
    }
}
@Suite(.serialized) struct Exercise23 {
    @Test("Exercise 23", arguments: Exercises.Exercise23.exercise.gaps) func fill(_ gap: Gap) {
        ask(gap, of: Exercises.Exercise23.self)
    }
}
@Suite(.serialized) struct Exercise24 {
    @Test("Exercise 24", arguments: Exercises.Exercise24.exercise.gaps) func fill(_ gap: Gap) {
        ask(gap, of: Exercises.Exercise24.self)
    }
}
@Suite(.serialized) struct Exercise25 {
    @Test("Exercise 25", arguments: Exercises.Exercise25.exercise.gaps) func fill(_ gap: Gap) {
        ask(gap, of: Exercises.Exercise25.self)
    }
}
@Suite(.serialized) struct Exercise26 {
    @Test("Exercise 26", arguments: Exercises.Exercise26.exercise.gaps) func fill(_ gap: Gap) {
        ask(gap, of: Exercises.Exercise26.self)
    }
}
@Suite(.serialized) struct Exercise27 {
    @Test("Exercise 27", arguments: Exercises.Exercise27.exercise.gaps) func fill(_ gap: Gap) {
        ask(gap, of: Exercises.Exercise27.self)
    }
}
@Suite(.serialized) struct Exercise28 {
    @Test("Exercise 28", arguments: Exercises.Exercise28.exercise.gaps) func fill(_ gap: Gap) {
        ask(gap, of: Exercises.Exercise28.self)
    }
}
@Suite(.serialized) struct Exercise29 {
    @Test("Exercise 29", arguments: Exercises.Exercise29.exercise.gaps) func fill(_ gap: Gap) {
        ask(gap, of: Exercises.Exercise29.self)
    }
}
@Suite(.serialized) struct Exercise30 {
    @Test("Exercise 30", arguments: Exercises.Exercise30.exercise.gaps) func fill(_ gap: Gap) {
        ask(gap, of: Exercises.Exercise30.self)
    }
}
@Suite(.serialized) struct Exercise31 {
    @Test("Exercise 31", arguments: Exercises.Exercise31.exercise.gaps) func fill(_ gap: Gap) {
        ask(gap, of: Exercises.Exercise31.self)
    }
}
@Suite(.serialized) struct Exercise32 {
    @Test("Exercise 32", arguments: Exercises.Exercise32.exercise.gaps) func fill(_ gap: Gap) {
        ask(gap, of: Exercises.Exercise32.self)
    }
}
@Suite(.serialized) struct Exercise33 {
    @Test("Exercise 33", arguments: Exercises.Exercise33.exercise.gaps) func fill(_ gap: Gap) {
        ask(gap, of: Exercises.Exercise33.self)
    }
}
@Suite(.serialized) struct Exercise34 {
    @Test("Exercise 34", arguments: Exercises.Exercise34.exercise.gaps) func fill(_ gap: Gap) {
        ask(gap, of: Exercises.Exercise34.self)
    }
}
@Suite(.serialized) struct Exercise35 {
    @Test("Exercise 35", arguments: Exercises.Exercise35.exercise.gaps) func fill(_ gap: Gap) {
        ask(gap, of: Exercises.Exercise35.self)
    }
}
@Suite(.serialized) struct ProjectA {
    @Test("Project A", arguments: Exercises.ProjectA.exercise.gaps) func fill(_ gap: Gap) {
        ask(gap, of: Exercises.ProjectA.self)
    }
}
@Suite(.serialized) struct ProjectB {
    @Test("Project B", arguments: Exercises.ProjectB.exercise.gaps) func fill(_ gap: Gap) {
        ask(gap, of: Exercises.ProjectB.self)
    }
}
@Suite(.serialized) struct ProjectC {
    @Test("Project C", arguments: Exercises.ProjectC.exercise.gaps) func fill(_ gap: Gap) {
        ask(gap, of: Exercises.ProjectC.self)
    }
}
@Suite(.serialized) struct ProjectD {
    @Test("Project D", arguments: Exercises.ProjectD.exercise.gaps) func fill(_ gap: Gap) {
        ask(gap, of: Exercises.ProjectD.self)
    }
}
@Suite(.serialized) struct BugHunt1 {
    @Test("Bug hunt 1", arguments: Exercises.BugHunt1.exercise.gaps) func hunt(_ gap: Gap) {
        ask(gap, of: Exercises.BugHunt1.self)
    }
}
@Suite(.serialized) struct BugHunt2 {
    @Test("Bug hunt 2", arguments: Exercises.BugHunt2.exercise.gaps) func hunt(_ gap: Gap) {
        ask(gap, of: Exercises.BugHunt2.self)
    }
}
@Suite(.serialized) struct BugHunt3 {
    @Test("Bug hunt 3", arguments: Exercises.BugHunt3.exercise.gaps) func hunt(_ gap: Gap) {
        ask(gap, of: Exercises.BugHunt3.self)
    }
}
@Suite(.serialized) struct BugHunt4 {
    @Test("Bug hunt 4", arguments: Exercises.BugHunt4.exercise.gaps) func hunt(_ gap: Gap) {
        ask(gap, of: Exercises.BugHunt4.self)
    }
}
@Suite(.serialized) struct BugHunt5 {
    @Test("Bug hunt 5", arguments: Exercises.BugHunt5.exercise.gaps) func hunt(_ gap: Gap) {
        ask(gap, of: Exercises.BugHunt5.self)
    }
}
@Suite(.serialized) struct BugHunt6 {
    @Test("Bug hunt 6", arguments: Exercises.BugHunt6.exercise.gaps) func hunt(_ gap: Gap) {
        ask(gap, of: Exercises.BugHunt6.self)
    }
}
@Suite(.serialized) struct BugHunt7 {
    @Test("Bug hunt 7", arguments: Exercises.BugHunt7.exercise.gaps) func hunt(_ gap: Gap) {
        ask(gap, of: Exercises.BugHunt7.self)
    }
}
@Suite(.serialized) struct BugHunt8 {
    @Test("Bug hunt 8", arguments: Exercises.BugHunt8.exercise.gaps) func hunt(_ gap: Gap) {
        ask(gap, of: Exercises.BugHunt8.self)
    }
}
@Suite(.serialized) struct BugHunt9 {
    @Test("Bug hunt 9", arguments: Exercises.BugHunt9.exercise.gaps) func hunt(_ gap: Gap) {
        ask(gap, of: Exercises.BugHunt9.self)
    }
}
@Suite(.serialized, .notMeant(by: "BugHunt1")) struct BugHunt10 {
    @Test("Bug hunt 10", arguments: Exercises.BugHunt10.exercise.gaps) func hunt(_ gap: Gap) {
        ask(gap, of: Exercises.BugHunt10.self)
    }
}
@Suite(.serialized, .notMeant(by: "BugHunt1")) struct BugHunt11 {
    @Test("Bug hunt 11", arguments: Exercises.BugHunt11.exercise.gaps) func hunt(_ gap: Gap) {
        ask(gap, of: Exercises.BugHunt11.self)
    }
}
@Suite(.serialized, .notMeant(by: "BugHunt1")) struct BugHunt12 {
    @Test("Bug hunt 12", arguments: Exercises.BugHunt12.exercise.gaps) func hunt(_ gap: Gap) {
        ask(gap, of: Exercises.BugHunt12.self)
    }
}
@Suite(.serialized, .notMeant(by: "BugHunt1")) struct BugHunt13 {
    @Test("Bug hunt 13", arguments: Exercises.BugHunt13.exercise.gaps) func hunt(_ gap: Gap) {
        ask(gap, of: Exercises.BugHunt13.self)
    }
}
@Suite(.serialized, .notMeant(by: "BugHunt1")) struct BugHunt14 {
    @Test("Bug hunt 14", arguments: Exercises.BugHunt14.exercise.gaps) func hunt(_ gap: Gap) {
        ask(gap, of: Exercises.BugHunt14.self)
    }
}
@Suite(.serialized, .notMeant(by: "BugHunt1")) struct BugHunt15 {
    @Test("Bug hunt 15", arguments: Exercises.BugHunt15.exercise.gaps) func hunt(_ gap: Gap) {
        ask(gap, of: Exercises.BugHunt15.self)
    }
}
@Suite(.serialized, .notMeant(by: "BugHunt1")) struct BugHunt16 {
    @Test("Bug hunt 16", arguments: Exercises.BugHunt16.exercise.gaps) func hunt(_ gap: Gap) {
        ask(gap, of: Exercises.BugHunt16.self)
    }
}
