// How fast the whole model trains and decodes, at three sizes that other toolkits can be measured at as well.

public import AttentionScorers
import Dispatch
public import Seq2Seq
import Synchronization
import TensorCore

/// Sizes of the reference model and its batches.
public struct ModelSize: Sendable, Equatable {
    public let name: String
    /// What the model is made of.
    public private(set) var body = Body.recurrent
    /// E, H, A.
    public let embedding: Int, hidden: Int, attention: Int
    /// B, S, T (with the end of the sentence), V of both sides.
    public let batch: Int, source: Int, target: Int, vocabulary: Int

    public static let all = [
        ModelSize(
            name: "small", embedding: 64, hidden: 32, attention: 64, batch: 32, source: 12, target: 12, vocabulary: 200),
        ModelSize(
            name: "base", embedding: 128, hidden: 64, attention: 128, batch: 64, source: 20, target: 20,
            vocabulary: 2000),
        ModelSize(
            name: "long", embedding: 128, hidden: 128, attention: 256, batch: 16, source: 100, target: 50,
            vocabulary: 5000),
    ]

    /// The same size with another number of sentences side by side.
    public func with(batch: Int) -> ModelSize {
        ModelSize(
            name: name, embedding: embedding, hidden: hidden, attention: attention, batch: batch, source: source,
            target: target,
            vocabulary: vocabulary
        ).with(body)
    }

    /// The same size of another model.
    public func with(_ body: Body) -> ModelSize {
        var size = self
        size.body = body
        return size
    }

    public init(
        name: String, embedding: Int, hidden: Int, attention: Int, batch: Int, source: Int, target: Int, vocabulary: Int
    ) {
        (self.name, self.embedding, self.hidden, self.attention) = (name, embedding, hidden, attention)
        (self.batch, self.source, self.target, self.vocabulary) = (batch, source, target, vocabulary)
    }

    public func settings(scorer: String) -> ModelSettings {
        var settings = ModelSettings(scorer: scorer)
        (settings.embedding, settings.hidden, settings.attention) = (embedding, hidden, attention)
        settings.maximumSource = max(settings.maximumSource, source)
        (settings.encoder, settings.decoder) = (body.encoder, body.decoder)
        return settings
    }

    public var scorerSizes: ScorerSizes { settings(scorer: "").scorerSizes }
}

/// What was measured of one scorer at one size.
public struct ModelSpeed: Sendable, Codable, Equatable {
    public let scorer: String
    public let size: String
    public let threads: Int
    /// Parts of each batch; from 2 on the threads share one model.
    public let shards: Int
    public let parameters: Int
    /// Blocks of numbers that were allocated in the timed training steps, of all models together; after the first steps
    /// every block comes from the pool.
    public let blocksInTimedSteps: Int
    /// Milliseconds of one training step: forward, backward, clipping, Adam. Median over repeats, mean over threads.
    public let trainingStepMilliseconds: Double
    /// Of all threads together.
    public let trainingTokensPerSecond: Double
    /// Of all threads together; operations of products, see `ArithmeticCount`.
    public let trainingGFLOPPerSecond: Double
    /// Milliseconds to decode one batch greedily, at most `target` words for each sentence.
    public let decodingMilliseconds: Double
    /// Of all threads together.
    public let decodingTokensPerSecond: Double
    /// Of all threads together, as in training.
    public let decodingGFLOPPerSecond: Double
    /// Of the peak of so many threads, 0 to 1; nil before `compared`.
    @ExplicitNull public private(set) var trainingShareOfPeak: Double?
    @ExplicitNull public private(set) var decodingShareOfPeak: Double?

    /// The same with its shares of a peak that was measured in the same run.
    public func compared(with peak: PeakSpeed) -> ModelSpeed {
        var result = self
        result.trainingShareOfPeak = peak.share(of: trainingGFLOPPerSecond, threads: threads)
        result.decodingShareOfPeak = peak.share(of: decodingGFLOPPerSecond, threads: shards > 1 ? 1 : threads)
        return result
    }

    /// - Parameters:
    ///   - threads: so many models train side by side, each on one thread, as in a comparison.
    ///   - shards: parts of each batch. From 2 on, one model trains alone, on all threads; decoding stays on one.
    ///   - repeats: timed steps, after a fifth as many that are not counted.
    public static func measure(
        _ scorer: any AttentionScorer.Type, _ size: ModelSize, threads: Int = 1, shards: Int = 1,
        repeats: Int = 15
    ) throws -> ModelSpeed {
        let models = shards > 1 ? 1 : threads
        let probe = try TrainingProbe(scorer, size, shards: shards)
        // Decoding first, here as below.
        let decodingOperations = try ArithmeticCount.of { try probe.decode() }
        let operations = try ArithmeticCount.of { try probe.train() }
        let outcomes = Mutex<[Result<(training: Double, decoding: Double, decoded: Int, blocks: Int), any Error>]>([])
        @Sendable func measureOne(_: Int) {
            let outcome = Result {
                let probe = try TrainingProbe(scorer, size, shards: shards, threads: shards > 1 ? threads : 1)
                // Before training: a model that has seen one batch eighteen times ends its sentences where that batch
                // does.
                let decoded = try probe.decode(), decoding = try median(max(3, repeats / 3)) { try probe.decode() }
                try probe.train()
                let blocks = probe.blocksAllocated, training = try median(repeats) { try probe.train() }
                return (
                    training: training, decoding: decoding, decoded: decoded, blocks: probe.blocksAllocated - blocks
                )
            }
            outcomes.withLock { $0.append(outcome) }
        }
        // A model that is alone has its own threads to start.
        if models == 1 {
            measureOne(0)
        } else {
            DispatchQueue.concurrentPerform(iterations: models, execute: measureOne)
        }
        let times = try outcomes.withLock { $0 }.map { try $0.get() }
        let training = times.map(\.training).reduce(0, +) / Double(models),
            decoding = times.map(\.decoding).reduce(0, +) / Double(models)
        let tokens = Double(size.batch * size.target * models), decoded = Double(times.map(\.decoded).reduce(0, +))
        return ModelSpeed(
            scorer: scorer.card.name, size: size.name, threads: threads, shards: shards,
            parameters: probe.model.parameters.count,
            blocksInTimedSteps: times.map(\.blocks).reduce(0, +),
            trainingStepMilliseconds: training * 1e3, trainingTokensPerSecond: tokens / training,
            trainingGFLOPPerSecond: Double(operations * models) / training * 1e-9,
            decodingMilliseconds: decoding * 1e3, decodingTokensPerSecond: decoded / decoding,
            decodingGFLOPPerSecond: Double(decodingOperations * models) / decoding * 1e-9,
            trainingShareOfPeak: nil, decodingShareOfPeak: nil)
    }
}
