// Forced decoding: the model reads the reference, and we read where it looked. The source of alignments.

public import Corpora
import TensorCore

/// The weights of one sentence under the reference.
public struct ForcedAlignment: Sendable {
    /// A row for each reference word over the real source words: α, or the posterior once that word is known.
    public let weights: [[Double]]
    /// The row of the step that predicts the end token.
    public let endWeights: [Double]
    /// Which of the two they are.
    public let reading: AlignmentReading
    /// α, where they are the posterior: a row for each reference word; nil where they are α itself.
    public let prior: [[Double]]?
    /// α of each head, as `weights`; empty where there are not several.
    public let heads: [[[Double]]]
    /// Σ log p(reference word), the end token included, in nats.
    public let logProbability: Double

    /// The weights between words, where those at hand are between pieces.
    func merged(_ pieces: ReadPair.Pieces) -> ForcedAlignment {
        func words(_ rows: [[Double]]) -> [[Double]] {
            WordPieces.merge(rows, source: pieces.source, target: pieces.target)
        }
        return ForcedAlignment(
            weights: words(weights), endWeights: pieces.source.sums(endWeights), reading: reading,
            prior: prior.map(words), heads: heads.map(words), logProbability: logProbability)
    }
}

extension TranslationModel {
    /// - Returns: one alignment a sentence, in the batch's order.
    public func forced(_ batch: Batch) throws -> [ForcedAlignment] {
        try parameters.tape.withoutRecording {
            let source = try encode(SourceSentences(batch)), steps = batch.targetWidth
            let forced = try teacherForce(batch.targetInput, steps: steps, source)
            let found = try use.reading(used(forced.reading), targets: batch.targetsTimeFirst)
            let prior = forced.weights.map(\.values), posterior = found.posterior?.values
            let headsPerStep = forced.heads.map(\.values)
            let heads = (forced.heads.first?.shape[0] ?? 0) / max(batch.count, 1)
            return (0..<batch.count).map { b in
                let length = batch.targetLengths[b]
                func rows(_ weights: (Int) -> [Double]) -> [[Double]] { (0..<length).map(weights) }
                let own = rows { source.weightRow(prior[$0], b, length: batch.sourceLengths[b]) }
                let read = posterior.map { posterior in
                    rows { source.weightRow(posterior, $0 * batch.count + b, length: batch.sourceLengths[b]) }
                }
                let ofHeads = (0..<heads).map { n in
                    headsPerStep.prefix(length - 1).map {
                        source.weightRow($0, b * heads + n, length: batch.sourceLengths[b])
                    }
                }
                return ForcedAlignment(
                    weights: Array((read ?? own).dropLast()), endWeights: (read ?? own).last ?? [],
                    reading: read == nil ? .prior : .posterior, prior: read.map { _ in Array(own.dropLast()) },
                    heads: ofHeads,
                    logProbability: (0..<length).reduce(0.0) { $0 + found.logProbabilities[$1 * batch.count + b] })
            }
        }
    }
}
