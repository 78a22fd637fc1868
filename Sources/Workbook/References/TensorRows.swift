// Between plain arrays and tensors.

public import AttentionLab

extension Tensor {
    /// The numbers as rows of the last axis.
    public var rows: [[Double]] {
        let numbers = values.map { Double($0) }, width = shape.last
        return width == 0 ? [] : stride(from: 0, to: numbers.count, by: width).map { Array(numbers[$0..<($0 + width)]) }
    }

    /// The query of one sentence, [1,D].
    static func query(_ numbers: [Double]) throws -> Tensor {
        try Tensor(numbers.map { Scalar($0) }, shape: [1, numbers.count])
    }

    /// The states of one sentence, [1,S,D].
    static func states(_ rows: [[Double]]) throws -> Tensor {
        try Tensor(rows.flatMap { $0.map { Scalar($0) } }, shape: [1, rows.count, rows.first?.count ?? 0])
    }
}
