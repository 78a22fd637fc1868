// Cells of a picture, each by itself: what lies in it and where it is. No cell knows its neighbours, as no annotation
// vector of "Show, attend and tell" stands in any order.

public import AttentionScorers
import Corpora
public import TensorCore

/// Reads vectors, or words in their place. Positions without a grid are the columns of its only row.
public struct CellEncoder: SequenceEncoder {
    public static let card = PartCard(
        name: "cells", equation: "hᵢ = tanh(W vᵢ + R PE(row) + C PE(column) + b), summary mean h",
        source: "Xu et al. 2015, §3.1.1; position in two dimensions as in Parmar et al. 2018, §3")
    public static let reads: [ModelSettings.PartSetting] = []
    public static let readsVectors = true

    /// [V,E]; nil where there are vectors.
    private let embedding: Tensor?
    /// [F,D], or [E,D] of words; b [D].
    private let W, b: Tensor
    /// [H,D]: each coordinate has H sines and cosines.
    private let R, C: Tensor

    public init(_ settings: ModelSettings, vocabulary: Int, _ parameters: inout ParameterBuilder) {
        let width = settings.vectorWidth ?? 0, half = settings.hidden, D = settings.state
        embedding =
            width > 0
            ? nil : parameters.uniform("embedding", [vocabulary, settings.embedding], bound: embeddingBound)
        W = parameters.matrix("W", width > 0 ? width : settings.embedding, D)
        b = parameters.bias("b", D)
        R = parameters.matrix("R", half, D)
        C = parameters.matrix("C", half, D)
    }

    public func encode(_ source: [Int], lengths: [Int]) throws -> SourceReading {
        try encode(SourceSentences(source, lengths: lengths))
    }

    public func encode(_ source: SourceSentences) throws -> SourceReading {
        let batch = source.lengths.count, steps = batch == 0 ? 0 : source.ids.count / batch
        let places = CellPlaces(source, steps: steps)
        let table = try Tensor.sinusoidalPositions(0..<places.side, width: R.shape[0], near: W)
        let content = try vectors(source).matmul(W, adding: b)
        let states = try (content + table.matmul(R).gathered(places.rows) + table.matmul(C).gathered(places.columns))
            .tanh().reshaped([batch, steps, W.shape[1]])
        return try SourceReading(meanOf: states, lengths: source.lengths)
    }

    /// [B·S,F], or [B·S,E].
    private func vectors(_ source: SourceSentences) throws -> Tensor {
        if let embedding { return try embedding.gathered(source.ids) }
        let numbers = (source.extras?.vectors ?? []).map { Scalar($0) }
        return try Tensor.constant(numbers, shape: [source.ids.count, W.shape[0]], near: W)
    }
}

/// Row and column of every position of a batch; those of the padding mean nothing.
private struct CellPlaces {
    private(set) var rows: [Int] = [], columns: [Int] = []
    /// More than any row or column.
    var side: Int { max(rows.max() ?? 0, columns.max() ?? 0) + 1 }

    init(_ source: SourceSentences, steps: Int) {
        for sentence in source.lengths.indices {
            let width = source.extras?.pairs[sentence].grid?.columns ?? steps
            for cell in 0..<steps {
                let isReal = cell < source.lengths[sentence]
                rows.append(isReal ? cell / max(width, 1) : 0)
                columns.append(isReal ? cell % max(width, 1) : 0)
            }
        }
    }
}
