// The exercises in order. Nothing to fill here.

public import Workbook

public let exercises: [any Answers.Type] = [
    Exercise01.self,
    ProjectA.self,
    ProjectB.self,
    ProjectC.self,
    ProjectD.self,
]
