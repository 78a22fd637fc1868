// What a source has beside its words reaches the parts that read it, padded, in shards and in a beam.

import AttentionScorers
import Corpora
import TensorCore
import Testing

@testable import Seq2Seq

@Suite struct SourceExtrasTests {
    private static func pair(_ words: Int, _ target: [String], from first: Float) -> SentencePair {
        let vectors = (0..<words).map { i in (0..<3).map { Float($0 + i) * 0.25 + first } }
        return SentencePair(
            source: [String](repeating: "·", count: words), target: target,
            extras: SourceExtras(vectors: vectors, sentences: [1, words - 1], question: ["why"]))
    }

    private let pairs = [pair(3, ["a", "b"], from: -0.5), pair(5, ["b"], from: 0.3), pair(2, ["a"], from: 0.1)]

    private func translator(_ encoder: EncoderKind) -> Translator {
        var settings = ModelSettings(scorer: BahdanauScorer.card.name)
        (settings.embedding, settings.hidden, settings.attention, settings.encoder) = (5, 4, 6, encoder)
        settings.vectorWidth = 3
        return Translator(settings, scorer: BahdanauScorer.self, words: pairs, seed: 3)
    }

    @Test func batchesPadThemAndShardsCutThem() throws {
        let translator = translator(.bidirectional)
        let batch = try Batch(translator.encoded(pairs)), extras = try #require(batch.extras)
        #expect(extras.width == 3 && extras.vectors.count == 3 * 5 * 3)
        #expect(
            Array(extras.vectors[0..<3]) == [-0.5, -0.25, 0]
                && Array(extras.vectors[9..<15]) == [Float](repeating: 0, count: 6))
        #expect(extras.sentences == [[1, 2], [1, 4], [1, 1]] && extras.questionLengths == [1, 1, 1])
        #expect(extras.questions.allSatisfy { $0 == translator.source.id(of: "why") })
        let part = try #require(batch.shards(2).first?.extras)
        #expect(part.sourceWidth == 3 && part.vectors.count == 2 * 3 * 3 && part.sentences == [[1, 2], [1, 1]])
    }

    /// A sentence's states do not depend on its company, and change with its numbers.
    @Test(arguments: [EncoderKind.bidirectional, .forward]) func encodersReadTheNumbers(_ encoder: EncoderKind) throws {
        let translator = translator(encoder), encoded = try translator.encoded(pairs)
        let together = try translator.model.encode(SourceSentences(Batch(encoded))).memory.states
        let alone = try translator.model.encode(SourceSentences(encoded[0])).memory.states
        for (a, b) in zip(together.values.prefix(alone.values.count), alone.values) { #expect(abs(a - b) < 1e-6) }
        var other = pairs[0]
        other.extras?.vectors?[2][1] += 1
        let changed = try translator.model.encode(SourceSentences(translator.encoded([other])[0])).memory.states
        #expect(zip(changed.values, alone.values).contains { abs($0 - $1) > 1e-3 })
    }

    @Test func aTrainingLowersTheLossAndABeamFollows() throws {
        let translator = translator(.bidirectional)
        var training = TrainingSettings()
        (training.steps, training.batchSize, training.evaluationInterval) = (60, 3, 30)
        let before = try translator.loss(translator.encoded(pairs))
        let trainer = try Trainer(translator, training, train: pairs, dev: pairs)
        try trainer.run()
        #expect(try translator.loss(translator.encoded(pairs)) < 0.5 * before)
        let beam = try translator.translate(sourceOf: pairs[0], beam: BeamSettings(width: 2))
        #expect(try beam[0].tokens == translator.translate(sourcesOf: [pairs[0]])[0].tokens)
    }

    @Test func whatDoesNotFitIsSaid() throws {
        var bad = pairs[0]
        bad.extras?.vectors?[1][0] = .nan
        #expect { try translator(.bidirectional).encoded([bad]) } throws: {
            "\($0)".contains("vector 2 has a number that is none")
        }
        bad.extras = SourceExtras(sentences: [1, 1])
        #expect { try translator(.bidirectional).encoded([bad]) } throws: {
            "\($0)".contains("its sentences have 2 words")
        }
        bad.extras = SourceExtras(grid: Grid(rows: 2, columns: 2))
        #expect { try translator(.bidirectional).encoded([bad]) } throws: { "\($0)".contains("2 × 2") }
        let words = try translator(.bidirectional).encoded([SentencePair(source: ["why"], target: ["a"])])
        #expect { try translator(.bidirectional).model.encode(SourceSentences(words[0])) } throws: {
            "\($0)".contains("vectors of 3 numbers") && "\($0)".contains("given words")
        }
        let blind = translator(.selfAttention)
        #expect { try blind.model.encode(SourceSentences(blind.encoded(pairs)[0])) } throws: {
            "\($0)".contains("self-attention reads words")
        }
    }

    /// Words in pieces: sentences are counted in pieces, and the question is asked in them.
    @Test func documentsCanBeReadInPieces() throws {
        let document = SentencePair(
            source: ["abab", "c", "ab"], target: ["a"], extras: SourceExtras(sentences: [2, 1], question: ["abc"]))
        var vocabularies = Vocabularies(of: [document], subwords: 1)
        let read = vocabularies.read(document), pieces = try #require(read.pieces)
        let sentences = try #require(read.pair.extras?.sentences)
        #expect(sentences.reduce(0, +) == read.pair.source.count)
        #expect(sentences == [pieces.source.wordOfPiece.count { $0 < 2 }, pieces.source.wordOfPiece.count { $0 == 2 }])
        #expect((read.pair.extras?.question?.count ?? 0) > 1)
    }
}
