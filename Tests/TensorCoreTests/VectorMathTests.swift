// exp, tanh and the logistic function: errors in units of the last place, and the ends of the range.

import Foundation
import Testing
import VectorMath

private let isDouble = MemoryLayout<Scalar>.size == 8

/// The largest error of a function over a range, in units in the last place of the exact value.
private func worst(_ range: ClosedRange<Double>, _ got: (Lanes) -> Lanes, _ exact: (Double) -> Double) -> (ulps: Double, at: Scalar) {
    var worst = (ulps: 0.0, at: Scalar(0))
    let steps = 20_000
    for i in 0...steps {
        let x = Scalar(range.lowerBound + (range.upperBound - range.lowerBound) * Double(i) / Double(steps))
        let y = one(x, got), expected = exact(Double(x)), unit = Double(Scalar(expected).ulp)
        let ulps = abs(Double(y) - expected) / unit
        if !(ulps <= worst.ulps) { worst = (ulps, x) }
    }
    return worst
}

@Suite("Vector functions") struct VectorMathTests {
    @Test("errors stay below 4 units in the last place", arguments: [-87.0, -20, -3, -1, -0.01, 0], [0.01, 1, 3, 20, 88])
    func errors(lower: Double, upper: Double) {
        let exponent = worst(lower...upper, exponential, Foundation.exp)
        #expect(exponent.ulps < 4, "exp(\(exponent.at))")
        let tangent = worst(lower...upper, hyperbolicTangent, Foundation.tanh)
        #expect(tangent.ulps < 4, "tanh(\(tangent.at))")
    }

    @Test("the logistic function, absolutely") func logisticError() {
        for i in -1000...1000 {
            let x = Scalar(i) / 20, expected = 1 / (1 + Foundation.exp(-Double(x)))
            #expect(abs(Double(one(x, logistic)) - expected) < (isDouble ? 1e-15 : 3e-7))
        }
    }

    @Test("the ends of the range") func ends() {
        #expect(one(.infinity, exponential) == .infinity)
        #expect(one(-.infinity, exponential) == 0)
        #expect(one(.nan, exponential).isNaN)
        #expect(one(1000, exponential) == .infinity)
        #expect(one(-1000, exponential) == 0)
        #expect(one(0, exponential) == 1)
        #expect(one(.infinity, hyperbolicTangent) == 1 && one(-.infinity, hyperbolicTangent) == -1)
        #expect(one(.nan, hyperbolicTangent).isNaN && one(.nan, logistic).isNaN)
        #expect(one(0, hyperbolicTangent) == 0)
        #expect(one(.leastNonzeroMagnitude, hyperbolicTangent) >= 0)
        #expect(one(500, logistic) == 1 && one(-500, logistic) < 1e-30)
        #expect(one(1e-5, hyperbolicTangent) == Scalar(Foundation.tanh(Double(Scalar(1e-5)))))
    }

    @Test("every lane computes the same") func lanes() {
        var x = Lanes.zero
        for i in 0..<Lanes.scalarCount { x[i] = Scalar(i) / 3 - 2 }
        let (e, t) = (exponential(x), hyperbolicTangent(x))
        for i in 0..<Lanes.scalarCount { #expect(e[i] == one(x[i], exponential) && t[i] == one(x[i], hyperbolicTangent)) }
    }
}
