// The exercises in order. Nothing to fill here.

public import Workbook

public let exercises: [any Answers.Type] = [
    Exercise01.self,
    Exercise02.self,
    Exercise03.self,
    Exercise04.self,
    Exercise05.self,
    Exercise06.self,
]
