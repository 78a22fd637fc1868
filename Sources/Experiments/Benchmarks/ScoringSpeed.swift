// How long one attention step of a scorer takes, alone.

public import AttentionScorers
import Dispatch
import Randomness
import TensorCore

/// One attention step on random states, outside any model, ready to be timed.
public struct ScoringSpeed {
    /// Scores, weights and context, with keys that were computed before.
    private let forwardStep: () throws -> Void
    /// The same, computing the keys anew: what a step costs when keys are not kept.
    private let keysStep: () throws -> Void
    /// Forward and backward, as far as the keys, the query and the scorer's own parameters.
    private let backwardStep: () throws -> Void
    /// Scores without softmax and context, forward, and forward and backward.
    private let scoresStep: () throws -> Void, scoresBackwardStep: () throws -> Void

    /// - Parameters:
    ///   - batch: sentences side by side.
    ///   - source: positions of each, all real.
    public init(_ type: any AttentionScorer.Type, _ sizes: ScorerSizes, batch: Int = 32, source: Int = 16) throws {
        let parameters = Parameters()
        var builder = ParameterBuilder(parameters, seed: 1)
        let states = builder.uniform("states", [batch, source, sizes.state], bound: 1)
        let query = builder.uniform("query", [batch, sizes.state], bound: 1)
        var scope = builder.scope("scorer")
        let attention = Attention(type.init(sizes, &scope))
        let lengths = [Int](repeating: source, count: batch)
        let summary = Tensor.zeros([batch, sizes.state], near: states)
        // Keys that hold a gradient but cost nothing again: the backward pass ends at them.
        let computed = try attention.memory(states: states, summary: summary, lengths: lengths)
        let keys = builder.uniform("keys", computed.keys.shape, bound: 1)
        let memory = computed.with(keys: keys)
        let past = Past(before: memory)
        parameters.tape.reset()

        forwardStep = {
            try parameters.tape.withoutRecording { _ = try attention.step(query: query, memory: memory, past: past) }
        }
        keysStep = {
            try parameters.tape.withoutRecording {
                let fresh = try attention.memory(states: states, summary: summary, lengths: lengths)
                _ = try attention.step(query: query, memory: fresh, past: past)
            }
        }
        backwardStep = {
            parameters.clearGradients()
            let context = try attention.step(query: query, memory: memory, past: past).context
            if context.requiresGradient { try parameters.tape.backward(from: context.sum()) }
        }
        scoresStep = {
            try parameters.tape.withoutRecording { _ = try attention.scores(query: query, memory: memory, past: past) }
        }
        scoresBackwardStep = {
            parameters.clearGradients()
            let scores = try attention.scores(query: query, memory: memory, past: past)
            if scores.requiresGradient { try parameters.tape.backward(from: scores.sum()) }
        }
    }

    /// One figure for each of the steps.
    public struct Figures: Sendable, Codable, Equatable {
        public let forward: Double
        public let forwardWithKeys: Double
        public let forwardBackward: Double
        public let scores: Double
        public let scoresBackward: Double
    }

    /// Median seconds.
    /// - Parameter repeats: timed steps a figure, after some that are not counted.
    public func seconds(repeats: Int = 60) throws -> Figures {
        try Figures(
            forward: median(repeats, forwardStep), forwardWithKeys: median(repeats, keysStep),
            forwardBackward: median(repeats, backwardStep),
            scores: median(repeats, scoresStep), scoresBackward: median(repeats, scoresBackwardStep))
    }

    /// Median seconds of the forward step alone.
    public func forwardSeconds(repeats: Int = 60) throws -> Double { try median(repeats, forwardStep) }

    /// Operations of products; see `ArithmeticCount`. Nothing else may compute meanwhile.
    public func operations() throws -> Figures {
        try Figures(
            forward: Double(ArithmeticCount.of(forwardStep)), forwardWithKeys: Double(ArithmeticCount.of(keysStep)),
            forwardBackward: Double(ArithmeticCount.of(backwardStep)),
            scores: Double(ArithmeticCount.of(scoresStep)),
            scoresBackward: Double(ArithmeticCount.of(scoresBackwardStep)))
    }
}

/// The median time of some repeats, after a fifth as many that are not counted.
func median(_ repeats: Int, _ body: () throws -> Void) rethrows -> Double {
    for _ in 0..<max(1, repeats / 5) { try body() }
    var times: [Double] = []
    for _ in 0..<max(1, repeats) {
        let start = DispatchTime.now().uptimeNanoseconds
        try body()
        times.append(Double(DispatchTime.now().uptimeNanoseconds - start) * 1e-9)
    }
    return times.sorted()[times.count / 2]
}
