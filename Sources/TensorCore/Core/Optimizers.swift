// How gradients change parameters: plain descent, Adam, and clipping before either.

import Foundation
import VectorMath

extension Parameters {
    /// √ of the sum of squares of all gradients.
    public func gradientNorm() -> Double {
        var squares = 0.0
        for tensor in tensors {
            guard let gradient = tensor.storage.gradient else { continue }
            squares += Double(innerProduct(tensor.count, gradient.pointer, gradient.pointer))
        }
        return squares.squareRoot()
    }

    /// Scales all gradients together so that their norm is at most `limit` (Pascanu et al. 2013, §3.2). Returns the
    /// norm before.
    @discardableResult
    public func clipGradients(toNorm limit: Double) -> Double {
        let norm = gradientNorm()
        if norm > limit {
            for tensor in tensors {
                guard let gradient = tensor.storage.gradient else { continue }
                scale(tensor.count, gradient.pointer, by: Scalar(limit / (norm + 1e-6)), into: gradient.pointer)
            }
        }
        return norm
    }
}

/// Changes parameters by their gradients.
public protocol Optimizer {
    /// One step on every parameter that a gradient has arrived at. Leaves the gradients as they are.
    mutating func step(_ parameters: Parameters)
    /// Everything a checkpoint needs to go on as if never stopped, by name.
    var state: [String: [Scalar]] { get }
    mutating func restore(_ state: [String: [Scalar]]) throws
}

/// w ← w − η g.
public struct SGD: Optimizer {
    public var learningRate: Double

    public init(learningRate: Double = 0.1) { self.learningRate = learningRate }

    public mutating func step(_ parameters: Parameters) {
        for tensor in parameters.tensors {
            guard let gradient = tensor.storage.gradient else { continue }
            addScaled(tensor.count, gradient.pointer, by: Scalar(-learningRate), into: tensor.pointer)
        }
    }

    public var state: [String: [Scalar]] { [:] }
    public mutating func restore(_ state: [String: [Scalar]]) throws {}
}

/// Adam (Kingma & Ba 2015, algorithm 1):
///
///     m ← β₁ m + (1 − β₁) g,  v ← β₂ v + (1 − β₂) g²
///     w ← w − η (m / (1 − β₁ᵗ)) / (√(v / (1 − β₂ᵗ)) + ε)
public struct Adam: Optimizer {
    public var learningRate: Double
    public let beta1, beta2, epsilon: Double
    /// t, the number of steps made.
    public private(set) var steps = 0
    private var first: [[Scalar]] = []
    private var second: [[Scalar]] = []

    public init(learningRate: Double = 1e-3, beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Double = 1e-8) {
        self.learningRate = learningRate
        self.beta1 = beta1
        self.beta2 = beta2
        self.epsilon = epsilon
    }

    public mutating func step(_ parameters: Parameters) {
        if first.isEmpty {
            first = parameters.tensors.map { Array(repeating: 0, count: $0.count) }
            second = first
        }
        // A step cannot throw, and must not write beside the moments. Of a fatal error the sentence stays under -O.
        do { try check(fits: parameters) } catch { fatalError("\(error)") }
        steps += 1
        let correction1 = 1 - pow(beta1, Double(steps)), correction2 = 1 - pow(beta2, Double(steps))
        let rate = Scalar(learningRate / correction1), root = Scalar(1 / correction2.squareRoot())
        for (index, tensor) in parameters.tensors.enumerated() {
            guard let gradient = tensor.storage.gradient else { continue }
            first[index].withUnsafeMutableBufferPointer { m in
                second[index].withUnsafeMutableBufferPointer { v in
                    guard let m = m.baseAddress, let v = v.baseAddress else { return }
                    adamStep(
                        tensor.count, gradient: gradient.pointer, first: m, second: v, weights: tensor.pointer,
                        beta1: Scalar(beta1), beta2: Scalar(beta2), epsilon: Scalar(epsilon), rate: rate, root: root)
                }
            }
        }
    }

    public var state: [String: [Scalar]] {
        var all: [String: [Scalar]] = ["steps": [Scalar(steps)]]
        for index in first.indices {
            all["first.\(index)"] = first[index]
            all["second.\(index)"] = second[index]
        }
        return all
    }

    /// - Throws: where the state is not one that `state` gave.
    public mutating func restore(_ state: [String: [Scalar]]) throws {
        guard let count = state["steps"]?.first.flatMap({ Int(exactly: $0) }), count >= 0, (state.count - 1) % 2 == 0
        else {
            throw ShapeError(
                "the optimiser's state is incomplete: Adam needs \"steps\" and two moments for each parameter, but there is \(state.keys.sorted().joined(separator: ", "))"
            )
        }
        let parameters = (state.count - 1) / 2
        let moments = try (0..<parameters).map {
            try (moment("first.\($0)", in: state), moment("second.\($0)", in: state))
        }
        if let index = moments.firstIndex(where: { $0.0.count != $0.1.count }) {
            throw ShapeError(
                "the optimiser's state has \(moments[index].0.count) first moments for parameter \(index), but \(moments[index].1.count) second ones"
            )
        }
        steps = count
        (first, second) = (moments.map(\.0), moments.map(\.1))
    }

    /// - Throws: where steps were made, or a state restored, that are of another model.
    public func check(fits parameters: Parameters) throws {
        let (own, others) = (first.map(\.count), parameters.tensors.map(\.count))
        try expect(
            own.isEmpty || own == others,
            "this Adam has made steps for parameters of \(own) numbers, but the ones given now have "
                + "\(others); they are of another model, which needs an Adam of its own")
    }

    private func moment(_ name: String, in state: [String: [Scalar]]) throws -> [Scalar] {
        guard let values = state[name] else { throw ShapeError("the optimiser's state lacks \"\(name)\"") }
        return values
    }
}
