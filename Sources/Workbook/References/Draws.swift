// Random inputs for checks, the same in every run.

import Randomness

extension RandomSource {
    /// Independent numbers with mean 0 and variance 1.
    mutating func normals(_ count: Int) -> [Double] { (0..<count).map { _ in normal() } }

    mutating func normals(_ rows: Int, _ width: Int) -> [[Double]] { (0..<rows).map { _ in normals(width) } }

    /// Between −1 and 1.
    mutating func uniforms(_ count: Int) -> [Double] { (0..<count).map { _ in 2 * uniform() - 1 } }

    mutating func uniforms(_ rows: Int, _ width: Int) -> [[Double]] { (0..<rows).map { _ in uniforms(width) } }

    /// Between −1 and 1 with two digits, so that a message can be followed by hand.
    mutating func rounded(_ count: Int) -> [Double] { uniforms(count).map { ($0 * 100).rounded() / 100 } }

    mutating func rounded(_ rows: Int, _ width: Int) -> [[Double]] { (0..<rows).map { _ in rounded(width) } }

    /// At least 0, together 1.
    mutating func weights(_ count: Int) -> [Double] {
        let positive = (0..<count).map { _ in 0.05 + uniform() }
        return positive.map { $0 / positive.reduce(0, +) }
    }
}
