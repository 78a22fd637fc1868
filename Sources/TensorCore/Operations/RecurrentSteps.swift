// One step of a recurrent cell, as one node of the tape.

import VectorMath

extension Tensor {
    /// One GRU step (Cho et al. 2014, §2.3; the variant of cuDNN and PyTorch, with the reset gate after the product).
    ///
    ///     r, z = σ(gates_r,z + W_h h + b_h),  n = tanh(gates_n + r ⊙ (W_hn h + b_hn)),  h′ = (1 − z) ⊙ n + z ⊙ h
    ///     gates [B,3H], self = h [B,H], Wh [H,3H], bh [3H] → [B,H]
    ///
    /// - Parameter inputGates: W_i x + b_i in the order r, z, n. Computed outside, because it can often be computed for
    ///   all steps at once.
    public func gruStep(inputGates: Tensor, weight: Tensor, bias: Tensor) throws -> Tensor {
        try expect(shape.rank == 2, "gruStep: the state has shape \(shape), expected [B,H]")
        let (rows, units) = (shape[0], shape[1])
        try expect(inputGates.shape, is: Shape(rows, 3 * units), "gruStep: inputGates", axes: "B,3H")
        try expect(weight.shape, is: Shape(units, 3 * units), "gruStep: the weight", axes: "H,3H")
        try expect(bias.shape, is: Shape(3 * units), "gruStep: the bias", axes: "3H")
        let workspace = weight.storage.workspace
        let h = self
        let (next, tape) = Tensor.result(shape, of: self, inputGates, weight, bias)
        let fromState = Storage(count: rows * 3 * units, requiresGradient: false, workspace: workspace)
        let gates = Storage(count: rows * 3 * units, requiresGradient: false, workspace: workspace)
        matrixProduct(
            rows, 3 * units, units, pointer, rowStride: units, columnStride: 1, weight.pointer, rowStride: 3 * units,
            into: fromState.pointer, rowStride: 3 * units, accumulate: false, workspace, base: bias.pointer)
        gruForward(
            rows, units, fromInput: inputGates.pointer, fromState: fromState.pointer, state: pointer,
            gates: gates.pointer, next: next.pointer)
        withExtendedLifetime((fromState, gates)) {}

        tape?.record {
            guard let dNext = next.arrivedGradient else { return }
            workspace.withScratch(rows * 7 * units) { scratch in
                let (dInput, dState) = (scratch, scratch + rows * 3 * units)
                // The carry is added to something even where nobody wants the state's gradient.
                let dh = h.requiresGradient ? h.gradientPointer : scratch + rows * 6 * units
                gruBackward(
                    rows, units, dNext: dNext, gates: gates.pointer, fromState: fromState.pointer, state: h.pointer,
                    dInput: dInput, dState: dState, dCarry: dh)
                if inputGates.requiresGradient {
                    let (target, accumulate) = inputGates.gradientTarget()
                    if accumulate {
                        add(rows * 3 * units, target, dInput, into: target)
                    } else {
                        target.update(from: dInput, count: rows * 3 * units)
                    }
                }
                stateBackward(rows, units, 3 * units, dState, h, weight, bias)
            }
        }
        return next
    }

    /// One LSTM step (Hochreiter & Schmidhuber 1997, with the forget gate of Gers et al. 2000).
    ///
    ///     i, f, o = σ(·), g = tanh(·) of gates + W_h h + b_h,  c′ = f ⊙ c + i ⊙ g,  h′ = o ⊙ tanh c′
    ///     gates [B,4H], self = h [B,H], cell [B,H], Wh [H,4H], bh [4H] → h′ [B,H], c′ [B,H]
    ///
    /// - Parameter inputGates: W_i x + b_i in the order i, f, g, o.
    public func lstmStep(
        inputGates: Tensor, cell: Tensor, weight: Tensor, bias: Tensor
    ) throws -> (state: Tensor, cell: Tensor) {
        try expect(shape.rank == 2, "lstmStep: the state has shape \(shape), expected [B,H]")
        let (rows, units) = (shape[0], shape[1])
        try expect(cell.shape, is: shape, "lstmStep: the cell", axes: "B,H")
        try expect(inputGates.shape, is: Shape(rows, 4 * units), "lstmStep: inputGates", axes: "B,4H")
        try expect(weight.shape, is: Shape(units, 4 * units), "lstmStep: the weight", axes: "H,4H")
        try expect(bias.shape, is: Shape(4 * units), "lstmStep: the bias", axes: "4H")
        let workspace = weight.storage.workspace
        let h = self
        let (next, tape) = Tensor.result(shape, of: self, inputGates, weight, bias, cell)
        let (nextCell, _) = Tensor.result(shape, of: self, inputGates, weight, bias, cell)
        let gates = Storage(count: rows * 4 * units, requiresGradient: false, workspace: workspace)
        fillRows(rows, 4 * units, with: bias.pointer, into: gates.pointer)
        add(rows * 4 * units, gates.pointer, inputGates.pointer, into: gates.pointer)
        matrixProduct(
            rows, 4 * units, units, pointer, rowStride: units, columnStride: 1, weight.pointer, rowStride: 4 * units,
            into: gates.pointer, rowStride: 4 * units, accumulate: true, workspace)
        lstmForward(
            rows, units, gates: gates.pointer, cell: cell.pointer, nextCell: nextCell.pointer, next: next.pointer)
        withExtendedLifetime(gates) {}

        tape?.record {
            let (dNext, dNextCell) = (next.arrivedGradient, nextCell.arrivedGradient)
            if dNext == nil && dNextCell == nil { return }
            workspace.withScratch(rows * 5 * units) { scratch in
                let spare = scratch + rows * 4 * units
                let dCell = cell.requiresGradient ? cell.gradientPointer : spare
                lstmBackward(
                    rows, units, dNext: dNext, dNextCell: dNextCell, gates: gates.pointer, cell: cell.pointer,
                    nextCell: nextCell.pointer,
                    dGates: scratch, dCell: dCell)
                if inputGates.requiresGradient {
                    let target = inputGates.gradientPointer
                    add(rows * 4 * units, target, scratch, into: target)
                }
                stateBackward(rows, units, 4 * units, scratch, h, weight, bias)
            }
        }
        return (next, nextCell)
    }

    /// Zeroes the rows that are not kept: how a sentence that has ended (or, read backwards, not begun) is held at the
    /// zero state.
    ///
    ///     [B,H] → [B,H]
    public func keepingRows(_ kept: [Bool]) throws -> Tensor {
        try expect(
            shape.rank == 2 && kept.count == shape[0],
            "keepingRows: \(kept.count) flags for a tensor of shape \(shape), expected one a row")
        let (y, tape) = Tensor.result(shape, of: self)
        let width = shape[1]
        for (r, keep) in kept.enumerated() {
            if keep {
                (y.pointer + r * width).update(from: pointer + r * width, count: width)
            } else {
                (y.pointer + r * width).update(repeating: 0, count: width)
            }
        }
        let x = self
        tape?.record {
            guard let dy = y.arrivedGradient else { return }
            for (r, keep) in kept.enumerated() where keep {
                add(width, x.gradientPointer + r * width, dy + r * width, into: x.gradientPointer + r * width)
            }
        }
        return y
    }
}

/// The way back through W_h h + b_h, the same for both cells.
private func stateBackward(
    _ rows: Int, _ units: Int, _ width: Int, _ dState: UnsafeMutablePointer<Scalar>,
    _ h: Tensor, _ weight: Tensor, _ bias: Tensor
) {
    if h.requiresGradient, let tape = h.storage.workspace.tape {
        matrixProduct(
            rows, units, width, dState, rowStride: width, columnStride: 1, tape.transposed(weight, units, width),
            rowStride: units,
            into: h.gradientPointer, rowStride: units, accumulate: true, weight.storage.workspace)
    }
    if weight.requiresGradient {
        matrixProduct(
            units, width, rows, h.pointer, rowStride: 1, columnStride: units, dState, rowStride: width,
            into: weight.gradientPointer, rowStride: width, accumulate: true, weight.storage.workspace)
    }
    if bias.requiresGradient { addColumnSums(rows, width, dState, into: bias.gradientPointer) }
}
