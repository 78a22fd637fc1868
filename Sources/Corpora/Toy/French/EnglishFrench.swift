// The default task: English to French, where adjectives change places, "not" becomes two words and "of the" becomes
// one.

import Randomness

/// Nothing in it is noise: each French word can be known from the English sentence, if one looks at the right words.
public struct EnglishFrench: ToyTask {
    public let name = "english-french"
    public let summary =
        "English to French: adjectives after the noun, ne … pas around the verb, du for of the, articles by gender."
    public let defaults = ToyOptions(lexiconShare: 0.25, rates: Rate.defaults.filter { $0.key != "compound" })
    public var reads: [PartialKeyPath<ToyOptions>] { [\.lexiconShare] }

    public init() {}

    public var examples: [SentencePair] {
        Translation.catOnTheMat(
            { $0.verbs(.posture).first { $0.base == "sit" }.map { .verb($0, nil) } }, tense: .past, Self.realize)
    }

    public func generator(_ options: ToyOptions) -> PairGenerator {
        Translation.generator(Lexicon(share: options.lexiconShare), options, Self.realize)
    }

    private static let realize: Translation.Realizer = { FrenchWords.realize($0, english: $1) }
}
