// SGD, Adam and clipping against steps computed by hand.

import Foundation
import TensorCore
import Testing

@Suite("Optimisers") struct OptimizerTests {
    private func parameters(_ values: [Scalar]) throws -> (Parameters, Tensor) {
        let parameters = Parameters()
        var builder = ParameterBuilder(parameters, seed: 1)
        let w = builder.uniform("w", [values.count], bound: 1)
        try parameters.set("w", to: values)
        return (parameters, w)
    }

    /// Gives w the gradient `gradient`.
    private func push(_ gradient: [Scalar], _ w: Tensor, _ parameters: Parameters) throws {
        parameters.clearGradients()
        try parameters.tape.backward(from: (w * Tensor(gradient, shape: w.shape)).sum())
    }

    @Test("SGD: w − η g") func sgd() throws {
        let (parameters, w) = try parameters([1, -2])
        try push([10, 20], w, parameters)
        var sgd = SGD(learningRate: 0.1)
        sgd.step(parameters)
        #expect(abs(w.values[0] - 0) < 1e-6 && abs(w.values[1] + 4) < 1e-6)
    }

    @Test("Adam: three steps of algorithm 1, and a tail of lanes", arguments: [1, 15, 16, 17, 40]) func adam(count: Int) throws {
        let start = (0..<count).map { Scalar($0) / 7 - 1 }
        let (parameters, w) = try parameters(start)
        var adam = Adam(learningRate: 0.05)
        var m = [Double](repeating: 0, count: count), v = m, expected = start.map { Double($0) }
        for t in 1...3 {
            let gradient = (0..<count).map { Scalar(($0 * t) % 5) - 2 }
            try push(gradient, w, parameters)
            adam.step(parameters)
            for i in 0..<count {
                let g = Double(gradient[i])
                m[i] = 0.9 * m[i] + 0.1 * g
                v[i] = 0.999 * v[i] + 0.001 * g * g
                expected[i] -= 0.05 * (m[i] / (1 - pow(0.9, Double(t)))) / ((v[i] / (1 - pow(0.999, Double(t)))).squareRoot() + 1e-8)
            }
        }
        for i in 0..<count { #expect(abs(Double(w.values[i]) - expected[i]) < 2e-6, "w[\(i)]") }
    }

    @Test("Adam goes on from a saved state as if it had never stopped") func restore() throws {
        let (one, w) = try parameters([1, 2, 3]), (two, x) = try parameters([1, 2, 3])
        var adam = Adam(), saved = Adam()
        for _ in 0..<3 { try push([1, -1, 0.5], w, one); adam.step(one); try push([1, -1, 0.5], x, two); saved.step(two) }
        var resumed = Adam()
        try resumed.restore(saved.state)
        try push([2, 2, 2], w, one)
        adam.step(one)
        try push([2, 2, 2], x, two)
        resumed.step(two)
        #expect(w.values == x.values)
        #expect(throws: ShapeError.self) { try resumed.restore(["steps": [1], "first.0": [1]]) }
        #expect(throws: ShapeError.self) { try resumed.restore([:]) }
    }

    @Test("clipping: the norm of all gradients together, and only if it is too large") func clipping() throws {
        let parameters = Parameters()
        var builder = ParameterBuilder(parameters, seed: 1)
        let a = builder.uniform("a", [1], bound: 1), b = builder.uniform("b", [1], bound: 1), idle = builder.uniform("idle", [1], bound: 1)
        try parameters.tape.backward(from: a.scaled(by: 3).sum() + b.scaled(by: 4).sum())
        #expect(parameters.clipGradients(toNorm: 6) == 5)
        #expect(a.gradient == [3] && b.gradient == [4])
        #expect(parameters.clipGradients(toNorm: 1) == 5)
        #expect(abs(a.gradient[0] - 0.6) < 1e-5 && abs(b.gradient[0] - 0.8) < 1e-5)
        #expect(idle.gradient == [0])
        parameters.clearGradients()
        #expect(parameters.clipGradients(toNorm: 1) == 0)
    }
}
