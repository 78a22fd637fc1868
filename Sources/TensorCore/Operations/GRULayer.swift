// A GRU over a whole padded batch of sentences, as one node of the tape: the fast form of a loop over `gruStep`.

import VectorMath

extension Tensor {
    /// Runs a GRU over every step of `self`, which holds the input gates of all of them.
    ///
    ///     gates [S,B,3H], Wh [H,3H], bh [3H] → states [S,B,H], zero beyond each sentence's length
    ///
    /// - Parameter reversed: from each sentence's last real token to its first.
    /// - Complexity: S·B·3H² multiply-adds forward. The weight's gradient is one product over all steps, not one a
    ///   step.
    public func gruLayer(weight: Tensor, bias: Tensor, lengths: [Int], reversed: Bool) throws -> Tensor {
        try expect(shape.rank == 3 && shape[2] % 3 == 0, "gruLayer: the gates have shape \(shape), expected [S,B,3H]")
        let (steps, batch, units) = (shape[0], shape[1], shape[2] / 3)
        try expect(weight.shape, is: Shape(units, 3 * units), "gruLayer: the weight", axes: "H,3H")
        try expect(bias.shape, is: Shape(3 * units), "gruLayer: the bias", axes: "3H")
        try expect(lengths.count == batch, "gruLayer: \(lengths.count) lengths for a batch of \(batch)")
        let workspace = weight.storage.workspace
        let (states, tape) = Tensor.result(Shape(steps, batch, units), of: self, weight, bias)
        let (block, gateBlock) = (batch * units, batch * 3 * units)
        let gates = Storage(count: steps * gateBlock, requiresGradient: false, workspace: workspace)
        let fromState = Storage(count: steps * gateBlock, requiresGradient: false, workspace: workspace)
        /// Step times in the order the layer runs; the state before the first is zero.
        let order = reversed ? Array((0..<steps).reversed()) : Array(0..<steps)
        let zero = Storage(count: block, requiresGradient: false, workspace: workspace)
        zero.pointer.update(repeating: 0, count: block)

        func before(_ position: Int) -> UnsafeMutablePointer<Scalar> {
            position == 0 ? zero.pointer : states.pointer + order[position - 1] * block
        }
        for (position, t) in order.enumerated() {
            let sums = fromState.pointer + t * gateBlock
            if position == 0 {
                fillRows(batch, 3 * units, with: bias.pointer, into: sums)
            } else {
                matrixProduct(
                    batch, 3 * units, units, before(position), rowStride: units, columnStride: 1, weight.pointer,
                    rowStride: 3 * units,
                    into: sums, rowStride: 3 * units, accumulate: false, workspace, base: bias.pointer)
            }
            gruForward(
                batch, units, fromInput: pointer + t * gateBlock, fromState: sums, state: before(position),
                gates: gates.pointer + t * gateBlock, next: states.pointer + t * block)
            zeroEnded(states.pointer + t * block, at: t, lengths, units)
        }

        let inputGates = self
        tape?.record {
            // Used as working memory: each step adds to the gradient of the state before it. Nobody reads it
            // afterwards.
            guard let arrived = states.arrivedGradient else { return }
            let transposed = Storage(count: units * 3 * units, requiresGradient: false, workspace: workspace)
            transpose(units, 3 * units, weight.pointer, rowStride: 3 * units, into: transposed.pointer)
            let dInput = Storage(count: steps * gateBlock, requiresGradient: false, workspace: workspace)
            let dState = Storage(count: steps * gateBlock, requiresGradient: false, workspace: workspace)
            // States before each step, in the order of time, for the one product of the weight's gradient.
            let previous = Storage(count: steps * block, requiresGradient: false, workspace: workspace)
            let nobody = Storage(count: block, requiresGradient: false, workspace: workspace)
            nobody.pointer.update(repeating: 0, count: block)
            for (position, t) in order.enumerated().reversed() {
                (previous.pointer + t * block).update(from: before(position), count: block)
                zeroEnded(arrived + t * block, at: t, lengths, units)
                let dBefore = position == 0 ? nobody.pointer : arrived + order[position - 1] * block
                gruBackward(
                    batch, units, dNext: arrived + t * block, gates: gates.pointer + t * gateBlock,
                    fromState: fromState.pointer + t * gateBlock,
                    state: before(position),
                    dInput: dInput.pointer + t * gateBlock, dState: dState.pointer + t * gateBlock, dCarry: dBefore)
                if position > 0 {
                    matrixProduct(
                        batch, units, 3 * units, dState.pointer + t * gateBlock, rowStride: 3 * units, columnStride: 1,
                        transposed.pointer, rowStride: units,
                        into: dBefore, rowStride: units, accumulate: true, workspace)
                }
            }
            if inputGates.requiresGradient {
                let target = inputGates.gradientPointer
                add(steps * gateBlock, target, dInput.pointer, into: target)
            }
            if weight.requiresGradient {
                matrixProduct(
                    units, 3 * units, steps * batch, previous.pointer, rowStride: 1, columnStride: units,
                    dState.pointer, rowStride: 3 * units,
                    into: weight.gradientPointer, rowStride: 3 * units, accumulate: true, workspace)
            }
            if bias.requiresGradient {
                addColumnSums(steps * batch, 3 * units, dState.pointer, into: bias.gradientPointer)
            }
            withExtendedLifetime((transposed, dInput, dState, previous, nobody, zero, gates, fromState)) {}
        }
        withExtendedLifetime((gates, fromState, zero)) {}
        return states
    }
}

/// Zeroes the rows of the sentences that have no token at time `t`.
private func zeroEnded(_ rows: UnsafeMutablePointer<Scalar>, at t: Int, _ lengths: [Int], _ units: Int) {
    for (b, length) in lengths.enumerated() where t >= length { (rows + b * units).update(repeating: 0, count: units) }
}
