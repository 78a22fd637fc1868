// A recurrent layer from the left to the right, as wide as two.

public import AttentionScorers
public import TensorCore

public struct ForwardEncoder: SequenceEncoder {
    public static let card = PartCard(
        name: "forward", equation: "hᵢ = →hᵢ with 2H units, summary →h_S", source: "Luong et al. 2015, §2 (one layer)")

    private var reader: RecurrentReader
    private let forward: RecurrentCell

    public init(_ settings: ModelSettings, vocabulary: Int, _ parameters: inout ParameterBuilder) {
        reader = RecurrentReader(settings, vocabulary: vocabulary, &parameters)
        var scope = parameters.scope("forward")
        forward = RecurrentCell(settings.cell, inputs: settings.embedding, units: settings.state, &scope)
    }

    public func encode(_ source: [Int], lengths: [Int]) throws -> SourceReading {
        let sentences = RecurrentReader.Sentences(source, lengths: lengths)
        let ahead = try reader.layer(forward, sentences, reversed: false), lastAhead = try reader.last(ahead, sentences)
        return SourceReading(states: try ahead.swappingFirstAxes(), summary: lastAhead)
    }

    public mutating func useComposedTwins() { reader.usesFusedKernels = false }
}
