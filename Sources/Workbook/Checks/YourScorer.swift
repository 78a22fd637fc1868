// Exercise 20: a scorer of one's own.

public import AttentionLab
import Foundation
import Terminal

public protocol YourScorerAnswers: Answers {
    static var scorers: ScorerList { get }
}

extension YourScorerAnswers {
    public static var exercise: Exercise {
        // The gap is the list in another file than the exercise's own.
        func gap(_ name: String, _ check: @escaping @Sendable (ScorerList) throws -> Void) -> Gap {
            Gap(name, function: "myScorers", file: listFile) { try check(listed(name)) }
        }
        return Exercise(
            ExerciseName(.exercise, 20), "a scorer of your own", topic: "YourScorer", lesson: "12_YourOwnScorer",
            hints: [
                "Begin with the scorer of the README, as it stands there, and change one thing. The scorers of the papers, in Sources/AttentionScorers/Scorers, are about as short.",
                "scores gets the query [B,D], and keys [B,S,·] that `keys(from:)` has made of the states; it gives [B,S]. `memory.keys.dot(query)` is the plainest; `query.matmul(W)` before it and `addingToEachPosition(…).tanh().dot(v)` after it are the usual parts. Never mask in a scorer.",
                """
                Luong's general scorer under another name, to begin with:

                    public import AttentionLab

                    public struct MyScorer: AttentionScorer {
                        public static let card = ScorerCard(name: "mine", equation: "sᵀ W hᵢ", paper: "my own", cost: "B·D·D + B·S·D")
                        let W: Tensor

                        public init(_ sizes: ScorerSizes, _ parameters: inout ParameterBuilder) { W = parameters.matrix("W", sizes.state, sizes.state) }

                        public func scores(query: Tensor, memory: Memory, past: Past) throws -> Tensor { try memory.keys.dot(query.matmul(W)) }
                    }
                """,
            ],
            gaps: [gap("the list", checkNames), gap("the contract", checkContract), gap("learning", checkLearning)])
    }

    private static var listFile: String { "Exercises/Scorers/MyScorers.swift" }

    private static func listed(_ gap: String) throws -> ScorerList {
        if scorers.isEmpty {
            let file = PackageFolder.built.appendingPathComponent(listFile)
            throw Unfinished(gap, file: file.path, line: lineOfFunction("myScorers", in: file) ?? 1)
        }
        return scorers
    }

    @Sendable private static func checkNames(_ scorers: ScorerList) throws {
        let names = scorers.map { $0.card.name }
        for (index, name) in names.enumerated() {
            try require(
                !Catalog.scorers.contains { $0.card.name == name },
                "your scorer is called “\(name)”, and so is one of the catalogue; `--scorers \(name)` could mean either",
                cause: "the card was copied with the scorer; give it a name of its own")
            try require(
                names.firstIndex(of: name) == index,
                "two of your scorers are called “\(name)”; `--scorers \(name)` could mean either",
                cause: "the card was copied with the scorer, or one scorer stands on the list twice")
        }
    }

    @Sendable private static func checkContract(_ scorers: ScorerList) throws {
        for scorer in scorers {
            try checkScores(scorer)
            for promise in ScorerContract.promises {
                do { try promise.check(scorer) } catch {
                    // Nothing but the breach of a promise names the scorer.
                    let text = error is ContractBreach ? "\(error)" : "\(scorer.card.name) threw “\(error)”"
                    let said = text.replacing(" Likely cause: ", with: "\n  Likely cause: ")
                    throw CheckFailure("The promise: \(promise.name).\n  \(said)")
                }
            }
        }
    }

    /// The scores themselves, before the promises about what is made of them.
    private static func checkScores(_ type: any AttentionScorer.Type) throws {
        let trial = Trial(type), name = type.card.name
        func run<Result>(_ place: String, _ body: () throws -> Result) throws -> Result {
            do { return try body() } catch let unfinished as Unfinished { throw unfinished } catch {
                throw CheckFailure(
                    "\(name), in \(place): \(error)",
                    cause: "a tensor has another shape than you think; write the shape behind every line")
            }
        }
        let keys = try run("keys(from:) of states [B,S,D] = \(trial.states.shape)") {
            try trial.scorer.keys(from: trial.states)
        }
        let scores = try run("scores(query:…) of a query [B,D] = \(trial.query.shape) and keys [B,S,·] = \(keys.shape)")
        { try trial.scores() }
        try require(
            scores.shape == [2, 4],
            "\(name), scores(query:…) of 2 sentences of 4 positions has the shape \(scores.shape), expected [B,S] = [2,4]",
            cause: "one score for each sentence and position")
        let areWeights = scores.rows.allSatisfy { row in row.allSatisfy { $0 >= 0 } && abs(row.reduce(0, +) - 1) < 1e-4
        }
        try require(
            !areWeights,
            "\(name), scores(query:…) is \(list(scores.rows)): no number is below 0, and each row sums to 1",
            cause: "these scores are already weights; leave the softmax to Attention")
    }

    /// Words of copied sequences whose largest weight is where it should be, and the loss, after 400 small steps. The
    /// scorers of the catalogue with an alignment point at 60 to 100 of 100; one that does not look at the query at
    /// about 20, as the uniform one.
    @Sendable private static func checkLearning(_ scorers: ScorerList) throws {
        let baseline = try trained(UniformScorer.self)
        for scorer in scorers {
            let result = try trained(scorer)
            if result.pointing >= 2 * baseline.pointing || result.loss <= 0.8 * baseline.loss { continue }
            throw CheckFailure(
                "\(scorer.card.name): after 400 steps on copied sequences its largest weight is on the right word for \(percent(result.pointing)), and the loss is \(digits(result.loss)); "
                    + "uniform weights have \(percent(baseline.pointing)) and \(digits(baseline.loss)). Expected twice as many words, or a loss a fifth below",
                cause: whyNothingIsLearnt(scorer))
        }
    }

    /// Found out by changing what a scorer may look at, one thing at a time.
    private static func whyNothingIsLearnt(_ type: any AttentionScorer.Type) -> String? {
        let trial = Trial(type)
        func changes(_ name: String, _ result: () throws -> Tensor) throws -> Bool {
            let tensor = trial.parameters[name], before = try result().rows, values = tensor?.values ?? []
            try trial.parameters.set(name, to: values.reversed())
            defer { try? trial.parameters.set(name, to: values) }
            return try zip(before, result().rows).contains { zip($0, $1).contains { abs($0 - $1) > 1e-5 } }
        }
        do {
            if try !changes("query", trial.scores) {
                return try "the scores ignore the query"
                    + (changes("summary", trial.scores)
                        ? ": they are made of memory.summary, which is the same at every step"
                        : ", so that every step looks at the same words")
            }
            if try !changes("states", trial.scores) {
                return "the scores ignore the states, so that there is nothing to search"
            }
            if try !changes("query", trial.weights) {
                return "the query adds the same number to every score, and softmax takes that away"
            }
        } catch {
            return nil
        }
        return
            "query and states are in the scores; are these so alike, or so large, that the softmax cannot choose? Or is the sign the wrong way round"
    }

    private static func digits(_ number: Double) -> String { short((number * 1000).rounded() / 1000) }

    private static func percent(_ share: Double) -> String { "\(Int((100 * share).rounded())) % of the words" }

    private static func trained(_ scorer: any AttentionScorer.Type) throws -> (pointing: Double, loss: Double) {
        let options = ToyOptions(
            trainPairs: 800, devPairs: 60, testPairs: 0, longPairs: 0, lengths: 4...8, longLengths: 9...10,
            symbols: 20)
        let data = try CopyTask().dataset(seed: 1, options: options)
        var model = ModelSettings(scorer: scorer.card.name), training = TrainingSettings()
        (model.embedding, model.hidden, model.attention, model.maximumSource) = (24, 16, 24, 10)
        (training.steps, training.evaluationInterval) = (400, 400)
        let trainer = try Trainer(
            Translator(model, scorer: scorer, words: data.train, seed: 1), training, train: data.train, dev: data.dev)
        try trainer.run()
        var hits = 0, words = 0
        for forced in try trainer.translator.align(data.dev) {
            for (j, row) in forced.weights.enumerated() {
                words += 1
                if row.firstIndex(of: row.max() ?? 0) == j { hits += 1 }
            }
        }
        return (Double(hits) / Double(max(words, 1)), trainer.bestDevLoss)
    }
}

/// A scorer with random numbers, two sentences of four and three words, and queries.
private struct Trial {
    let parameters = Parameters()
    let scorer: any AttentionScorer
    let states, query, summary: Tensor

    init(_ type: any AttentionScorer.Type) {
        var builder = ParameterBuilder(parameters, seed: 20)
        states = builder.uniform("states", [2, 4, 6], bound: 1)
        query = builder.uniform("query", [2, 6], bound: 1)
        summary = builder.uniform("summary", [2, 6], bound: 1)
        var scope = builder.scope("scorer")
        scorer = type.init(ScorerSizes(state: 6, attention: 5, maximumSource: 12, filters: 3, filterWidth: 3), &scope)
        // What begins at zero may hide what it is multiplied by.
        var random = RandomSource(seed: 21)
        for (name, tensor) in zip(parameters.names, parameters.tensors) where name.hasPrefix("scorer.") {
            try? parameters.set(name, to: tensor.values.map { $0 == 0 ? Scalar(random.uniform() - 0.5) : $0 })
        }
    }

    private func memory() throws -> Memory {
        try Memory(states: states, summary: summary, lengths: [4, 3], scorer: scorer)
    }

    func scores() throws -> Tensor {
        let memory = try memory()
        return try scorer.scores(query: query, memory: memory, past: Past(before: memory))
    }

    func weights() throws -> Tensor {
        let memory = try memory()
        return try Attention(scorer).step(query: query, memory: memory, past: Past(before: memory)).weights
    }
}
