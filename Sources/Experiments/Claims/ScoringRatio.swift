// How many times as long a step of one scorer takes as that of another.

public import AttentionScorers

public enum ScoringRatio {
    public struct Settings: Sendable {
        /// Rounds, each with a ratio of its own.
        public var rounds = 10
        /// Steps of each scorer in a round, of whose times the median counts.
        public var repeats = 40
        public init() {}
    }

    /// The two take turns, so that what else the machine does meets both.
    /// - Returns: the interval of the ratio over rounds.
    public static func measure(
        _ one: any AttentionScorer.Type, over other: any AttentionScorer.Type, source: Int,
        _ settings: Settings
    ) throws -> HalvedInterval {
        let sizes = ScorerSizes(state: 64, attention: 64, maximumSource: max(64, source))
        let a = try ScoringSpeed(one, sizes, source: source), b = try ScoringSpeed(other, sizes, source: source)
        return HalvedInterval(
            try (0..<settings.rounds).map { _ in
                try a.forwardSeconds(repeats: settings.repeats) / b.forwardSeconds(repeats: settings.repeats)
            })
    }
}
