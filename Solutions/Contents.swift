// The exercises in order. Nothing to fill here.

public import Workbook

public let solutions: [any Answers.Type] = [
    Exercise01.self,
    Exercise07.self,
    Exercise08.self,
    Exercise09.self,
    Exercise10.self,
]
