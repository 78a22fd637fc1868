// A recurrent layer in each direction: hᵢ = [→hᵢ ; ←hᵢ]. Layers above read both directions of the one below.

public import AttentionScorers
public import TensorCore

public struct BidirectionalEncoder: SequenceEncoder {
    public static let card = PartCard(
        name: "bidirectional", equation: "hᵢ = [→hᵢ ; ←hᵢ], summary [→h_S ; ←h₁]", source: "Bahdanau et al. 2015, §3.2")

    private var reader: RecurrentReader
    /// From the lowest layer to the highest.
    private let layers: [(forward: RecurrentCell, backward: RecurrentCell)]

    public init(_ settings: ModelSettings, vocabulary: Int, _ parameters: inout ParameterBuilder) {
        reader = RecurrentReader(settings, vocabulary: vocabulary, &parameters)
        let builder = parameters
        layers = settings.layerNames.enumerated().map { index, suffix in
            func cell(_ name: String) -> RecurrentCell {
                var scope = builder.scope(name + suffix)
                return RecurrentCell(
                    settings.cell, inputs: index == 0 ? settings.embedding : settings.state, units: settings.hidden,
                    &scope)
            }
            return (cell("forward"), cell("backward"))
        }
    }

    public static let readsVectors = true

    public func encode(_ source: [Int], lengths: [Int]) throws -> SourceReading {
        try encode(SourceSentences(source, lengths: lengths))
    }

    public func encode(_ source: SourceSentences) throws -> SourceReading {
        let sentences = RecurrentReader.Sentences(source)
        var ahead = try reader.layer(layers[0].forward, sentences, reversed: false)
        var back = try reader.layer(layers[0].backward, sentences, reversed: true)
        for layer in layers.dropFirst() {
            let below = try ahead.concatenated(with: back)
            ahead = try reader.layer(layer.forward, over: below, sentences, reversed: false)
            back = try reader.layer(layer.backward, over: below, sentences, reversed: true)
        }
        let lastAhead = try reader.last(ahead, sentences)
        return try SourceReading(
            states: ahead.concatenated(with: back).swappingFirstAxes(),
            summary: lastAhead.concatenated(with: back.slice(0)))
    }

    public mutating func useComposedTwins() { reader.usesFusedKernels = false }
}
