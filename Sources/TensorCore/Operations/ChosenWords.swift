// Log probabilities of a few words under a softmax over all of them, for many states at once: what is asked of a
// translation table that is computed and not stored.
//
// N states of width E, V words. A word costs nothing but its inner product; what costs is each state's normaliser, once,
// however many words are asked of it. [N,V] is written once, as exp(x − max x), while blocks of it are in the cache;
// the gradient is never written, because it is that matrix times a number for each row, and a few words more:
//
//   G_n = Σ g of the words asked of state n      p = softmax(O h_n + o)      E_p[O] = Σ_v p_v O_v
//   dh_n = Σ g O_v − G_n E_p[O]      dO_v = Σ g h_n − Σ_n G_n p_v h_n      do_v = Σ g − Σ_n G_n p_v

import Foundation
import VectorMath

/// A word whose log probability is asked of a state.
public struct ChosenWord: Sendable, Equatable {
    public var state: Int, word: Int

    public init(state: Int, word: Int) { (self.state, self.word) = (state, word) }

    /// Stands for padding: has the log probability `Tensor.outOfReach`, and no gradient.
    public static let none = ChosenWord(state: -1, word: -1)
}

extension Tensor {
    /// log softmax(O h_n + o)[v] for each (n, v) that is chosen.
    ///
    ///     self = h [N,E] , O [V,E] , o [V] , C choices → [C]
    ///
    /// - Complexity: N·V exponentials and 3·N·V·E multiply-adds with the way back; N·V numbers are kept for it. Without
    ///   a way back N·V·E, and a block of rows.
    public func logProbabilities(
        of words: [ChosenWord], weights O: Tensor, bias o: Tensor
    ) throws -> Tensor {
        try expect(shape.rank == 2, "logProbabilities: the states have shape \(shape), expected [N,E]")
        try expect(
            O.shape.rank == 2 && O.shape[1] == shape[1],
            "logProbabilities: the words' weights have shape \(O.shape), expected [V,E] with E = \(shape[1])")
        try expect(o.shape, is: Shape(O.shape[0]), "logProbabilities: the bias", axes: "V")
        if let bad = words.first(where: { !($0 == .none || 0..<shape[0] ~= $0.state && 0..<O.shape[0] ~= $0.word) }) {
            throw ShapeError(
                "logProbabilities: word \(bad.word) was asked of state \(bad.state), but there are \(O.shape[0]) words "
                    + "and \(shape[0]) states")
        }
        let (y, tape) = Tensor.result(Shape(words.count), of: self, O, o)
        let softmax = AllWords(states: self, O, o, near: y, isKept: tape != nil)
        softmax.choose(words, into: y.pointer)
        tape?.record {
            guard let dy = y.arrivedGradient else { return }
            softmax.backward(words, dy)
        }
        return y
    }

    /// log Σ_v exp(O h_n + o)_v of each state.
    ///
    ///     self = h [N,E] , O [V,E] , o [V] → N numbers
    public func logNormalisers(weights O: Tensor, bias o: Tensor) throws -> [Scalar] {
        try expect(
            shape.rank == 2 && O.shape.rank == 2 && O.shape[1] == shape[1] && o.shape == Shape(O.shape[0]),
            "logNormalisers: shapes \(shape), \(O.shape) and \(o.shape), expected [N,E], [V,E] and [V]")
        return AllWords(states: self, O, o, near: self, isKept: false).logNormalisers
    }
}

/// softmax(O h + o) of every state, as exponentials and their sums.
private struct AllWords {
    let states: Tensor, O: Tensor, o: Tensor
    /// N, E and V.
    let count: Int, width: Int, vocabulary: Int
    /// exp(x − max x) [N,V], of all states or of one block.
    let exponentials: Storage
    /// E_p[O] [N,E].
    let expected: Storage?
    /// log Σ exp x, and 1 / Σ exp(x − max x), of each state.
    private(set) var logNormalisers: [Scalar] = [], shares: [Scalar] = []

    /// States whose words are in the cache together: with more, E_p[O] would read them from memory; with fewer, copying
    /// panels of O would cost more than it brings.
    private static let block = 48

    init(states: Tensor, _ O: Tensor, _ o: Tensor, near result: Tensor, isKept: Bool) {
        (self.states, self.O, self.o) = (states, O, o)
        (count, width, vocabulary) = (states.shape[0], states.shape[1], O.shape[0])
        let workspace = result.storage.workspace
        func storage(_ count: Int) -> Storage {
            Storage(count: count, requiresGradient: false, workspace: workspace)
        }
        exponentials = storage((isKept ? count : min(count, Self.block)) * vocabulary)
        expected = isKept ? storage(count * width) : nil
        let turned = storage(width * vocabulary)
        transpose(vocabulary, width, O.pointer, rowStride: width, into: turned.pointer)
        for first in stride(from: 0, to: count, by: Self.block) {
            let rows = min(Self.block, count - first)
            let x = exponentials.pointer + (isKept ? first * vocabulary : 0)
            matrixProduct(
                rows, vocabulary, width, states.pointer + first * width, rowStride: width, columnStride: 1,
                turned.pointer, rowStride: vocabulary, into: x, rowStride: vocabulary, accumulate: false, workspace,
                base: o.pointer)
            for row in 0..<rows {
                let (greatest, total) = shiftedExponentials(
                    vocabulary, x + row * vocabulary, into: x + row * vocabulary)
                logNormalisers.append(greatest + log(total))
                shares.append(1 / total)
            }
            guard let expected else { continue }
            let mean = expected.pointer + first * width
            matrixProduct(
                rows, width, vocabulary, x, rowStride: vocabulary, columnStride: 1, O.pointer, rowStride: width,
                into: mean, rowStride: width, accumulate: false, workspace)
            for row in 0..<rows { scale(width, mean + row * width, by: shares[first + row], into: mean + row * width) }
        }
    }

    func choose(_ words: [ChosenWord], into y: UnsafeMutablePointer<Scalar>) {
        for (place, choice) in words.enumerated() {
            guard choice != .none else {
                y[place] = Tensor.outOfReach
                continue
            }
            let (n, v) = (choice.state, choice.word)
            y[place] =
                innerProduct(width, states.pointer + n * width, O.pointer + v * width) + o.pointer[v]
                - logNormalisers[n]
        }
    }

    func backward(_ words: [ChosenWord], _ dy: UnsafePointer<Scalar>) {
        var sums = [Scalar](repeating: 0, count: count)
        let dh = states.requiresGradient ? states.gradientPointer : nil
        let dO = O.requiresGradient ? O.gradientPointer : nil, dBias = o.requiresGradient ? o.gradientPointer : nil
        for (place, choice) in words.enumerated() where choice != .none {
            let (n, v, g) = (choice.state, choice.word, dy[place])
            sums[n] += g
            if let dh { addScaled(width, O.pointer + v * width, by: g, into: dh + n * width) }
            if let dO { addScaled(width, states.pointer + n * width, by: g, into: dO + v * width) }
            dBias?[v] += g
        }
        if let dh, let expected {
            for n in 0..<count { addScaled(width, expected.pointer + n * width, by: -sums[n], into: dh + n * width) }
        }
        subtractExpected(sums, dO, dBias)
    }

    /// dO_v −= Σ_n G_n p_v h_n and do_v −= Σ_n G_n p_v, as one product [E+1,N] · [N,V]: its last row is that of a state
    /// that is always 1.
    private func subtractExpected(
        _ sums: [Scalar], _ dO: UnsafeMutablePointer<Scalar>?, _ dBias: UnsafeMutablePointer<Scalar>?
    ) {
        let workspace = exponentials.workspace, rows = width + 1
        workspace.withScratch(count * rows) { weighted in
            for n in 0..<count {
                let share = -sums[n] * shares[n]
                scale(width, states.pointer + n * width, by: share, into: weighted + n * rows)
                weighted[n * rows + width] = share
            }
            workspace.withScratch(rows * vocabulary) { turned in
                matrixProduct(
                    rows, vocabulary, count, weighted, rowStride: 1, columnStride: rows, exponentials.pointer,
                    rowStride: vocabulary, into: turned, rowStride: vocabulary, accumulate: false, workspace)
                if let dBias { add(vocabulary, dBias, turned + width * vocabulary, into: dBias) }
                guard let dO else { return }
                workspace.withScratch(width * vocabulary) { change in
                    transpose(width, vocabulary, turned, rowStride: vocabulary, into: change)
                    add(width * vocabulary, dO, change, into: dO)
                }
            }
        }
    }
}
