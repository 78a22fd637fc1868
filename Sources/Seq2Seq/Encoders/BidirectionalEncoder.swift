// A recurrent layer in each direction: hᵢ = [→hᵢ ; ←hᵢ].

public import AttentionScorers
public import TensorCore

public struct BidirectionalEncoder: SequenceEncoder {
    public static let card = PartCard(
        name: "bidirectional", equation: "hᵢ = [→hᵢ ; ←hᵢ], summary [→h_S ; ←h₁]", source: "Bahdanau et al. 2015, §3.2")

    private var reader: RecurrentReader
    private let forward, backward: RecurrentCell

    public init(_ settings: ModelSettings, vocabulary: Int, _ parameters: inout ParameterBuilder) {
        reader = RecurrentReader(settings, vocabulary: vocabulary, &parameters)
        var scope = parameters.scope("forward")
        forward = RecurrentCell(settings.cell, inputs: settings.embedding, units: settings.hidden, &scope)
        scope = parameters.scope("backward")
        backward = RecurrentCell(settings.cell, inputs: settings.embedding, units: settings.hidden, &scope)
    }

    public func encode(_ source: [Int], lengths: [Int]) throws -> SourceReading {
        let sentences = RecurrentReader.Sentences(source, lengths: lengths)
        let ahead = try reader.layer(forward, sentences, reversed: false), lastAhead = try reader.last(ahead, sentences)
        let back = try reader.layer(backward, sentences, reversed: true)
        return try SourceReading(
            states: ahead.concatenated(with: back).swappingFirstAxes(),
            summary: lastAhead.concatenated(with: back.slice(0)))
    }

    public mutating func useComposedTwins() { reader.usesFusedKernels = false }
}
