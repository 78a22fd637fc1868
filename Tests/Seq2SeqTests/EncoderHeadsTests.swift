// Where the heads of an encoder look: the kernel's weights are its twin's, of one sentence as of many, over its words.

import AttentionScorers
import Corpora
import TensorCore
import Testing

@testable import Seq2Seq

@Suite("Heads of an encoder") struct EncoderHeadsTests {
    private func model(_ settings: ModelSettings, fused: Bool = true) throws -> TranslationModel {
        try TranslationModel(
            settings, scorer: scorerType(settings.scorer), sourceVocabulary: 10, targetVocabulary: 10, seed: 3,
            usesFusedKernels: fused)
    }

    private let source = SourceSentences([4, 5, 6, 7, 8, 9, 0, 0], lengths: [4, 2])

    @Test("rows sum to 1, over the words of the sentence, and the twin gives the same", arguments: NormPlace.allCases)
    func twin(norm: NormPlace) throws {
        let settings = tinyTransformer("bahdanau", norm)
        let kernel = try model(settings).encoderHeads(source)
        let twin = try model(settings, fused: false).encoderHeads(source)
        for (sentence, length) in [4, 2].enumerated() {
            #expect(kernel[sentence].weights.count == 2 && kernel[sentence].weights.allSatisfy { $0.count == 2 })
            for (rows, others) in zip(kernel[sentence].weights.joined(), twin[sentence].weights.joined()) {
                #expect(rows.count == length && rows.allSatisfy { $0.count == length })
                for (row, other) in zip(rows, others) {
                    #expect(abs(row.reduce(0, +) - 1) < 1e-5)
                    #expect(zip(row, other).allSatisfy { abs($0 - $1) < 1e-5 })
                }
            }
        }
    }

    @Test("the weights are those by which the encoder reads: another word changes the rows that may see it")
    func reads() throws {
        let model = try model(tinyTransformer())
        let alone = try model.encoderHeads(SourceSentences([8, 9], lengths: [2]))[0].weights
        let beside = try model.encoderHeads(source)[1].weights
        #expect(
            zip(alone.joined().joined().joined(), beside.joined().joined().joined()).allSatisfy { abs($0 - $1) < 1e-5 })
        let other = try model.encoderHeads(SourceSentences([8, 4], lengths: [2]))[0].weights
        #expect(
            zip(alone.joined().joined().joined(), other.joined().joined().joined()).contains { abs($0 - $1) > 1e-7 })
    }

    @Test("an encoder without heads is refused with what to take instead") func refused() throws {
        let error = try #require(throws: InputError.self) { try model(tinySettings()).encoderHeads(source) }
        #expect(error.message.contains("encoder bidirectional; train with --encoder self-attention"))
    }

    @Test("between words where the model reads pieces") func pieces() throws {
        let data = try EnglishFrench().dataset(
            seed: 1, options: ToyOptions(trainPairs: 30, devPairs: 2, testPairs: 3, longPairs: 0, lengths: 5...7))
        var settings = tinyTransformer()
        settings.subwords = 20
        let translator = try tinyTranslator(settings, words: data.train)
        for (pair, heads) in zip(data.test, try translator.encoderHeads(sourcesOf: data.test)) {
            for rows in heads.weights.joined() {
                #expect(rows.count == pair.source.count && rows.allSatisfy { $0.count == pair.source.count })
                #expect(rows.allSatisfy { abs($0.reduce(0, +) - 1) < 1e-4 })
            }
        }
    }
}
