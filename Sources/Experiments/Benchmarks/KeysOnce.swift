// What it brings to compute the keys once a sentence instead of once a step, and what remains.

public import AttentionScorers

/// The three terms of a whole decoding with a scorer that has keys of its own: N source words, T steps, width d = D =
/// A.
///
/// The cost is often given as O(N·d² + T·d²): keys once, and a projection of the query at each step. That forgets the
/// third term, T·N·d: each step still holds its query against every key.
public struct KeysOnce: Sendable, Codable, Equatable {
    public let scorer: String
    public let batch: Int, width: Int
    /// N, and T.
    public let source: Int, steps: Int
    /// N·d²: the keys, once.
    public let keysMilliseconds: Double
    /// T·d²: T steps on a source of one word. What is in them does not depend on N: the projection of the query, if
    /// there is one, and the calls.
    public let projectionMilliseconds: Double
    /// T·N·d: what T steps on N words take beyond that.
    public let comparisonMilliseconds: Double

    /// With the keys computed once: the sum of the three.
    public let onceMilliseconds: Double
    /// With the keys computed anew at every step: T·N·d² instead of N·d².
    public let anewMilliseconds: Double
    /// How many times as long it takes without keeping the keys.
    public let ratio: Double
    /// The share of T·N·d in the time with keys kept, 0 to 1.
    public let comparisonShare: Double

    public static let standardLengths = [20, 100, 500]

    /// Measures one computation of the keys, one step on N words and one on a single word; T of them take T times as
    /// long.
    ///
    /// - Parameter repeats: timed runs of each, after a fifth as many that are not counted.
    /// - Returns: nil for a scorer whose keys are the states themselves.
    public static func measure(
        _ scorer: any AttentionScorer.Type, source: Int, steps: Int, batch: Int = 32, width: Int = 128,
        repeats: Int = 15
    ) throws -> KeysOnce? {
        let sizes = ScorerSizes(state: width, attention: width, maximumSource: source)
        let probe = try ScoringProbe(scorer, sizes, batch: batch, source: source)
        guard probe.hasOwnKeys else { return nil }
        let short = try ScoringProbe(scorer, sizes, batch: batch, source: 1)
        return try KeysOnce(
            scorer: scorer.card.name, batch: batch, width: width, source: source, steps: steps,
            keysSeconds: median(repeats, probe.keys), stepSeconds: median(repeats, probe.scores),
            shortStepSeconds: median(repeats, short.scores))
    }

    init(
        scorer: String, batch: Int, width: Int, source: Int, steps: Int, keysSeconds: Double, stepSeconds: Double,
        shortStepSeconds: Double
    ) {
        (self.scorer, self.batch, self.width, self.source, self.steps) = (scorer, batch, width, source, steps)
        keysMilliseconds = keysSeconds * 1e3
        projectionMilliseconds = Double(steps) * min(shortStepSeconds, stepSeconds) * 1e3
        // On very short sources noise can make the difference negative.
        comparisonMilliseconds = Double(steps) * max(0, stepSeconds - shortStepSeconds) * 1e3
        onceMilliseconds = keysMilliseconds + projectionMilliseconds + comparisonMilliseconds
        anewMilliseconds = Double(steps) * keysMilliseconds + projectionMilliseconds + comparisonMilliseconds
        ratio = anewMilliseconds / onceMilliseconds
        comparisonShare = comparisonMilliseconds / onceMilliseconds
    }
}
