// Whether a training fits the memory: asked before it begins, because a process that asks for too much is ended without
// a word.

import AttentionLab
import Terminal

enum MemoryCheck {
    /// Below so many numbers in the largest batch nobody need ask.
    private static let small = 500_000
    /// Sentences that a look at dev reads side by side.
    private static let lookBatch = 64

    /// - Parameter sideBySide: trainings that go on at the same time.
    /// - Throws: `InputError` that names the pair which needs most, where it needs more than there is.
    static func check(
        _ translator: Translator, _ settings: TrainingSettings, _ text: TrainingText, sideBySide: Int = 1
    ) throws {
        let both: [([SentencePair], Int, TrainingSettings?)] = [
            (text.dataset.train, settings.batchSize, settings), (text.dataset.dev + text.dataset.test, lookBatch, nil),
        ]
        for (pairs, batch, training) in both {
            let isTraining = training != nil
            // The pairs are sorted by length before they are cut into batches: at worst the longest stand together.
            let longest = pairs.sorted { size($0) > size($1) }.prefix(min(batch, pairs.count))
            guard let pair = longest.first, size(pair) * longest.count > small else { continue }
            for limit in Platform.memoryLimits {
                let count = limit.countsUntouched ? longest.count : written(longest)
                let share = limit.countsUntouched ? Double(written(longest)) / Double(longest.count) : 1
                let need = try MemoryNeed(translator, batch: count, share: share, training: training)
                // Without a tape blocks come back at once, and in a small trial more of them are used again than in a
                // large batch: a pair of 9000 words that was said to take 6 GB did not fit in 8.
                let bytes =
                    Double(sideBySide) * (isTraining ? 1 : 2)
                    * need.bytes(source: pair.source.count, target: pair.target.count)
                guard bytes > limit.bytes else { continue }
                let all = try MemoryNeed(translator, batch: longest.count, share: 1, training: training)
                throw refusal(
                    pair,
                    "\(isTraining ? "a training step" : "a look at dev") takes about \(gigabytes(bytes)) of memory"
                        + (sideBySide > 1 ? " in \(sideBySide) trainings side by side" : "")
                        + ", and \(limit.what) \(gigabytes(limit.bytes))",
                    fitting: all.longest(within: (isTraining ? 0.8 : 0.4) * limit.bytes / Double(sideBySide)), text)
            }
        }
    }

    /// How many of the longest would have as many words as all of the batch. Most scorers compute nothing for padding,
    /// and memory that is not written to is only asked for; those that do write there need more than this tells.
    private static func written(_ batch: ArraySlice<SentencePair>) -> Int {
        let words = batch.map { $0.source.count + $0.target.count }
        return max(1, Int((Double(words.reduce(0, +)) / Double(max(1, words.first ?? 1))).rounded()))
    }

    private static func size(_ pair: SentencePair) -> Int { (pair.source.count + 1) * (pair.target.count + 1) }

    private static func refusal(
        _ pair: SentencePair, _ reason: String, fitting: Int, _ text: TrainingText
    )
        -> InputError
    {
        let place = text.reading?.place(of: pair), longest = max(pair.source.count, pair.target.count)
        let rounded = min(longest - 1, fitting < 100 ? fitting : fitting / 10 * 10)
        let advice =
            text.reading == nil
            ? "take shorter sentences (--lengths)"
            : "leave it out, or give --maximum-length (\(rounded) fits in any case)"
        return InputError(
            "this pair has \(NumberText.count(pair.source.count, "source word")) and \(NumberText.count(pair.target.count, "target word")); with it, \(reason); \(advice), or a smaller "
                + "--batch-size", file: place?.file, line: place?.line)
    }

    private static func gigabytes(_ bytes: Double) -> String { NumberText.text(bytes / 1e9, significant: 2) + " GB" }
}
