// Several heads of any scorer: q = W_q s, kᵢ = W_k hᵢ, vᵢ = W_v hᵢ, cut into N parts of d = D/N;
//   αₙ = normalise(score(qₙ, kₙᵢ)),  c = [Σᵢ αₙᵢ vₙᵢ]ₙ W_o
// Vaswani et al. 2017, "Attention is all you need", §3.2.2, with scaled dot products; other scores stand in for them.

public import TensorCore

/// N small looks in the place of a great one. Heads are sentences: [B,S,D] becomes [B·N,S,d], and the inner scorer, the
/// normaliser, the past and the mask work on them as on any batch. Each head has its own past; all share the inner
/// scorer's parameters, whose hidden layer has A/N units.
///
/// The alignment is the mean of the heads, which is not the whole truth: a head whose values are small says little
/// however large its weights.
///
/// - Complexity: as the inner scorer, and B·D² for the queries and as much for W_o; keys and values cost 2·B·S·D² once.
public struct MultiHead<Inner: AttentionScorer>: AttentionScorer {
    public static var card: ScorerCard {
        let inner = Inner.card
        return ScorerCard(
            name: "multi-head-\(inner.name)", equation: "N heads: \(inner.equation) of W_q s, W_k hᵢ; values W_v hᵢ",
            paper: "Vaswani et al. 2017, §3.2.2", cost: inner.cost == "none" ? "B·D²" : "\(inner.cost) + B·D²",
            hasAlignment: inner.hasAlignment, usesPosition: inner.usesPosition, family: .heads, mass: inner.mass,
            normalises: inner.normalises, walks: inner.walks, decides: inner.decides)
    }

    let Wq, Wk, Wv, Wo: Tensor
    let inner: Inner
    let count: Int

    public init(_ sizes: ScorerSizes, _ parameters: inout ParameterBuilder) {
        let d = sizes.state
        Wq = parameters.matrix("Wq", d, d)
        Wk = parameters.matrix("Wk", d, d)
        Wv = parameters.matrix("Wv", d, d)
        Wo = parameters.matrix("Wo", d, d)
        count = sizes.heads
        var scope = parameters.scope("inner")
        inner = Inner(sizes.ofOneHead, &scope)
    }

    /// Keys and values of the heads, [B·N,S,d].
    public func heads(of memory: Memory) throws -> Memory? {
        let states = try memory.states.matmul(Wk).splittingHeads(count)
        return try Memory(
            states: states, summary: split(memory.summary.matmul(Wk)),
            lengths: headRows(Array(0..<memory.batch), of: count).map { memory.lengths[$0 / count] },
            keys: inner.keys(from: states), values: memory.states.matmul(Wv).splittingHeads(count))
    }

    public func look(query: Tensor, memory: Memory, past: Past, _ how: Weighting) throws -> Look {
        let (heads, before) = try split(memory, past)
        let found = try inner.look(query: split(query.matmul(Wq)), memory: heads, past: before, how)
        return try Look(
            weights: mean(found.weights), context: joined(found.context),
            heads: before.adding(found, keepsCoverage: Inner.readsCoverage))
    }

    /// The mean of the heads' scores, for whoever wants to see scores; weights are made head by head.
    public func scores(query: Tensor, memory: Memory, past: Past) throws -> Tensor {
        let (heads, before) = try split(memory, past)
        return try mean(inner.scores(query: split(query.matmul(Wq)), memory: heads, past: before))
    }

    /// As if every head had these weights.
    public func context(weights: Tensor, memory: Memory) throws -> Tensor {
        guard let heads = memory.heads else { throw Self.noHeads }
        let each = try weights.gathered((0..<memory.batch * count).map { $0 / count })
        return try joined(inner.context(weights: each, memory: heads))
    }

    // MARK: heads as sentences

    private func split(_ memory: Memory, _ past: Past) throws -> (heads: Memory, before: Past) {
        guard let heads = memory.heads else { throw Self.noHeads }
        return (heads, past.heads ?? Past(before: heads))
    }

    /// [B,D] → [B·N,d]: the parts of a row are rows.
    private func split(_ row: Tensor) throws -> Tensor {
        try row.reshaped([row.shape[0] * count, row.shape[1] / count])
    }

    /// [B·N,d] → [B,D] W_o
    private func joined(_ contexts: Tensor) throws -> Tensor {
        try contexts.reshaped([contexts.shape[0] / count, contexts.shape[1] * count]).matmul(Wo)
    }

    /// [B·N,S] → [B,S]
    private func mean(_ rows: Tensor) throws -> Tensor {
        let batch = rows.shape[0] / count
        let shares = [Scalar](repeating: 1 / Scalar(count), count: rows.shape[0])
        return try Tensor.constant(shares, shape: [batch, count], near: rows)
            .weightedSum(of: rows.reshaped([batch, count, rows.shape[1]]))
    }

    private static var noHeads: ShapeError {
        ShapeError("\(card.name) was given a memory without heads; make it with Attention.memory")
    }
}
