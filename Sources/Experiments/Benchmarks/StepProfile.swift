// Where the time of one training step goes.

public import AttentionScorers
import Dispatch
import Seq2Seq
import TensorCore

/// The time of a training step by phase. Medians over repeats, so they need not add up to the step's own median.
public struct StepProfile: Sendable, Codable, Equatable {
    public struct PhaseTime: Sendable, Codable, Equatable {
        /// See `Seq2Seq.Phase`.
        public let phase: String
        public let forwardMilliseconds: Double, backwardMilliseconds: Double

        public var milliseconds: Double { forwardMilliseconds + backwardMilliseconds }
    }

    public let scorer: String
    public let size: String
    public let phases: [PhaseTime]
    /// The whole step, measured with the clock; what no phase names is in here alone.
    public let stepMilliseconds: Double

    /// - Parameter repeats: timed steps, after a fifth as many that are not counted.
    public static func measure(
        _ scorer: any AttentionScorer.Type, _ size: ModelSize, repeats: Int = 15
    ) throws -> StepProfile {
        let probe = try TrainingProbe(scorer, size)
        var times: [String: [PhaseClock.Time]] = [:], steps: [Double] = []
        let warmUp = max(1, repeats / 5)
        for repetition in 0..<max(1, repeats) + warmUp {
            let clock = PhaseClock()
            let start = DispatchTime.now().uptimeNanoseconds
            try probe.train(clock)
            if repetition < warmUp { continue }
            steps.append(Double(DispatchTime.now().uptimeNanoseconds - start) * 1e-6)
            for phase in Phase.all { times[phase, default: []].append(clock.times[phase] ?? PhaseClock.Time()) }
        }
        func middle(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }
        let phases = Phase.all.map { phase in
            let times = times[phase] ?? []
            return PhaseTime(
                phase: phase, forwardMilliseconds: middle(times.map { $0.forward * 1e3 }),
                backwardMilliseconds: middle(times.map { $0.backward * 1e3 }))
        }
        return StepProfile(scorer: scorer.card.name, size: size.name, phases: phases, stepMilliseconds: middle(steps))
    }
}
