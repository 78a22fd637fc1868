// Where a training's numbers first stopped being numbers: in the parameters, the encoder, a scorer's scores, the loss,
// or a gradient.

import AttentionScorers
import Corpora
import TensorCore

/// Found by computing a batch once more, with everything that attention computes looked at on the way.
struct NumberFault {
    enum Origin: Equatable {
        case parameter(String), encoder, keys, scores, weights, context, loss, term(String)
        /// By what came back to these on the way from the loss.
        case gradientOf(Part), gradientOutside

        enum Part: String { case scores, weights, context, query }
    }

    let origin: Origin
    /// The target word, counted from 1; nil where it is not about one.
    let word: Int?
    /// Of the parameters, in size.
    let largestParameter: Double

    /// nil where this batch computes well.
    init?(
        in model: TranslationModel, _ batch: Batch, _ settings: TrainingSettings, _ progress: TrainingProgress
    ) {
        let parameters = model.parameters
        largestParameter = parameters.tensors.reduce(0.0) { max($0, Self.largest($1.values)) }
        for (name, tensor) in zip(parameters.names, parameters.tensors) {
            if Self.isFinite(tensor.values) { continue }
            (origin, word) = (.parameter(name), nil)
            return
        }
        let twin = TranslationModel(sharing: model), record = AttentionRecord()
        twin.attention.observer = { record.steps.append($0) }
        // The whole batch at once: where it is trained in parts, each has other random numbers than these.
        func noise() -> Noise {
            Noise(seed: settings.seed, step: progress.step, shard: 0, dropout: settings.dropoutRates)
        }
        guard let memory = try? twin.encode(SourceSentences(batch), noise()).memory,
            let loss = try? twin.loss(batch, of: BatchTotals(batch), settings, progress, noise())
        else { return nil }
        guard let found = Self.forward(memory, record, loss) ?? Self.backward(twin, record, loss) else { return nil }
        (origin, word) = found
    }

    private typealias Found = (origin: Origin, word: Int?)

    private static func isFinite(_ values: [Scalar]) -> Bool { values.allSatisfy(\.isFinite) }

    private static func largest(_ values: [Scalar]) -> Double { values.reduce(0.0) { max($0, Double(abs($1))) } }

    private static func forward(_ memory: Memory, _ record: AttentionRecord, _ loss: TaughtLoss) -> Found? {
        if !isFinite(memory.states.values) { return (.encoder, nil) }
        if !isFinite(memory.keys.values) { return (.keys, nil) }
        for (step, seen) in record.steps.enumerated() {
            // −∞ keeps a word out, which a scorer may want.
            if seen.realScores.contains(where: { $0.isNaN || $0 == .infinity }) { return (.scores, step + 1) }
            if !isFinite(seen.weights.values) { return (.weights, step + 1) }
            if !isFinite(seen.context.values) { return (.context, step + 1) }
        }
        if !isFinite(loss.crossEntropy.values) { return (.loss, nil) }
        return loss.terms.first { !isFinite($0.sum.values) }.map { (.term($0.name), nil) }
    }

    /// The gradients arrive last word first, and at the context before the weights, at those before the scores.
    private static func backward(_ twin: TranslationModel, _ record: AttentionRecord, _ loss: TaughtLoss) -> Found? {
        guard (try? twin.parameters.tape.backward(from: loss.whole())) != nil else { return nil }
        for (step, seen) in record.steps.enumerated().reversed() {
            let parts: [(Origin.Part, Tensor)] =
                [(.context, seen.context), (.weights, seen.weights)]
                + (seen.scores.map { [(.scores, $0)] } ?? []) + [(.query, seen.query)]
            for (part, tensor) in parts {
                if isFinite(tensor.gradient) { continue }
                return (part == .context ? .gradientOutside : .gradientOf(part), step + 1)
            }
        }
        let gradients = zip(twin.parameters.names, twin.parameters.tensors)
        for (name, tensor) in gradients {
            if isFinite(tensor.gradient) { continue }
            return (name.hasPrefix("scorer.") ? .gradientOf(.query) : .gradientOutside, nil)
        }
        return nil
    }
}

/// What was seen of each step. A class, because the model's observer writes to it.
private final class AttentionRecord {
    var steps: [Attention.Observation] = []
}

extension NumberFault {
    /// Trained parameters are about 1 in size; a training that runs away passes this long before its numbers end.
    private static let runaway = 1000.0

    /// One or two sentences: where it began, and what to do about that.
    func explanation(scorer: String, normalisation: Normalisation, learningRate: Double) -> String {
        let at = word.map { " at target word \($0)" } ?? ""
        let otherNormaliser = normalisation.part?.risk.map { risk in
            "the \(MaskedSoftmax.card.name) normalisation: the \(normalisation.rawValue) one \(risk)"
        }
        let lower = "Try a lower learning rate than \(learningRate)" + (otherNormaliser.map { ", or " + $0 } ?? "")
        if case .parameter = origin { return "it began \(place(scorer)). \(lower)" }
        if largestParameter > Self.runaway {
            return
                "it began \(place(scorer))\(at), with parameters that had grown to \(Self.short(largestParameter)). \(lower)"
        }
        let small =
            "the parameters are still small (at most \(Self.short(largestParameter))), so the learning rate is hardly to blame"
        let advice: String =
            switch origin {
            case .weights where otherNormaliser != nil:
                "Take \(otherNormaliser ?? "")"
            case .parameter, .encoder, .loss, .gradientOutside, .context:
                "Should it come again with a lower learning rate than \(learningRate), look there"
            case .term(let name):
                "\(small). Look at what \(name) computes: a logarithm or a root of what can be 0"
            case .weights:
                "\(small). Look at what \(scorer) computes there: a sentence all of whose words have the score −∞, as where a window has passed its end, a division by zero, an exponential that grows too large"
            case .keys, .scores, .gradientOf:
                "\(small). Look at what \(scorer) computes there: a division by zero, a root or logarithm of what is not positive, an exponential that grows too large"
            }
        return "it began \(place(scorer))\(at). \(advice)"
    }

    private func place(_ scorer: String) -> String {
        switch origin {
        case .parameter(let name): "in the parameter \(name)"
        case .encoder: "in the encoder's states"
        case .keys: "in the keys of \(scorer)"
        case .scores: "in the scores of \(scorer)"
        case .weights: "in the weights that became of the scores of \(scorer)"
        case .context: "in the context of \(scorer)"
        case .loss: "in the loss, while all that \(scorer) computed was finite"
        case .term(let name): "in the term \"\(name)\" of the loss, while the cross-entropy was finite"
        case .gradientOf(.query):
            "in the gradient that goes back through the scores of \(scorer), while its loss was finite"
        case .gradientOf(let part): "in the gradient of the \(part.rawValue) of \(scorer), while its loss was finite"
        case .gradientOutside: "in a gradient outside of \(scorer), while its loss was finite"
        }
    }

    private static func short(_ value: Double) -> String {
        guard value.isFinite else { return value.isNaN ? "NaN" : "infinity" }
        return value < 1000 ? String((value * 100).rounded() / 100) : "\(Scalar(value))"
    }
}
