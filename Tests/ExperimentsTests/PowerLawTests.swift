// Exponents of growth: exact where there is one, in between where there are several.

import Foundation
import Testing

@testable import Experiments

@Suite("Power laws") struct PowerLawTests {
    private let lengths = [16.0, 32, 64, 128, 256, 512, 1024, 2048, 4096]

    @Test("an exact power has its exponent", arguments: [-1.0, 0, 0.5, 1, 2, 3.25]) func exact(exponent: Double) throws
    {
        let found = try #require(PowerLaw.exponent(lengths.map { ($0, 3e-7 * pow($0, exponent)) }))
        #expect(abs(found - exponent) < 1e-12)
    }

    @Test("a sum lies between its terms, nearer to the greater one at the end") func sum() throws {
        let points = lengths.map { (x: $0, y: $0 + 128) }
        let all = try #require(PowerLaw.exponent(points)),
            end = try #require(PowerLaw.exponent(Array(points.suffix(4))))
        #expect(all > 0.5 && all < end)
        #expect(end > 0.9 && end < 1)
        // By hand: two points have the slope between them.
        let two = try #require(PowerLaw.exponent([(1, 1 + 1), (4, 4 + 1)]))
        #expect(abs(two - log(2.5) / log(4)) < 1e-12)
    }

    @Test(
        "without two different x, or with a number that has no logarithm, there is none",
        arguments: [
            [], [(16.0, 1.0)], [(16, 1), (16, 2)], [(16, 1), (32, 0)], [(16, 1), (32, -1)], [(0, 1), (32, 1)],
            [(16, .nan), (32, 1)], [(16, .infinity), (32, 1)],
        ] as [[(Double, Double)]])
    func none(points: [(Double, Double)]) {
        #expect(PowerLaw.exponent(points.map { (x: $0.0, y: $0.1) }) == nil)
    }
}
