// Where the decoder has looked so far, for scorers that ask.

public import TensorCore

/// The weights of earlier steps, on the tape: gradients flow back through time. Beams fork it by row.
public struct Past {
    /// [B,S]: the weights of the step before; zeros at the first step.
    public let previous: Tensor
    /// What the scorer's last look wanted back, [B,·]; nil where it wanted nothing, and at the first step.
    public let carried: Tensor?
    /// The weights not yet added to `sum`, oldest first. Summed when somebody asks, so that scorers which do not look
    /// at coverage do not pay for it.
    private var unsummed: [Tensor]
    private var sum: Tensor
    /// Number of steps taken.
    public let steps: Int
    /// The past of the heads, or nothing: in an array, because a value cannot hold one of its own kind.
    private let headed: [Past]

    /// Where the heads have looked, as a past of B·N sentences; nil without heads, and at the first step.
    public var heads: Past? { headed.first }

    /// Before the first step.
    public init(before memory: Memory) {
        let zeros = Tensor.zeros([memory.batch, memory.source], near: memory.states)
        self.init(previous: zeros, coverage: zeros, steps: 0)
    }

    public init(previous: Tensor, coverage: Tensor, steps: Int, carried: Tensor? = nil, heads: Past? = nil) {
        self.init(previous, sum: coverage, unsummed: [], steps: steps, carried, heads)
    }

    private init(_ previous: Tensor, sum: Tensor, unsummed: [Tensor], steps: Int, _ carried: Tensor?, _ heads: Past?) {
        (self.previous, self.carried, self.steps) = (previous, carried, steps)
        (self.sum, self.unsummed) = (sum, unsummed)
        headed = heads.map { [$0] } ?? []
    }

    /// [B,S]: the sum of all earlier weights (See et al. 2017, eq. 10).
    public func coverage() throws -> Tensor {
        try unsummed.reduce(sum) { try $0 + $1 }
    }

    /// α_{t−1} [B,S] of a walk along the source, which stands on the first word before its first step.
    public func walked(_ memory: Memory) throws -> Tensor {
        if steps > 0 { return previous }
        let first = (0..<memory.batch * memory.source).map { $0 % memory.source == 0 ? Scalar(1) : 0 }
        return try Tensor.constant(first, shape: [memory.batch, memory.source], near: memory.states)
    }

    /// After one more step.
    public func adding(_ look: Look, keepsCoverage: Bool) throws -> Past {
        let weights = look.weights
        if keepsCoverage {
            return try Past(
                weights, sum: coverage() + weights, unsummed: [], steps: steps + 1, look.carried, look.heads)
        }
        return Past(weights, sum: sum, unsummed: unsummed + [weights], steps: steps + 1, look.carried, look.heads)
    }

    /// The pasts of a choice of sentences or hypotheses.
    public func gathered(_ rows: [Int]) throws -> Past {
        try Past(
            previous: previous.gathered(rows), coverage: coverage().gathered(rows), steps: steps,
            carried: carried?.gathered(rows),
            heads: heads.map { try $0.gathered(headRows(rows, of: $0.previous.shape[0] / max(previous.shape[0], 1))) })
    }
}

/// The rows of the heads of some sentences: r → r·N … r·N + N − 1.
package func headRows(_ rows: [Int], of count: Int) -> [Int] {
    rows.flatMap { r in (0..<count).map { r * count + $0 } }
}
