// The exercises in order. Nothing to fill here.

public import Workbook

public let solutions: [any Answers.Type] = [
    Exercise01.self,
    Exercise11.self,
    Exercise12.self,
    Exercise13.self,
    Exercise14.self,
]
