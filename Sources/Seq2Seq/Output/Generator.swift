// The output layer that most models have: a linear layer over the vocabulary.

public import AttentionScorers
import Corpora
public import TensorCore

public struct Generator: OutputLayer {
    public static let card = PartCard(
        name: "none", equation: "P(w) = softmax(r W + b)", source: "Luong et al. 2015, eq. 6")
    public static let smoothsLabels = true

    /// [D,V] and [V].
    let Wv, bv: Tensor

    public init(_ settings: ModelSettings, vocabulary: Int, _ parameters: inout ParameterBuilder) {
        Wv = parameters.matrix("Wv", settings.state, vocabulary)
        bv = parameters.bias("bv", vocabulary)
    }

    public func scores(_ seen: DecoderReading) throws -> Tensor { try scores(of: seen.readout) }

    /// r [n,D] → [n,V].
    func scores(of readout: Tensor) throws -> Tensor { try readout.matmul(Wv, adding: bv) }

    public func loss(_ seen: DecoderReading, targets: [Int], dividingBy total: Int?) throws -> Tensor {
        try scores(seen).crossEntropy(
            targets: targets, ignoring: Vocabulary.pad, dividingBy: total, smoothing: seen.smoothing)
    }
}
