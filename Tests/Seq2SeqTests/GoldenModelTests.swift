// The whole reference model against PyTorch, or for the scorers that it has no peer of against NumPy: loss and every
// gradient.

import AttentionScorers
import Corpora
import TensorCore
import TestSupport
import Testing

@testable import Seq2Seq

/// PyTorch's scorer names → ours, and our names of the scorer's parameters.
private let scorers: [String: (name: String, parameters: [String: String])] = [
    "additive": (
        "bahdanau",
        [
            "scorer.w_query.weight": "scorer.Wa", "scorer.w_query.bias": "scorer.b", "scorer.w_key.weight": "scorer.Ua",
            "scorer.v.weight": "scorer.va",
        ]
    ),
    "dot": ("luong-dot", [:]),
    "general": ("luong-general", ["scorer.w.weight": "scorer.Wa"]),
    "concat": ("luong-concat", ["scorer.v.weight": "scorer.va"]),
    "scaled": ("scaled-dot", [:]),
    "location": ("location", ["scorer.w.weight": "scorer.Wa"]),
    "none": ("none", [:]),
    "projected-dot": ("projected-dot", ["scorer.Wq": "scorer.Wq", "scorer.Wk": "scorer.Wk"]),
    "location-sensitive": (
        "location-sensitive",
        [
            "scorer.Ws": "scorer.W", "scorer.Wh": "scorer.V", "scorer.U": "scorer.U", "scorer.conv": "scorer.F",
            "scorer.b": "scorer.b",
            "scorer.v": "scorer.w",
        ]
    ),
    "coverage": (
        "coverage",
        Dictionary(uniqueKeysWithValues: ["Ws", "Wh", "wc", "b", "v"].map { ("scorer." + $0, "scorer." + $0) })
    ),
    "uniform": ("uniform", [:]),
]

private let shared = [
    "source.weight": "encoder.embedding", "target.weight": "decoder.embedding",
    "encoder.weight_ih_l0": "encoder.forward.Wi", "encoder.weight_hh_l0": "encoder.forward.Wh",
    "encoder.bias_ih_l0": "encoder.forward.bi", "encoder.bias_hh_l0": "encoder.forward.bh",
    "encoder.weight_ih_l0_reverse": "encoder.backward.Wi", "encoder.weight_hh_l0_reverse": "encoder.backward.Wh",
    "encoder.bias_ih_l0_reverse": "encoder.backward.bi", "encoder.bias_hh_l0_reverse": "encoder.backward.bh",
    "bridge.weight": "decoder.Wb", "bridge.bias": "decoder.bb",
    "cell.weight_ih": "decoder.cell.Wi", "cell.weight_hh": "decoder.cell.Wh", "cell.bias_ih": "decoder.cell.bi",
    "cell.bias_hh": "decoder.cell.bh",
    "readout.weight": "decoder.Wr", "readout.bias": "decoder.br", "output.weight": "decoder.Wv",
    "output.bias": "decoder.bv",
]

@Suite("Golden model") struct GoldenModelTests {
    /// Those of the wider family have golden numbers of their looks, in family.json.
    @Test("every scorer of the first families has golden numbers of a whole model") func complete() {
        let families: [ScorerFamily] = [.content, .position, .past, .baseline]
        let first = Catalog.scorers.map { $0.card }.filter { families.contains($0.family) }
        #expect(Set(scorers.values.map(\.name)) == Set(first.map(\.name)))
    }

    @Test("loss and every gradient agree with PyTorch or NumPy", arguments: scorers.keys.sorted(), [true, false])
    func agrees(theirName: String, fused: Bool) throws {
        let golden = try #require(try Golden.cases("model.json").first { try $0["scorer"].string == theirName })
        let (name, own) = try #require(scorers[theirName])
        let type = try #require(Catalog.scorers.first { $0.card.name == name })
        var settings = ModelSettings(scorer: name)
        (settings.embedding, settings.hidden, settings.attention, settings.maximumSource) = (5, 3, 4, 9)
        let model = TranslationModel(
            settings, scorer: type, sourceVocabulary: 11, targetVocabulary: 11, seed: 1, usesFusedKernels: fused)

        /// Golden numbers in our layout. Embeddings are tables on both sides, and filters rows; weights are transposed.
        func ours(_ values: Golden, _ theirs: String) -> [Scalar] {
            let isTable = theirs == "source.weight" || theirs == "target.weight" || theirs == "scorer.conv"
            return values.shape.count == 2 && !isTable ? values.transposed : values.scalars
        }
        let names = shared.merging(own) { $1 }
        for (theirs, mine) in names { try model.parameters.set(mine, to: ours(golden["parameters"][theirs], theirs)) }
        if theirName == "concat" {
            // PyTorch's peer keeps W [s ; h] as two matrices.
            let parameters = try golden["parameters"]
            try model.parameters.set(
                "scorer.Wa",
                to: parameters["scorer.w_query.weight"].transposed + parameters["scorer.w_key.weight"].transposed)
        }
        let batch = try goldenBatch(golden)
        let loss = try model.loss(batch)
        try model.parameters.tape.backward(from: loss)

        func check(_ what: String, _ got: [Scalar], _ expected: [Scalar], of size: Double? = nil) {
            if let message = disagreement("\(name) \(what)", got, expected, of: size) {
                Issue.record(Comment(rawValue: message))
            }
        }
        let size = GradientSize(try names.keys.map { try golden["gradients"][$0].scalars })
        func checkGradient(_ mine: String, _ expected: [Scalar]) throws {
            check("gradient of \(mine)", try #require(model.parameters[mine]).gradient, expected, of: size.of(expected))
        }
        check("loss", [try loss.item()], [Scalar(try golden["loss"].number)])
        for (theirs, mine) in names {
            try checkGradient(mine, ours(golden["gradients"][theirs], theirs))
        }
        if theirName == "concat" {
            let gradients = try golden["gradients"]
            try checkGradient(
                "scorer.Wa", gradients["scorer.w_query.weight"].transposed + gradients["scorer.w_key.weight"].transposed
            )
        }
        #expect(
            names.count + (theirName == "concat" ? 1 : 0) == model.parameters.names.count,
            "every parameter of the model has been compared")
    }

}

/// The sentences of a golden model.
func goldenBatch(_ golden: Golden) throws -> Batch {
    let sources = try golden["source"].list.map { $0.integers.filter { $0 != Vocabulary.pad } }
    let targets = try golden["target_out"].list.map {
        $0.integers.filter { $0 != Vocabulary.pad && $0 != Vocabulary.end }
    }
    let batch = try Batch(zip(sources, targets).map { try EncodedPair(source: $0, target: $1) })
    #expect(try batch.targetInput == golden["target_in"].integers)
    return batch
}
