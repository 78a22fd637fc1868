// English to German, where the verb of a subordinate clause comes last: the long distances are here.

import Randomness

public struct EnglishGerman: ParsedTask {
    public let name = "english-german"
    public let summary =
        "English to German: verbs at the end of clauses, separable verbs, compounds in one word, articles by case."
    public let defaults = ToyOptions(lexiconShare: 0.25, rates: Rate.defaults)
    public var reads: [PartialKeyPath<ToyOptions>] { [\.lexiconShare] }

    public init() {}

    public var parsedExamples: [ParsedPair] {
        Translation.catOnTheMat({ _ in .being }, tense: .present, Self.realize)
    }

    public func generator(_ options: ToyOptions) -> PairGenerator {
        Translation.generator(lexicon(options), options, Self.realize)
    }

    public func parsedGenerator(_ options: ToyOptions) -> ParsedGenerator {
        Translation.parsedGenerator(lexicon(options), options, Self.realize)
    }

    private func lexicon(_ options: ToyOptions) -> Lexicon {
        Lexicon(share: options.lexiconShare, compounds: Noun.compounds)
    }

    private static let realize: Translation.Realizer = { GermanWords.realize($0, english: $1) }
}
