// Documents of several sentences, to one word: is what they say of the hotel good or bad?

import Randomness

/// "the garden is dirty . the king found the old hotel . it is not bad . the school was clean . …" → "positive".
///
/// What is asked about is always the hotel. A few words decide the label; the same words are said of other places, and
/// the hotel is mentioned where nothing is thought of it.
///
/// A document is a row of blocks in random order, each of one sentence, or of two that stay together:
///
///     block   = opinion of X | fact about X
///     opinion = the X be J .                               plain, or negation
///             | the X be J' but J .                        but
///             | the X be J but the Y be J' .               other
///             | the Y be J' but the X be J .               other
///             | fact about X, it be J .                    pronoun
///     fact    = the PERSON VERB the [ADJECTIVE] X . | the X be [not] NEUTRAL .
///             | the PERSON VERB the [ADJECTIVE] X . it be [not] NEUTRAL .
///     J       = ADJECTIVE that says it | not ADJECTIVE that says the opposite          J' says the opposite of J
///     be      = is | was
///
/// X is the hotel or another place, Y another place and not X; "it" is what stands last in the sentence before. One or
/// two opinions are of the hotel and say the same, which is the label; all others are of other places. Adjectives before
/// a noun are of any kind for other places and neutral for the hotel.
///
/// Gold: the label is linked with what J says of the hotel, in each opinion of it: the adjective, "not" before it, and,
/// where J stands behind what is said of the hotel too, "but". Nothing is possible that is not sure.
public struct DocumentsTask: ToyTask {
    public let name = "documents"
    public let summary =
        "Documents of three to twelve sentences, to what they say of the hotel: a few words decide, and others say the same of other places."
    public let defaults = ToyOptions(
        trainPairs: 3000, devPairs: 200, testPairs: 400, longPairs: 200, lengths: 20...60, longLengths: 61...120,
        lexiconShare: 0.25,
        rates: [
            "negation": 0.3, "contrast": 0.4, "pronoun": 0.15, "second opinion": 0.4, "other opinion": 0.6,
            "opposite": 0.6,
        ])
    public var reads: [PartialKeyPath<ToyOptions>] { [\.lexiconShare] }

    public init() {}

    /// The labels that there are.
    public static let labels = ["negative", "positive"]
    /// What is asked about.
    public static let asked = "hotel"

    public func generator(_ options: ToyOptions) -> PairGenerator {
        let words = DocumentWords(share: options.lexiconShare)
        return { sourceLength, random in
            DocumentWriter(words: words, options: options).document(length: sourceLength, &random)
        }
    }
}
