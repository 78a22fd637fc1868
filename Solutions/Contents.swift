// The exercises in order. Nothing to fill here.

public import Workbook

public let solutions: [any Answers.Type] = [
    Exercise01.self,
    Exercise02.self,
    Exercise03.self,
    Exercise04.self,
    Exercise05.self,
    Exercise06.self,
    Exercise07.self,
    Exercise08.self,
    Exercise09.self,
    Exercise10.self,
    Exercise11.self,
    Exercise12.self,
    Exercise13.self,
    Exercise14.self,
    Exercise15.self,
    Exercise16.self,
    Exercise17.self,
    Exercise18.self,
    ProjectA.self,
    ProjectB.self,
    BugHunt1.self,
    BugHunt2.self,
    BugHunt3.self,
    BugHunt4.self,
    BugHunt5.self,
    BugHunt6.self,
    BugHunt7.self,
    BugHunt8.self,
]
