// Where a target word comes from before it is known: three priors, each of which knows more than the one before.
// Brown et al. 1993, §4 (Model 1); Dyer et al. 2013, "A simple, fast, and effective reparameterization of IBM Model 2",
// §2; Vogel et al. 1996 (HMM). B pairs, S source words, T target words, place 0 before the first source word.

import TensorCore

/// Which prior a model of one direction has, in the order in which it is taught.
public enum PriorKind: Sendable, Equatable, CaseIterable {
    /// p(i) = 1/S: Model 1.
    case uniform
    /// p(i | t) ∝ exp(−λ |i/S − t/T|), λ learnt: Model 2 as in fast_align.
    case diagonal
    /// p(i | k) ∝ exp J[i − k] from place k of the word before: a hidden Markov model.
    case jumps
}

/// The prior of one batch, as numbers.
enum PositionPrior {
    /// W [T,B,S+1], whatever happened before; column 0 is 0.
    case places(Tensor)
    /// P [B,S+1,S+1], from place to place; column 0 is 0.
    case jumps(Tensor)

    /// Σ_k m[b,k] p(i | k, t).
    ///
    ///     m [B,S+1] → [B,S+1]
    func arriving(from m: Tensor, at t: Int) throws -> Tensor {
        switch self {
        case .places(let weights): try weights.slice(t)
        // What attention does with states, done with the rows of a table: their mean under the weights.
        case .jumps(let weights): try m.weightedSum(of: weights)
        }
    }

    static func uniform(_ lengths: PairLengths) throws -> PositionPrior {
        let row = lengths.source.flatMap { length in
            (0..<lengths.places).map { 1...length ~= $0 ? 1 / Scalar(length) : 0 }
        }
        let all = Array(repeatElement(row, count: lengths.targetWidth).joined())
        return .places(try Tensor(all, shape: [lengths.targetWidth, lengths.count, lengths.places]))
    }

    /// - Parameter steepness: λ [1].
    static func diagonal(_ lengths: PairLengths, steepness: Tensor) throws -> PositionPrior {
        let closeness = (1...lengths.targetWidth).flatMap { t in
            zip(lengths.source, lengths.target).flatMap { source, target in
                (0..<lengths.places).map { i -> Scalar in
                    i == 0 ? Tensor.outOfReach : -abs(Scalar(i) / Scalar(source) - Scalar(t) / Scalar(target))
                }
            }
        }
        let rows = lengths.targetWidth * lengths.count
        // Below 0 the place that is out of reach would have all the weight.
        let scores = try Tensor(closeness, shape: [rows, lengths.places]) * steepness.clamped(to: 0.01...1000)
        let real = Array(repeatElement(lengths.source.map { $0 + 1 }, count: lengths.targetWidth).joined())
        return .places(
            try scores.maskedSoftmax(lengths: real).reshaped([lengths.targetWidth, lengths.count, lengths.places]))
    }
}
