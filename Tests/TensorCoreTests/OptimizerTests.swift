// SGD, Adam and clipping against steps computed by hand.

import Foundation
import TensorCore
import TestSupport
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
        #expect(agree(w.values, [0, -4]))
    }

    @Test("Adam: three steps of algorithm 1, and a tail of lanes", arguments: [1, 15, 16, 17, 40]) func adam(
        count: Int
    ) throws {
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
                expected[i] -=
                    0.05 * (m[i] / (1 - pow(0.9, Double(t))))
                    / ((v[i] / (1 - pow(0.999, Double(t)))).squareRoot() + 1e-8)
            }
        }
        for i in 0..<count { #expect(agree(w.values[i], expected[i], of: 1), "w[\(i)]") }
    }

    /// Large ε and unequal β, so that no correction can stand in for another:
    /// t = 1: m = 1, v = 1, m̂ = 2, √v̂ = 2, step 0.1 · 2 / 2.5;  t = 2: m = 1, v = 1, m̂ = 4/3, √v̂ = 4/√7.
    @Test("Adam: two steps worked out with a pencil") func adamByHand() throws {
        let (parameters, w) = try parameters([1])
        var adam = Adam(learningRate: 0.1, beta1: 0.5, beta2: 0.75, epsilon: 0.5)
        try push([2], w, parameters)
        adam.step(parameters)
        #expect(agree(w.values, [0.92]))
        try push([1], w, parameters)
        adam.step(parameters)
        let second: Double = 0.1 * (4.0 / 3) / (4 / 7.0.squareRoot() + 0.5)
        #expect(agree(w.values, [0.92 - second]))
        #expect(adam.steps == 2)
        #expect(w.gradient == [1], "a step leaves the gradients")
    }

    @Test("the first step of Adam is η long, however steep the slope", arguments: [1e-3, 1, 1e4] as [Scalar])
    func firstStep(slope: Scalar) throws {
        let (parameters, w) = try parameters([0, 0])
        var adam = Adam(learningRate: 0.01)
        try push([slope, -slope], w, parameters)
        adam.step(parameters)
        // All but the share of ε = 1e-8 beside the slope.
        let step = 0.01 * Double(slope) / (Double(slope) + 1e-8)
        #expect(agree(w.values, [-step, step]))
    }

    @Test("a parameter that no gradient has arrived at stays, and so do its moments") func idle() throws {
        let parameters = Parameters()
        var builder = ParameterBuilder(parameters, seed: 1)
        let used = builder.uniform("used", [2], bound: 1), idle = builder.uniform("idle", [3], bound: 1),
            before = idle.values
        var adam = Adam(), sgd = SGD()
        for _ in 0..<2 {
            try push([1, 2], used, parameters)
            adam.step(parameters)
            sgd.step(parameters)
        }
        #expect(idle.values == before)
        let state = adam.state
        #expect(state["first.1"] == [0, 0, 0] && state["second.1"] == [0, 0, 0])
        #expect(state["first.0"]?.allSatisfy { $0 > 0 } == true && state["steps"] == [2])
        #expect(sgd.state.isEmpty)
    }

    @Test("Adam goes on from a saved state as if it had never stopped") func restore() throws {
        let (one, w) = try parameters([1, 2, 3]), (two, x) = try parameters([1, 2, 3])
        var adam = Adam(), saved = Adam()
        for _ in 0..<3 {
            try push([1, -1, 0.5], w, one)
            adam.step(one)
            try push([1, -1, 0.5], x, two)
            saved.step(two)
        }
        var resumed = Adam()
        try resumed.restore(saved.state)
        try push([2, 2, 2], w, one)
        adam.step(one)
        try push([2, 2, 2], x, two)
        resumed.step(two)
        #expect(w.values == x.values)
        #expect(resumed.state == adam.state)
    }

    @Test("Adam's moments fit one model") func foreign() throws {
        let (parameters, w) = try parameters([1, 2, 3]), (other, _) = try self.parameters([1, 2])
        var adam = Adam()
        try adam.check(fits: other)
        try push([1, 1, 1], w, parameters)
        adam.step(parameters)
        try adam.check(fits: parameters)
        let error = try #require(throws: ShapeError.self) { try adam.check(fits: other) }
        #expect(error.description.contains("[3] numbers") && error.description.contains("[2]"))
    }

    @Test(
        "a state that Adam did not give is refused, and changes nothing",
        arguments: [
            ["steps": [1], "first.0": [1]], [:], ["first.0": [1], "second.0": [1]],
            ["steps": [1], "first.0": [1], "third.0": [1]],
            ["steps": [-1]], ["steps": [1.5]], ["steps": [.nan]], ["steps": [.infinity]], ["steps": [1e30]],
            ["steps": [1], "first.0": [1, 2], "second.0": [1]],
        ] as [[String: [Scalar]]])
    func refused(state: [String: [Scalar]]) throws {
        let (parameters, w) = try parameters([1, 2])
        var adam = Adam()
        try push([1, 1], w, parameters)
        adam.step(parameters)
        let before = adam.state
        #expect(throws: ShapeError.self) { try adam.restore(state) }
        #expect(adam.state == before)
    }

    @Test("moments of another model stop the step instead of writing beside them") func otherModel() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            let parameters = Parameters()
            var builder = ParameterBuilder(parameters, seed: 1)
            let w = builder.bias("w", 64)
            var adam = Adam()
            // An error here would end the process too, for another reason.
            do {
                try adam.restore(["steps": [1], "first.0": [0], "second.0": [0]])
                try parameters.tape.backward(from: w.sum())
            } catch { return }
            adam.step(parameters)
        }
        #expect(
            result.map { String(decoding: $0.standardErrorContent, as: UTF8.self).contains("needs an Adam of its own") }
                == true)
    }

    @Test("clipped gradients have the norm asked for, and their direction", arguments: [1, 15, 17, 70])
    func clippedNorm(count: Int) throws {
        let parameters = Parameters()
        var builder = ParameterBuilder(parameters, seed: 1)
        let a = builder.bias("a", count), b = builder.bias("b", 3)
        try parameters.tape.backward(from: (a * Tensor(random(count, 1))).sum() + (b * Tensor([3, -4, 5])).sum())
        let before = doubles(a.gradient + b.gradient), norm = before.reduce(0) { $0 + $1 * $1 }.squareRoot()
        #expect(agree(parameters.gradientNorm(), norm, of: norm))
        parameters.clipGradients(toNorm: 0.5)
        #expect(abs(parameters.gradientNorm() - 0.5) < 1e-5, "1e-6 is added to the norm, of 1 or more")
        // The norm is divided by with a small number added, as PyTorch does.
        expectClose(a.gradient + b.gradient, before.map { $0 * 0.5 / (norm + 1e-6) }, "clipped")
    }

    @Test("SGD with a tail of lanes", arguments: [1, 15, 17, 40]) func sgdTail(count: Int) throws {
        let start = random(count, 1), gradient = random(count, 2)
        let (parameters, w) = try parameters(start)
        try push(gradient, w, parameters)
        var sgd = SGD(learningRate: 0.25)
        sgd.step(parameters)
        expectClose(w.values, zip(start, gradient).map { Double($0) - 0.25 * Double($1) }, "w")
    }

    @Test("clipping: the norm of all gradients together, and only if it is too large") func clipping() throws {
        let parameters = Parameters()
        var builder = ParameterBuilder(parameters, seed: 1)
        let a = builder.uniform("a", [1], bound: 1), b = builder.uniform("b", [1], bound: 1),
            idle = builder.uniform("idle", [1], bound: 1)
        try parameters.tape.backward(from: a.scaled(by: 3).sum() + b.scaled(by: 4).sum())
        for limit in [6.0, 5] {
            #expect(parameters.clipGradients(toNorm: limit) == 5)
            #expect(a.gradient == [3] && b.gradient == [4], "at most the limit: unchanged")
        }
        #expect(parameters.clipGradients(toNorm: 1) == 5)
        #expect(abs(a.gradient[0] - 0.6) < 1e-5 && abs(b.gradient[0] - 0.8) < 1e-5, "1e-6 is added to the norm of 5")
        #expect(idle.gradient == [0])
        parameters.clearGradients()
        #expect(parameters.clipGradients(toNorm: 1) == 0)
        try parameters.tape.backward(from: a.scaled(by: 0))
        #expect(
            parameters.clipGradients(toNorm: 1) == 0 && a.gradient == [0],
            "a gradient of zero is not divided by its norm")
    }
}
