// How often a translation is simply right, word by word and sentence by sentence.
//
//   token accuracy    = Σ [hypothesis word j = reference word j] / Σ max(hypothesis length, reference length)
//   sentence accuracy = share of sentences that equal their reference word for word

import Corpora

/// Word-by-word comparison of translations with their references; additive.
public struct AccuracyCounts: Sendable, Equatable {
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

    public static func += (a: inout Self, b: Self) {
        a.sentences += b.sentences
        a.exactSentences += b.exactSentences
        a.positions += b.positions
        a.correctWords += b.correctWords
        a.outputWords += b.outputWords
        a.repeatedWords += b.repeatedWords
        a.referenceWords += b.referenceWords
        a.referenceRepeatedWords += b.referenceRepeatedWords
    }
}

extension AccuracyCounts: Codable {
    private enum CodingKeys: String, CodingKey {
        case tokenAccuracy = "token_accuracy", sentenceAccuracy = "sentence_accuracy"
        case repetitionRate = "repetition_rate", referenceRepetitionRate = "reference_repetition_rate"
        case sentences, exactSentences = "exact_sentences", positions, correctWords = "correct_words"
        case outputWords = "output_words", repeatedWords = "repeated_words"
        case referenceWords = "reference_words", referenceRepeatedWords = "reference_repeated_words"
    }

    public init(from decoder: any Decoder) throws {
        let c = try decoder.container(keyedBy: CodingKeys.self)
        sentences = try c.decode(Int.self, forKey: .sentences)
        exactSentences = try c.decode(Int.self, forKey: .exactSentences)
        positions = try c.decode(Int.self, forKey: .positions)
        correctWords = try c.decode(Int.self, forKey: .correctWords)
        outputWords = try c.decode(Int.self, forKey: .outputWords)
        repeatedWords = try c.decode(Int.self, forKey: .repeatedWords)
        referenceWords = try c.decode(Int.self, forKey: .referenceWords)
        referenceRepeatedWords = try c.decode(Int.self, forKey: .referenceRepeatedWords)
        try check(decoder)
    }

    public func encode(to encoder: any Encoder) throws {
        var c = encoder.container(keyedBy: CodingKeys.self)
        try c.encode(tokenAccuracy, forKey: .tokenAccuracy)
        try c.encode(sentenceAccuracy, forKey: .sentenceAccuracy)
        try c.encode(repetitionRate, forKey: .repetitionRate)
        try c.encode(referenceRepetitionRate, forKey: .referenceRepetitionRate)
        try c.encode(sentences, forKey: .sentences)
        try c.encode(exactSentences, forKey: .exactSentences)
        try c.encode(positions, forKey: .positions)
        try c.encode(correctWords, forKey: .correctWords)
        try c.encode(outputWords, forKey: .outputWords)
        try c.encode(repeatedWords, forKey: .repeatedWords)
        try c.encode(referenceWords, forKey: .referenceWords)
        try c.encode(referenceRepeatedWords, forKey: .referenceRepeatedWords)
    }
}
