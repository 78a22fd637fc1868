// How long one attention step of a scorer takes, alone.

public import AttentionScorers
import Dispatch
import Randomness
import TensorCore

/// Times the attention step on random states, outside any model.
public enum ScoringSpeed {
    /// Seconds of one step; medians.
    public struct Times: Sendable, Equatable {
        /// Scores, weights and context, with keys that were computed before.
        public let forward: Double
        /// Forward and backward, through the keys as far as the scorer's own parameters and inputs.
        public let forwardBackward: Double
        /// Forward, computing the keys anew: what a step costs when keys are not kept.
        public let withKeys: Double
    }

    /// - Parameters:
    ///   - batch: sentences side by side.
    ///   - source: positions of each, all real.
    ///   - repeats: timed steps a figure, after some that are not counted.
    public static func step(_ type: any AttentionScorer.Type, _ sizes: ScorerSizes, batch: Int = 32, source: Int = 16, repeats: Int = 60) throws -> Times {
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
        let memory = Memory(states: states, summary: summary, lengths: lengths, keys: keys)
        let past = Past(before: memory)
        parameters.tape.reset()

        let forward = try median(repeats) {
            try parameters.tape.withoutRecording { _ = try attention.step(query: query, memory: memory, past: past) }
        }
        let withKeys = try median(repeats) {
            try parameters.tape.withoutRecording {
                let fresh = try attention.memory(states: states, summary: summary, lengths: lengths)
                _ = try attention.step(query: query, memory: fresh, past: past)
            }
        }
        let forwardBackward = try median(repeats) {
            parameters.clearGradients()
            let context = try attention.step(query: query, memory: memory, past: past).context
            if context.requiresGradient { try parameters.tape.backward(from: context.sum()) }
        }
        return Times(forward: forward, forwardBackward: forwardBackward, withKeys: withKeys)
    }

    /// The median time of some repeats, after a fifth as many that are not counted.
    static func median(_ repeats: Int, _ body: () throws -> Void) rethrows -> Double {
        for _ in 0..<max(1, repeats / 5) { try body() }
        var times: [Double] = []
        for _ in 0..<repeats {
            let start = DispatchTime.now().uptimeNanoseconds
            try body()
            times.append(Double(DispatchTime.now().uptimeNanoseconds - start) * 1e-9)
        }
        return times.sorted()[times.count / 2]
    }
}
