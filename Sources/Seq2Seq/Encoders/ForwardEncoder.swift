// A recurrent layer from the left to the right, as wide as two.

public import AttentionScorers
public import TensorCore

public struct ForwardEncoder: SequenceEncoder {
    public static let card = PartCard(
        name: "forward", equation: "hᵢ = →hᵢ with 2H units, summary →h_S", source: "Luong et al. 2015, §2 (one layer)")

    private var reader: RecurrentReader
    /// From the lowest layer to the highest.
    private let layers: [RecurrentCell]

    public init(_ settings: ModelSettings, vocabulary: Int, _ parameters: inout ParameterBuilder) {
        reader = RecurrentReader(settings, vocabulary: vocabulary, &parameters)
        let builder = parameters
        layers = settings.layerNames.enumerated().map { index, suffix in
            var scope = builder.scope("forward" + suffix)
            return RecurrentCell(
                settings.cell, inputs: index == 0 ? settings.embedding : settings.state, units: settings.state, &scope)
        }
    }

    public static let readsVectors = true

    public func encode(_ source: [Int], lengths: [Int]) throws -> SourceReading {
        try encode(SourceSentences(source, lengths: lengths))
    }

    public func encode(_ source: SourceSentences) throws -> SourceReading {
        let sentences = RecurrentReader.Sentences(source)
        var ahead = try reader.layer(layers[0], sentences, reversed: false)
        for layer in layers.dropFirst() { ahead = try reader.layer(layer, over: ahead, sentences, reversed: false) }
        return try SourceReading(states: ahead.swappingFirstAxes(), summary: reader.last(ahead, sentences))
    }

    public mutating func useComposedTwins() { reader.usesFusedKernels = false }
}
