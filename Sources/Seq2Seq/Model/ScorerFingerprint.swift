// What a scorer computes, in a few numbers: tells results of two formulas apart that bear one name.

public import AttentionScorers
import Corpora
import Randomness
import TensorCore

/// The parameters of a scorer by name and size, and the scores and the look that it gives on states, queries and
/// parameters that are always the same.
///
/// The numbers themselves are kept and not a digest of them: rounding differs between processors, so that they are
/// compared within a tolerance. Scores, weights and context are looked at over three steps, because a scorer may ask
/// for its own earlier weights; every parameter is moved from where it begins, because what begins as zero hides the
/// part of the formula that it is multiplied into.
public struct ScorerFingerprint: Sendable, Codable, Equatable {
    /// "Wa 64×128", in the order of creation.
    public let parameters: [String]
    public let numbers: [Double]

    /// - Throws: whatever the scorer throws for a model of these settings.
    public init(_ scorer: any AttentionScorer.Type, _ model: ModelSettings) throws {
        let own = Parameters()
        var builder = ParameterBuilder(own, seed: 1)
        let attention = Attention(scorer.init(Self.sizes(model), &builder))
        var random = RandomSource(seed: 1, purpose: "scorer fingerprint")
        for (name, tensor) in zip(own.names, own.tensors) {
            try own.set(name, to: tensor.values.map { $0 + Scalar(0.2 * random.normal()) })
        }
        parameters = zip(own.names, own.tensors).map { "\($0) \($1.shape)" }
        numbers = try own.tape.withoutRecording { try Self.numbers(attention, model, &random) }
    }

    init(parameters: [String], numbers: [Double]) { (self.parameters, self.numbers) = (parameters, numbers) }

    /// Two sentences of different lengths.
    private static let lengths = [5, 3]

    /// A window narrower than these sentences: a wider one would hide nothing, and not be told from none.
    private static func sizes(_ model: ModelSettings) -> ScorerSizes {
        let sizes = model.scorerSizes
        return ScorerSizes(
            state: sizes.state, attention: sizes.attention, maximumSource: sizes.maximumSource, filters: sizes.filters,
            filterWidth: sizes.filterWidth, heads: sizes.heads, window: 1, chunk: sizes.chunk)
    }

    private static func numbers(
        _ attention: Attention, _ model: ModelSettings, _ random: inout RandomSource
    ) throws -> [Double] {
        let batch = lengths.count, source = min(lengths[0], model.maximumSource), width = model.state
        func tensor(_ shape: Shape) throws -> Tensor {
            try Tensor((0..<shape.count).map { _ in Scalar(0.5 * random.normal()) }, shape: shape)
        }
        let states = try tensor([batch, source, width]), summary = try tensor([batch, width]),
            real = lengths.map { min($0, source) }
        let memory = try attention.memory(states: states, summary: summary, lengths: real)
        var past = Past(before: memory),
            found = try attention.scorer.firstContext(memory: memory)?.values.prefix(2).map { Double($0) } ?? []
        for _ in 0..<3 {
            let query = try tensor([batch, width])
            // Not by a kernel of its own: those skip the padding, and say nothing that the formula does not.
            let scores = try attention.scorer.scores(query: query, memory: memory, past: past).values
            let step = try attention.step(query: query, memory: memory, past: past)
            for (sentence, length) in real.enumerated() {
                found += (0..<length).map { Double(scores[sentence * source + $0]) }
                found += (0..<length).map { Double(step.weights.values[sentence * source + $0]) }
                found += step.context.values[(sentence * width)..<(sentence * width + min(2, width))].map { Double($0) }
            }
            past = step.past
        }
        // JSON has no other numbers; what is none here is a fault that the training will meet. A word out of reach has
        // no score, and beside its size every difference would be rounding.
        return found.map { $0.isFinite && $0 > Double(Tensor.outOfReach) / 2 ? $0 : 0 }
    }

    /// What has changed since an earlier one, as a sentence says it; nil where nothing has.
    ///
    /// Two processors differ by some 1e-6 of the size of what is summed; the figures of two trainings do not show less
    /// than 1e-4 of it.
    public func difference(from new: ScorerFingerprint) -> String? {
        guard parameters == new.parameters else {
            return "it had \(Self.list(parameters)), and now has \(Self.list(new.parameters))"
        }
        guard numbers.count == new.numbers.count else {
            return "it gave \(numbers.count) numbers for one question, and now gives \(new.numbers.count)"
        }
        let size = max(1, numbers.map(abs).max() ?? 1)
        guard let place = numbers.indices.first(where: { !(abs(numbers[$0] - new.numbers[$0]) <= 1e-4 * size) }) else {
            return nil
        }
        return "asked the same, it gave \(Self.text(numbers[place])), and now gives \(Self.text(new.numbers[place]))"
    }

    private static func list(_ parameters: [String]) -> String {
        parameters.isEmpty
            ? "no parameters" : "the parameters " + parameters.map { TerminalText.cut($0) }.joined(separator: ", ")
    }

    private static func text(_ number: Double) -> String { "\((number * 1e4).rounded() / 1e4)" }
}
