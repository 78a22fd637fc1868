// The two layers over a source word's embedding: what it says, and where it goes on.

import TensorCore

/// h = tanh(M e + b). M begins as the identity, b as zeros: a word's state is its embedding.
struct StateLayer {
    /// [E,E], [E].
    let M: Tensor, b: Tensor

    init(M: Tensor, b: Tensor) { (self.M, self.b) = (M, b) }

    init(_ builder: inout ParameterBuilder, width: Int) throws {
        let identity = (0..<width * width).map { Scalar($0 / width == $0 % width ? 1 : 0) }
        M = try builder.bias("M", initially: identity).reshaped([width, width])
        b = builder.bias("b", width)
    }

    /// [U,E] → [U,E].
    func states(_ embedded: Tensor) throws -> Tensor { try embedded.matmul(M, adding: b).tanh() }
}

/// J[d] + (R e)[d] for steps of d = −8 … 8 words. J begins as −0.3 |d − 1|: the next word is the likeliest; R as zeros.
struct JumpScores {
    /// Steps of more words than this cost alike for each word more.
    static let radius = 8
    /// What a word more beyond the radius costs.
    static let far: Scalar = 0.3
    static let count = 2 * radius + 1

    /// [17], and [E,17] or nil.
    let J: Tensor, R: Tensor?

    init(J: Tensor, R: Tensor?) { (self.J, self.R) = (J, R) }

    /// - Parameter width: that of embeddings; nil where no word has steps of its own.
    init(_ builder: inout ParameterBuilder, width: Int?) throws {
        J = builder.bias("J", initially: (-Self.radius...Self.radius).map { -0.3 * Scalar(abs($0 - 1)) })
        R = try width.map { try builder.bias("R", $0 * Self.count).reshaped([$0, Self.count]) }
    }

    /// [U,E] → [U,17].
    func scores(_ embedded: Tensor) throws -> Tensor {
        if let R { return try embedded.matmul(R, adding: J) }
        return try Tensor.zeros([embedded.shape[0], Self.count], near: embedded) + J
    }

    /// The prior of a batch [B,S+1,S+1].
    ///
    /// - Parameters:
    ///   - embedded: of the different words [U,E].
    ///   - places: [B·(S+1)], which of them stands where.
    func weights(_ embedded: Tensor, places: [Int], lengths: [Int]) throws -> Tensor {
        try scores(embedded).jumpWeights(rows: places, lengths: lengths, far: Self.far)
    }
}
