// What every scorer must keep to, whoever wrote it. One function a promise; each throws a sentence that says what was
// expected, what came, and what is likely to be wrong.

public import AttentionLab

public enum ScorerContract {
    public typealias Promise = (name: String, check: @Sendable (any AttentionScorer.Type) throws -> Void)

    public static let promises: [Promise] = [
        ("weights are at least 0 and sum to what the card says; padding has exactly 0", weightsSum),
        ("what is in the padding does not matter, and neither does more of it", paddingDoesNotMatter),
        ("a sentence does not depend on its neighbours in the batch", rowsAreIndependent),
        ("states in another order get the same scores in that order, if and only if the card says so", permutation),
        ("keys computed once are as good as keys computed at every step", keysCanBeKept),
        ("the fused kernel computes what the composed scores compute", fusedEqualsComposed),
        ("gradients are those of the scores", gradientsAgree),
        ("every parameter gets a gradient", { try ScorerPromises.everyParameterLearns(problem($0)) }),
        (
            "what it keeps is a parameter or a constant of its builder",
            { try ScorerPromises.keepsParametersOnly(problem($0)) }
        ),
        ("the same twice gives the same", { try ScorerPromises.repeatsItself(problem($0)) }),
        ("a beam that reorders its rows gets their looks", { try ScorerPromises.forksByRow(problem($0)) }),
        ("the only word gets weight 1", oneWord),
        ("scores of ±10,000 are no NaN", largeScores),
        ("shapes that do not fit are a sentence", wrongShapes),
        ("an empty sentence is refused", emptySentence),
        ("after training on a task that needs it, the weights are not uniform", notUniform),
        ("the card is filled in", card),
    ]

    // MARK: a small problem

    /// The window is narrower than a sentence, so that what it hides is noticed.
    private static let sizes = ScorerSizes(
        state: 6, attention: 5, maximumSource: 12, filters: 3, filterWidth: 3, window: 1)
    /// The second sentence has padding, the third is as short as can be.
    private static let lengths = [5, 3, 1]

    private static func problem(
        _ type: any AttentionScorer.Type, lengths: [Int] = lengths, source: Int? = nil,
        spread: Double = 1
    ) throws -> ScorerTrial {
        try ScorerTrial(type, sizes, lengths: lengths, source: source, spread: spread)
    }

    private static func flat(_ tensor: Tensor) -> [Double] { tensor.values.map { Double($0) } }

    private static let rounding = MemoryLayout<Scalar>.size == 8 ? 1e-12 : 2e-5

    private static func differ(_ a: [Double], _ b: [Double]) -> Int? {
        a.count == b.count ? a.indices.first { !(abs(a[$0] - b[$0]) <= rounding * max(1, abs(a[$0]))) } : 0
    }

    // MARK: the promises

    private static let weightsSum: @Sendable (any AttentionScorer.Type) throws -> Void = { type in
        let problem = try problem(type)
        try ScorerPromises.givesWeights(problem.step(), problem)
    }

    private static let paddingDoesNotMatter: @Sendable (any AttentionScorer.Type) throws -> Void = { type in
        let problem = try problem(type)
        let before = try problem.step(), weights = flat(before.weights), context = flat(before.context)
        var states = problem.states.values
        for (index, length) in lengths.enumerated() {
            let row = index * 5 * sizes.state
            for at in (row + length * sizes.state)..<(row + 5 * sizes.state) { states[at] = .nan }
        }
        try problem.copy(states: states)
        let after = try problem.step()
        guard differ(flat(after.weights), weights) == nil, differ(flat(after.context), context) == nil else {
            throw ContractBreach(
                type, "other numbers in the padding change weights or context",
                "a sum or a mean over all positions, the padding among them")
        }
        // The same sentences with three more columns of padding.
        let wide = try Self.problem(type, source: 8)
        func widened(_ values: [Scalar], _ width: Int) -> [Scalar] {
            lengths.indices.flatMap { b -> [Scalar] in
                Array(values[b * 5 * width..<(b + 1) * 5 * width]) + [Scalar](repeating: 0, count: 3 * width)
            }
        }
        for (name, tensor) in zip(problem.parameters.names, problem.parameters.tensors) where name.hasPrefix("scorer.")
        {
            try wide.parameters.set(name, to: tensor.values)
        }
        try wide.copy(
            states: widened(states, sizes.state), query: problem.query.values,
            previous: masked(widened(problem.previous.values, 1), 8),
            coverage: masked(widened(problem.coverage.values, 1), 8))
        try problem.copy(previous: masked(problem.previous.values, 5), coverage: masked(problem.coverage.values, 5))
        let narrow = try problem.step(), more = try wide.step()
        let cut = more.weights.rows.flatMap { Array($0.prefix(5)) }
        guard differ(cut, flat(narrow.weights)) == nil, differ(flat(more.context), flat(narrow.context)) == nil else {
            throw ContractBreach(
                type, "more padding changes weights or context",
                "something depends on S instead of the sentence's own length")
        }
    }

    /// Past weights are never in the padding.
    private static func masked(_ values: [Scalar], _ source: Int) -> [Scalar] {
        values.enumerated().map { $0 % source < lengths[$0 / source] ? $1 : 0 }
    }

    private static let rowsAreIndependent: @Sendable (any AttentionScorer.Type) throws -> Void = { type in
        let problem = try problem(type), together = try problem.step()
        for b in lengths.indices {
            let alone = try Self.problem(type, lengths: [lengths[b]], source: 5)
            for (name, tensor) in zip(problem.parameters.names, problem.parameters.tensors)
            where name.hasPrefix("scorer.") {
                try alone.parameters.set(name, to: tensor.values)
            }
            func row(_ tensor: Tensor) -> [Scalar] {
                Array(tensor.values[b * tensor.count / 3..<(b + 1) * tensor.count / 3])
            }
            try alone.copy(
                states: row(problem.states), summary: row(problem.summary), query: row(problem.query),
                previous: row(problem.previous), coverage: row(problem.coverage))
            let single = try alone.step()
            guard differ(single.weights.rows[0], together.weights.rows[b]) == nil,
                differ(single.context.rows[0], together.context.rows[b]) == nil
            else {
                throw ContractBreach(
                    type, "sentence \(b) has other weights alone than in a batch",
                    "an operation mixes the sentences: an index without b, or a softmax over the batch")
            }
        }
    }

    private static let permutation: @Sendable (any AttentionScorer.Type) throws -> Void = { type in
        let problem = try problem(type, lengths: [5])
        let before = try problem.step().weights.rows[0]
        let order = [3, 0, 4, 1, 2]
        func permuted(_ values: [Scalar], _ width: Int) -> [Scalar] {
            order.flatMap { i in values[i * width..<(i + 1) * width] }
        }
        try problem.copy(
            states: permuted(problem.states.values, sizes.state), previous: permuted(problem.previous.values, 1),
            coverage: permuted(problem.coverage.values, 1))
        let after = try problem.step().weights.rows[0]
        let isSame = differ(order.map { before[$0] }, after) == nil
        if !type.card.usesPosition, !isSame {
            throw ContractBreach(
                type, "states in another order get other weights",
                "the score depends on the position; if it shall, the card must say usesPosition: true")
        }
        if type.card.usesPosition, isSame {
            throw ContractBreach(
                type, "the card says usesPosition, but states in another order get the same weights",
                "the position is never used, or the scores are all equal")
        }
    }

    private static let keysCanBeKept: @Sendable (any AttentionScorer.Type) throws -> Void = { type in
        let problem = try problem(type), memory = try problem.memory()
        let first = try problem.attention.step(query: problem.query, memory: memory, past: problem.past())
        let kept = try problem.attention.step(query: problem.query, memory: memory, past: first.past)
        let fresh = try problem.attention.step(query: problem.query, memory: problem.memory(), past: first.past)
        guard kept.weights.rows == fresh.weights.rows else {
            throw ContractBreach(
                type, "a second step with the same keys differs from one with fresh keys",
                "the scorer keeps something between steps; only Past may")
        }
    }

    private static let fusedEqualsComposed: @Sendable (any AttentionScorer.Type) throws -> Void = { type in
        func run(fused: Bool) throws -> (values: [Double], gradients: [(String, [Double])]) {
            var problem = try problem(type)
            problem.attention.how.usesFusedKernels = fused
            let step = try problem.step()
            problem.parameters.clearGradients()
            if step.context.requiresGradient {
                try problem.parameters.tape.backward(from: (step.context * step.context).sum())
            }
            let gradients = zip(problem.parameters.names, problem.parameters.tensors).map {
                ($0, $1.gradient.map { Double($0) })
            }
            return (flat(step.weights) + flat(step.context), gradients)
        }
        let fused = try run(fused: true), composed = try run(fused: false)
        guard differ(fused.values, composed.values) == nil else {
            throw ContractBreach(
                type, "fusedScores gives other weights than scores", "the two compute different formulas")
        }
        for (a, b) in zip(fused.gradients, composed.gradients) {
            if let i = a.1.indices.first(where: { abs(a.1[$0] - b.1[$0]) > 10 * rounding }) {
                throw ContractBreach(
                    type, "the gradient of \(a.0) at \(i) is \(a.1[i]) fused and \(b.1[i]) composed",
                    "a term of the fused backward pass is missing")
            }
        }
    }

    private static let gradientsAgree: @Sendable (any AttentionScorer.Type) throws -> Void = { type in
        for isFused in [true, false] {
            var problem = try problem(type)
            problem.attention.how.usesFusedKernels = isFused
            let step = try problem.step()
            guard step.context.requiresGradient else { continue }
            // Three steps, so that gradients flow through the past and through what is carried as well.
            try checkGradients(of: problem.parameters) {
                let memory = try problem.memory()
                var past = try problem.past(), query = problem.query, loss = Tensor.zeros([1], near: query)
                for _ in 0..<3 {
                    let step = try problem.attention.step(query: query, memory: memory, past: past)
                    (query, past) = (step.context, step.past)
                    loss = try loss + (step.context * step.context).sum()
                }
                return loss
            }
        }
    }

    private static let oneWord: @Sendable (any AttentionScorer.Type) throws -> Void = { type in
        guard type.card.mass == .one else { return }
        let weights = try problem(type, lengths: [1, 1], source: 4).step().weights.rows
        guard weights.allSatisfy({ abs($0[0] - 1) <= rounding }) else {
            throw ContractBreach(
                type, "a source of one word has weights \(weights), expected 1 on the word",
                "weights that are not normalised over the real words")
        }
    }

    private static let largeScores: @Sendable (any AttentionScorer.Type) throws -> Void = { type in
        let problem = try problem(type, spread: 100)
        for (name, tensor) in zip(problem.parameters.names, problem.parameters.tensors) where name.hasPrefix("scorer.")
        {
            try problem.parameters.set(name, to: tensor.values.map { $0 * 1e4 })
        }
        let step = try problem.step()
        guard (step.weights.values + step.context.values).allSatisfy(\.isFinite) else {
            throw ContractBreach(
                type, "very large scores give \(step.weights.values)",
                "an exponential without subtracting the largest score first")
        }
    }

    private static let wrongShapes: @Sendable (any AttentionScorer.Type) throws -> Void = { type in
        let problem = try problem(type), memory = try problem.memory()
        var builder = ParameterBuilder(problem.parameters, seed: 1)
        let narrow = builder.uniform("narrow", [lengths.count, sizes.state - 1], bound: 1)
        do {
            _ = try problem.attention.step(query: narrow, memory: memory, past: problem.past())
        } catch let error as ShapeError {
            guard error.description.contains("\(narrow.shape)") else {
                throw ContractBreach(
                    type, "the error about a query of shape \(narrow.shape) says “\(error)”",
                    "its message must name the shape that was given")
            }
            return
        }
        throw ContractBreach(type, "a query of shape \(narrow.shape) was accepted", "shapes are not checked")
    }

    private static let emptySentence: @Sendable (any AttentionScorer.Type) throws -> Void = { type in
        let problem = try problem(type, lengths: [0, 2])
        do { _ = try problem.step() } catch is ShapeError { return }
        throw ContractBreach(type, "a sentence without a real word was accepted", "its softmax would divide by zero")
    }

    /// On reversed sequences, which no vector of fixed size can hold for long.
    private static let notUniform: @Sendable (any AttentionScorer.Type) throws -> Void = { type in
        guard type.card.hasAlignment else { return }
        let task = ReverseTask()
        let data = try task.dataset(
            seed: 1,
            options: ToyOptions(
                trainPairs: 800, devPairs: 20, testPairs: 30, longPairs: 0, lengths: 4...8,
                longLengths: 9...10, symbols: 20))
        var model = ModelSettings(scorer: type.card.name), training = TrainingSettings()
        (model.embedding, model.hidden, model.attention, model.maximumSource) = (24, 16, 24, 10)
        (training.steps, training.learningRate) = (600, 1e-2)
        let trainer = try Trainer(
            Translator(model, scorer: type, words: data.train, seed: 1), training, train: data.train, dev: data.dev)
        try trainer.run()
        var entropy = EntropyCounts()
        for (pair, forced) in zip(data.test, try trainer.translator.align(data.test)) {
            for row in forced.weights { entropy.add(normalisedEntropy(row, sourceCount: pair.source.count)) }
        }
        guard let mean = entropy.mean, mean < 0.98 else {
            throw ContractBreach(
                type,
                "after 600 training steps the weights have a mean entropy of \(short(((entropy.mean ?? .nan) * 1000).rounded() / 1000)) of 1, expected below 0.98",
                "the scores are equal by construction: is a softmax or a sum over the wrong axis?")
        }
    }

    private static let card: @Sendable (any AttentionScorer.Type) throws -> Void = { type in
        let card = type.card
        for (field, text) in [
            ("name", card.name), ("equation", card.equation), ("paper", card.paper), ("cost", card.cost),
        ] where text.isEmpty {
            throw ContractBreach(type, "the card's \(field) is empty", "it is shown in every table; write it")
        }
        guard card.name.allSatisfy({ $0.isLowercase || $0.isNumber || $0 == "-" }) else {
            throw ContractBreach(
                type, "its name is “\(card.name)”",
                "names are lower case, with hyphens, so that they can be typed after --scorers")
        }
    }
}

extension ScorerTrial {
    fileprivate func copy(
        states: [Scalar]? = nil, summary: [Scalar]? = nil, query: [Scalar]? = nil, previous: [Scalar]? = nil,
        coverage: [Scalar]? = nil
    ) throws {
        let given = [
            ("states", states), ("summary", summary), ("query", query), ("previous", previous), ("coverage", coverage),
        ]
        for (name, values) in given { if let values { try parameters.set(name, to: values) } }
    }
}
