// A decoder that can be followed by hand: its cell and its attention are given as functions.

/// The parts of a decoder with D units, for one sentence.
public struct SmallDecoder {
    /// s_t from its input and s_{t−1} [D]. The input is the last word's embedding and behind it what is fed, [E + D].
    public let cell: (_ input: [Double], _ state: [Double]) throws -> [Double]
    /// The context c [D] that a query [D] sees: scores, softmax and the sum of the weighted states in one.
    public let attend: (_ query: [Double]) throws -> [Double]
    /// [2D][D]: the upper D rows for the context, the lower D for the state.
    public let Wc: [[Double]]

    public init(
        cell: @escaping (_ input: [Double], _ state: [Double]) throws -> [Double],
        attend: @escaping (_ query: [Double]) throws -> [Double], Wc: [[Double]]
    ) {
        (self.cell, self.attend, self.Wc) = (cell, attend, Wc)
    }

    /// Before a cell is run: a complaint where it would index out of range.
    static func requireWidths(_ input: [Double], _ state: [Double], E: Int, D: Int) throws {
        try require(
            input.count == E + D && state.count == D,
            "the cell's input has the width \(input.count) and its state \(state.count), expected E + D = \(E + D) and D = \(D)",
            cause:
                "the input is the word with what is fed behind it, joined by + into one array; what is fed has D numbers, also at the first step"
        )
    }
}

/// What is known after a decoder step; [D] each.
public struct DecoderStep: Sendable, Equatable {
    /// s_t.
    public let state: [Double]
    /// c_t.
    public let context: [Double]
    /// r_t, from which the next word is predicted.
    public let attentional: [Double]

    public init(state: [Double], context: [Double], attentional: [Double]) {
        (self.state, self.context, self.attentional) = (state, context, attentional)
    }
}
