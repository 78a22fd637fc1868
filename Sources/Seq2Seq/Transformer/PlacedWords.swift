// Words as a Transformer reads them: what they are and where they stand.

import TensorCore

/// x = √E E[w] We + PE(pos). Where E = D there is no We.
struct PlacedWords {
    /// [V,E].
    let embedding: Tensor
    /// [E,D]; nil where the embeddings are as wide as the layers.
    private let We: Tensor?
    private let width: Int

    /// The embeddings begin as small as those of the recurrent parts. With the variance 1/E, by which √E of them are
    /// larger than the positions, a training of 1200 steps translates fewer sentences.
    init(_ settings: ModelSettings, vocabulary: Int, _ parameters: inout ParameterBuilder) {
        width = settings.state
        embedding = parameters.uniform("embedding", [vocabulary, settings.embedding], bound: embeddingBound)
        We = settings.embedding == width ? nil : parameters.matrix("We", settings.embedding, width)
    }

    /// - Parameters:
    ///   - words: row-major [B,T].
    ///   - first: the position of the first of the T.
    /// - Returns: [B,T,D].
    func callAsFunction(_ words: [Int], batch: Int, from first: Int = 0) throws -> Tensor {
        let steps = batch == 0 ? 0 : words.count / batch
        let scaled = try embedding.gathered(words).scaled(by: Scalar(embedding.shape[1]).squareRoot())
        let places = try Tensor.sinusoidalPositions(first..<first + steps, width: width, near: embedding)
            .gathered((0..<words.count).map { $0 % max(steps, 1) })
        let placed = try We.map { try scaled.matmul($0, adding: places) } ?? scaled + places
        return try placed.reshaped([batch, steps, width])
    }
}
