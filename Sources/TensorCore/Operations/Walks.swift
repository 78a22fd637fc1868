// Where a walk along the source stands after one more step, as a mean over all that could have happened.
// B batch, S source positions; beyond the real words of a sentence everything is 0.

import VectorMath

/// What becomes of the weight that would leave a sentence at its end.
public enum WalkEnding: Sendable {
    /// It is lost: rows sum to at most 1, and what is missing looks at nothing.
    case open
    /// The last real word keeps it: rows that began with a sum of 1 go on with it.
    case last
}

extension Tensor {
    /// α_t of a walk that goes on from α_{t−1} and stops at each word that it comes to with the probability p there
    /// (Raffel et al. 2017, eq. 13 and 14).
    ///
    ///     p [B,S], α_{t−1} [B,S] → α_t [B,S]
    ///     q_j = (1 − p_{j−1}) q_{j−1} + α_{t−1,j},   α_{t,j} = p_j q_j
    ///
    /// Not their closed form with a cumulative sum over a cumulative product: that divides by a product which
    /// underflows, and with the clamps against it the rows of ordinary sentences lose most of their sum.
    ///
    /// - Complexity: B·S multiply-adds, one after the other in a sentence.
    public func walked(from before: Tensor, lengths: [Int], ending: WalkEnding) throws -> Tensor {
        let endsHere = ending == .last
        try expectWalk("walked", before, lengths)
        let source = shape[1], p = self
        let (y, tape) = Tensor.result(shape, of: self, before)
        let arriving = Storage(count: count, requiresGradient: false, workspace: y.storage.workspace)
        for (b, n) in lengths.enumerated() {
            let row = b * source
            walk(
                n, p: pointer + row, before: before.pointer + row, endsHere: endsHere,
                arriving: arriving.pointer + row, into: y.pointer + row)
            (y.pointer + row + n).update(repeating: 0, count: source - n)
        }
        withExtendedLifetime(arriving) {}
        tape?.record {
            guard let dy = y.arrivedGradient else { return }
            let dp = p.requiresGradient ? p.gradientPointer : nil
            let dbefore = before.requiresGradient ? before.gradientPointer : nil
            for (b, n) in lengths.enumerated() {
                let row = b * source
                walkBackward(
                    n, p: p.pointer + row, arriving: arriving.pointer + row, endsHere: endsHere, dstops: dy + row,
                    dp: dp.map { $0 + row }, dbefore: dbefore.map { $0 + row })
            }
        }
        return y
    }

    /// α_t of a walk that stays at its word with the probability there, and else goes on by exactly one word
    /// (He et al. 2019, eq. 8).
    ///
    ///     stay [B,S], α_{t−1} [B,S] → α_t [B,S]
    ///     α_{t,j} = α_{t−1,j} stay_j + α_{t−1,j−1} (1 − stay_{j−1})
    ///
    /// - Complexity: B·S multiply-adds.
    public func stepped(from before: Tensor, lengths: [Int], ending: WalkEnding) throws -> Tensor {
        let endsHere = ending == .last
        try expectWalk("stepped", before, lengths)
        let source = shape[1], stay = self
        let (y, tape) = Tensor.result(shape, of: self, before)
        for (b, n) in lengths.enumerated() {
            let row = b * source
            move(
                n, stay: pointer + row, before: before.pointer + row, endsHere: endsHere, into: y.pointer + row)
            (y.pointer + row + n).update(repeating: 0, count: source - n)
        }
        tape?.record {
            guard let dy = y.arrivedGradient else { return }
            let dstay = stay.requiresGradient ? stay.gradientPointer : nil
            let dbefore = before.requiresGradient ? before.gradientPointer : nil
            for (b, n) in lengths.enumerated() {
                let row = b * source
                moveBackward(
                    n, stay: stay.pointer + row, before: before.pointer + row, endsHere: endsHere, dmoved: dy + row,
                    dstay: dstay.map { $0 + row }, dbefore: dbefore.map { $0 + row })
            }
        }
        return y
    }

    private func expectWalk(_ operation: String, _ before: Tensor, _ lengths: [Int]) throws {
        try expect(
            shape.rank == 2 && lengths.count == shape[0],
            "\(operation): the probabilities have shape \(shape) for \(lengths.count) sentence lengths, expected [B,S] and B lengths"
        )
        try expect(before.shape, is: shape, "\(operation): the tensor of weights to go on from", axes: "B,S")
        try expectWords(lengths, of: shape[1], operation)
    }
}

// MARK: one walk, in the place of the mean over all

extension Tensor {
    /// The first word from `starts` on whose number is above 0; nil where there is none. Not recorded: no gradient
    /// flows through a choice.
    ///
    ///     [B,S] → a word for each sentence
    public func firstPositive(from starts: [Int], lengths: [Int]) throws -> [Int?] {
        try expectPlaces("firstPositive", starts, lengths)
        let source = shape[1]
        return withExtendedLifetime(storage) {
            lengths.indices.map { b in (starts[b]..<lengths[b]).first { pointer[b * source + $0] > 0 } }
        }
    }

    /// For each sentence the number at its place. Not recorded.
    ///
    ///     [B,S] → a number for each sentence
    public func at(_ places: [Int], lengths: [Int]) throws -> [Scalar] {
        try expectPlaces("at", places, lengths)
        let source = shape[1]
        return withExtendedLifetime(storage) { places.indices.map { pointer[$0 * source + places[$0]] } }
    }

    private func expectPlaces(_ operation: String, _ places: [Int], _ lengths: [Int]) throws {
        try expect(
            shape.rank == 2 && lengths.count == shape[0] && places.count == shape[0],
            "\(operation): shape \(shape) with \(places.count) places and \(lengths.count) sentence lengths, expected [B,S] and B of each"
        )
        try expectWords(lengths, of: shape[1], operation)
        if let b = places.indices.first(where: { places[$0] < 0 || places[$0] >= lengths[$0] }) {
            throw ShapeError(
                "\(operation): place \(places[b]) of sentence \(b) is outside its words 0 to \(lengths[b] - 1)")
        }
    }
}
