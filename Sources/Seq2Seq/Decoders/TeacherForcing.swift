// Teacher forcing: a decoder reads the references, and all its steps are put together for the output layer.

import Corpora
import TensorCore

extension Batch {
    /// What should have come, as the rows of `Forced` stand: t·B + b.
    var targetsTimeFirst: [Int] {
        (0..<targetWidth).flatMap { t in (0..<count).map { b in targetOutput[b * targetWidth + t] } }
    }
}

/// What teacher forcing saw.
struct Forced {
    /// α of each step [B,S].
    let weights: [Tensor]
    /// α of each head at each step [B·N,S]; empty without heads.
    let heads: [Tensor]
    /// All steps of the batch, time first, so that row t·B + b is sentence b at step t.
    let reading: DecoderReading
}

extension TranslationModel {
    /// - Parameter input: ids, row-major [B,T], beginning with the begin token.
    func teacherForce(_ input: [Int], steps: Int, _ source: EncodedSource) throws -> Forced {
        let batch = source.memory.batch
        let words = replacingUnknown((0..<steps).flatMap { t in (0..<batch).map { b in input[b * steps + t] } })
        let reached = try parameters.tape.phase(Phase.decoder) { try decoder.teacherForce(words, steps: steps, source) }
        try expect(
            reached.count == steps, "the decoder \(settings.decoder) made \(reached.count) steps of \(steps) words")
        return try parameters.tape.phase(Phase.output) {
            try Forced(
                weights: reached.map(\.weights), heads: reached.compactMap(\.heads),
                reading: together(reached, words: words, source))
        }
    }

    /// Readout over all steps at once, unless it was needed on the way.
    private func together(_ reached: [ReachedStep], words: [Int], _ source: EncodedSource) throws -> DecoderReading {
        func together(_ steps: [Tensor]) throws -> Tensor? {
            guard let first = steps.first else { return nil }
            return try Tensor.stack(steps).reshaped([words.count, first.shape.last])
        }
        let readouts = reached.compactMap(\.readout), attends = type(of: output).readsAttention || use.readsWords
        let isNeeded = readouts.count < reached.count || attends
        let state = isNeeded ? try together(reached.map(\.state)) : nil
        let context = isNeeded ? try together(reached.map(\.context)) : nil
        let seen = readouts.count < reached.count ? nil : try together(readouts)
        guard
            let readout = try seen
                ?? state.flatMap({ state in try context.map { try decoder.readout(context: $0, state: state) } })
        else { throw ShapeError("teacher forcing has no readout without a step") }
        return DecoderReading(
            words: words, decoder: decoder, readout: readout, state: state, context: context,
            weights: attends ? try together(reached.map(\.weights)) : nil, source: source)
    }
}
