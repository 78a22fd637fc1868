// What the two languages with a grammar share: draw a meaning, say it in English, say it in the other language.

import Randomness

enum Translation {
    typealias Realizer = @Sendable (Sentence, [SourceWord]) -> [TargetWord]

    /// Of a few sentences the one whose length is nearest: lengths then follow the wish without bending the grammar.
    private static func drawn(
        _ length: Int, _ lexicon: Lexicon, _ options: ToyOptions, _ random: inout RandomSource
    ) -> (sentence: Sentence, english: [SourceWord])? {
        var drawing = Drawing(lexicon: lexicon, options: options)
        var best: (sentence: Sentence, english: [SourceWord])?
        for _ in 0..<4 {
            let sentence = drawing.sentence(length: length, &random), english = EnglishWords.realize(sentence)
            if let best, abs(best.english.count - length) <= abs(english.count - length) { continue }
            best = (sentence, english)
        }
        return best
    }

    static func generator(_ lexicon: Lexicon, _ options: ToyOptions, _ realize: @escaping Realizer) -> PairGenerator {
        { sourceLength, random in
            guard let (sentence, english) = drawn(sourceLength, lexicon, options, &random) else {
                return SentencePair(source: [], target: [])
            }
            return SentencePair(english, realize(sentence, english))
        }
    }

    /// The same sentences with the relations of their words.
    static func parsedGenerator(
        _ lexicon: Lexicon, _ options: ToyOptions, _ realize: @escaping Realizer
    ) -> ParsedGenerator {
        { sourceLength, random in
            guard let (sentence, english) = drawn(sourceLength, lexicon, options, &random) else {
                return ParsedPair(pair: SentencePair(source: [], target: []), dependencies: [])
            }
            return parsed(sentence, english, realize)
        }
    }

    private static func parsed(_ sentence: Sentence, _ english: [SourceWord], _ realize: Realizer) -> ParsedPair {
        ParsedPair(
            pair: SentencePair(english, realize(sentence, english)), dependencies: Dependencies.of(sentence, english))
    }

    /// "the cat … on the mat", by which the tasks are known.
    static func catOnTheMat(_ predicate: (Lexicon) -> Predicate?, tense: Tense, _ realize: Realizer) -> [ParsedPair] {
        let lexicon = Lexicon(share: 1)
        guard let cat = lexicon.nouns.first(where: { $0.singular == "cat" }),
            let mat = lexicon.nouns.first(where: { $0.singular == "mat" }),
            let on = lexicon.places.first(where: { $0.english == ["on"] }), let predicate = predicate(lexicon)
        else { return [] }
        let subject = NounPhrase(node: 1, determiner: .the, noun: cat, isPlural: false)
        let ground = NounPhrase(node: 2, determiner: .the, noun: mat, isPlural: false)
        let clause = Clause(
            node: 3, subject: .noun(subject), predicate: predicate, tense: tense,
            place: PrepositionPhrase(node: 4, preposition: on, nominal: .noun(ground)))
        let sentence = Sentence(node: 5, main: clause)
        return [parsed(sentence, EnglishWords.realize(sentence), realize)]
    }
}
