// The solutions pass the checks, the exercises are the solutions with gaps, and wrong answers are found out.

import Exercises
import Foundation
import Solutions
import Testing
import TextLines
import Workbook

/// A gap of a solution.
struct SolvedGap: Sendable, CustomTestStringConvertible {
    let exercise: Exercise, gap: Gap

    var testDescription: String { "\(exercise.name), \(gap.name)" }

    static let all = solutions.flatMap { answers in
        answers.exercise.gaps.map { SolvedGap(exercise: answers.exercise, gap: $0) }
    }
}

@Suite("Solutions") struct SolutionTests {
    @Test("a solution passes", arguments: SolvedGap.all) func passes(_ solved: SolvedGap) throws {
        try solved.gap.check()
    }

    @Test("every exercise has a solution, in the same order")
    func same() {
        #expect(exercises.map { $0.exercise.name } == solutions.map { $0.exercise.name })
    }

    @Test("an exercise is its solution with gaps", arguments: solutions.map { $0.exercise })
    func stub(_ exercise: Exercise) throws {
        let solution = try String(
            contentsOf: packageFolder.appendingPathComponent("Solutions/\(exercise.fileName)"), encoding: .utf8)
        let stub = try StubText.exercise(from: solution)
        // Where a student has begun, there is nothing to compare.
        let student = try String(contentsOf: packageFolder.appendingPathComponent(exercise.file), encoding: .utf8)
        guard StubText.isUntouched(student, of: solution) else { return }
        #expect(
            TextLine.plain(student) == TextLine.plain(stub),
            "`swift run attention exercises reset \(exercise.name.short)` makes it so")
        for gap in exercises.first(where: { $0.exercise.name == exercise.name })?.exercise.gaps ?? []
        where gap.file == nil {
            // Anything else would be red in the run of the whole suite, without a student having done anything wrong.
            #expect(throws: Unfinished.self, "“\(gap.name)”, untouched, must be unfinished and not wrong") {
                try gap.check()
            }
        }
    }

    @Test("three hints, a lesson that exists, and a function for every gap", arguments: solutions.map { $0.exercise })
    func complete(_ exercise: Exercise) throws {
        #expect(exercise.hints.count == 3)
        for gap in exercise.gaps {
            let file = gap.file ?? "Solutions/\(exercise.fileName)"
            #expect(
                lineOfFunction(gap.function, in: packageFolder.appendingPathComponent(file)) != nil,
                "no \(gap.function) in \(file)")
        }
    }
}

/// A plausible wrong answer, the gap that must refuse it, and a part of the message that names the cause.
struct Wrong: Sendable, CustomTestStringConvertible {
    let answers: any Answers.Type
    let gap: String
    let says: String

    init(_ answers: any Answers.Type, _ gap: String, says: String) {
        (self.answers, self.gap, self.says) = (answers, gap, says)
    }

    var testDescription: String { "\(answers) in \(answers.exercise.name)" }
}

@Suite("Wrong answers") struct WrongAnswerTests {
    @Test("is refused, and the message names the cause", arguments: wrongAnswers)
    func refused(_ wrong: Wrong) throws {
        let gap = try #require(
            wrong.answers.exercise.gaps.first { $0.name == wrong.gap }, "there is no gap “\(wrong.gap)”")
        let error = #expect(throws: (any Error).self) { try gap.check() }
        let message = try "\(#require(error))"
        #expect(!(error is Unfinished))
        #expect(message.contains(wrong.says), "the message is: \(message)")
    }

    @Test("every gap refuses at least two", arguments: SolvedGap.all)
    func two(_ solved: SolvedGap) {
        let count = wrongAnswers.count { $0.answers.exercise.name == solved.exercise.name && $0.gap == solved.gap.name }
        #expect(count >= 2, "\(count) wrong answers are kept for it")
    }
}

/// Those of every exercise; one file each beside this one.
let wrongAnswers: [Wrong] = [
    softmaxMistakes,
    contextVectorMistakes,
    dotScoresMistakes,
    scaledDotMistakes,
    luongGeneralMistakes,
    luongConcatMistakes,
    bahdanauMistakes,
    locationMistakes,
    keysOnceMistakes,
    decoderStepMistakes,
    dotBackwardMistakes,
    additiveBackwardMistakes,
    coverageMistakes,
    copyingMistakes,
    causalSelfAttentionMistakes,
    multiHeadMistakes,
    aerMistakes,
    beamSearchMistakes,
    patternsMistakes,
    yourScorerMistakes,
    localWindowMistakes,
    sparsemaxMistakes,
    hardAttentionMistakes,
    monotonicMistakes,
    coverageTermMistakes,
    decoderLayerMistakes,
    posteriorMistakes,
    jumpForwardMistakes,
    growDiagMistakes,
    bytePairsMistakes,
    twoLevelsMistakes,
    attentionSumMistakes,
    deletionMistakes,
    twoDimensionsMistakes,
    letterErrorsMistakes,
    translatorMistakes,
    rankingMistakes,
    classifierMistakes,
    interpretMistakes,
    bugHunt1Mistakes,
    bugHunt2Mistakes,
    bugHunt3Mistakes,
    bugHunt4Mistakes,
    bugHunt5Mistakes,
    bugHunt6Mistakes,
    bugHunt7Mistakes,
    bugHunt8Mistakes,
    bugHunt9Mistakes,
    bugHunt10Mistakes,
    bugHunt11Mistakes,
    bugHunt12Mistakes,
    bugHunt13Mistakes,
    bugHunt14Mistakes,
    bugHunt15Mistakes,
    bugHunt16Mistakes,
].flatMap { $0 }
