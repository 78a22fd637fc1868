// Whether a training fits the memory: asked before it begins, because a process that asks for too much is ended without
// a word.

import AttentionLab
import Terminal

enum MemoryCheck {
    /// Below so many numbers in the largest batch nobody need ask.
    private static let small = 500_000

    /// Pairs as the model reads them, how many of them stand side by side, and how they are learnt from.
    private struct Reading {
        let pairs: [SentencePair], encoded: [EncodedPair], limit: BatchLimit
        /// nil where nothing is learnt from them.
        let training: TrainingSettings?

        /// The largest batches that these can be cut into: the one with the longest pair, and the one with most in it.
        /// Pairs are sorted by length before they are cut: at worst the longest stand together.
        var worst: [ArraySlice<Int>] {
            let order = encoded.indices.sorted { MemoryCheck.size(encoded[$0]) > MemoryCheck.size(encoded[$1]) }
            let batches = order.indices.map { first in
                let pair = encoded[order[first]]
                return order[first...].prefix(limit.count(source: pair.source.count, target: pair.target.count))
            }
            let fullest = batches.max { numbers($0) < numbers($1) }
            return [batches.first, fullest].compactMap { $0 }.filter { numbers($0) > MemoryCheck.small }
        }

        private func numbers(_ batch: ArraySlice<Int>) -> Int {
            (batch.first.map { MemoryCheck.size(encoded[$0]) } ?? 0) * batch.count
        }
    }

    /// - Parameter sideBySide: trainings that go on at the same time.
    /// - Throws: `InputError` that names the pair which needs most, where it needs more than there is.
    static func check(
        _ translator: Translator, _ settings: TrainingSettings, _ text: TrainingText, sideBySide: Int = 1
    ) throws {
        let looks = text.dataset.dev + text.dataset.test
        let readings = [
            Reading(
                pairs: text.dataset.train, encoded: try translator.encoded(text.dataset.train),
                limit: settings.batchLimit, training: settings),
            Reading(pairs: looks, encoded: try translator.encoded(looks), limit: settings.lookLimit, training: nil),
        ]
        for reading in readings {
            for batch in reading.worst { try check(batch, reading, translator, text, sideBySide) }
        }
    }

    private static func check(
        _ batch: ArraySlice<Int>, _ reading: Reading, _ translator: Translator, _ text: TrainingText, _ sideBySide: Int
    ) throws {
        guard let index = batch.first else { return }
        let pair = reading.encoded[index], isTraining = reading.training != nil
        for limit in Platform.memoryLimits {
            let written = written(batch.map { reading.encoded[$0] })
            let count = limit.countsUntouched ? batch.count : written
            let share = limit.countsUntouched ? Double(written) / Double(batch.count) : 1
            let need = try MemoryNeed(translator, batch: count, share: share, training: reading.training)
            // Without a tape blocks come back at once, and in a small trial more of them are used again than in a
            // large batch: a pair of 9000 words that was said to take 6 GB did not fit in 8.
            let bytes =
                Double(sideBySide) * (isTraining ? 1 : 2)
                * need.bytes(source: pair.source.count, target: pair.target.count)
            guard bytes > limit.bytes else { continue }
            let words = reading.pairs[index],
                inParts = try fitting(
                    (isTraining ? 0.8 : 0.4) * limit.bytes / Double(sideBySide), reading, translator)
            // Of words that are read in pieces, fewer fit.
            let fitting =
                inParts * max(words.source.count, words.target.count)
                / max(pair.source.count, pair.target.count, 1)
            throw refusal(
                words, alone: batch.count == 1,
                "\(isTraining ? "a training step" : "a look at dev") takes about \(gigabytes(bytes)) of memory"
                    + (sideBySide > 1 ? " in \(sideBySide) trainings side by side" : "")
                    + ", and \(limit.what) \(gigabytes(limit.bytes))", fitting: fitting, text)
        }
    }

    /// The longest pairs of which a batch as full as it may be needs no more than so many bytes.
    private static func fitting(_ bytes: Double, _ reading: Reading, _ translator: Translator) throws -> Int {
        var count = 1
        while true {
            let need = try MemoryNeed(translator, batch: count, share: 1, training: reading.training)
            let longest = need.longest(within: bytes)
            // Fewer pairs of that length may stand in a batch than were tried.
            if reading.limit.count(source: longest, target: longest) <= count { return longest }
            count *= 2
        }
    }

    /// How many of the longest would have as many words as all of the batch. Most scorers compute nothing for padding,
    /// and memory that is not written to is only asked for; those that do write there need more than this tells.
    private static func written(_ batch: [EncodedPair]) -> Int {
        let words = batch.map { $0.source.count + $0.target.count }
        return max(1, Int((Double(words.reduce(0, +)) / Double(max(1, words.first ?? 1))).rounded()))
    }

    fileprivate static func size(_ pair: EncodedPair) -> Int { (pair.source.count + 1) * (pair.target.count + 1) }

    private static func refusal(
        _ pair: SentencePair, alone: Bool, _ reason: String, fitting: Int, _ text: TrainingText
    ) -> InputError {
        let place = text.reading?.place(of: pair), longest = max(pair.source.count, pair.target.count)
        let rounded = min(longest - 1, fitting < 100 ? fitting : fitting / 10 * 10)
        let advice =
            text.reading == nil
            ? "take shorter sentences (--lengths)"
            : "leave it out, or give --maximum-length (\(rounded) fits in any case)"
        return InputError(
            "this pair has \(NumberText.count(pair.source.count, "source word")) and \(NumberText.count(pair.target.count, "target word")); with it, \(reason); \(advice)"
                + (alone ? "" : ", or a smaller --batch-size"), file: place?.file, line: place?.line)
    }

    private static func gigabytes(_ bytes: Double) -> String { NumberText.text(bytes / 1e9, significant: 2) + " GB" }
}
