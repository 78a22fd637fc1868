// The promises that are tried before a training: every scorer there is keeps them at every size, and each of them finds
// its fault.

import AttentionLab
import Solutions
import Synchronization
import Testing

@Suite("Scorer promises") struct ScorerPromisesTests {
    private static let honest =
        Catalog.scorers + [
            Solutions.CosineScorer.self, Solutions.Exercise05.Scorer.self, Solutions.Exercise06.Scorer.self,
            Solutions.Exercise07.Scorer.self, Solutions.Exercise08.Scorer.self, Table.self, Zero.self, Wrapped.self,
        ]

    @Test(
        "no false alarm at any size", arguments: honest.map { $0.card.name },
        [
            ScorerSizes(state: 2, attention: 1),
            ScorerSizes(state: 6, attention: 5, maximumSource: 40, filters: 3, filterWidth: 3),
            ScorerSizes(state: 64, attention: 64), ScorerSizes(state: 256, attention: 32, filters: 1, filterWidth: 1),
        ])
    func passes(name: String, sizes: ScorerSizes) throws {
        let scorer = try #require(Self.honest.first { $0.card.name == name })
        for longest in [1, 2, 5, 40] {
            for normalisation in Normalisation.allCases {
                try ScorerPromises.check(scorer, sizes, longestSource: longest, normalisation: normalisation)
            }
        }
    }

    private static let faulty: [(any AttentionScorer.Type, says: String)] = [
        (Unmasked.self, "weight 4 of sentence 1 is 0."), (Halved.self, "the weights of sentence 0 sum to 0."),
        (Onward.self, "nan, expected a number from 0 to 1"),
        (Negative.self, "expected at least 0"), (NotANumber.self, "weight 0 of sentence 0 is nan"),
        (Endless.self, "its context has the number inf"), (Idle.self, "the parameter b gets no gradient"),
        (ThroughValues.self, "the parameter W gets no gradient"),
        (Steep.self, "the gradient of the parameter g has the number"),
        (Dice.self, "other weights or contexts the second time"),
        (Counting.self, "other weights or contexts the second time"),
        (DiceInInit.self, "two of them with the same parameters"), (Growing.self, "only when it was built once more"),
        (Shrinking.self, "only when the model was built first"),
        (Untrained.self, "it keeps the tensor W of shape [6,6]"),
        (OwnParameters.self, "made with Parameters of its own"), (Computed.self, "init computed it from a parameter"),
        (InAList.self, "it keeps the tensor heads[1].1.W of shape [6,6]"),
        (Inherited.self, "it keeps the tensor keeper.W of shape [6,6]"),
    ]

    @Test("each promise finds its fault", arguments: faulty.indices) func finds(index: Int) throws {
        let (scorer, says) = Self.faulty[index]
        let breach = try #require(throws: ContractBreach.self) {
            try ScorerPromises.check(scorer, ScorerSizes(state: 6, attention: 5), longestSource: 7)
        }
        #expect(
            breach.description.hasPrefix(scorer.card.name + ": ") && breach.description.contains(says),
            Comment(rawValue: breach.description))
    }

    @Test(
        "shapes that do not fit and names that are taken are sentences",
        arguments: [
            (Sideways.self, "the score tensor of sideways has shape [7,3], expected [B,S] = [3,7]"),
            (NarrowContext.self, "the context of narrow-context has shape [3,4], expected [B,D] = [3,6]"),
            (PooledKeys.self, "the keys of pooled-keys have shape [21,6], expected [B,S,·] with B = 3"),
            (Twice.self, "two parameters are called \"scorer.W\""),
            (Backwards.self, "the parameter \"scorer.W\" cannot have the shape [6,-1] (which no tensor can have)"),
            (FiveAxes.self, "the score tensor of five-axes has shape [3,7,1,1,…] (5 axes; a shape has at most 4)"),
            (ShortTable.self, "a constant of shape [4] holds 4 numbers, but 3 were given"),
        ] as [(any AttentionScorer.Type, String)])
    func sentences(scorer: any AttentionScorer.Type, says: String) throws {
        let error = try #require(throws: (any Error).self) {
            try ScorerPromises.check(scorer, ScorerSizes(state: 6, attention: 5), longestSource: 7)
        }
        #expect("\(error)".contains(says))
    }

    @Test("a comparison refuses before it trains, and says which scorer") func comparison() throws {
        var experiment = Experiment(tasks: ["copy"], scorers: ["none", "untrained"])
        experiment.data["copy"] = ToyOptions(
            trainPairs: 20, devPairs: 2, testPairs: 2, longPairs: 2, lengths: 2...4,
            longLengths: 5...6, symbols: 5)
        let error = try #require(throws: InputError.self) {
            try Comparison(experiment, scorers: Catalog.scorers + [Untrained.self])
        }
        #expect(
            error.message.hasPrefix("untrained: it keeps the tensor W") && error.message.contains("Nothing was trained")
        )
        experiment.scorers = ["five-axes"]
        let shape = try #require(throws: InputError.self) { try Comparison(experiment, scorers: [FiveAxes.self]) }
        #expect(
            shape.message.hasPrefix(
                "five-axes cannot look at a sentence: the score tensor of five-axes has shape [3,6,1,1,…]"))
        experiment.scorers = ["none"]
        _ = try Comparison(experiment, scorers: Catalog.scorers + [Untrained.self])
    }

    @Test("a training says which parameters it cannot have") func training() throws {
        let pairs = (0..<40).map { SentencePair(source: ["a", "b\($0 % 3)"], target: ["c\($0 % 3)"]) }
        var model = ModelSettings(scorer: "twice"), training = TrainingSettings()
        (model.embedding, model.hidden, model.attention, training.steps, training.shards) = (4, 3, 4, 2, 2)
        func trainer(_ scorer: any AttentionScorer.Type) throws -> Trainer {
            try Trainer(Translator(model, scorer: scorer, words: pairs, seed: 1), training, train: pairs, dev: [])
        }
        #expect(throws: ShapeError.self) { try trainer(Twice.self) }
        let growing = try trainer(Growing.self)
        let error = try #require(throws: ShapeError.self) { try growing.run() }
        #expect(error.description.contains("the same parameters whenever it is built"))
    }
}

// MARK: scorers that keep every promise in an unusual way

private func named(_ name: String) -> ScorerCard { ScorerCard(name: name, equation: "–", paper: "–", cost: "–") }

/// What a faulty scorer changes; by default a dot product with a matrix that is a parameter.
private protocol Dot: AttentionScorer { var W: Tensor { get } }

extension Dot {
    func scores(query: Tensor, memory: Memory, past: Past) throws -> Tensor { try memory.keys.dot(query.matmul(W)) }
}

/// Has a table that stays as it is, and says so.
private struct Table: AttentionScorer {
    static let card = named("table")
    let slope: Tensor, places: Tensor
    init(_ sizes: ScorerSizes, _ parameters: inout ParameterBuilder) {
        slope = parameters.scalar("slope", initially: 1)
        places = parameters.constant((0..<64).map { Scalar($0) / 64 }, shape: [1, 64])
    }
    func scores(query: Tensor, memory: Memory, past: Past) throws -> Tensor {
        try memory.keys.dot(query) + places.gathered(memory.lengths.map { _ in 0 }).columns(0..<memory.source) * slope
    }
}

/// Begins with a matrix of zeros.
private struct Zero: Dot {
    static let card = named("zero")
    let W: Tensor
    init(_ sizes: ScorerSizes, _ parameters: inout ParameterBuilder) {
        W = parameters.uniform("W", [sizes.state, sizes.state], bound: 0)
    }
}

/// Keeps its builder, a part of a parameter, another scorer, itself, and many numbers.
private final class Wrapped: AttentionScorer {
    static let card = named("wrapped")
    private let builder: ParameterBuilder, upper: Tensor?, inner: [String: any AttentionScorer], numbers: [Double]
    private var me: Wrapped?
    init(_ sizes: ScorerSizes, _ parameters: inout ParameterBuilder) {
        let whole = parameters.matrix("W", 2 * sizes.state, sizes.state)
        (builder, upper, numbers) = (
            parameters, try? whole.rows(0..<sizes.state), [Double](repeating: 1, count: 100_000)
        )
        var scope = parameters.scope("inner")
        inner = ["bahdanau": BahdanauScorer(sizes, &scope)]
        me = self
    }
    func keys(from states: Tensor) throws -> Tensor { try inner["bahdanau"]?.keys(from: states) ?? states }
    func scores(query: Tensor, memory: Memory, past: Past) throws -> Tensor {
        guard let upper, let inner = inner["bahdanau"] else { throw ShapeError("nothing was kept") }
        me = nil
        return try inner.scores(query: query.matmul(upper), memory: memory, past: past)
    }
}

// MARK: faults

private struct Unmasked: Dot {
    static let card = named("unmasked")
    let W: Tensor
    init(_ sizes: ScorerSizes, _ parameters: inout ParameterBuilder) {
        W = parameters.matrix("W", sizes.state, sizes.state)
    }
    func weights(from scores: Tensor, query: Tensor, memory: Memory, past: Past, _ how: Weighting) throws -> Tensor {
        try scores.maskedSoftmax(lengths: memory.lengths.map { _ in memory.source })
    }
}

/// Looks at the words around the place of the target word, of which there are none once the target is longer.
private struct Onward: AttentionScorer {
    static let card = named("onward")
    init(_ sizes: ScorerSizes, _ parameters: inout ParameterBuilder) {}
    func scores(query: Tensor, memory: Memory, past: Past) throws -> Tensor {
        let outside = (0..<memory.batch * memory.source).map {
            abs($0 % memory.source - past.steps) <= 3 ? Scalar(0) : -Scalar.infinity
        }
        return try memory.keys.dot(query)
            + Tensor.constant(outside, shape: [memory.batch, memory.source], near: query)
    }
}

private struct Halved: AttentionScorer {
    static let card = named("halved")
    init(_ sizes: ScorerSizes, _ parameters: inout ParameterBuilder) {}
    func scores(query: Tensor, memory: Memory, past: Past) throws -> Tensor { try memory.keys.dot(query) }
    func weights(from scores: Tensor, query: Tensor, memory: Memory, past: Past, _ how: Weighting) throws -> Tensor {
        try scores.maskedSoftmax(lengths: memory.lengths).scaled(by: 0.5)
    }
}

/// Twice the one and once less the other: the sum is 1.
private struct Negative: AttentionScorer {
    static let card = named("negative")
    init(_ sizes: ScorerSizes, _ parameters: inout ParameterBuilder) {}
    func scores(query: Tensor, memory: Memory, past: Past) throws -> Tensor { try memory.keys.dot(query) }
    func weights(from scores: Tensor, query: Tensor, memory: Memory, past: Past, _ how: Weighting) throws -> Tensor {
        let flat = try scores.scaled(by: 0).maskedSoftmax(lengths: memory.lengths)
        return try scores.scaled(by: 1000).maskedSoftmax(lengths: memory.lengths).scaled(by: 2) - flat
    }
}

private struct NotANumber: AttentionScorer {
    static let card = named("not-a-number")
    init(_ sizes: ScorerSizes, _ parameters: inout ParameterBuilder) {}
    func scores(query: Tensor, memory: Memory, past: Past) throws -> Tensor {
        try memory.keys.dot(query).scaled(by: .nan)
    }
}

private struct Endless: AttentionScorer {
    static let card = named("endless")
    init(_ sizes: ScorerSizes, _ parameters: inout ParameterBuilder) {}
    func scores(query: Tensor, memory: Memory, past: Past) throws -> Tensor { try memory.keys.dot(query) }
    func context(weights: Tensor, memory: Memory) throws -> Tensor {
        try Tensor.constant(
            [Scalar](repeating: .infinity, count: memory.summary.count), shape: memory.summary.shape,
            near: memory.states)
    }
}

private struct Idle: Dot {
    static let card = named("idle")
    let W: Tensor, b: Tensor
    init(_ sizes: ScorerSizes, _ parameters: inout ParameterBuilder) {
        (W, b) = (parameters.matrix("W", sizes.state, sizes.state), parameters.bias("b", sizes.state))
    }
}

/// Uses a parameter, but not as one.
private struct ThroughValues: AttentionScorer {
    static let card = named("through-values")
    let W: Tensor
    init(_ sizes: ScorerSizes, _ parameters: inout ParameterBuilder) {
        W = parameters.matrix("W", sizes.state, sizes.state)
    }
    func scores(query: Tensor, memory: Memory, past: Past) throws -> Tensor {
        try memory.keys.dot(query.matmul(Tensor(W.values, shape: W.shape)))
    }
}

/// tanh of an infinite number is 1, and its gradient 0 · ∞.
private struct Steep: AttentionScorer {
    static let card = named("steep")
    let g: Tensor
    init(_ sizes: ScorerSizes, _ parameters: inout ParameterBuilder) { g = parameters.scalar("g", initially: 1) }
    func scores(query: Tensor, memory: Memory, past: Past) throws -> Tensor {
        try memory.keys.dot(query) * g.scaled(by: .infinity).tanh()
    }
}

struct Dice: AttentionScorer {
    static let card = named("dice")
    init(_ sizes: ScorerSizes, _ parameters: inout ParameterBuilder) {}
    func scores(query: Tensor, memory: Memory, past: Past) throws -> Tensor {
        try memory.keys.dot(query.scaled(by: .random(in: 0...1)))
    }
}

private final class Counting: AttentionScorer {
    static let card = named("counting")
    private var calls = 0
    init(_ sizes: ScorerSizes, _ parameters: inout ParameterBuilder) {}
    func scores(query: Tensor, memory: Memory, past: Past) throws -> Tensor {
        calls += 1
        return try memory.keys.dot(query.scaled(by: Scalar(calls)))
    }
}

private struct DiceInInit: AttentionScorer {
    static let card = named("dice-in-init")
    let factor = Scalar.random(in: 0...1)
    init(_ sizes: ScorerSizes, _ parameters: inout ParameterBuilder) {}
    func scores(query: Tensor, memory: Memory, past: Past) throws -> Tensor {
        try memory.keys.dot(query.scaled(by: factor))
    }
}

/// How often the two that follow were made.
private let built = Mutex((growing: 0, shrinking: 0))

/// Another name each time.
private struct Growing: Dot {
    static let card = named("growing")
    let W: Tensor
    init(_ sizes: ScorerSizes, _ parameters: inout ParameterBuilder) {
        let times = built.withLock {
            $0.growing += 1
            return $0.growing
        }
        W = parameters.matrix("W\(times)", sizes.state, sizes.state)
    }
}

/// One parameter less from the second time on.
private struct Shrinking: Dot {
    static let card = named("shrinking")
    let W: Tensor, b: Tensor?
    init(_ sizes: ScorerSizes, _ parameters: inout ParameterBuilder) {
        W = parameters.matrix("W", sizes.state, sizes.state)
        let times = built.withLock {
            $0.shrinking += 1
            return $0.shrinking
        }
        b = times > 1 ? nil : parameters.bias("b", sizes.state)
    }
    func scores(query: Tensor, memory: Memory, past: Past) throws -> Tensor {
        try memory.keys.dot(query.matmul(W, adding: b))
    }
}

private func matrix(_ sizes: ScorerSizes) -> Tensor {
    Tensor.zeros([sizes.state, sizes.state], near: Tensor([0.5]))
}

struct Untrained: Dot {
    static let card = named("untrained")
    let W: Tensor
    init(_ sizes: ScorerSizes, _ parameters: inout ParameterBuilder) { W = matrix(sizes) }
}

private struct OwnParameters: Dot {
    static let card = named("own-parameters")
    let W: Tensor
    init(_ sizes: ScorerSizes, _ parameters: inout ParameterBuilder) {
        var other = ParameterBuilder(Parameters(), seed: 1)
        W = other.matrix("W", sizes.state, sizes.state)
    }
}

private struct Computed: Dot {
    static let card = named("computed")
    let W: Tensor
    init(_ sizes: ScorerSizes, _ parameters: inout ParameterBuilder) {
        W = parameters.matrix("W", sizes.state, sizes.state).scaled(by: 2)
    }
}

private struct InAList: AttentionScorer {
    static let card = named("in-a-list")
    struct Head { let W: Tensor }
    let heads: [(Int, Head?)]
    init(_ sizes: ScorerSizes, _ parameters: inout ParameterBuilder) {
        heads = [(1, Head(W: parameters.matrix("W", sizes.state, sizes.state))), (2, Head(W: matrix(sizes)))]
    }
    func scores(query: Tensor, memory: Memory, past: Past) throws -> Tensor {
        let none = Tensor.zeros([memory.batch, memory.source], near: query)
        return try heads.compactMap(\.1).map { try memory.keys.dot(query.matmul($0.W)) }.reduce(none) { try $0 + $1 }
    }
}

private struct Inherited: AttentionScorer {
    static let card = named("inherited")
    class Base {
        let W: Tensor
        init(_ W: Tensor) { self.W = W }
    }
    final class Keeper: Base {}
    let keeper: Keeper
    init(_ sizes: ScorerSizes, _ parameters: inout ParameterBuilder) { keeper = Keeper(matrix(sizes)) }
    func scores(query: Tensor, memory: Memory, past: Past) throws -> Tensor {
        try memory.keys.dot(query.matmul(keeper.W))
    }
}

// MARK: shapes and names

private struct Sideways: AttentionScorer {
    static let card = named("sideways")
    init(_ sizes: ScorerSizes, _ parameters: inout ParameterBuilder) {}
    func scores(query: Tensor, memory: Memory, past: Past) throws -> Tensor {
        try memory.keys.dot(query).reshaped([memory.source, memory.batch])
    }
}

private struct NarrowContext: AttentionScorer {
    static let card = named("narrow-context")
    init(_ sizes: ScorerSizes, _ parameters: inout ParameterBuilder) {}
    func scores(query: Tensor, memory: Memory, past: Past) throws -> Tensor { try memory.keys.dot(query) }
    func context(weights: Tensor, memory: Memory) throws -> Tensor {
        try weights.weightedSum(of: memory.states).columns(0..<4)
    }
}

private struct PooledKeys: AttentionScorer {
    static let card = named("pooled-keys")
    init(_ sizes: ScorerSizes, _ parameters: inout ParameterBuilder) {}
    func keys(from states: Tensor) throws -> Tensor { try states.reshaped([states.shape.rows, states.shape.last]) }
    func scores(query: Tensor, memory: Memory, past: Past) throws -> Tensor { try memory.states.dot(query) }
}

private struct Twice: Dot {
    static let card = named("twice")
    let W: Tensor, U: Tensor
    init(_ sizes: ScorerSizes, _ parameters: inout ParameterBuilder) {
        (W, U) = (parameters.matrix("W", sizes.state, sizes.state), parameters.matrix("W", sizes.state, sizes.state))
    }
}

private struct Backwards: Dot {
    static let card = named("backwards")
    let W: Tensor
    init(_ sizes: ScorerSizes, _ parameters: inout ParameterBuilder) {
        W = parameters.matrix("W", sizes.state, sizes.attention - 6)
    }
}

private struct FiveAxes: AttentionScorer {
    static let card = named("five-axes")
    init(_ sizes: ScorerSizes, _ parameters: inout ParameterBuilder) {}
    func scores(query: Tensor, memory: Memory, past: Past) throws -> Tensor {
        Tensor.zeros([memory.batch, memory.source, 1, 1, 1], near: query)
    }
}

private struct ShortTable: AttentionScorer {
    static let card = named("short-table")
    let places: Tensor
    init(_ sizes: ScorerSizes, _ parameters: inout ParameterBuilder) {
        places = parameters.constant([1, 2, 3], shape: [4])
    }
    func scores(query: Tensor, memory: Memory, past: Past) throws -> Tensor { try memory.keys.dot(query) }
}
