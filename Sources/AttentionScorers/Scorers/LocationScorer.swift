// Location-based attention: eᵢ = (Wₐ s)ᵢ
// Luong, Pham & Manning 2015, §3.1, eq. 8 of the arXiv print.

public import TensorCore

/// Looks at where, never at what: the query alone says which position to read. Cannot point beyond the longest source
/// it was made for.
///
/// - Complexity: B·D·M multiply-adds a step, M the longest source.
public struct LocationScorer: AttentionScorer {
    public static let card = ScorerCard(
        name: "location", equation: "(W s)ᵢ", paper: "Luong et al. 2015 (arXiv), eq. 8", cost: "B·S·D",
        usesPosition: true, family: .position)

    /// [D,M]: a column for each source position.
    let Wa: Tensor

    public init(_ sizes: ScorerSizes, _ parameters: inout ParameterBuilder) {
        Wa = parameters.matrix("Wa", sizes.state, sizes.maximumSource)
    }

    public func scores(query: Tensor, memory: Memory, past: Past) throws -> Tensor {
        try expect(
            memory.source <= Wa.shape[1],
            "location: the source has \(memory.source) positions, but this scorer was made for at most \(Wa.shape[1]); build the model with a larger maximumSource, or leave the sentence out"
        )
        return try query.matmul(Wa).columns(0..<memory.source)
    }
}
