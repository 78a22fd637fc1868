// exp, tanh and the logistic function: errors in units of the last place, and the ends of the range.

import Foundation
import TestSupport
import Testing
import VectorMath

/// The largest error of a function over a range, in units in the last place of the exact value.
private func worst(
    _ range: ClosedRange<Double>, _ got: (Lanes) -> Lanes, _ exact: (Double) -> Double
) -> (ulps: Double, at: Scalar) {
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
    /// Ranges that touch, narrow near zero, where tanh must keep the digits of small numbers.
    static let ranges = [
        -87.0...(-20), -20...(-3), -3...(-1), -1...(-0.01), -0.01...0.01, 0.01...1, 1...3, 3...20, 20...88,
    ]

    @Test("errors stay below 4 units in the last place", arguments: ranges) func errors(range: ClosedRange<Double>) {
        let exponent = worst(range, exponential, Foundation.exp)
        #expect(exponent.ulps < 4, "exp(\(exponent.at))")
        let tangent = worst(range, hyperbolicTangent, Foundation.tanh)
        #expect(tangent.ulps < 4, "tanh(\(tangent.at))")
    }

    @Test("the logistic function: few units where its powers are finite, and absolutely everywhere", arguments: ranges)
    func logisticError(range: ClosedRange<Double>) {
        func exact(_ x: Double) -> Double { 1 / (1 + Foundation.exp(-x)) }
        let relative = worst(range, logistic, exact)
        #expect(relative.ulps < 5, "σ(\(relative.at))")
        for i in -400...400 {
            let x = Scalar(i) / 2
            #expect(abs(Double(one(x, logistic)) - exact(Double(x))) < (isDouble ? 1e-15 : 3e-7))
        }
    }

    @Test("powers too small for a normal number lose digits, not their size") func denormalPowers() {
        let range = isDouble ? -744.0...(-708.5) : -103.0...(-87.5)
        let power = worst(range, exponential, Foundation.exp)
        #expect(power.ulps < 4, "exp(\(power.at)) = \(one(power.at, exponential))")
        #expect(one(Scalar(range.lowerBound), exponential) > 0)
        #expect(one(Scalar(isDouble ? -746 : -104), exponential) == 0)
    }

    @Test("arguments too small for a normal number go through", arguments: [1, -1] as [Scalar]) func denormalArguments(
        sign: Scalar
    ) {
        for x in [
            Scalar.leastNonzeroMagnitude, 5 * .leastNonzeroMagnitude, .leastNormalMagnitude / 2, .leastNormalMagnitude,
        ] {
            #expect(one(sign * x, exponential) == 1)
            // tanh x = x to the last digit for tiny x.
            #expect(one(sign * x, hyperbolicTangent) == sign * x)
            #expect(one(sign * x, logistic) == 0.5)
        }
    }

    @Test("the last powers before infinity", arguments: isDouble ? [709.7, 709.8] : [88.722, 88.724]) func overflow(
        x: Double
    ) {
        let expected = Scalar(Foundation.exp(x)), got = one(Scalar(x), exponential)
        if expected.isFinite { #expect(abs(got / expected - 1) < 4 * .ulpOfOne) } else { #expect(got == .infinity) }
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
        #expect(
            one(.greatestFiniteMagnitude, exponential) == .infinity && one(-.greatestFiniteMagnitude, exponential) == 0)
        #expect(
            one(.greatestFiniteMagnitude, hyperbolicTangent) == 1
                && one(-.greatestFiniteMagnitude, hyperbolicTangent) == -1)
        #expect(one(.infinity, logistic) == 1 && one(-.infinity, logistic) == 0)
        #expect(one(0, hyperbolicTangent) == 0 && one(0, logistic) == 0.5)
        #expect(one(-0.0, hyperbolicTangent).sign == .minus, "tanh is odd, also at zero")
        #expect(one(500, logistic) == 1 && one(-500, logistic) < 1e-30)
        #expect(one(1e-5, hyperbolicTangent) == Scalar(Foundation.tanh(Double(Scalar(1e-5)))))
    }

    @Test("every lane computes the same, whatever stands in the others") func lanes() {
        var x = Lanes.zero
        for i in 0..<Lanes.scalarCount { x[i] = Scalar(i) / 3 - 2 }
        (x[0], x[1], x[2], x[3]) = (.nan, .infinity, -.infinity, .leastNonzeroMagnitude)
        let (e, t, s) = (exponential(x), hyperbolicTangent(x), logistic(x))
        for i in 0..<Lanes.scalarCount where i > 0 {
            #expect(
                e[i] == one(x[i], exponential) && t[i] == one(x[i], hyperbolicTangent) && s[i] == one(x[i], logistic))
        }
        #expect(e[0].isNaN && t[0].isNaN && s[0].isNaN)
    }

    @Test(
        "the square root: within one unit in the last place, and exact at 0 and 1",
        arguments: [1e-35...1e-30, 1e-12...1e-8, 0.5...2.0, 1e8...1e12, 1e30...3e38])
    func squareRoots(range: ClosedRange<Double>) {
        let error = worst(range, squareRoot) { $0.squareRoot() }
        #expect(error.ulps <= 1, "√\(error.at)")
        #expect(one(0, squareRoot) == 0 && one(1, squareRoot) == 1)
        #expect(one(.nan, squareRoot).isNaN)
    }

    @Test("the total of all lanes") func total() {
        var v = Lanes.zero
        for i in 0..<Lanes.scalarCount { v[i] = Scalar(1 << i) }
        #expect(v.total() == Scalar(1 << Lanes.scalarCount - 1))
    }

    @Test(
        "a part of a vector is read with zeros behind it, and stored with nothing behind it",
        arguments: 1..<Lanes.scalarCount)
    func parts(count: Int) {
        var numbers = (0..<Lanes.scalarCount).map { Scalar($0 + 1) }
        let read = numbers.withUnsafeMutableBufferPointer { $0.baseAddress?.lanes(first: count) ?? .zero }
        for i in 0..<Lanes.scalarCount { #expect(read[i] == (i < count ? Scalar(i + 1) : 0)) }
        numbers.withUnsafeMutableBufferPointer { $0.baseAddress?.store(Lanes(repeating: -1), first: count) }
        #expect(numbers == (0..<Lanes.scalarCount).map { $0 < count ? -1 : Scalar($0 + 1) })
    }
}
