// Decoders of labels: one look at a document or one at each level, whose padding, past and gradients are right.

import AttentionScorers
import Corpora
import TensorCore
import TestSupport
import Testing

@testable import Seq2Seq

private let scorersOfMassOne: [String] = Catalog.scorers.map { $0.card }.filter { $0.mass == .one }.map(\.name)
private let decoders: [DecoderKind] = [.label, .hierarchical]

@Suite("Decoders of labels") struct LabelDecoderTests {
    /// Documents of 2, 1 and 3 sentences.
    private let pairs = [
        document("a b c d e", "good", [2, 3]), document("b a", "bad", [2]), document("c a e b", "good", [2, 1, 1]),
    ]

    private static func document(_ words: String, _ label: String, _ sentences: [Int]) -> SentencePair {
        SentencePair(source: Words.split(words), target: [label], extras: SourceExtras(sentences: sentences))
    }

    private func translator(_ scorer: String, _ decoder: DecoderKind, cell: CellKind = .gru) throws -> Translator {
        var settings = tinySettings(scorer)
        (settings.decoder, settings.heads, settings.cell) = (decoder, 2, cell)
        return try tinyTranslator(settings, words: pairs, seed: 5)
    }

    private func encoded(_ translator: Translator, _ pairs: [SentencePair]) throws -> EncodedSource {
        try translator.model.encode(SourceSentences(Batch(translator.encoded(pairs))))
    }

    @Test(
        "gradients are those of finite differences", arguments: decoders,
        ["bahdanau", "location-sensitive", "multi-head-scaled-dot", "none"])
    func gradients(decoder: DecoderKind, scorer: String) throws {
        let translator = try translator(scorer, decoder, cell: scorer == "bahdanau" ? .lstm : .gru)
        try checkLossGradients(of: translator.model, Batch(translator.encoded(pairs)))
    }

    @Test("weights sum to one, and a document has those that it has alone", arguments: decoders, scorersOfMassOne)
    func company(decoder: DecoderKind, scorer: String) throws {
        let translator = try translator(scorer, decoder)
        let together = try translator.align(pairs)
        for (pair, found) in zip(pairs, together) {
            #expect(abs(found.weights[0].reduce(0, +) - 1) < 1e-5 && found.weights[0].count == pair.source.count)
            #expect(found.endWeights == found.weights[0], "a document is looked at once")
            let alone = try #require(translator.align([pair]).first)
            for (a, b) in zip(found.weights[0], alone.weights[0]) { #expect(abs(a - b) < 1e-5) }
            #expect(abs(found.logProbability - alone.logProbability) < 1e-4)
        }
    }

    @Test("the mean of two levels is the mean over sentences of the mean over their words") func uniform() throws {
        let weights = try translator("uniform", .hierarchical).align(pairs).map { $0.weights[0] }
        let expected: [[Double]] = [
            [1 / 4, 1 / 4, 1 / 6, 1 / 6, 1 / 6], [1 / 2, 1 / 2], [1 / 6, 1 / 6, 1 / 3, 1 / 3],
        ]
        for (one, other) in zip(weights.joined(), expected.joined()) { #expect(abs(one - other) < 1e-6) }
    }

    @Test("what is cut into no sentences is one, and then sentences say nothing") func oneSentence() throws {
        let translator = try translator("bahdanau", .hierarchical)
        var whole = pairs[0], uncut = pairs[0]
        whole.extras?.sentences = [5]
        uncut.extras = nil
        let found = try [whole, uncut].map { try #require(translator.align([$0]).first).weights }
        #expect(found[0] == found[1])
        #expect(try #require(translator.align([pairs[0]]).first).weights != found[0])
    }

    @Test("rows that a beam chooses go on as they would alone", arguments: decoders)
    func gathered(decoder: DecoderKind) throws {
        let translator = try translator("multi-head-scaled-dot", decoder)
        let source = try encoded(translator, pairs), rows = [2, 0, 2]
        func check(_ decoder: some StepDecoder) throws {
            let state = try decoder.step(decoder.begin(source), reading: [1, 1, 1], source)
            let chosen = try decoder.step(state.gathered(rows), reading: [4, 5, 4], source.gathered(rows))
            let whole = try decoder.step(state, reading: [5, 2, 4], source).last(of: decoder).gathered(rows)
            let found = try chosen.last(of: decoder)
            #expect(found.weights.values == whole.weights.values && found.context.values == whole.context.values)
            #expect(found.heads?.values == whole.heads?.values)
            #expect(found.state.values == whole.state.values)
        }
        try check(translator.model.decoder)
    }

    @Test("a beam finds the label that greedy search finds", arguments: decoders) func beam(decoder: DecoderKind) throws
    {
        let translator = try translator("bahdanau", decoder)
        let trainer = try Trainer(translator, tinyTraining(steps: 120), train: pairs, dev: pairs)
        try trainer.run()
        let greedy = try translator.translate(sourcesOf: pairs)
        for (pair, found) in zip(pairs, greedy) {
            #expect(translator.words(of: found, source: pair.source) == pair.target)
            #expect(try translator.translate(sourceOf: pair, beam: BeamSettings(width: 2))[0].tokens == found.tokens)
        }
    }

    @Test("a model's own weights in their own place change nothing, and others do", arguments: decoders)
    func replaced(decoder: DecoderKind) throws {
        let translator = try translator("bahdanau", decoder), encoded = try translator.encoded(pairs)[2]
        let own = try translator.model.nextWord(SourceSentences(encoded), after: [])
        let same = try translator.model.nextWord(SourceSentences(encoded), after: [], weights: own.weights)
        for (a, b) in zip(own.probabilities, same.probabilities) { #expect(abs(a - b) < 1e-5) }
        for (a, b) in zip(own.weights, same.weights) { #expect(abs(a - b) < 1e-5) }
        let other = try translator.model.nextWord(SourceSentences(encoded), after: [], weights: [0, 0, 1, 0])
        #expect(zip(own.probabilities, other.probabilities).contains { abs($0 - $1) > 1e-4 })
        for (a, b) in zip(other.weights, [0.0, 0, 1, 0]) { #expect(abs(a - b) < 1e-6) }
    }

    @Test("what two levels cannot have is said before anything is trained") func refusals() throws {
        func refusal(_ scorer: String, _ change: (inout ModelSettings) -> Void = { _ in }) throws -> String {
            var settings = tinySettings(scorer)
            settings.decoder = .hierarchical
            change(&settings)
            let error = #expect(throws: InputError.self) {
                try settings.check(scorerType(scorer), longestSource: 4)
            }
            return try #require(error).message
        }
        #expect(try refusal("gmm-v1").contains("the weights of gmm-v1 do not sum to 1"))
        #expect(try refusal("monotonic-paper").contains("take the decoder label"))
        #expect(try refusal("bahdanau") { $0.use = .words }.contains("leave the use at mean"))
        var settings = tinySettings("gmm-v1")
        settings.decoder = .label
        #expect(throws: Never.self) { try settings.check(scorerType("gmm-v1"), longestSource: 4) }
    }
}
