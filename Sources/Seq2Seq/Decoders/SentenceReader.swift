// Vectors of the sentences of documents → what a recurrent layer in each direction makes of them.

import AttentionScorers
import TensorCore

struct SentenceReader {
    private let forward, backward: RecurrentCell
    /// Off in tests, to run the step-by-step twin.
    var usesFusedKernels = true

    init(_ settings: ModelSettings, _ parameters: inout ParameterBuilder) {
        let builder = parameters
        func cell(_ name: String) -> RecurrentCell {
            var scope = builder.scope(name)
            return RecurrentCell(settings.cell, inputs: settings.state, units: settings.hidden, &scope)
        }
        (forward, backward) = (cell("forward"), cell("backward"))
    }

    /// [M,D] of all sentences of a batch → [B,N,D], zero where a document has no more sentences.
    func read(_ vectors: Tensor, _ layout: SentenceLayout) throws -> SourceReading {
        let batch = layout.counts.count, timeFirst = try vectors.gathered(layout.timeFirst)
        func layer(_ cell: RecurrentCell, reversed: Bool) throws -> Tensor {
            let gates = try timeFirst.matmul(cell.Wi, adding: cell.bi)
            return try cell.layer(
                inputGates: gates.reshaped([layout.longest, batch, gates.shape[1]]), lengths: layout.counts,
                reversed: reversed, fused: usesFusedKernels)
        }
        let ahead = try layer(forward, reversed: false), back = try layer(backward, reversed: true)
        let last = try ahead.reshaped([layout.longest * batch, ahead.shape[2]])
            .gathered(layout.counts.enumerated().map { ($1 - 1) * batch + $0 })
        return try SourceReading(
            states: ahead.concatenated(with: back).swappingFirstAxes(), summary: last.concatenated(with: back.slice(0)))
    }
}
