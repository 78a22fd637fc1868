// A model that is trained and decoded to be timed, not to learn.

import AttentionScorers
import Corpora
import Randomness
import Seq2Seq
import TensorCore

/// A model with a batch of random sentences.
final class TrainingProbe {
    let model: TranslationModel
    private let batch: Batch
    private let size: ModelSize
    private let gradient: ShardedGradient
    private var adam = Adam()

    /// - Parameter threads: that share each batch.
    init(_ scorer: any AttentionScorer.Type, _ size: ModelSize, shards: Int = 1, threads: Int = 1) throws {
        self.size = size
        model = TranslationModel(
            size.settings(scorer: scorer.card.name), scorer: scorer, sourceVocabulary: size.vocabulary,
            targetVocabulary: size.vocabulary, seed: 1)
        gradient = ShardedGradient(model, shards: shards, threads: threads)
        var random = RandomSource(seed: 3)
        func words(_ count: Int) -> [Int] {
            (0..<count).map { _ in Vocabulary.specials.count + random.below(size.vocabulary - Vocabulary.specials.count)
            }
        }
        batch = try Batch(
            (0..<size.batch).map { _ in try EncodedPair(source: words(size.source), target: words(size.target - 1)) })
    }

    var blocksAllocated: Int { gradient.blocksAllocated }

    /// - Parameter clock: learns where the time goes.
    func train(_ clock: PhaseClock? = nil) throws {
        let parameters = model.parameters
        parameters.tape.clock = clock
        defer { parameters.tape.clock = nil }
        _ = try gradient.compute(batch)
        parameters.tape.phase(Phase.optimiser) {
            parameters.clipGradients(toNorm: 1)
            adam.step(parameters)
        }
    }

    /// At most `target` words a sentence; a model that has learnt nothing rarely ends one earlier.
    /// - Returns: the words produced, ends of sentences among them.
    @discardableResult
    func decode() throws -> Int {
        try model.greedy(batch.source, lengths: batch.sourceLengths, limit: LengthLimit(factor: 0, extra: size.target))
            .reduce(0) { $0 + $1.tokens.count + ($1.isFinished ? 1 : 0) }
    }
}
