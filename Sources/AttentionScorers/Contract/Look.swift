// What one look at the source found.

public import TensorCore

/// Weights and context, and what the scorer wants back at its next look.
public struct Look {
    /// α [B,S]: the alignment, which becomes `past.previous` and a part of the coverage.
    public let weights: Tensor
    /// c [B,D].
    public let context: Tensor
    /// [B,·]: comes back as `past.carried`; a beam forks it by row. nil for nothing.
    public let carried: Tensor?
    /// Where the heads have looked so far, a row for each head of each sentence; nil without heads.
    public let heads: Past?

    public init(weights: Tensor, context: Tensor, carried: Tensor? = nil, heads: Past? = nil) {
        (self.weights, self.context, self.carried, self.heads) = (weights, context, carried, heads)
    }
}
