// Every normaliser against numbers from PyTorch: of scores alone, and behind scorers over three steps.

import AttentionScorers
import TensorCore
import TestSupport
import Testing

/// PyTorch's name → ours.
private let names = ["softmax": "masked", "sparsemax": "sparsemax", "entmax15": "entmax-1.5"]

private func normalisation(_ theirs: String) throws -> Normalisation {
    try #require(names[theirs].flatMap { Normalisation(rawValue: $0) })
}

private func expectAgreement(_ what: String, _ got: [Scalar], _ expected: [Scalar], of size: Double? = nil) {
    if let message = disagreement(what, got, expected, of: size) { Issue.record(Comment(rawValue: message)) }
}

@Suite("Golden normalisers") struct GoldenNormaliserTests {
    @Test("weights and gradients of scores agree with PyTorch", arguments: names.keys.sorted())
    func scores(name: String) throws {
        let golden = try Golden.family(name), parameters = Parameters()
        var builder = ParameterBuilder(parameters, seed: 1)
        let shape = try golden["inputs"]["scores"].shape
        let scores = builder.uniform("scores", Shape(shape), bound: 1)
        try parameters.set("scores", to: golden["inputs"]["scores"].scalars)
        let weights = try normalisation(name).weights(from: scores, lengths: golden["lengths"].integers)
        try parameters.tape.backward(from: (weights * golden["probe"].tensor).sum())
        for row in 0..<shape[0] {
            func rowOf(_ numbers: [Scalar]) -> [Scalar] { Array(numbers[row * shape[1]..<(row + 1) * shape[1]]) }
            // A score of −400 is itself rounded, to a share of 400.
            let size = max(1, largest(rowOf(scores.values)))
            expectAgreement(
                "\(name), weights of row \(row)", rowOf(weights.values), rowOf(try golden["weights"].scalars),
                of: size)
            expectAgreement(
                "\(name), gradient of row \(row)", rowOf(scores.gradient),
                rowOf(try golden["gradients"]["scores"].scalars), of: size)
        }
    }

    @Test(
        "behind a scorer, weights, contexts and all gradients agree with PyTorch",
        arguments: ["bahdanau/sparsemax", "luong-dot/entmax15", "bahdanau/entmax15", "luong-dot/sparsemax"],
        [true, false])
    func scorers(name: String, fused: Bool) throws {
        let golden = try Golden.family(name), inputs = try golden["inputs"], gradients = try golden["gradients"]
        let scorer = try #require(Catalog.scorers.first { try $0.card.name == golden["scorer"].string })
        let parameters = Parameters(), layout = ["Ws": "Wa", "Wh": "Ua", "b": "b", "v": "va"]
        var builder = ParameterBuilder(parameters, seed: 1)
        let queries = builder.uniform("queries", Shape(try inputs["queries"].shape), bound: 1)
        let states = builder.uniform("states", Shape(try inputs["states"].shape), bound: 1)
        for key in ["queries", "states"] { try parameters.set(key, to: inputs[key].scalars) }
        var scope = builder.scope("scorer")
        var attention = try Attention(
            scorer.init(ScorerSizes(state: 4, attention: 6), &scope),
            normalisation: normalisation(golden["normaliser"].string))
        attention.how.usesFusedKernels = fused
        for theirs in try golden["parameters"].keys {
            let value = try golden["parameters"][theirs], ours = try #require(layout[theirs])
            try parameters.set("scorer." + ours, to: value.shape.count == 2 ? value.transposed : value.scalars)
        }
        let memory = try attention.memory(
            states: states, summary: queries.slice(0), lengths: golden["lengths"].integers)
        var past = Past(before: memory), steps: [Attention.Step] = []
        for t in 0..<queries.shape[0] {
            steps.append(try attention.step(query: queries.slice(t), memory: memory, past: past))
            past = steps[t].past
        }
        let contexts = try Tensor.stack(steps.map(\.context))
        expectAgreement("weights", steps.flatMap(\.weights.values), try golden["weights"].scalars)
        expectAgreement("contexts", contexts.values, try golden["context"].scalars)
        try parameters.tape.backward(from: (contexts * golden["probe"].tensor).sum())
        let sizes = GradientSize(parameters.tensors.map(\.gradient))
        for theirs in gradients.keys {
            let value = try gradients[theirs], ours = layout[theirs].map { "scorer." + $0 } ?? theirs
            let expected = value.shape.count == 2 ? value.transposed : value.scalars
            expectAgreement(
                "gradient of \(ours)", try #require(parameters[ours]).gradient, expected, of: sizes.of(expected))
        }
    }
}
