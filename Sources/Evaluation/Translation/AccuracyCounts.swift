// How often a translation is simply right, word by word and sentence by sentence.
//
//   token accuracy    = Σ [hypothesis word j = reference word j] / Σ max(hypothesis length, reference length)
//   sentence accuracy = share of sentences that equal their reference word for word

import Corpora

/// Word-by-word comparison of translations with their references; additive.
public struct AccuracyCounts: Counts {
    public var sentences = 0
    /// Sentences equal to their reference.
    public var exactSentences = 0
    /// Positions of the longer of the two sentences, so that too long and too short both cost.
    public var positions = 0
    /// Positions where both have the same word.
    public var correctWords = 0
    public var outputWords = 0
    /// Output words equal to the word before them: the sign of a decoder that is stuck.
    public var repeatedWords = 0
    public var referenceWords = 0
    public var referenceRepeatedWords = 0

    public init() {}

    /// The counts of one sentence. Words are equal when their Unicode scalars are, see `Spelling`.
    public init(output: [String], reference: [String]) {
        sentences = 1
        positions = max(output.count, reference.count)
        correctWords = zip(output, reference).reduce(0) { $0 + (Self.same($1.0, $1.1) ? 1 : 0) }
        exactSentences = correctWords == positions ? 1 : 0
        outputWords = output.count
        repeatedWords = Self.repeats(output)
        referenceWords = reference.count
        referenceRepeatedWords = Self.repeats(reference)
    }

    static func same(_ a: String, _ b: String) -> Bool { Spelling(a) == Spelling(b) }

    private static func repeats(_ words: [String]) -> Int {
        zip(words, words.dropFirst()).reduce(0) { $0 + (same($1.0, $1.1) ? 1 : 0) }
    }

    /// From 0 to 1; nil where there was nothing to compare.
    public var tokenAccuracy: Double? { ratio(correctWords, positions) }
    /// From 0 to 1; nil where there was no sentence.
    public var sentenceAccuracy: Double? { ratio(exactSentences, sentences) }
    /// Share of output words equal to the word before; to be read beside that of the reference.
    public var repetitionRate: Double? { ratio(repeatedWords, outputWords) }
    public var referenceRepetitionRate: Double? { ratio(referenceRepeatedWords, referenceWords) }

    public static let fields: [CountField<Self>] = [
        .number("sentences", \.sentences),
        .number("exactSentences", \.exactSentences, earlier: "exact_sentences").part(of: \.sentences),
        .number("positions", \.positions),
        .number("correctWords", \.correctWords, earlier: "correct_words").part(of: \.positions),
        .number("outputWords", \.outputWords, earlier: "output_words"),
        .number("repeatedWords", \.repeatedWords, earlier: "repeated_words").part(of: \.outputWords),
        .number("referenceWords", \.referenceWords, earlier: "reference_words"),
        .number("referenceRepeatedWords", \.referenceRepeatedWords, earlier: "reference_repeated_words")
            .part(of: \.referenceWords),
    ]

    public static let figures: [CountFigure<Self>] = [
        .init("tokenAccuracy", \.tokenAccuracy), .init("sentenceAccuracy", \.sentenceAccuracy),
        .init("repetitionRate", \.repetitionRate), .init("referenceRepetitionRate", \.referenceRepetitionRate),
    ]
}
