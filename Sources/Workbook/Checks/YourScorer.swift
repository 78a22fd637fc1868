// Exercise 20: a scorer of one's own.

public import AttentionLab
import Foundation

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

    private static var listFile: String { "Exercises/MyScorers.swift" }

    private static func listed(_ gap: String) throws -> ScorerList {
        if scorers.isEmpty {
            let file = packageFolder.appendingPathComponent(listFile)
            throw Unfinished(gap, file: file.path, line: lineOfFunction("myScorers", in: file) ?? 1)
        }
        return scorers
    }

    @Sendable private static func checkNames(_ scorers: ScorerList) throws {
        let names = scorers.map { $0.card.name }
        for (index, name) in names.enumerated() {
            try require(!Catalog.scorers.contains { $0.card.name == name }, "your scorer is called “\(name)”, and so is one of the catalogue; `--scorers \(name)` could mean either",
                        cause: "the card was copied with the scorer; give it a name of its own")
            try require(names.firstIndex(of: name) == index, "two of your scorers are called “\(name)”; `--scorers \(name)` could mean either",
                        cause: "the card was copied with the scorer, or one scorer stands on the list twice")
        }
    }

    @Sendable private static func checkContract(_ scorers: ScorerList) throws {
        for scorer in scorers {
            for promise in ScorerContract.promises {
                do { try promise.check(scorer) } catch {
                    let said = "\(error)".replacing(" Likely cause: ", with: "\n  Likely cause: ")
                    throw Complaint("The promise: \(promise.name).\n  \(said)")
                }
            }
        }
    }

    /// Words of copied sequences whose largest weight is where it should be, and the loss, after 400 small steps. The scorers of the
    /// catalogue with an alignment point at 60 to 100 of 100; one that does not look at the query at about 20, as the uniform one.
    @Sendable private static func checkLearning(_ scorers: ScorerList) throws {
        let baseline = try trained(UniformScorer.self)
        for scorer in scorers {
            let result = try trained(scorer)
            if result.pointing >= 2 * baseline.pointing || result.loss <= 0.8 * baseline.loss { continue }
            throw Complaint("\(scorer.card.name): after 400 steps on copied sequences its largest weight is on the right word for \(percent(result.pointing)), and the loss is \(short(result.loss)); "
                + "uniform weights have \(percent(baseline.pointing)) and \(short(baseline.loss)). Expected twice as many words, or a loss a fifth below",
                cause: "the scores do not depend on the query, or not on the states, so that there is nothing to search with")
        }
    }

    private static func percent(_ share: Double) -> String { "\(Int((100 * share).rounded())) % of the words" }

    private static func trained(_ scorer: any AttentionScorer.Type) throws -> (pointing: Double, loss: Double) {
        let options = ToyOptions(trainPairs: 800, devPairs: 60, testPairs: 0, longPairs: 0, lengths: 4...8, longLengths: 9...10,
                                 symbols: 20)
        let data = try CopyTask().dataset(seed: 1, options: options)
        var model = ModelSettings(scorer: scorer.card.name), training = TrainingSettings()
        (model.embedding, model.hidden, model.attention, model.maximumSource) = (24, 16, 24, 10)
        (training.steps, training.evaluationInterval) = (400, 400)
        let trainer = try Trainer(Translator(model, scorer: scorer, words: data.train, seed: 1), training, train: data.train, dev: data.dev)
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
