// Project A · a translator with your own scorer
//
//     pairs → held-out parts → a model with your scorer → training → greedy translations → BLEU
//
// You wrote the pieces; here they become a translator of toy English into toy French, and a figure that another person
// can believe: measured on sentences that the training has not seen. Bahdanau et al. 2015, §4 and §5, do the same on
// 348 million words. A model without attention, with the same budget, stays near 30 BLEU; yours has to reach 75.
//
// Before  Exercises/Exercise07_Bahdanau.swift, whose scorer is trained here
// Lesson  Notebooks-md/07_ContextFeedingTiming.md
// Check   swift test --filter ProjectA
// Hints   swift run attention exercises hint A

public import AttentionLab
public import Workbook

public enum ProjectA: TranslatorAnswers {
    /// The scorer that the model is built with: the one you wrote in exercise 7. Any other of yours will do, if it is
    /// good enough.
    public typealias Scorer = Exercise07.Scorer

    /// Three parts of some sentence pairs: to train on, to choose the best parameters by, and to measure on.
    ///
    /// Every pair goes into one part. Pairs with the same source sentence go into the same one: a sentence that was
    /// seen in training measures memory. Which pairs are held out is left to chance (with a seed, so that it can be
    /// repeated), because the pairs may come sorted.
    ///
    /// - Parameters:
    ///   - pairs: sentence pairs; some source sentences stand in several of them.
    ///   - dev: dev gets so many pairs; more only where the last group of equal sources does not fit exactly.
    ///   - test: likewise for test.
    /// - Throws: where nothing would be left to train on.
    public static func holdOut(_ pairs: [SentencePair], dev: Int, test: Int) throws -> Dataset {
        throw Unfinished("holding sentences out")
    }

    /// A fresh model with `Scorer`, and what will train it. Choose the settings; the budget is 600 steps of 32 pairs,
    /// and H = 32.
    ///
    /// - Parameter data: the words come from `train` alone: what stands only in dev or test is unknown to a translator
    ///   too.
    /// - Returns: a trainer that has not run yet.
    public static func trainer(_ data: Dataset) throws -> Trainer {
        throw Unfinished("model and trainer")
    }

    /// Greedy translations as words, in the order of the sentences.
    public static func translations(_ translator: Translator, of sentences: [[String]]) throws -> [[String]] {
        throw Unfinished("translating")
    }

    /// Corpus BLEU of translations, in percent, with the library's `BLEU`: words joined by spaces, one reference each.
    public static func bleu(_ outputs: [[String]], references: [[String]]) throws -> Double {
        throw Unfinished("BLEU")
    }

    /// Everything together, with 200 pairs in dev and 200 in test: hold out, train to the end, put the best parameters
    /// back, translate test, measure.
    ///
    /// - Returns: `TranslatorOutcome(data: data, trainer: trainer, outputs: outputs, bleu: bleu)`.
    public static func run(_ pairs: [SentencePair]) throws -> TranslatorOutcome {
        throw Unfinished("the whole run")
    }
}
