// The exercises in order. Nothing to fill here.

public import Workbook

public let exercises: [any Answers.Type] = [
    Exercise01.self,
    Exercise15.self,
    Exercise16.self,
    Exercise17.self,
    Exercise18.self,
]
