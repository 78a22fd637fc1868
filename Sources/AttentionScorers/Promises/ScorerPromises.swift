// The promises of a scorer that are tried in a moment: before anything is trained for it, and with the others of the
// contract.

import TensorCore

/// What a model relies on, whoever wrote its scorer. Each promise throws a `ContractBreach` that says what came, and
/// what was expected.
public enum ScorerPromises {
    /// Tries them all on three random sentences, the longest of `longestSource` words, in milliseconds.
    ///
    /// - Throws: `ContractBreach`; a `ShapeError` where shapes do not fit; and what the scorer throws itself.
    public static func check(
        _ type: any AttentionScorer.Type, _ sizes: ScorerSizes, longestSource: Int,
        normalisation: Normalisation = .masked
    ) throws {
        // Of one word there is nothing to choose, and no gradient.
        let longest = max(longestSource, min(4, sizes.maximumSource), 1)
        func tried(_ normalisation: Normalisation, _ sizes: ScorerSizes) throws -> ScorerTrial {
            try ScorerTrial(
                type, sizes, lengths: [longest, (longest + 1) / 2, 1], spread: 0.5, normalisation: normalisation)
        }
        let trial = try tried(normalisation, sizes)
        try keepsParametersOnly(trial)
        for step in try trial.steps() + [trial.lateStep()] { try givesWeights(step, trial) }
        // With large scores a sparse normaliser gives all to one word, and no gradient to anything; and a hidden layer of
        // one unit has no direction to learn where its vector is normalised.
        if longest > 1 {
            let isSparse = normalisation.part?.isSparse == true, isNarrow = sizes.attention < 2
            try everyParameterLearns(
                isSparse || isNarrow
                    ? tried(isSparse ? .masked : normalisation, isNarrow ? sizes.with(attention: 2) : sizes) : trial)
        }
        try repeatsItself(trial)
        try forksByRow(trial)
    }

    /// A tensor that is no parameter looks like one, and stays as it was drawn.
    package static func keepsParametersOnly(_ trial: ScorerTrial) throws {
        guard let (path, tensor) = KeptTensors.stranger(in: trial.attention.scorer, to: trial.parameters) else {
            return
        }
        let cause =
            if trial.parameters.reach(tensor) {
                "init computed it from a parameter, once; keep the parameter, and compute with it in keys or scores"
            } else if tensor.requiresGradient {
                "it was made with Parameters of its own; make it with the builder that init is given"
            } else {
                "it was made as a constant; make it with the builder that init is given (parameters.matrix, .vector, .bias, .scalar), or, if it "
                    + "is to stay as it is like a table of positions, with parameters.constant"
            }
        throw ContractBreach(
            trial.type,
            "it keeps the tensor \(path.dropFirst()) of shape \(tensor.shape), which is no parameter of the "
                + "model: nothing trains it, and no checkpoint holds it", cause)
    }

    /// Rows that sum to what the card says over the real words, with exactly 0 in the padding, and no number that is
    /// none.
    package static func givesWeights(_ step: Attention.Step, _ trial: ScorerTrial) throws {
        let weights = step.weights.values.map { Double($0) }, source = step.weights.shape.last
        for (b, length) in trial.lengths.enumerated() {
            let row = weights[b * source..<(b + 1) * source].map { $0 }
            if let i = row.firstIndex(where: { !$0.isFinite }) {
                throw ContractBreach(
                    trial.type, "weight \(i) of sentence \(b) is \(row[i]), expected a number from 0 to 1",
                    "a division by zero, or an exponential without subtracting the largest score first")
            }
            // What rounding a sum of so many numbers allows.
            let rounding = row.reduce(0) { $0 + abs($1) } * Double(16 + 4 * length) * Double(Scalar.ulpOfOne)
            let sum = row.reduce(0, +)
            let isRight: Bool, expected: String
            switch trial.type.card.mass {
            case .one: (isRight, expected) = (abs(sum - 1) <= rounding, "1")
            case .atMostOne: (isRight, expected) = (sum <= 1 + rounding, "at most 1")
            case .free: (isRight, expected) = (true, "")
            }
            guard isRight else {
                throw ContractBreach(
                    trial.type, "the weights of sentence \(b) sum to \(sum), expected \(expected)",
                    "softmax over another axis, or weights that are not normalised")
            }
            if let i = row.firstIndex(where: { $0 < -rounding }) {
                throw ContractBreach(
                    trial.type, "weight \(i) of sentence \(b) is \(row[i]), expected at least 0",
                    "weights without an exponential")
            }
            if let i = row.indices.first(where: { $0 >= length && row[$0] != 0 }) {
                throw ContractBreach(
                    trial.type,
                    "weight \(i) of sentence \(b) is \(row[i]), but only \(length) of its words are real: "
                        + "expected exactly 0", "the mask was left out")
            }
        }
        if let bad = step.context.values.first(where: { !$0.isFinite }) {
            throw ContractBreach(
                trial.type, "its context has the number \(bad)", "a division by zero, or a sum over the padding")
        }
    }

    /// Gradients of all that three steps find, by every parameter that the scorer asked for.
    package static func everyParameterLearns(_ trial: ScorerTrial) throws {
        trial.parameters.tape.reset()
        trial.parameters.clearGradients()
        let memory = try trial.memory(), before = try trial.attention.scorer.firstContext(memory: memory)
        var loss = Tensor.zeros([1], near: trial.states)
        for context in try trial.steps().map(\.context) + (before.map { [$0] } ?? []) {
            loss = try loss + (context * context).sum()
        }
        if loss.requiresGradient { try trial.parameters.tape.backward(from: loss) }
        for (name, tensor) in trial.own {
            let name = name.dropFirst("scorer.".count), gradient = tensor.gradient
            if let bad = gradient.first(where: { !$0.isFinite }) {
                throw ContractBreach(
                    trial.type, "the gradient of the parameter \(name) has the number \(bad)",
                    "a division by zero, or a root or a norm of nothing")
            }
            guard gradient.contains(where: { $0 != 0 }) else {
                throw ContractBreach(
                    trial.type, "the parameter \(name) gets no gradient, so it never changes",
                    "it is not used in scores, or used outside the tape (through its values)")
            }
        }
    }

    /// The same question twice has one answer, to the last bit, and so has another scorer with the same numbers: or a
    /// training that is resumed, or shared by threads, is another one.
    package static func repeatsItself(_ trial: ScorerTrial) throws {
        try trial.parameters.tape.withoutRecording {
            let first = try trial.steps()
            for (step, again) in zip(first, try trial.steps()) where !areEqual(step, again) {
                throw ContractBreach(
                    trial.type,
                    "the same queries about the same sentences give other weights or contexts the second time",
                    "a random number in keys or scores, or something that it keeps from call to call; only Past may")
            }
            let noisy = try trial.steps(Noise(seed: 1, step: 0, shard: 0))
            for (step, again) in zip(noisy, try trial.steps(Noise(seed: 1, step: 0, shard: 0)))
            where !areEqual(step, again) {
                throw ContractBreach(
                    trial.type, "the same training step gives other weights or contexts the second time",
                    "a random number that did not come from the noise of Weighting")
            }
            let twin = trial.twin()
            do { try twin.parameters.check() } catch { throw ContractBreach(trial.type, error) }
            guard twin.parameters.names == trial.parameters.names else {
                throw ContractBreach(
                    trial.type,
                    "init made the parameters \(twin.own.map(\.name)) the second time, and "
                        + "\(trial.own.map(\.name)) the first", "a random choice or a counter in init")
            }
            for (step, again) in zip(first, try twin.parameters.tape.withoutRecording { try twin.steps() })
            where !areEqual(step, again) {
                throw ContractBreach(
                    trial.type, "two of them with the same parameters give different weights or contexts",
                    "a random number in init that did not come from the builder")
            }
        }
    }

    /// What a look leaves for the next belongs to its row: a beam drops some rows in the middle, and doubles others.
    package static func forksByRow(_ trial: ScorerTrial) throws {
        try trial.parameters.tape.withoutRecording {
            let memory = try trial.memory(), rows = trial.lengths.count > 2 ? [2, 0, 0] : [0, 0]
            let before = try trial.steps()[1], attention = trial.attention
            let whole = try attention.step(query: trial.query, memory: memory, past: before.past)
            let forked = try attention.step(
                query: trial.query.gathered(rows), memory: memory.gathered(rows), past: before.past.gathered(rows))
            for (what, of, has) in [
                ("weights", whole.weights, forked.weights), ("context", whole.context, forked.context),
            ] {
                let expected = try of.gathered(rows).values.map { Double($0) }, found = has.values.map { Double($0) }
                let size = expected.reduce(1) { max($0, abs($1)) }
                let isSame = zip(expected, found).allSatisfy { abs($0 - $1) <= size * 1e3 * Double(Scalar.ulpOfOne) }
                if !isSame {
                    throw ContractBreach(
                        trial.type, "a beam that goes on with the rows \(rows) finds other \(what) than they had",
                        "something that it keeps from look to look; only Past may, which a beam forks")
                }
            }
        }
    }

    private static func areEqual(_ a: Attention.Step, _ b: Attention.Step) -> Bool {
        a.weights.values == b.weights.values && a.context.values == b.context.values
    }
}
