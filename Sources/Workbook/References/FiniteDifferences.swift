// The slope of a function by trying it out: what a gradient that was derived by hand must agree with.

import AttentionLab

/// Central differences (f(x + h) − f(x − h)) / 2h, one for each number. In Double with h = 10⁻⁵ they are right to about
/// nine digits.
enum FiniteDifferences {
    static func gradient(
        at point: [Double], step h: Double = 1e-5, _ f: ([Double]) throws -> Double
    ) rethrows -> [Double] {
        try point.indices.map { i in
            var up = point, down = point
            up[i] += h
            down[i] -= h
            return try (f(up) - f(down)) / (up[i] - down[i])
        }
    }

    static func gradient(
        at point: [[Double]], step h: Double = 1e-5, _ f: ([[Double]]) throws -> Double
    ) rethrows -> [[Double]] {
        try point.indices.map { r in
            try gradient(at: point[r], step: h) { row in
                var moved = point
                moved[r] = row
                return try f(moved)
            }
        }
    }

    /// What differences in Double can be trusted to.
    static let tolerance = 1e-7
    /// What the library's numbers can be trusted to: those are Float, except in a build for float64.
    static let libraryTolerance = MemoryLayout<Scalar>.size == 8 ? 1e-8 : 1e-4
}

extension Parameters {
    /// The gradient of one parameter as rows of its last axis; empty where there is no such parameter.
    func gradientRows(_ name: String) -> [[Double]] {
        guard let tensor = self[name] else { return [] }
        let numbers = tensor.gradient.map { Double($0) }, width = tensor.shape.last
        return width == 0 ? [] : stride(from: 0, to: numbers.count, by: width).map { Array(numbers[$0..<($0 + width)]) }
    }
}

extension ParameterBuilder {
    /// A parameter with given numbers, so that the tape computes its gradient.
    mutating func given(_ name: String, _ shape: Shape, _ values: [Double]) throws -> Tensor {
        let tensor = uniform(name, shape, bound: 0)
        try parameters.set(name, to: values.map { Scalar($0) })
        return tensor
    }
}
