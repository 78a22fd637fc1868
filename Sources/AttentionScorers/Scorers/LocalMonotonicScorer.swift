// Local attention around the word of the same number: local-m.
// Luong, Pham & Manning 2015, §3.2, local-m and footnote 9; the score is their general one.

public import TensorCore

/// For the t-th target word only the source words within a window around the t-th are compared, as if both sentences
/// went side by side. Beyond the last source word, of which the paper says nothing, the window stays there, as in the
/// authors' code.
///
/// - Complexity: B·L·D multiply-adds a step, L = 2w + 1 words in a window; the keys W h cost B·S·D² once.
public struct LocalMonotonicScorer: AttentionScorer {
    public static let card = ScorerCard(
        name: "local-m", equation: "sᵀ W hᵢ within |i − min(t, n − 1)| ≤ w",
        paper: "Luong et al. 2015, §3.2, local-m, fn. 9", cost: "B·L·D", usesPosition: true, family: .local)

    private let general: LuongGeneralScorer
    private let width: Int

    public init(_ sizes: ScorerSizes, _ parameters: inout ParameterBuilder) {
        general = LuongGeneralScorer(sizes, &parameters)
        width = sizes.window
    }

    public func keys(from states: Tensor) throws -> Tensor { try general.keys(from: states) }

    public func scores(query: Tensor, memory: Memory, past: Past) throws -> Tensor {
        try general.scores(query: query, memory: memory, past: past).within(windows(memory, past))
    }

    public func fusedScores(query: Tensor, memory: Memory, past: Past) throws -> Tensor? {
        try memory.keys.dot(query, within: windows(memory, past))
    }

    private func windows(_ memory: Memory, _ past: Past) -> [Range<Int>] {
        SentenceWindow.around(
            memory.lengths.map { Scalar(min(past.steps, $0 - 1)) }, width: width, lengths: memory.lengths)
    }
}
