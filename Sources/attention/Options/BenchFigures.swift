// What `attention bench` measured: the content of its JSON.

import AttentionLab
import Terminal

struct BenchFigures: Encodable {
    let machine = Machine.current
    let threads: Int, shards: Int, repeats: Int
    var peak = PeakSpeed()
    var scorers: [ScorerFigures] = []
    var growth: [ScoringGrowth] = []
    var keys: [KeysOnce] = []
    var models: [ModelSpeed] = []
    var profiles: [StepProfile] = []

    init(threads: Int, shards: Int, repeats: Int) {
        (self.threads, self.shards, self.repeats) = (threads, shards, repeats)
    }

    /// Fills in the shares, by the best peak so far.
    mutating func compareWithPeak() {
        let peak = peak
        for index in scorers.indices { scorers[index].compare(with: peak) }
        models = models.map { $0.compared(with: peak) }
    }
}

/// One scorer alone at one source length.
struct ScorerFigures: Encodable {
    static let batch = 32, width = 128

    let scorer: String
    let batch: Int, source: Int, state: Int
    /// Microseconds a step.
    let forwardMicroseconds: Double, forwardWithKeysMicroseconds: Double, forwardBackwardMicroseconds: Double
    /// Scores without softmax and context.
    let scoresMicroseconds: Double, scoresBackwardMicroseconds: Double
    /// Decoder steps of all sentences of the batch; each makes a token.
    let forwardTokensPerSecond: Double
    let forwardGFLOPPerSecond: Double, forwardBackwardGFLOPPerSecond: Double
    /// 0 to 1.
    private(set) var forwardShareOfPeak = 0.0, forwardBackwardShareOfPeak = 0.0

    init(measuring scorer: any AttentionScorer.Type, source: Int, repeats: Int) throws {
        let sizes = ScorerSizes(state: Self.width, attention: Self.width, maximumSource: max(64, source))
        let probe = try ScoringSpeed(scorer, sizes, batch: Self.batch, source: source)
        let seconds = try probe.seconds(repeats: repeats), operations = try probe.operations()
        (self.scorer, batch, self.source, state) = (scorer.card.name, Self.batch, source, Self.width)
        forwardMicroseconds = seconds.forward * 1e6
        forwardWithKeysMicroseconds = seconds.forwardWithKeys * 1e6
        forwardBackwardMicroseconds = seconds.forwardBackward * 1e6
        scoresMicroseconds = seconds.scores * 1e6
        scoresBackwardMicroseconds = seconds.scoresBackward * 1e6
        forwardTokensPerSecond = Double(Self.batch) / seconds.forward
        forwardGFLOPPerSecond = operations.forward / seconds.forward * 1e-9
        forwardBackwardGFLOPPerSecond = operations.forwardBackward / seconds.forwardBackward * 1e-9
    }

    mutating func compare(with peak: PeakSpeed) {
        forwardShareOfPeak = peak.share(of: forwardGFLOPPerSecond)
        forwardBackwardShareOfPeak = peak.share(of: forwardBackwardGFLOPPerSecond)
    }
}
