// What the two languages with a grammar share: draw a meaning, say it in English, say it in the other language.

import Randomness

enum Translation {
    typealias Realizer = @Sendable (Sentence, [SourceWord]) -> [TargetWord]

    static func pair(_ sentence: Sentence, _ realize: Realizer) -> SentencePair {
        let english = EnglishWords.realize(sentence)
        return SentencePair(english, realize(sentence, english))
    }

    /// Of a few sentences the one whose length is nearest: lengths then follow the wish without bending the grammar.
    static func generator(_ lexicon: Lexicon, _ options: ToyOptions, _ realize: @escaping Realizer) -> PairGenerator {
        { sourceLength, random in
            var drawing = Drawing(lexicon: lexicon, options: options)
            var best: (sentence: Sentence, english: [SourceWord])?
            for _ in 0..<4 {
                let sentence = drawing.sentence(length: sourceLength, &random)
                let english = EnglishWords.realize(sentence)
                if let best, abs(best.english.count - sourceLength) <= abs(english.count - sourceLength) { continue }
                best = (sentence, english)
            }
            guard let best else { return SentencePair(source: [], target: []) }
            return SentencePair(best.english, realize(best.sentence, best.english))
        }
    }

    /// "the cat … on the mat", by which the tasks are known.
    static func catOnTheMat(_ predicate: (Lexicon) -> Predicate?, tense: Tense, _ realize: Realizer) -> [SentencePair] {
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
        return [pair(Sentence(node: 5, main: clause), realize)]
    }
}
