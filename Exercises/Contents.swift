// The exercises in order. Nothing to fill here.

public import Workbook

public let exercises: [any Answers.Type] = [
    Exercise01.self,
    Exercise19.self,
    Exercise20.self,
    BugHunt1.self,
    BugHunt2.self,
    BugHunt3.self,
    BugHunt4.self,
    BugHunt5.self,
    BugHunt6.self,
    BugHunt7.self,
    BugHunt8.self,
]
