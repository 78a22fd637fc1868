// A model of the library taken apart, for the check of exercise 10.

import AttentionLab

/// A model of the library with a GRU, the dot product as its score, and an encoder in one direction; and the parts of
/// it as a small decoder.
struct LibraryDecoder {
    let model: TranslationModel
    let batch: Batch

    init(_ timing: QueryTiming) throws {
        var settings = ModelSettings(scorer: LuongDotScorer.card.name)
        (settings.embedding, settings.hidden, settings.encoder, settings.bridge) = (3, 2, .forward, .zero)
        (settings.timing, settings.feeding) = (timing, timing == .after ? .attentional : .context)
        model = TranslationModel(
            settings, scorer: LuongDotScorer.self, sourceVocabulary: 7, targetVocabulary: 8, seed: 10)
        batch = try Batch([EncodedPair(source: [4, 6, 5], target: [5, 7, 4])])
        // Embeddings begin so small that all states are nearly the same.
        for name in ["encoder.embedding", "decoder.embedding"] {
            try model.parameters.set(name, to: tensor(name).values.map { 20 * $0 })
        }
    }

    private func tensor(_ name: String) throws -> Tensor {
        guard let tensor = model.parameters[name] else {
            throw ShapeError("the library's model has no parameter \(name)")
        }
        return tensor
    }

    /// - Parameter fed: how many numbers its input has behind the word.
    private func cell(_ name: String, fed: Int) throws -> ([Double], [Double]) throws -> [Double] {
        let (Wi, Wh, bi, bh) = try (
            tensor(name + ".Wi"), tensor(name + ".Wh"), tensor(name + ".bi"), tensor(name + ".bh")
        )
        return { input, state in
            if fed > 0 { try SmallDecoder.requireWidths(input, state, E: Wi.shape[0] - fed, D: fed) }
            return try Tensor.query(state).gruStep(
                inputGates: Tensor.query(input).matmul(Wi, adding: bi), weight: Wh, bias: bh
            ).rows[0]
        }
    }

    /// The embeddings of the begin token and the target words.
    func words() throws -> [[Double]] { try tensor("decoder.embedding").gathered(batch.targetInput).rows }

    func decoder() throws -> SmallDecoder {
        let encode = try cell("encoder.forward", fed: 0)
        var states: [[Double]] = []
        for word in try tensor("encoder.embedding").gathered(batch.source).rows {
            states.append(try encode(word, states.last ?? [Double](repeating: 0, count: model.settings.state)))
        }
        return try SmallDecoder(
            cell: cell("decoder.cell", fed: model.settings.state),
            attend: { [states] query in
                Plain.weightedSum(Plain.softmax(Plain.multiply(states, query)), of: states)
            }, Wc: tensor("decoder.Wr").rows)
    }

    func loss(_ attentional: [[Double]]) throws -> Double {
        let r = try Tensor(
            attentional.flatMap { $0.map { Scalar($0) } }, shape: [batch.targetWidth, model.settings.state])
        return try Double(
            r.matmul(tensor("decoder.Wv"), adding: tensor("decoder.bv")).crossEntropy(
                targets: batch.targetOutput, ignoring: Vocabulary.pad
            ).item())
    }
}
