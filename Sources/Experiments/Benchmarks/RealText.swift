// The experiment `real-text`: every rung from a translator's weights to an aligner, on the same pairs.

public import Aligners
public import Corpora

public enum RealText {
    /// - Parameters:
    ///   - pairs: to learn from.
    ///   - judged: those with gold links.
    ///   - watch: told of the step that learns, and of the share of it that is done; all stops where it gives false.
    ///   - each: gets a row once it is there.
    public static func climb(
        _ pairs: [SentencePair], judged: [SentencePair], _ translator: TranslatorRung, _ settings: AlignerSettings,
        watch: (AlignmentLadder.Step, Double) -> Bool, each: (AlignmentLadder.Row) throws -> Void
    ) throws {
        try each(translator.row(pairs, judged: judged, seed: settings.seed) { watch(.translator, $0) })
        try AlignmentLadder.climb(pairs, judged: judged, settings, watch: watch, each: each)
    }

    /// Pairs of a toy language in place of a text, and others of it, whose hidden links judge.
    public static func toy() throws -> (pairs: [SentencePair], judged: [SentencePair]) {
        let language = EnglishFrench()
        var options = language.defaults
        (options.trainPairs, options.testPairs, options.devPairs, options.longPairs) = (2000, 200, 1, 1)
        let data = try language.dataset(seed: 1, options: options)
        return (data.train, data.test)
    }
}
