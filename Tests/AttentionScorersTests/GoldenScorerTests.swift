// Every scorer against numbers from PyTorch: scores, weights, context and all gradients.

import AttentionScorers
import Solutions
import TensorCore
import TestSupport
import Testing

/// Where each golden parameter goes: PyTorch's name → ours, and whether it is stored transposed.
private let layouts: [String: [String: String]] = [
    "bahdanau": ["Ws": "Wa", "Wh": "Ua", "b": "b", "v": "va"],
    "luong-dot": [:],
    "luong-general": ["W": "Wa"],
    "luong-concat": ["W": "Wa", "v": "va"],
    "scaled-dot": [:],
    "location": ["W": "Wa"],
    "coverage": ["Ws": "Ws", "Wh": "Wh", "wc": "wc", "b": "b", "v": "v"],
    "cosine": ["beta": "beta"],
    "location-sensitive": ["Ws": "W", "Wh": "V", "conv": "F", "U": "U", "b": "b", "v": "w"],
]

@Suite("Golden scorers") struct GoldenScorerTests {
    @Test("values and gradients agree with PyTorch", arguments: layouts.keys.sorted(), [true, false])
    func agrees(name: String, fused: Bool) throws {
        let golden = try #require(try Golden.cases("scorers.json").first { try $0["name"].string == name })
        let layout = try #require(layouts[name])
        let (inputs, gradients) = (try golden["inputs"], try golden["gradients"])
        let parameters = Parameters()
        // The inputs are parameters too, so that their gradients can be compared.
        var builder = ParameterBuilder(parameters, seed: 1)
        for key in ["query", "states", "previous", "coverage"] {
            _ = builder.uniform(key, Shape(try inputs[key].shape), bound: 1)
            try parameters.set(key, to: inputs[key].scalars)
        }
        let scorers: [any AttentionScorer.Type] = Catalog.scorers + [CosineScorer.self]
        let type = try #require(scorers.first { $0.card.name == name })
        var scope = builder.scope("scorer")
        let scorer = type.init(
            ScorerSizes(state: 4, attention: 6, maximumSource: 8, filters: 4, filterWidth: 3), &scope)
        for (theirs, ours) in layout {
            let value = try golden["parameters"][theirs]
            // conv is [F,W] on both sides, and luong-general multiplies W h where we keep h W.
            try parameters.set(
                "scorer." + ours, to: value.shape.count == 2 && theirs != "conv" ? value.transposed : value.scalars)
        }
        let query = try #require(parameters["query"]), states = try #require(parameters["states"])
        let past = Past(
            previous: try #require(parameters["previous"]), coverage: try #require(parameters["coverage"]), steps: 1)
        let lengths = try golden["lengths"].integers
        var attention = Attention(scorer)
        attention.how.usesFusedKernels = fused
        let memory = try attention.memory(states: states, summary: query, lengths: lengths)
        let step = try attention.step(query: query, memory: memory, past: past)

        func check(_ what: String, _ got: [Scalar], _ expected: [Scalar]) {
            if let message = disagreement("\(name) \(what)", got, expected) { Issue.record(Comment(rawValue: message)) }
        }
        let scores =
            try scorer.fusedScores(query: query, memory: memory, past: past).flatMap { fused ? $0 : nil }
            ?? scorer.scores(query: query, memory: memory, past: past)
        let real = (0..<lengths.count).flatMap { b in (0..<5).map { $0 < lengths[b] } }
        check("scores", zip(scores.values, real).map { $1 ? $0 : 0 }, try golden["scores"].scalars)
        check("weights", step.weights.values, try golden["weights"].scalars)
        check("context", step.context.values, try golden["context"].scalars)

        parameters.clearGradients()
        try parameters.tape.backward(from: (step.context * golden["probe"].tensor).sum())
        for key in ["query", "states", "previous", "coverage"] where try !gradients[key].isNull {
            check("gradient of \(key)", try #require(parameters[key]).gradient, try gradients[key].scalars)
        }
        for (theirs, ours) in layout {
            let value = try gradients[theirs]
            check(
                "gradient of \(ours)", try #require(parameters["scorer." + ours]).gradient,
                value.shape.count == 2 && theirs != "conv" ? value.transposed : value.scalars)
        }
    }
}
