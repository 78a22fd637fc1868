// Transformer layers and whole Transformers against numbers from PyTorch: values, loss and every gradient.

import AttentionScorers
import Corpora
import Foundation
import TensorCore
import TestSupport
import Testing

@testable import Seq2Seq

@Suite("Golden Transformers") struct GoldenTransformerTests {
    private static let scorers = ["dot": "luong-dot", "bahdanau": "bahdanau"]
    /// Golden names of a scorer's parameters → ours.
    private static let ofScorer = ["Ws": "Wa", "Wh": "Ua", "b": "b", "v": "va"]

    private func golden(_ name: String) throws -> Golden {
        try #require(try Golden.cases("family.json").first { try $0["name"].string == name })
    }

    private func settings(_ golden: Golden, _ scorer: String, _ norm: NormPlace) throws -> ModelSettings {
        var settings = ModelSettings(scorer: scorer)
        (settings.embedding, settings.hidden, settings.attention, settings.maximumSource) = (4, 2, 6, 9)
        (settings.layers, settings.heads, settings.feedForward, settings.norm) =
            (1, Int(try golden["heads"].number), 7, norm)
        (settings.encoder, settings.decoder) = (.selfAttention, .transformer)
        return settings
    }

    /// Our name of a golden parameter: "norm1_gain" → "norm1.gain", "cross_Ws" → "scorer.Wa", "cross_Wo" → "Wo".
    private func ours(_ name: String) -> String {
        if let own = Self.ofScorer.first(where: { name == "cross_" + $0.key }) { return "scorer." + own.value }
        if name == "cross_Wo" { return "Wo" }
        return name.replacingOccurrences(of: "_", with: ".")
    }

    private func values(_ golden: Golden, isTable: Bool = false) -> [Scalar] {
        golden.shape.count == 2 && !isTable ? golden.transposed : golden.scalars
    }

    private func check(_ what: String, _ got: [Scalar], _ expected: [Scalar], of size: Double? = nil) {
        if let message = disagreement(what, got, expected, of: size) { Issue.record(Comment(rawValue: message)) }
    }

    /// Inputs and parameters of a layer, by golden names.
    private func read(_ golden: Golden, into parameters: Parameters) throws {
        for name in try golden["inputs"].keys { try parameters.set(name, to: golden["inputs"][name].scalars) }
        for name in try golden["parameters"].keys {
            try parameters.set(ours(name), to: values(golden["parameters"][name]))
        }
    }

    private func checkGradients(_ golden: Golden, _ parameters: Parameters) throws {
        let inputs = try golden["inputs"].keys
        let all = try golden["gradients"].keys.map { name in
            (ours(name), try values(golden["gradients"][name], isTable: inputs.contains(name)))
        }
        let size = GradientSize(all.map(\.1))
        for (name, expected) in all {
            check(
                "gradient of \(name)", try #require(parameters[name]).gradient, expected, of: size.of(expected))
        }
        #expect(all.count == parameters.names.count, "every parameter has been compared")
    }

    @Test("an encoder layer", arguments: NormPlace.allCases, [true, false])
    func encoderLayer(norm: NormPlace, fused: Bool) throws {
        let golden = try golden("encoder-layer-\(norm)"), parameters = Parameters(),
            lengths = try golden["lengths"].integers
        var builder = ParameterBuilder(parameters, seed: 1)
        let x = builder.uniform("x", [3, 5, 4], bound: 1)
        let layer = SelfAttentionEncoder.Layer(try settings(golden, "luong-dot", norm), &builder)
        try read(golden, into: parameters)
        let real = lengths.flatMap { length in (0..<5).map { $0 < length } }
        let y = try layer(x, lengths: lengths, fused: fused).reshaped([15, 4]).keepingRows(real)
        check("y", y.values, try golden["y"].scalars)
        try parameters.tape.backward(from: (y * golden["probe"].tensor.reshaped([15, 4])).sum())
        try checkGradients(golden, parameters)
    }

    @Test("a decoder layer", arguments: NormPlace.allCases, ["dot", "bahdanau"])
    func decoderLayer(norm: NormPlace, scorer: String) throws {
        for fused in [true, false] {
            let golden = try golden("decoder-layer-\(scorer)-\(norm)"), parameters = Parameters()
            var builder = ParameterBuilder(parameters, seed: 1)
            let x = builder.uniform("x", [3, 3, 4], bound: 1), states = builder.uniform("states", [3, 5, 4], bound: 1)
            let name = try #require(Self.scorers[scorer]), settings = try settings(golden, name, norm)
            var layer = DecoderLayer(settings, &builder)
            if !fused { layer.useComposedTwins() }
            var scope = builder.scope("scorer")
            let attention = Attention(
                try scorerType(name).init(settings.scorerSizes, &scope), Weighting(usesFusedKernels: fused))
            try read(golden, into: parameters)
            let memory = try attention.memory(
                states: states, summary: .zeros([3, 4], near: states), lengths: golden["lengths"].integers)
            let s = try layer.states(x).swappingFirstAxes(), queries = try layer.query(s)
            var past = Past(before: memory)
            let steps = try (0..<3).map { t in
                let step = try attention.step(query: queries.slice(t), memory: memory, past: past)
                past = step.past
                return step
            }
            let weights = try Tensor.stack(steps.map(\.weights)).swappingFirstAxes()
            check("weights", weights.values, try golden["weights"].scalars)
            let y = try layer.output(state: s, context: Tensor.stack(steps.map(\.context))).swappingFirstAxes()
            check("y", y.values, try golden["y"].scalars)
            try parameters.tape.backward(from: (y * golden["probe"].tensor).sum())
            try checkGradients(golden, parameters)
        }
    }

    @Test("a whole model: loss and every gradient", arguments: ["dot", "bahdanau"], [true, false])
    func model(scorer: String, fused: Bool) throws {
        let golden = try golden("model-\(scorer)"), name = try #require(Self.scorers[scorer])
        let model = try TranslationModel(
            settings(golden, name, .pre), scorer: scorerType(name), sourceVocabulary: 11, targetVocabulary: 11, seed: 1,
            usesFusedKernels: fused)
        /// "enc_last_gain" → "encoder.norm.gain", "dec_self_Wq" → "decoder.layer1.self.Wq".
        func mine(_ theirs: String) -> String {
            let parts = theirs.split(separator: "_", maxSplits: 1).map(String.init)
            let side = parts[0] == "enc" || parts[0] == "source" ? "encoder" : "decoder"
            guard theirs.hasPrefix("enc_") || theirs.hasPrefix("dec_") else {
                return side + "." + (parts.count > 1 ? parts[1] : parts[0])
            }
            if parts[1].hasPrefix("last_") { return side + ".norm." + parts[1].dropFirst(5) }
            let own = ours(parts[1])
            return own.hasPrefix("scorer.") ? own : side + ".layer1." + own
        }
        func numbers(_ golden: Golden, _ name: String) -> [Scalar] {
            values(golden, isTable: name.hasSuffix("embedding"))
        }
        let names = try golden["parameters"].keys
        for name in names { try model.parameters.set(mine(name), to: numbers(golden["parameters"][name], name)) }
        let loss = try model.loss(goldenBatch(golden))
        check("loss", [try loss.item()], [Scalar(try golden["loss"].number)])
        try model.parameters.tape.backward(from: loss)
        let size = GradientSize(try names.map { try golden["gradients"][$0].scalars })
        for name in names {
            let expected = try numbers(golden["gradients"][name], name)
            check(
                "gradient of \(name)", try #require(model.parameters[mine(name)]).gradient, expected,
                of: size.of(expected))
        }
        #expect(names.count == model.parameters.names.count, "every parameter has been compared")
    }
}
