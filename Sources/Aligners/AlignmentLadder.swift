// From a translator's weights to an aligner, one change at a time: what each change is worth.

public import Corpora
public import Evaluation
import TensorCore

/// A study of its own, because its steps are aligners and not translators: each learns from the same pairs, and is judged
/// on those that have gold links. The translator that it starts from is learnt where translators are known.
public enum AlignmentLadder {
    public enum Step: String, Sendable, Codable, CaseIterable {
        case translator, states, words, fed, chain, both, agreement, byWord, letters

        /// What is changed, in a few words.
        public var change: String {
            switch self {
            case .translator: "soft attention of a translator, whose decoder and encoder know the words around each"
            case .states: "each word is said from the mean of lexical states alone: no history, no neighbours"
            case .words: "exact: the mean of what each state says, in place of the mean of states"
            case .fed: "steps from word to word are learnt, from the posterior of the word before"
            case .chain: "the whole chain is summed out, a null word with it; no decoder state"
            case .both: "both directions: the mean of their posteriors above 1/2"
            case .agreement: "directions that agree while they learn"
            case .byWord: "without agreement; steps that depend on the word one comes from"
            case .letters: "words are their n-grams of characters too"
            }
        }
    }

    /// AER of one step. The largest weight of each word is its link, but where both directions are read.
    public struct Row: Sendable, Codable, Equatable {
        public let step: Step
        /// By the weights from which the word is said, before it is known; nil where there are none.
        public let prior: Double?
        /// By those of the next word.
        public let later: Double?
        /// By the posterior, once it is known.
        public let posterior: Double?
        /// Of greedy translations; nil of what does not translate.
        public let bleu: Double?
        /// Learning took; nil where it is the step before, read in another way.
        public let seconds: Double?

        /// Of weights from which a word is said, one matrix for each judged pair, and of their posterior.
        public init(
            _ step: Step, of judged: [SentencePair], prior: [AttentionMatrix], posterior: [AttentionMatrix],
            bleu: Double? = nil, seconds: Double
        ) {
            func aer(_ matrices: [AttentionMatrix]) -> Double? {
                AlignmentLadder.aer(zip(judged, matrices).map { ($0, LinkExtraction.argmax.links($1)) })
            }
            self.step = step
            (self.prior, later, self.posterior) = (aer(prior), aer(prior.map { $0.shifted(by: 1) }), aer(posterior))
            (self.bleu, self.seconds) = (bleu, seconds)
        }

        /// Of links that are read from posteriors alone.
        fileprivate init(_ step: Step, _ seconds: Double?, links: [(SentencePair, Set<Link>)]) {
            (self.step, prior, later, bleu, self.seconds) = (step, nil, nil, nil, seconds)
            posterior = AlignmentLadder.aer(links)
        }
    }

    /// All steps but the translator's.
    /// - Parameters:
    ///   - pairs: to learn from. Aligners are judged on pairs that they have learnt from, without their links.
    ///   - judged: those with gold links.
    ///   - watch: told of the step that learns, and of the share of it that is done; all stops where it gives false.
    ///   - each: gets a row once it is there.
    public static func climb(
        _ pairs: [SentencePair], judged: [SentencePair], _ settings: AlignerSettings,
        watch: (Step, Double) -> Bool, each: (Row) throws -> Void
    ) throws {
        for (step, mean, jumps) in [(Step.states, ContentAttention.Mean.states, false), (.words, .words, false)] {
            try each(content(step, mean, jumps: jumps, pairs, judged, settings) { watch(step, $0) })
        }
        try each(content(.fed, .words, jumps: true, pairs, judged, settings) { watch(.fed, $0) })
        var changed = settings
        (changed.letters, changed.jumps, changed.agreement) = (.none, .shared, .none)
        let (chain, seconds) = try latent(pairs, changed) { watch(.chain, $0) }
        try each(
            row(.chain, judged, seconds) { LinkExtraction.argmax.links(chain.posteriors(of: $0).forward) })
        try each(row(.both, judged, nil) { chain.posteriors(of: $0).links(.mean(above: 0.5)) })
        for step in [Step.agreement, .byWord, .letters] {
            changed.agreement = step == .agreement ? .product : .none
            changed.jumps = step == .agreement ? .shared : .byWord
            changed.letters = step == .letters ? .ngrams : .none
            let (aligner, seconds) = try latent(pairs, changed) { watch(step, $0) }
            try each(row(step, judged, seconds) { aligner.posteriors(of: $0).links(.mean(above: 0.5)) })
        }
    }

    private static func latent(
        _ pairs: [SentencePair], _ settings: AlignerSettings, watch: (Double) -> Bool
    ) throws -> (aligner: LatentAttentionAligner, seconds: Double) {
        let start = ContinuousClock.now
        let aligner = try LatentAttentionAligner.learnt(from: pairs, settings, watch: watch)
        return (aligner, seconds(since: start))
    }

    private static func row(
        _ step: Step, _ judged: [SentencePair], _ seconds: Double?, _ links: (SentencePair) -> Set<Link>
    ) -> Row {
        Row(step, seconds, links: judged.map { ($0, links($0)) })
    }

    private static func content(
        _ step: Step, _ mean: ContentAttention.Mean, jumps: Bool, _ pairs: [SentencePair], _ judged: [SentencePair],
        _ settings: AlignerSettings, watch: (Double) -> Bool
    ) throws -> Row {
        let start = ContinuousClock.now, parameters = Parameters()
        var text = try AlignmentText(pairs, settings), dropout = StateDropout(seed: settings.seed)
        var builder = ParameterBuilder(parameters, seed: settings.seed)
        let model = try ContentAttention(&builder, text, mean: mean, jumps: jumps)
        var descent = Descent(passes: settings.passes, batchesPerPass: text.batches.batchesPerEpoch)
        while !descent.isOver {
            guard watch(descent.done) else { throw CancellationError() }
            let pairs = text.next(), batch = AlignmentBatch(pairs)
            try descent.follow(model.read(batch, pairs, kept: dropout.kept(batch)).loss, parameters)
        }
        let seconds = seconds(since: start)
        let read = try judged.map { try matrices(of: $0, text, model, parameters.tape) }
        return Row(step, of: judged, prior: read.map(\.prior), posterior: read.map(\.posterior), seconds: seconds)
    }

    private typealias Weights = (prior: AttentionMatrix, posterior: AttentionMatrix)

    private static func matrices(
        of pair: SentencePair, _ text: AlignmentText, _ model: ContentAttention, _ tape: Tape
    ) throws -> Weights {
        let count = pair.source.count
        func matrix(_ rows: [Tensor]) -> AttentionMatrix {
            AttentionMatrix(rows: rows.map { $0.values.map { Double($0) } }, sourceCount: count)
        }
        guard count > 0, !pair.target.isEmpty else { return (matrix([]), matrix([])) }
        let pairs = [(source: text.source.ids(of: pair.source), target: text.target.ids(of: pair.target))]
        let batch = AlignmentBatch(pairs)
        let read = try tape.withoutRecording { try model.read(batch, pairs, kept: StateDropout.all(batch)) }
        return (matrix(read.prior), matrix(read.posterior))
    }

    private static func aer(_ found: [(SentencePair, Set<Link>)]) -> Double? {
        found.reduce(into: AlignmentCounts()) { sum, one in
            if let gold = one.0.gold { sum += AlignmentCounts(predicted: one.1, gold: gold) }
        }.aer
    }

    private static func seconds(since start: ContinuousClock.Instant) -> Double {
        (ContinuousClock.now - start) / .seconds(1)
    }
}
