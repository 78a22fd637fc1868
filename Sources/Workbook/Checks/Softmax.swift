// Exercise 1: softmax, stable and masked, and the variant that can divide by zero.

import Foundation

public protocol SoftmaxAnswers: Answers {
    static func softmax(_ scores: [Double]) throws -> [Double]
    static func maskedSoftmax(_ scores: [Double], isReal: [Bool]) throws -> [Double]
    static func renormalisingSoftmax(_ scores: [Double], isReal: [Bool]) throws -> [Double]
    static func scoresThatDivideByZero() throws -> (scores: [Double], isReal: [Bool])
}

extension SoftmaxAnswers {
    public static var exercise: Exercise {
        Exercise(
            ExerciseName(.exercise, 1), "softmax, stable and masked", topic: "Softmax", lesson: "02_SoftSearch",
            hints: [
                "Softmax does not change when the same number is subtracted from every score. Which number makes the largest exponent exactly 0?",
                "Masking is done before the exponential, not after: leave the padding out of the largest score and out of the sum, and give it weight 0. For the last gap: exp(-800) is exactly 0 in Double.",
                """
                The masked one:

                    m      = the largest real score
                    e      = isReal ? exp(score - m) : 0
                    weight = e / Σ e

                The renormalising variant takes m over all scores; a padding score that is 800 above the real ones leaves nothing of them.
                """,
            ],
            gaps: [
                Gap("softmax", function: "softmax", checkSoftmax),
                Gap("masked softmax", function: "maskedSoftmax", checkMasked),
                Gap("renormalising softmax", function: "renormalisingSoftmax", checkRenormalising),
                Gap("the input that divides by zero", function: "scoresThatDivideByZero", checkDivision),
            ])
    }

    @Sendable private static func checkSoftmax() throws {
        let scores = [1.0, 2.0, 3.0]
        try expectAnswer(
            softmax(scores), equals: [0.09003057317038046, 0.24472847105479764, 0.6652409557748218],
            "softmax(\(list(scores)))",
            mistakes: [
                Mistake(
                    "these are the exponentials; they are not divided by their sum yet", gives: scores.map { exp($0) }),
                Mistake(
                    "the exponentials of scores minus the largest one are there, but they are not divided by their sum yet",
                    gives: scores.map { exp($0 - 3) }),
                Mistake(
                    "the scores are divided by their sum; the exponential is missing", gives: scores.map { $0 / 6 }),
                Mistake(
                    "the weights run the wrong way: exp(-score) instead of exp(score)",
                    gives: Plain.softmax(scores.map { -$0 })),
                Mistake("the logarithm of softmax, not softmax", gives: Plain.softmax(scores).map { log($0) }),
            ])
        try expectAnswer(
            softmax([5]), equals: [1], "softmax([5])", otherwise: "one word gets all the weight, whatever its score")
        try expectAnswer(
            softmax([1000, 1001]), equals: [0.2689414213699951, 0.7310585786300049], "softmax([1000, 1001])",
            otherwise: "exp(1000) is ∞; subtract the largest score first, which changes no weight")
        try expectAnswer(
            softmax([-1000, -1000]), equals: [0.5, 0.5], "softmax([-1000, -1000])",
            otherwise: "exp(-1000) is 0 and 0/0 is NaN; subtract the largest score, not 0 and not the largest magnitude"
        )
        // Each of these finds another number that is not the largest: the smallest or the first score, the last one,
        // their mean.
        for (scores, weights) in [([0.0, 1000], [0.0, 1]), ([1000, 0], [1, 0]), ([-1000, 1000], [0, 1])] {
            try expectAnswer(
                softmax(scores), equals: weights, "softmax(\(list(scores)))",
                otherwise:
                    "subtract the *largest* score; after subtracting another number the largest exponent is still 1000 or more, and exp(1000) is ∞"
            )
        }
    }

    @Sendable private static func checkMasked() throws {
        let scores = [1.0, 2.0, 3.0], isReal = [true, true, false]
        let all = Plain.softmax(scores)
        try expectAnswer(
            maskedSoftmax(scores, isReal: isReal), equals: [0.2689414213699951, 0.7310585786300049, 0],
            "maskedSoftmax(\(list(scores)), isReal: \(isReal))",
            mistakes: [
                Mistake(
                    "the mask was applied after the softmax: the padding still takes a share, and the rest does not sum to 1",
                    gives: [all[0], all[1], 0]),
                Mistake(
                    "the mask was multiplied into the scores before the softmax; a score of 0 is a score like any other, exp(0) = 1",
                    gives: Plain.softmax([1, 2, 0])),
                Mistake("the mask was not used", gives: all),
                Mistake("the mask is the wrong way round: true marks a real word", gives: [0, 0, 1]),
            ])
        try expectAnswer(
            maskedSoftmax([0, 0, 1000], isReal: [true, true, false]), equals: [0.5, 0.5, 0],
            "maskedSoftmax([0, 0, 1000], isReal: [true, true, false])",
            otherwise: "the largest score was taken over the padding too; whatever stands there must not matter")
        try expectAnswer(
            maskedSoftmax([.nan, 3], isReal: [false, true]), equals: [0, 1],
            "maskedSoftmax([NaN, 3], isReal: [false, true])",
            otherwise: "NaN plus or times anything is NaN: the padding's score must not enter any arithmetic")
        let noWord = "maskedSoftmax([1, 2], isReal: [false, false])", weights: [Double]
        do { weights = try maskedSoftmax([1, 2], isReal: [false, false]) } catch let unfinished as Unfinished {
            throw unfinished
        } catch { return }
        throw CheckFailure(
            "\(noWord) is \(list(weights)), expected an error that says what is wrong",
            cause:
                "with no real word there is nothing to attend to, and no weights are right; throw an error that says so"
        )
    }

    @Sendable private static func checkRenormalising() throws {
        let scores = [1.0, 2.0, 3.0], isReal = [true, true, false]
        try expectAnswer(
            renormalisingSoftmax(scores, isReal: isReal), equals: [0.2689414213699951, 0.7310585786300049, 0],
            "renormalisingSoftmax(\(list(scores)), isReal: \(isReal))",
            mistakes: [
                Mistake(
                    "the padding was zeroed but the rest was not divided by its sum",
                    gives: [Plain.softmax(scores)[0], Plain.softmax(scores)[1], 0]),
                Mistake("the padding was not zeroed", gives: Plain.softmax(scores)),
            ])
        try expectAnswer(
            renormalisingSoftmax([0, 0, 30], isReal: [true, true, false]), equals: [0.5, 0.5, 0], within: 1e-6,
            "renormalisingSoftmax([0, 0, 30], isReal: [true, true, false])")
        let call = "renormalisingSoftmax([0, 0, 1000], isReal: [true, true, false])"
        let lost = try answer(
            call, expected: "[NaN, NaN, NaN]", otherwise: "write this variant as it is described, NaN and all"
        ) {
            try renormalisingSoftmax([0, 0, 1000], isReal: [true, true, false])
        }
        try require(
            lost.contains { $0.isNaN },
            "\(call) is \(list(lost)), expected NaN: "
                + "this variant divides 0 by 0 here, which is what the exercise is about",
            cause: "the padding was left out before the softmax; that is the masked softmax, the better one")
    }

    @Sendable private static func checkDivision() throws {
        let (scores, isReal) = try scoresThatDivideByZero()
        let shown = "scoresThatDivideByZero() is \(list(scores)) with isReal \(isReal)"
        try require(
            scores.count == isReal.count,
            "\(shown): \(scores.count) scores and \(isReal.count) marks, expected as many of one as of the other")
        try require(!scores.isEmpty, "\(shown), expected at least one word")
        try require(
            scores.allSatisfy(\.isFinite), "\(shown), expected finite scores",
            cause: "the task asks for finite scores, and a large one is enough")
        try require(
            isReal.contains(true), "\(shown), expected at least one word that is real",
            cause: "a sentence of padding only breaks any softmax")
        let largest = scores.max() ?? 0
        let rest = zip(scores, isReal).filter { $0.1 }.map { exp($0.0 - largest) }.reduce(0, +)
        try require(
            rest == 0,
            "\(shown): the real words keep \(String(format: "%.2g", rest)) of the exponentials, expected exactly 0",
            cause: isReal.allSatisfy { $0 }
                ? "without padding both variants are the same"
                : "the padding's score is not far enough above the real ones; exp(-745) is the smallest that is not 0")
        let masked = try answer(
            "maskedSoftmax of the same input", expected: "finite weights",
            otherwise: "fill the gap of the masked softmax first"
        ) {
            try maskedSoftmax(scores, isReal: isReal)
        }
        try require(
            masked.allSatisfy { $0.isFinite },
            "maskedSoftmax of the same input is \(list(masked)), expected finite weights",
            cause: "fill the gap of the masked softmax first")
    }
}
