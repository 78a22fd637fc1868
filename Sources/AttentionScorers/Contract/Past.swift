// Where the decoder has looked so far, for scorers that ask.

public import TensorCore

/// The weights of earlier steps, on the tape: gradients flow back through time. Beams fork it by row.
public struct Past {
    /// [B,S]: the weights of the step before; zeros at the first step.
    public let previous: Tensor
    /// The weights not yet added to `sum`, oldest first. Summed when somebody asks, so that scorers which do not look
    /// at coverage do not pay for it.
    private var unsummed: [Tensor]
    private var sum: Tensor
    /// Number of steps taken.
    public let steps: Int

    /// Before the first step.
    public init(before memory: Memory) {
        let zeros = Tensor.zeros([memory.batch, memory.source], near: memory.states)
        self.init(previous: zeros, coverage: zeros, steps: 0)
    }

    public init(previous: Tensor, coverage: Tensor, steps: Int) {
        self.previous = previous
        sum = coverage
        unsummed = []
        self.steps = steps
    }

    private init(previous: Tensor, sum: Tensor, unsummed: [Tensor], steps: Int) {
        self.previous = previous
        self.sum = sum
        self.unsummed = unsummed
        self.steps = steps
    }

    /// [B,S]: the sum of all earlier weights (See et al. 2017, eq. 10).
    public func coverage() throws -> Tensor {
        try unsummed.reduce(sum) { try $0 + $1 }
    }

    /// After one more step.
    public func adding(_ weights: Tensor, keepsCoverage: Bool) throws -> Past {
        if keepsCoverage { return try Past(previous: weights, coverage: coverage() + weights, steps: steps + 1) }
        return Past(previous: weights, sum: sum, unsummed: unsummed + [weights], steps: steps + 1)
    }

    /// The pasts of a choice of sentences or hypotheses.
    public func gathered(_ rows: [Int]) throws -> Past {
        try Past(previous: previous.gathered(rows), coverage: coverage().gathered(rows), steps: steps)
    }
}
