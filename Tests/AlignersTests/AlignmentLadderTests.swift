// The way from a translator's weights to an aligner: that its first models learn, by their gradients, and that the way
// leads up on a toy language.

import Corpora
import Evaluation
import TensorCore
import TestSupport
import Testing

@testable import Aligners

@Suite struct AlignmentLadderTests {
    @Test(arguments: [ContentAttention.Mean.states, .words], [false, true])
    func `The gradient of weights by content is that of finite differences`(
        mean: ContentAttention.Mean, jumps: Bool
    ) throws {
        let pair = SentencePair(source: ["a", "b", "c"], target: ["d", "e", "d"])
        let text = try AlignmentText([pair, SentencePair(source: ["c"], target: ["e"])], AlignerSettings())
        let parameters = Parameters()
        var builder = ParameterBuilder(parameters, seed: 6)
        let model = try ContentAttention(&builder, text, mean: mean, jumps: jumps)
        let pairs = [(source: [4, 5, 6], target: [4, 5, 4]), (source: [6], target: [5])]
        let batch = AlignmentBatch(pairs)
        try checkGradients(of: parameters, most: 5) {
            try model.read(batch, pairs, kept: StateDropout.all(batch)).loss
        }
    }

    @Test func `Each step has its row, weights are read before and after the word, and the last step aligns best`()
        throws
    {
        var options = EnglishFrench().defaults
        (options.trainPairs, options.testPairs, options.devPairs, options.longPairs) = (300, 12, 1, 1)
        let pairs = try EnglishFrench().dataset(seed: 3, options: options).train
        var rows: [AlignmentLadder.Row] = []
        try AlignmentLadder.climb(pairs, judged: pairs, AlignerSettings(), watch: { _, _ in true }) { rows.append($0) }
        #expect(rows.map(\.step) == Array(AlignmentLadder.Step.allCases.dropFirst()))
        for row in rows.prefix(3) {
            let prior = try #require(row.prior), posterior = try #require(row.posterior)
            #expect(row.later != nil && posterior <= prior, "\(row)")
        }
        let first = try #require(rows[0].posterior), last = try #require(rows[7].posterior)
        #expect(last < first / 2)
    }
}
