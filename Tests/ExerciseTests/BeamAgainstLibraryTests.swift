// The beam search of exercise 18 and that of the library are the same search.

import AttentionLab
import Solutions
import TestSupport
import Testing

@testable import Seq2Seq

@Suite("Exercise 18 beside the library") struct BeamAgainstLibraryTests {
    @Test(
        "a beam finds the sentence that the library's finds, with its score", arguments: [1, 2, 3, 4, 5, 6] as [UInt64])
    func same(_ seed: UInt64) throws {
        let words = [SentencePair(source: ["x", "y", "z"], target: ["t", "u", "v", "w"])]
        var settings = ModelSettings(scorer: "dot")
        (settings.embedding, settings.hidden, settings.attention) = (4, 3, 4)
        let translator = Translator(settings, scorer: LuongDotScorer.self, words: words, seed: seed)
        let model = translator.model
        // Fresh parameters make all words about as probable; larger ones make up their mind.
        for (name, tensor) in zip(model.parameters.names, model.parameters.tensors) {
            try model.parameters.set(name, to: tensor.values.map { $0 * 3 })
        }
        let source = try EncodedPair(source: translator.source.ids(of: ["y", "x", "z"]), target: []).source

        func next(_ prefix: [Int]) throws -> [Double] {
            try model.parameters.tape.withoutRecording {
                let memory = try model.encode(SourceSentences(source, lengths: [source.count]))
                var run = try model.beginDecoding(memory)
                for word in [Vocabulary.begin] + prefix { try run.read([word]) }
                let logits = try run.scores(), normaliser = try logits.logSumExp()[0]
                return logits.values.enumerated().map {
                    $0 == Vocabulary.pad || $0 == Vocabulary.begin ? -.infinity : Double($1) - normaliser
                }
            }
        }
        for (width, alpha) in [(2, 0.0), (2, 0.6), (3, 1.0), (4, 2.0)] {
            let library = try #require(
                model.beam(source, BeamSettings(width: width, best: 1, lengthPenalty: alpha)).first)
            let found = try Solutions.Exercise18.beam(
                next, end: Vocabulary.end, width: width, alpha: alpha, limit: LengthLimit().steps(source: source.count))
            #expect(
                found.tokens == library.tokens && found.isFinished == library.isFinished, "width \(width), α = \(alpha)"
            )
            let steps = library.tokens.count + 1, what: Comment = "width \(width), α = \(alpha)"
            #expect(sameLogProbability(found.logProbability, library.logProbability, steps: steps), what)
            #expect(sameLogProbability(found.score, library.score, steps: steps), what)
        }
    }
}
