// A Transformer's decoder: all words at once come to the same as one after the other, and a beam forks what
// it keeps.

import AttentionScorers
import Corpora
import TensorCore
import TestSupport
import Testing

@testable import Seq2Seq

private let scorerNames: [String] = Catalog.scorers.map { $0.card.name }

@Suite("Transformers") struct TransformerTests {
    private let lengths = [4, 2]
    /// Time first: what two sentences read at three steps.
    private let read = [1, 1, 5, 7, 6, 4]

    private func model(_ settings: ModelSettings) throws -> TranslationModel {
        try TranslationModel(
            settings, scorer: scorerType(settings.scorer), sourceVocabulary: 10, targetVocabulary: 10, seed: 3)
    }

    private func source(_ model: TranslationModel) throws -> EncodedSource {
        try model.encode(SourceSentences([4, 5, 6, 7, 8, 9, 0, 0], lengths: lengths))
    }

    private func expectSame(_ a: ReachedStep, _ b: ReachedStep, _ decoder: any StepDecoder) throws {
        func readout(_ step: ReachedStep) throws -> Tensor {
            try decoder.readout(context: step.context, state: step.state)
        }
        for (one, other) in try [
            (a.state, b.state), (a.context, b.context), (a.weights, b.weights), (readout(a), readout(b)),
        ] {
            #expect(agree(one.values, other.values.map { Double($0) }, of: max(1, largest(other.values))))
        }
    }

    @Test("teacher forcing is word by word, whatever the scorer", arguments: scorerNames, NormPlace.allCases)
    func teacherForcing(name: String, norm: NormPlace) throws {
        let model = try model(tinyTransformer(name, norm, layers: 3)), source = try source(model)
        let together = try model.decoder.teacherForce(read, steps: 3, source)
        func oneByOne(_ decoder: some StepDecoder) throws {
            var state = try decoder.begin(source)
            for t in 0..<3 {
                state = try decoder.step(state, reading: Array(read[2 * t..<2 * t + 2]), source)
                try expectSame(together[t], state.last(of: decoder), decoder)
            }
        }
        try oneByOne(model.decoder)
    }

    @Test("rows that a beam chooses in the middle go on as they would alone", arguments: scorerNames)
    func gathered(name: String) throws {
        let model = try model(tinyTransformer(name)), source = try source(model), rows = [1, 0, 1]
        let decoder = try #require(model.decoder as? TransformerDecoder)
        var state = try decoder.begin(source)
        for words in [[1, 1], [5, 7]] { state = try decoder.step(state, reading: words, source) }
        let chosen = try decoder.step(state.gathered(rows), reading: [6, 4, 8], source.gathered(rows))
        for (row, word) in [6, 4, 8].enumerated() {
            let alone = try decoder.step(state, reading: [word, word], source)
            try expectSame(
                chosen.last(of: decoder).gathered([row]), alone.last(of: decoder).gathered([rows[row]]), decoder)
        }
    }

    @Test(
        "what a beam says of a translation is what forced decoding says", arguments: ["bahdanau", "coverage", "none"])
    func search(name: String) throws {
        let data = try tinyData(), translator = try tinyTranslator(tinyTransformer(name), words: data.train)
        let trainer = try Trainer(translator, tinyTraining(steps: 30), train: data.train, dev: data.dev)
        try trainer.run()
        for sentence in data.test.map(\.source).prefix(4) {
            let found = try translator.translate(sentence, beam: BeamSettings(width: 3, best: 3))
            for hypothesis in found where hypothesis.isFinished {
                let pair = SentencePair(source: sentence, target: translator.target.words(of: hypothesis.tokens))
                let forced = try #require(try translator.align([pair]).first)
                #expect(
                    sameLogProbability(
                        forced.logProbability, hypothesis.logProbability, steps: hypothesis.tokens.count + 1))
            }
        }
    }

    private static let deep: ModelSettings = {
        var settings = tinySettings("coverage")
        settings.layers = 3
        return settings
    }()

    @Test("each layer below the last has a scorer of its own, and the first layer keeps its name") func parameters()
        throws
    {
        let names = try model(tinyTransformer("bahdanau", layers: 3)).parameters.names
        #expect(
            names.filter { $0.hasSuffix(".va") } == [
                "scorer.va", "decoder.layer1.scorer.va", "decoder.layer2.scorer.va",
            ])
        #expect(names.contains("encoder.We") && names.contains("decoder.We"), "E is not D")
        var wide = tinyTransformer()
        wide.embedding = wide.state
        #expect(try !model(wide).parameters.names.contains { $0.hasSuffix("We") })
        let shallow = try model(tinySettings()).parameters.names, deep = try model(Self.deep).parameters.names
        #expect(Set(shallow.filter { !$0.hasPrefix("scorer.") }).isSubset(of: deep))
        #expect(deep.contains("decoder.cell3.Wi") && deep.contains("encoder.backward2.Wh"))
    }

    @Test("a body names its parts, and the line above a table says what they read") func headings() throws {
        var model = ModelSettings(scorer: ""), training = TrainingSettings()
        Body.transformer.apply(to: &model, &training)
        let settings = ModelSettings.settings(.standard), standard = ModelSettings(scorer: "")
        let line = settings.heading(model, standard: standard)
        #expect(
            line.hasPrefix(
                "self-attention encoder, transformer decoder, 2 layers, feed-forward 128, pre-norm, masked softmax"))
        #expect(line.contains("4 heads") && !line.contains("GRU") && !line.contains("feeding"), "\(line)")
        #expect(training.learningRate == 3e-3)
        func unread(_ models: [ModelSettings], _ scorers: String...) -> [String] {
            ModelSettings.unread(settings, in: models, scorers: scorers).map(\.key)
        }
        #expect(unread([model], "luong-dot") == ["cell", "timing", "feeding", "bridge", "softStart"])
        #expect(unread([model, standard], "luong-dot") == ["softStart"])
        #expect(unread([standard], "luong-dot") == ["feedForward", "norm", "softStart", "heads"])
        #expect(unread([standard], "luong-dot", "multi-head-scaled-dot") == ["feedForward", "norm", "softStart"])
        #expect(!unread([standard], "of-my-own").contains("heads"))
        var sampled = standard
        sampled.use = .sampled
        #expect(!unread([standard, sampled], "luong-dot").contains("softStart"))
        Body.recurrent.apply(to: &model, &training)
        #expect(model == standard && training == TrainingSettings())
    }

    @Test("heads that states cannot be cut into are refused of self-attention, and taken where nobody reads them")
    func heads() throws {
        var model = ModelSettings(scorer: "luong-dot"), training = TrainingSettings()
        model.heads = 5
        try model.check(LuongDotScorer.self, longestSource: 4)
        Body.transformer.apply(to: &model, &training)
        let error = #expect(throws: InputError.self) { try model.check(LuongDotScorer.self, longestSource: 4) }
        #expect(error?.description.contains("self-attention cuts states of D = 64 into heads of one size") == true)
        model.heads = 8
        try model.check(LuongDotScorer.self, longestSource: 4)
    }

    @Test("a Transformer's decoder at the recurrent rate is remarked upon, at its own rate or with a GRU it is not")
    func rate() throws {
        var model = ModelSettings(scorer: ""), training = TrainingSettings()
        #expect(Body.remark(on: model, training) == nil)
        model.decoder = .transformer
        let remark = try #require(Body.remark(on: model, training))
        #expect(remark.contains("learning rate of 0.01") && remark.hasSuffix("--body transformer takes 0.003"))
        training.learningRate = 5e-3
        #expect(Body.remark(on: model, training) == nil)
        Body.transformer.apply(to: &model, &training)
        #expect(Body.remark(on: model, training) == nil)
    }
}
