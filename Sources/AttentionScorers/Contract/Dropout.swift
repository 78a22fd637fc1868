// Dropout: in a training step some numbers are left out, so that no two can rely on each other.
// Srivastava et al. 2014, "Dropout: a simple way to prevent neural networks from overfitting"; of attention weights
// Vaswani et al. 2017's code.
//
//   y = x ⊙ m / (1 − p),   m 0 with probability p, 1 otherwise

public import TensorCore

/// Which share of numbers a training step leaves out.
public struct DropoutRates: Sendable, Equatable {
    /// Of the encoder's states and of readouts.
    public var hidden: Double
    /// Of attention weights.
    public var attention: Double

    public init(hidden: Double = 0, attention: Double = 0) { (self.hidden, self.attention) = (hidden, attention) }
}

extension Noise {
    /// x with some numbers left out, at the rate of hidden layers; x itself where the rate is 0.
    /// - Parameter purpose: what x is. Each has a stream of its own.
    public func dropping(_ x: Tensor, _ purpose: String) throws -> Tensor {
        try dropout.hidden > 0 ? dropping(x, dropout.hidden, "dropout of \(purpose)") : x
    }

    fileprivate func dropping(_ x: Tensor, _ rate: Double, _ purpose: String) throws -> Tensor {
        guard rate > 0 else { return x }
        let kept = Scalar(1 / (1 - rate))
        let mask = uniform(x.count, purpose).map { $0 < rate ? 0 : kept }
        return try x * Tensor.constant(mask, shape: x.shape, near: x)
    }
}

extension Weighting {
    /// What the context is made of, of weights α [B,S]: in a training step some of them are left out. They are not
    /// divided by their sum, and the alignment stays α. A scorer with a `look` of its own asks for it too.
    public func kept(_ weights: Tensor) throws -> Tensor {
        guard let noise else { return weights }
        return try noise.dropping(weights, noise.dropout.attention, "attention dropout")
    }
}
