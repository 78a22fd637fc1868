// Forced decoding: the model reads the reference, and we read where it looked. The source of alignments.

public import Corpora
import TensorCore

/// The weights of one sentence under the reference.
public struct ForcedAlignment: Sendable {
    /// α, a row for each reference word over the real source words.
    public let weights: [[Double]]
    /// α of the step that predicts the end token.
    public let endWeights: [Double]
    /// α of each head, as `weights`; empty where there are not several.
    public let heads: [[[Double]]]
    /// Σ log p(reference word), the end token included, in nats.
    public let logProbability: Double
}

extension TranslationModel {
    /// - Returns: one alignment a sentence, in the batch's order.
    public func forced(_ batch: Batch) throws -> [ForcedAlignment] {
        try parameters.tape.withoutRecording {
            let source = try encode(SourceSentences(batch)), steps = batch.targetWidth
            let forced = try teacherForce(batch.targetInput, steps: steps, source)
            let scores = try output.scores(forced.reading), normalisers = try scores.logSumExp()
            let perStep = forced.weights.map(\.values), headsPerStep = forced.heads.map(\.values)
            let heads = (forced.heads.first?.shape[0] ?? 0) / max(batch.count, 1)
            return try (0..<batch.count).map { b in
                let length = batch.targetLengths[b]
                let rows = (0..<length).map { source.weightRow(perStep[$0], b, length: batch.sourceLengths[b]) }
                let logProbability = try (0..<length).reduce(0.0) { total, t in
                    let row = t * batch.count + b
                    return try total + Double(scores.at(row, batch.targetOutput[b * steps + t])) - normalisers[row]
                }
                let ofHeads = (0..<heads).map { n in
                    headsPerStep.prefix(length - 1).map {
                        source.weightRow($0, b * heads + n, length: batch.sourceLengths[b])
                    }
                }
                return ForcedAlignment(
                    weights: Array(rows.dropLast()), endWeights: rows.last ?? [], heads: ofHeads,
                    logProbability: logProbability)
            }
        }
    }
}
