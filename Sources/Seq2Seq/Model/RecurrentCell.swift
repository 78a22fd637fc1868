// A GRU or an LSTM behind one face, so that encoder and decoder are written once.

import TensorCore

/// What a recurrent cell carries from step to step.
struct CellState {
    /// [B,H].
    var state: Tensor
    /// c [B,H] of an LSTM; a GRU has none.
    var cell: Tensor?

    func gathered(_ rows: [Int]) throws -> CellState {
        try CellState(state: state.gathered(rows), cell: cell?.gathered(rows))
    }

    func keepingRows(_ kept: [Bool]) throws -> CellState {
        try CellState(state: state.keepingRows(kept), cell: cell?.keepingRows(kept))
    }
}

/// The parameters of one cell: gates = x Wi + bi from the input, h Wh + bh from the state.
struct RecurrentCell {
    let kind: CellKind
    let units: Int
    /// [X,G·H], G = 3 for a GRU (r, z, n) and 4 for an LSTM (i, f, g, o).
    let Wi: Tensor
    /// [H,G·H].
    let Wh: Tensor
    let bi, bh: Tensor

    init(_ kind: CellKind, inputs: Int, units: Int, _ parameters: inout ParameterBuilder) {
        self.kind = kind
        self.units = units
        let width = (kind == .gru ? 3 : 4) * units
        let bound = 1 / Double(units).squareRoot()
        Wi = parameters.uniform("Wi", [inputs, width], bound: bound)
        Wh = parameters.uniform("Wh", [units, width], bound: bound)
        bi = parameters.bias("bi", width)
        bh = parameters.bias("bh", width)
    }

    func zeroState(batch: Int) -> CellState {
        let zeros = Tensor.zeros([batch, units], near: Wh)
        return CellState(state: zeros, cell: kind == .lstm ? zeros : nil)
    }

    /// - Parameter inputGates: x Wi + bi, [B,G·H].
    func step(inputGates: Tensor, _ before: CellState) throws -> CellState {
        guard kind == .lstm else {
            return try CellState(state: before.state.gruStep(inputGates: inputGates, weight: Wh, bias: bh))
        }
        let cell = before.cell ?? Tensor.zeros(before.state.shape, near: Wh)
        let next = try before.state.lstmStep(inputGates: inputGates, cell: cell, weight: Wh, bias: bh)
        return CellState(state: next.state, cell: next.cell)
    }

    /// The states of a whole padded batch, zero beyond each sentence's length: gates [S,B,G·H] → [S,B,H].
    /// - Parameter fused: off in tests, to run the step-by-step twin of the GRU's layer kernel.
    func layer(inputGates: Tensor, lengths: [Int], reversed: Bool, fused: Bool = true) throws -> Tensor {
        if kind == .gru && fused {
            return try inputGates.gruLayer(weight: Wh, bias: bh, lengths: lengths, reversed: reversed)
        }
        let steps = inputGates.shape[0]
        var states = [Tensor?](repeating: nil, count: steps)
        var current = zeroState(batch: lengths.count)
        for t in reversed ? Array((0..<steps).reversed()) : Array(0..<steps) {
            current = try step(inputGates: inputGates.slice(t), current).keepingRows(lengths.map { t < $0 })
            states[t] = current.state
        }
        return try Tensor.stack(states.compactMap { $0 })
    }
}
