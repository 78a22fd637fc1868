// Speech to letters: the positions of the source are frames of numbers, several for each letter and none for some.

/// What is drawn. An utterance has words, a word one to three syllables, a syllable a consonant and a vowel, each of the
/// ten (five) as likely. A syllable that is not the first is, at the rate `repetition`, the one before it again, also
/// over a pause. Words are drawn, and the last is cut after a syllable, until less than four frames are missing to the
/// length that is wanted. Each sound, and the pause between two words, lasts 2 to 7 frames (the smaller of two even
/// draws); 0 to 2 silent frames stand before the first word and behind the last.
///
/// What is heard. A sound has a template of twelve numbers (`Sounds.templates`), a pause and what lies beyond the ends
/// zeros. Of d frames the k-th, from 0, is (1 − l − r) times the template of its own sound, l = 0.3 / 2ᵏ times that of
/// the one before and r = 0.3 / 2^(d − 1 − k) times that of the one behind, and normal noise of deviation 0.25 on each
/// number, all rounded to a thousandth.
///
/// What is written: the letters of the sounds in their order, and `_` for each pause between words. Gold: every letter,
/// and every `_`, to the frames that its sound (pause) lasts, all sure; silent frames at the ends belong to nothing. The
/// phenomenon of a letter is `again` where its syllable is the same as the one before, else `once`; that of `_` is
/// `pause`, and it is no content word.
public struct SpeechLanguage: ToyTask {
    public let name = "speech"
    public let summary = "Frames of speech, to letters: many positions for each letter, and syllables that come again."
    public let defaults = ToyOptions(
        trainPairs: 2000, devPairs: 100, testPairs: 200, longPairs: 100, lengths: 16...40, longLengths: 80...160,
        rates: ["repetition": 0.35])

    public init() {}

    public func generator(_ options: ToyOptions) -> PairGenerator {
        let repetition = options.rate("repetition")
        return { frames, random in
            Utterance(frames: frames, repetition: repetition, &random).pair(&random)
        }
    }
}
