// Source words → states h₁ … h_S: embedding, then a recurrent layer in one or both directions.
// Bahdanau et al. 2015, §3.2. Equations in the reference model: x = Eₛ[source], hᵢ = [→hᵢ ; ←hᵢ].

import TensorCore

struct Encoder {
    /// [V,E].
    let embedding: Tensor
    let forward: RecurrentCell
    /// nil in a forward-only encoder.
    let backward: RecurrentCell?

    /// Off in tests, to run the step-by-step twin.
    var usesFusedKernels = true

    init(_ settings: ModelSettings, vocabulary: Int, _ parameters: inout ParameterBuilder) {
        embedding = parameters.uniform("embedding", [vocabulary, settings.embedding], bound: embeddingBound)
        let both = settings.encoder == .bidirectional
        var scope = parameters.scope("forward")
        forward = RecurrentCell(settings.cell, inputs: settings.embedding, units: both ? settings.hidden : settings.state, &scope)
        scope = parameters.scope("backward")
        backward = both ? RecurrentCell(settings.cell, inputs: settings.embedding, units: settings.hidden, &scope) : nil
    }

    /// - Parameters:
    ///   - source: ids, row-major [B,S], padded.
    ///   - lengths: real words of each sentence.
    /// - Returns: states [B,S,D], zero in the padding, and the summary [B,D]: the last state of each direction.
    func encode(_ source: [Int], lengths: [Int]) throws -> (states: Tensor, summary: Tensor) {
        let batch = lengths.count
        let steps = batch == 0 ? 0 : source.count / batch
        // Time first: then each step of the recurrence is one contiguous block.
        let timeMajor = (0..<steps).flatMap { t in (0..<batch).map { b in source[b * steps + t] } }

        func layer(_ cell: RecurrentCell, reversed: Bool) throws -> Tensor {
            let gates = try embedding.gatheredMatmul(timeMajor, cell.Wi, adding: cell.bi)
            return try cell.layer(inputGates: gates.reshaped([steps, batch, gates.shape[1]]), lengths: lengths, reversed: reversed, fused: usesFusedKernels)
        }
        let ahead = try layer(forward, reversed: false)
        // The last real token of sentence b stands in row (length − 1)·B + b.
        let lastAhead = try ahead.reshaped([steps * batch, forward.units]).gathered(lengths.enumerated().map { ($1 - 1) * batch + $0 })
        guard let backward else { return try (ahead.swappingFirstAxes(), lastAhead) }
        let back = try layer(backward, reversed: true)
        return try (ahead.concatenated(with: back).swappingFirstAxes(), lastAhead.concatenated(with: back.step(0)))
    }
}

/// Embeddings start uniform in ±0.1, small beside the weights: rare words should not shout.
let embeddingBound = 0.1
