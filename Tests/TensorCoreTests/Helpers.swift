// What the tests of kernels share: numbers to feed them, guards around their results, and a comparison with twins in
// Double.

import Randomness
import TestSupport
import Testing

@testable import TensorCore

/// Numbers in ±1, the same for the same seed.
func random(_ count: Int, _ seed: UInt64) -> [Scalar] {
    var source = RandomSource(seed: seed)
    return (0..<count).map { _ in Scalar(2 * source.uniform() - 1) }
}

func doubles(_ values: [Scalar]) -> [Double] { values.map { Double($0) } }

/// Runs a kernel on a copy of `initial` with guard values on both sides, and checks that they still stand.
func guarded(_ initial: [Scalar], _ body: (UnsafeMutablePointer<Scalar>) -> Void) -> [Scalar] {
    let mark: Scalar = 12_345, margin = 40
    var all = [Scalar](repeating: mark, count: margin) + initial + [Scalar](repeating: mark, count: margin)
    all.withUnsafeMutableBufferPointer { if let base = $0.baseAddress { body(base + margin) } }
    #expect(
        all.prefix(margin).allSatisfy { $0 == mark } && all.suffix(margin).allSatisfy { $0 == mark },
        "written outside the result")
    return Array(all.dropFirst(margin).dropLast(margin))
}

/// As above with several results, guarded each; they come back in the order they were given.
func guarded(_ initial: [[Scalar]], _ body: ([UnsafeMutablePointer<Scalar>]) -> Void) -> [[Scalar]] {
    var results: [[Scalar]] = []
    func nest(_ rest: ArraySlice<[Scalar]>, _ pointers: [UnsafeMutablePointer<Scalar>]) {
        guard let next = rest.first else { return body(pointers) }
        results.insert(guarded(next) { nest(rest.dropFirst(), pointers + [$0]) }, at: 0)
    }
    nest(initial[...], [])
    return results
}

/// - Parameter scale: the size of what was summed, where that is not about 1; larger numbers are their own size.
func expectClose(
    _ got: [Scalar], _ expected: [Double], scale: Double = 1, _ what: String,
    _ location: SourceLocation = #_sourceLocation
) {
    #expect(got.count == expected.count, sourceLocation: location)
    for i in 0..<min(got.count, expected.count) where !agree(got[i], expected[i], of: max(scale, abs(expected[i]))) {
        Issue.record("\(what)[\(i)]: got \(got[i]), expected \(expected[i])", sourceLocation: location)
        return
    }
}
