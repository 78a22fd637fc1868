// Sparsemax and entmax-1.5 against a search for τ that knows nothing of sorting, and at the edges of their formulas.

import TestSupport
import Testing

@testable import TensorCore

private enum Sparse: Double, CaseIterable, Sendable {
    /// 1/(a − 1), the power of [z − τ]₊.
    case sparsemax = 1
    case entmax15 = 2

    func weights(_ x: [Scalar], padTo width: Int? = nil) -> [Scalar] {
        let n = x.count, width = width ?? n
        var sorted = [Scalar](repeating: 9, count: n)
        return guarded([Scalar](repeating: 9, count: width)) { y in
            switch self {
            case .sparsemax: TensorCore.sparsemax(n, x, into: y, padTo: width, sorted: &sorted)
            case .entmax15: TensorCore.entmax15(n, x, into: y, padTo: width, sorted: &sorted)
            }
        }
    }

    func slopes(_ y: [Scalar], _ dy: [Scalar], into dx: [Scalar]) -> [Scalar] {
        guarded(dx) { dx in
            switch self {
            case .sparsemax: sparsemaxBackward(y.count, dy: dy, y: y, into: dx)
            case .entmax15: entmax15Backward(y.count, dy: dy, y: y, into: dx)
            }
        }
    }

    func tensor(_ scores: Tensor, lengths: [Int]) throws -> Tensor {
        switch self {
        case .sparsemax: try scores.sparsemax(lengths: lengths)
        case .entmax15: try scores.entmax15(lengths: lengths)
        }
    }

    /// Σ [z − τ]₊^power falls as τ rises: halve the interval in which it passes 1.
    func searched(_ x: [Scalar]) -> [Double] {
        let top = x.map { Double($0) }.max() ?? 0, z = x.map { (Double($0) - top) / rawValue }
        func weights(_ tau: Double) -> [Double] {
            z.map {
                let over = max($0 - tau, 0)
                return self == .sparsemax ? over : over * over
            }
        }
        var (low, high) = (-1.0, 0.0)
        for _ in 0..<100 {
            let middle = (low + high) / 2
            if weights(middle).reduce(0, +) > 1 { low = middle } else { high = middle }
        }
        return weights((low + high) / 2)
    }
}

@Suite("Sparse weights") struct SparseWeightsTests {
    @Test(
        "they are what a search for τ finds, and zeros in the padding", arguments: Sparse.allCases,
        [1, 2, 3, 7, 16, 17, 33, 64, 65, 100, 300])
    fileprivate func values(kind: Sparse, n: Int) {
        for spread in [0.1, 1, 10] as [Scalar] {
            let x = random(n, UInt64(40 + n)).map { spread * $0 }
            expectClose(
                kind.weights(x, padTo: n + 3), kind.searched(x) + [0, 0, 0], "\(kind), \(n) scores up to \(spread)")
        }
    }

    @Test("the way back is that of the support alone, added to what is there", arguments: Sparse.allCases)
    fileprivate func slopes(kind: Sparse) {
        let y: [Scalar] = [0.5, 0, 0.25, 0.25, 0], dy = random(5, 50), dx = random(5, 51)
        let shares = y.map { $0 == 0 ? 0 : kind == .sparsemax ? 1 : Double($0).squareRoot() }
        let mean = zip(shares, dy).reduce(0) { $0 + $1.0 * Double($1.1) } / shares.reduce(0, +)
        let expected = (0..<5).map { Double(dx[$0]) + shares[$0] * (Double(dy[$0]) - mean) }
        let found = kind.slopes(y, dy, into: dx)
        expectClose(found, expected, "\(kind)")
        #expect(found[1] == dx[1] && found[4] == dx[4], "a word that was dropped gets no gradient at all")
        #expect(kind.slopes([1], [3], into: [0]) == [0], "and one that has all of it neither")
    }

    @Test("equal scores share alike, one word has all, and −∞ has nothing", arguments: Sparse.allCases)
    fileprivate func edges(kind: Sparse) {
        for n in [1, 2, 5, 64, 65] {
            let shares = kind.weights([Scalar](repeating: -3.5, count: n))
            #expect(Set(shares).count == 1)
            expectClose(shares, [Double](repeating: 1 / Double(n), count: n), "\(n) equal scores")
        }
        #expect(kind.weights([-400]) == [1])
        expectClose(kind.weights([50, 1, 50, -3]), [0.5, 0, 0.5, 0], "two that lead")
        #expect(kind.weights([-.infinity, 2, -.infinity, -1]) == [0, 1, 0, 0])
        // A fault is not made into a weight of 0: it must be found where it began.
        #expect(kind.weights([1, .nan, 0])[1].isNaN)
    }

    @Test("their sum is 1 and they do not depend on the level, near −400 too", arguments: Sparse.allCases)
    fileprivate func level(kind: Sparse) {
        // Multiples of 1/64 are the same numbers after a shift of 400, in float32 too.
        let x = random(20, 60).map { (64 * $0).rounded() / 64 }, here = kind.weights(x)
        for shift in [-400, 400, 6] as [Scalar] { #expect(kind.weights(x.map { $0 + shift }) == here) }
        for seed in 0..<50 as Range<UInt64> {
            let weights = kind.weights(random(5, seed).map { $0 - 400 })
            #expect(agree(weights.reduce(0) { $0 + Double($1) }, 1, of: 1), "\(weights)")
        }
    }

    @Test("the order of the words does not matter", arguments: Sparse.allCases)
    fileprivate func order(kind: Sparse) {
        let x = random(70, 61), there = kind.weights(x)
        #expect(kind.weights(x.reversed()) == there.reversed())
        #expect(kind.weights(x.sorted()) == there.sorted(), "a higher score never has the lower weight")
    }

    @Test("only the real words are looked at, and a sentence without one is refused", arguments: Sparse.allCases)
    fileprivate func padding(kind: Sparse) throws {
        let scores = try Tensor([1, 1, .nan, 0.5, .infinity, .nan], shape: [2, 3])
        expectClose(try kind.tensor(scores, lengths: [2, 1]).values, [0.5, 0.5, 0, 1, 0, 0], "two words, and one")
        let refusal = try #require(throws: ShapeError.self) { try kind.tensor(scores, lengths: [2, 0]) }
        #expect(refusal.description.contains("\(kind): sentence 1 has 0 real tokens"))
    }

    /// Where no score lies so close to τ that a step of the check would take it in or out.
    @Test("gradients agree with finite differences off the kinks", arguments: Sparse.allCases, [0.2, 1, 3])
    fileprivate func differences(kind: Sparse, spread: Double) throws {
        let parameters = Parameters(), lengths = [6, 4, 2, 1], step: Scalar = isDouble ? 1e-5 : 1e-2
        var builder = ParameterBuilder(parameters, seed: 70)
        let scores = builder.uniform("scores", [4, 6], bound: spread)
        let probe = try Tensor(random(24, 71), shape: [4, 6])
        func support(_ moved: [Scalar]) throws -> [Bool] {
            try kind.tensor(Tensor(moved, shape: [4, 6]), lengths: lengths).values.map { $0 > 0 }
        }
        let values = scores.values, here = try support(values)
        for i in values.indices {
            for change in [-step, step] {
                var moved = values
                moved[i] += change
                try #require(try support(moved) == here, "the numbers of this test lie at a kink")
            }
        }
        try checkGradients(of: parameters) { try (kind.tensor(scores, lengths: lengths) * probe).sum() }
        #expect(scores.gradient.contains { $0 != 0 })
    }
}
