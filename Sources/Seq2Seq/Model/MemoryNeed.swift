// How much memory a training needs for its longest sentences, told before it begins: a process that asks for more is
// killed.

import AttentionScorers
import Corpora
import TensorCore

/// The bytes that a model takes for a batch whose longest pair has S and T words, as
///
///     bytes(S, T) = α + β S + γ T + δ S T + ε S² + ζ T²
///
/// with the first four numbers found by trying the model on four small batches: so it holds for every scorer and every
/// setting, those of learners included. The last two are what encoder and decoder say of themselves (`numbersPerPair`):
/// in small batches squares do not stand out from the rounding of blocks. An estimate: blocks are rounded up by as much
/// as a quarter.
public struct MemoryNeed: Sendable {
    /// α, β, γ, δ, in bytes.
    private let terms: [Double]
    /// ε, ζ.
    private let squares: (source: Double, target: Double)
    /// Bytes of a target word for the words that the trial's vocabulary lacked.
    private let furtherWords: Double

    private static let short = 16, long = 64
    /// Sentences of the trial's batches and words of its vocabularies, at most: larger ones take as much more as they
    /// are larger.
    private static let trialBatch = 32, trialWords = 256

    /// - Parameters:
    ///   - batch: sentences side by side.
    ///   - share: how long the others of the batch are, as a share of the longest. Some scorers compute nothing for
    ///     their padding.
    ///   - training: how gradients are computed; nil where only the loss is, as in a look at dev.
    public init(_ translator: Translator, batch: Int, share: Double, training: TrainingSettings?) throws {
        let model = translator.model, trial = max(1, min(batch, Self.trialBatch)), scale = Double(batch) / Double(trial)
        let perPair = Self.squares(of: model.settings, isTraining: training != nil, batch: trial)
        let fit = try Self.fit(perPair) { source, target in
            func pair(_ share: Double) throws -> EncodedPair {
                try Self.pair(
                    source: Self.part(source, share), target: Self.part(target, share),
                    copies: model.settings.copying.copies, vectorWidth: model.settings.vectorWidth ?? 0)
            }
            let pairs = try [pair(1)] + (1..<trial).map { _ in try pair(share) }
            return try Self.bytes(like: model, Batch(pairs), training)
        }
        squares = (perPair.source * scale, perPair.target * scale)
        terms = [fit[0]] + fit.dropFirst().map { $0 * scale }
        let missing = max(0, model.targetVocabularySize - Self.trialWords) * MemoryLayout<Scalar>.size
        furtherWords = Double(missing * batch * (training == nil ? 1 : 2))
    }

    public func bytes(source: Int, target: Int) -> Double {
        let (s, t) = (Double(source), Double(target))
        return terms[0] + terms[1] * s + terms[2] * t + terms[3] * s * t + squares.source * s * s
            + squares.target * t * t + furtherWords * (t + 1)
    }

    /// Without gradients one layer at a time is kept.
    private static func squares(
        of settings: ModelSettings, isTraining: Bool, batch: Int
    ) -> (source: Double, target: Double) {
        let layers = isTraining ? 1 : settings.transformerLayers, size = MemoryLayout<Scalar>.size * batch
        func bytes(_ numbers: Int?) -> Double { Double((numbers ?? 0) / layers * size) }
        return (
            bytes(settings.encoder.part?.numbersPerPair(settings)),
            bytes(settings.decoder.part?.numbersPerPair(settings))
        )
    }

    /// The longest pair, as long in the target as in the source, that needs no more than so many bytes.
    public func longest(within bytes: Double) -> Int {
        var low = 1, high = 1_000_000
        while low < high {
            let middle = (low + high + 1) / 2
            if self.bytes(source: middle, target: middle) <= bytes { low = middle } else { high = middle - 1 }
        }
        return low
    }

    private static func part(_ length: Int, _ share: Double) -> Int {
        max(1, min(length, Int((Double(length) * share).rounded())))
    }

    private static func pair(source: Int, target: Int, copies: Bool, vectorWidth: Int) throws -> EncodedPair {
        let ids = [Int](repeating: Vocabulary.unknown, count: source),
            produced = [Int](repeating: Vocabulary.unknown, count: target)
        // Terms of the loss that read links compute as much for one link a word as for more.
        let links = (0..<target).map { Link($0 % source, $0) }
        let zeros = [Float](repeating: 0, count: vectorWidth)
        let extras = EncodedExtras(
            vectors: vectorWidth == 0 ? [] : [[Float]](repeating: zeros, count: source),
            grid: Grid(rows: 1, columns: source), sentences: [source], question: [Vocabulary.unknown])
        return try EncodedPair(
            source: ids, target: produced, copying: copies ? .init(source: ids, target: produced) : nil,
            gold: GoldAlignment(sure: Set(links)), extras: extras)
    }

    private static func fit(
        _ squares: (source: Double, target: Double), _ bytes: (Int, Int) throws -> Int
    ) rethrows -> [Double] {
        let (a, b) = (Double(short), Double(long)), width = b - a
        func rest(_ source: Int, _ target: Int) throws -> Double {
            try Double(bytes(source, target)) - squares.source * Double(source * source)
                - squares.target * Double(target * target)
        }
        let ss = try rest(short, short), ls = try rest(long, short)
        let sl = try rest(short, long), ll = try rest(long, long)
        // Nothing takes less for longer sentences, whatever the rounding of blocks says.
        let both = max(0, (ll - ls - sl + ss) / (width * width))
        let source = max(0, (ls - ss) / width - both * a), target = max(0, (sl - ss) / width - both * a)
        return [max(0, ss - source * a - target * a - both * a * a), source, target, both]
    }

    /// What a fresh model has allocated after one batch.
    private static func bytes(
        like model: TranslationModel, _ batch: Batch, _ training: TrainingSettings?
    ) throws -> Int {
        var settings = model.settings
        settings.maximumSource = max(settings.maximumSource, long)
        let trial = TranslationModel(
            settings, scorer: model.scorerType, sourceVocabulary: min(trialWords, model.sourceVocabularySize),
            targetVocabulary: min(trialWords, model.targetVocabularySize), seed: 1)
        let tape = trial.parameters.tape
        if let training {
            let noise = Noise(seed: 1, step: 0, shard: 0, dropout: training.dropoutRates)
            let loss = try trial.loss(
                batch, of: BatchTotals(batch), training, TrainingProgress(step: 0, steps: 1), noise)
            try tape.backward(from: loss.whole())
        } else {
            _ = try tape.withoutRecording { try trial.loss(batch) }
        }
        return tape.bytesAllocated
    }
}
