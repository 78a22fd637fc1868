// Beam search forks the decoder's state by row: each hypothesis must take its own past along, and no other's.

import AttentionScorers
import Corpora
import TensorCore
import Testing

@testable import Seq2Seq

@Suite("Gathered states") struct GatheredStateTests {
    /// Rows of a matrix.
    private func rows(_ tensor: Tensor) -> [[Scalar]] {
        let width = tensor.shape[1]
        return stride(from: 0, to: tensor.count, by: width).map { Array(tensor.values[$0..<($0 + width)]) }
    }

    @Test(
        "every hypothesis keeps its own weights, coverage, context and state",
        arguments: ["coverage", "location-sensitive"])
    func ownPast(_ scorer: String) throws {
        let data = try tinyData()
        let model = try tinyTranslator(tinySettings(scorer), words: data.train).model
        try model.parameters.tape.withoutRecording {
            // Two sentences, so that no two rows of the past are alike.
            let memory = try model.encode(SourceSentences([4, 5, 6, 7, 6, 5], lengths: [3, 3]))
            let decoder = try #require(model.decoder as? RecurrentDecoder)
            var state = try decoder.begin(memory)
            for words in [[4, 5], [6, 7]] {
                state = try decoder.step(state, reading: words, memory)
            }
            let chosen = [1, 0, 1], gathered = try state.gathered(chosen)
            func expectRows(_ before: Tensor?, _ after: Tensor?, _ what: Comment) throws {
                let old = try rows(#require(before)), new = try rows(#require(after))
                #expect(old[0] != old[1], "the test needs rows that differ")
                #expect(new == chosen.map { old[$0] }, what)
            }
            try expectRows(state.past.previous, gathered.past.previous, "weights of the step before")
            try expectRows(state.past.coverage(), gathered.past.coverage(), "coverage")
            try expectRows(state.context, gathered.context, "context")
            try expectRows(state.top, gathered.top, "state of the cell")
            try expectRows(state.weights, gathered.weights, "weights")
            #expect(gathered.past.steps == state.past.steps)
        }
    }
}
