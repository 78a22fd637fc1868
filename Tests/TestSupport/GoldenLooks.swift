// A scorer through several looks, against the golden numbers of the wider family: weights and contexts of every step,
// and all gradients, those through the past among them.

import AttentionLab

/// One case of family.json that has queries [T,B,D] and states [B,S,D].
public struct GoldenLooks {
    private let golden: Golden, name: String
    /// PyTorch's name of a parameter → ours.
    private let layout: [String: String]
    /// Matrices that are stored the same way round on both sides.
    private let upright: Set<String>

    /// - Throws: where there is no such case.
    public init(_ name: String, layout: [String: String], upright: Set<String> = []) throws {
        guard let found = try Golden.cases("family.json").first(where: { try $0["name"].string == name }) else {
            throw Golden.Missing(description: "family.json has no case \"\(name)\"")
        }
        (golden, self.name, self.layout, self.upright) = (found, name, layout, upright)
    }

    public subscript(key: String) -> Golden {
        get throws { try golden[key] }
    }

    /// What does not agree, a sentence each.
    /// - Parameters:
    ///   - how: handed to the scorer at every look.
    ///   - look: the weights of a step as the case has them; default: those of the look.
    public func disagreements(
        _ type: any AttentionScorer.Type, _ sizes: ScorerSizes, _ how: Weighting = Weighting(),
        weights look: (Attention.Step) throws -> Tensor = { $0.weights }
    ) throws -> [String] {
        let parameters = Parameters()
        // The inputs are parameters too, so that their gradients can be compared.
        var builder = ParameterBuilder(parameters, seed: 1)
        for key in ["queries", "states"] {
            let input = try golden["inputs"][key]
            _ = builder.uniform(key, Shape(input.shape), bound: 1)
            try parameters.set(key, to: input.scalars)
        }
        var scope = builder.scope("scorer")
        let attention = Attention(type.init(sizes, &scope), how)
        for (theirs, ours) in layout {
            try parameters.set("scorer." + ours, to: turned(golden["parameters"][theirs], theirs))
        }
        var found: [String] = []
        func check(_ what: String, _ got: [Scalar], _ expected: [Scalar], of size: Double? = nil) {
            if let message = disagreement("\(name) \(what)", got, expected, of: size) { found.append(message) }
        }
        guard let queries = parameters["queries"], let states = parameters["states"] else { return ["no inputs"] }
        let memory = try attention.memory(
            states: states, summary: states.slice(0).rows(0..<1).gathered([0, 0, 0]),
            lengths: golden["lengths"].integers)
        var past = Past(before: memory), loss = Tensor.zeros([1], near: states)
        for (t, probe) in try golden["probe"].list.enumerated() {
            let step = try attention.step(query: queries.slice(t), memory: memory, past: past)
            check("weights of step \(t)", try look(step).values, try golden["weights"].list[t].scalars)
            check("context of step \(t)", step.context.values, try golden["context"].list[t].scalars)
            loss = try loss + (step.context * probe.tensor).sum()
            past = step.past
        }
        parameters.clearGradients()
        try parameters.tape.backward(from: loss)
        let size = GradientSize(parameters.tensors.map(\.gradient))
        for (theirs, ours) in [("queries", "queries"), ("states", "states")] + layout.map({ ($0, "scorer." + $1) }) {
            let expected = try turned(golden["gradients"][theirs], theirs)
            check("gradient of \(theirs)", parameters[ours]?.gradient ?? [], expected, of: size.of(expected))
        }
        return found
    }

    private func turned(_ value: Golden, _ name: String) -> [Scalar] {
        value.shape.count == 2 && !upright.contains(name) ? value.transposed : value.scalars
    }
}
