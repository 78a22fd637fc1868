// What a decoder can look at: the encoded source of one batch, and its keys.

public import TensorCore

/// The encoded source sentences of one batch. A value made per batch and never kept on a scorer, so that no key of an
/// earlier batch can be used by mistake.
public struct Memory {
    /// h [B,S,D]: a state for each source position, zero in the padding.
    public let states: Tensor
    /// [B,D]: what the encoder makes of the whole sentence; of the recurrent ones, the last state of each direction.
    public let summary: Tensor
    /// Real tokens of each sentence, 1 to S.
    public let lengths: [Int]
    /// [B,S,·]: what the scorer made of the states, once for all decoder steps.
    public let keys: Tensor
    /// v [B,S,·]: what contexts are made of; the states themselves, unless the scorer has values of its own.
    public let values: Tensor
    /// The memory of the heads, or nothing: in an array, because a value cannot hold one of its own kind.
    private let headed: [Memory]

    /// The same source as several heads see it, as B·N sentences; nil without heads.
    public var heads: Memory? { headed.first }

    /// - Throws: a sentence without a real token, and whatever the scorer's keys throw.
    public init(states: Tensor, summary: Tensor, lengths: [Int], scorer: any AttentionScorer) throws {
        try Memory.check(states: states, summary: summary, lengths: lengths)
        let real = try Memory.withoutPadding(states, lengths), name = type(of: scorer).card.name
        func made(_ what: String, _ tensor: Tensor) throws -> Tensor {
            // A beam gives each of its hypotheses those of its sentence by this axis.
            try expect(
                tensor.shape.rank > 0 && tensor.shape[0] == lengths.count,
                "the \(what) of \(name) have shape \(tensor.shape), expected [B,S,·] with B = \(lengths.count)")
            return tensor
        }
        let alone = try Memory(
            states: real, summary: summary, lengths: lengths, keys: made("keys", scorer.keys(from: real)),
            values: made("values", scorer.values(from: real)))
        let heads = try scorer.heads(of: alone)
        try expect(
            heads.map { $0.batch > 0 && $0.batch % lengths.count == 0 } ?? true,
            "the heads of \(name) are \(heads?.batch ?? 0) sentences, expected as many for each of \(lengths.count)")
        self.init(alone, heads: heads)
    }

    /// - Parameter values: nil for the states.
    public init(states: Tensor, summary: Tensor, lengths: [Int], keys: Tensor, values: Tensor? = nil) {
        self.states = states
        self.summary = summary
        self.lengths = lengths
        self.keys = keys
        self.values = values ?? states
        headed = []
    }

    private init(_ alone: Memory, heads: Memory?) {
        (states, summary, lengths, keys) = (alone.states, alone.summary, alone.lengths, alone.keys)
        values = alone.values
        headed = heads.map { [$0] } ?? []
    }

    /// The same with other keys, such as some that end the tape.
    public func with(keys: Tensor) -> Memory {
        Memory(
            Memory(states: states, summary: summary, lengths: lengths, keys: keys, values: values), heads: heads)
    }

    public var batch: Int { lengths.count }
    /// S, padding included.
    public var source: Int { states.shape[1] }

    private static func check(states: Tensor, summary: Tensor, lengths: [Int]) throws {
        try expect(states.shape.rank == 3, "memory: the states have shape \(states.shape), expected [B,S,D]")
        let (batch, source, width) = (states.shape[0], states.shape[1], states.shape[2])
        try expect(summary.shape, is: [batch, width], "memory: the summary", axes: "B,D")
        try expect(lengths.count == batch, "memory: \(lengths.count) lengths for a batch of \(batch)")
        if let b = lengths.firstIndex(where: { $0 < 1 || $0 > source }) {
            throw ShapeError(
                "memory: sentence \(b) has \(lengths[b]) real tokens, expected 1 to S = \(source); a sentence with none has nothing to attend to, leave it out of the batch"
            )
        }
    }

    /// Zeroes the padding whatever stands there: 0 · NaN is NaN, so a weight of 0 alone does not keep it out of the
    /// context or of the gradients of the keys' weights.
    private static func withoutPadding(_ states: Tensor, _ lengths: [Int]) throws -> Tensor {
        let source = states.shape[1]
        if lengths.allSatisfy({ $0 == source }) { return states }
        let isReal = lengths.flatMap { length in (0..<source).map { $0 < length } }
        return try states.reshaped([isReal.count, states.shape[2]]).keepingRows(isReal).reshaped(states.shape)
    }

    /// The same for a choice of sentences, repeats allowed: how a beam gives each of its hypotheses a row.
    public func gathered(_ rows: [Int]) throws -> Memory {
        let ofRows = try states.gathered(rows)
        func gathered(_ tensor: Tensor) throws -> Tensor {
            tensor.isIdentical(to: states) ? ofRows : try tensor.gathered(rows)
        }
        return try Memory(
            Memory(
                states: ofRows, summary: summary.gathered(rows), lengths: rows.map { lengths[$0] },
                keys: gathered(keys), values: gathered(values)),
            heads: heads.map { try $0.gathered(headRows(rows, of: $0.batch / max(batch, 1))) })
    }
}
