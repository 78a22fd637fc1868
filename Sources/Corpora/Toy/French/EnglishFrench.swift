// The default task: English to French, where adjectives change places, "not" becomes two words and "of the" becomes
// one.

import Randomness

/// Nothing in it is noise: each French word can be known from the English sentence, if one looks at the right words.
public struct EnglishFrench: ParsedTask {
    public let name = "english-french"
    public let summary =
        "English to French: adjectives after the noun, ne … pas around the verb, du for of the, articles by gender."
    public let defaults = ToyOptions(lexiconShare: 0.25, rates: Rate.defaults.filter { $0.key != "compound" })
    public var reads: [PartialKeyPath<ToyOptions>] { [\.lexiconShare] }

    public init() {}

    public var parsedExamples: [ParsedPair] {
        Translation.catOnTheMat(
            { $0.verbs(.posture).first { $0.base == "sit" }.map { .verb($0, nil) } }, tense: .past, Self.realize)
    }

    public func generator(_ options: ToyOptions) -> PairGenerator {
        Translation.generator(lexicon(options), options, Self.realize)
    }

    public func parsedGenerator(_ options: ToyOptions) -> ParsedGenerator {
        Translation.parsedGenerator(lexicon(options), options, Self.realize)
    }

    private func lexicon(_ options: ToyOptions) -> Lexicon { Lexicon(share: options.lexiconShare) }

    private static let realize: Translation.Realizer = { FrenchWords.realize($0, english: $1) }
}
