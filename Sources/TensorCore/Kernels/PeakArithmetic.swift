// The fastest arithmetic that one core can do: what a share of the peak is a share of.
//
// Chains of multiply-adds, each on a vector that never leaves its register: no memory, no waiting. A multiply-add needs
// the result of the one before it in its chain after about 4 cycles, and a core begins 2 a cycle, so at least 8 chains
// must run side by side; there are as many as there are registers for.
//
// It cannot be optimised away: every step needs the step before it, rounding forbids a shorter form of c ← c · x + y,
// the chains start from different numbers, and all of them go into the result, which is looked at before the clock is.

import Dispatch
import VectorMath

/// How fast this core multiplies and adds where nothing holds it up.
public enum PeakArithmetic {
    /// Operations a second of one core, a multiply-add counted as two, as `ArithmeticCount` does: the best of some
    /// runs, because whatever else the machine does can only slow them.
    ///
    /// In a build without fused multiply-adds it is the speed of multiplications and additions one after the other.
    ///
    /// - Parameters:
    ///   - runs: 1 or more.
    ///   - milliseconds: about how long one run takes.
    /// - Complexity: `runs` × `milliseconds`, and less than one run more to find out how many steps that is.
    public static func operationsPerSecond(runs: Int = 5, milliseconds: Double = 20) -> Double {
        // The first steps wake the core up.
        var steps = 20_000, best = speed(of: steps)
        steps = min(1 << 40, max(steps, Int(best * milliseconds * 1e-3 / Double(operationsPerStep))))
        for _ in 0..<max(1, runs) { best = max(best, speed(of: steps)) }
        return best
    }

    private static func speed(of steps: Int) -> Double {
        let start = DispatchTime.now().uptimeNanoseconds
        // The first look at the clock goes in and what comes out decides whether there is a second one: a function
        // without side effects could otherwise be moved to where neither look sees it, and was. The numbers run to 0.5:
        // no trap.
        let sum = chains(steps, factor: start == 0 ? 0.25 : 0.5, addend: 0.25)
        precondition(sum.isFinite)
        let nanoseconds = max(1, DispatchTime.now().uptimeNanoseconds - start)
        return Double(steps * operationsPerStep) / Double(nanoseconds) * 1e9
    }
}

/// Six chains side by side.
private struct SixChains {
    static let count = 6
    var c0, c1, c2, c3, c4, c5: Lanes

    init(from first: Scalar) {
        c0 = Lanes(repeating: first)
        c1 = Lanes(repeating: first + 1)
        c2 = Lanes(repeating: first + 2)
        c3 = Lanes(repeating: first + 3)
        c4 = Lanes(repeating: first + 4)
        c5 = Lanes(repeating: first + 5)
    }

    @inline(__always)
    mutating func step(_ x: Lanes, _ y: Lanes) {
        c0 = y.addingProduct(c0, x)
        c1 = y.addingProduct(c1, x)
        c2 = y.addingProduct(c2, x)
        c3 = y.addingProduct(c3, x)
        c4 = y.addingProduct(c4, x)
        c5 = y.addingProduct(c5, x)
    }

    var sum: Scalar { (c0 + c1 + c2 + c3 + c4 + c5).sum() }
}

#if PORTABLE && arch(x86_64)
// A vector is two registers of sixteen there.
private let operationsPerStep = 2 * SixChains.count * laneCount

@inline(never)
private func chains(_ steps: Int, factor: Scalar, addend: Scalar) -> Scalar {
    let x = Lanes(repeating: factor), y = Lanes(repeating: addend)
    var a = SixChains(from: 0)
    for _ in 0..<steps { a.step(x, y) }
    return a.sum
}
#elseif AVX512
private let operationsPerStep = 2 * 3 * SixChains.count * laneCount

@inline(never)
private func chains(_ steps: Int, factor: Scalar, addend: Scalar) -> Scalar {
    let x = Lanes(repeating: factor), y = Lanes(repeating: addend)
    var a = SixChains(from: 0), b = SixChains(from: 6), c = SixChains(from: 12)
    for _ in 0..<steps {
        a.step(x, y)
        b.step(x, y)
        c.step(x, y)
    }
    return a.sum + b.sum + c.sum
}
#else
private let operationsPerStep = 2 * 2 * SixChains.count * laneCount

@inline(never)
private func chains(_ steps: Int, factor: Scalar, addend: Scalar) -> Scalar {
    let x = Lanes(repeating: factor), y = Lanes(repeating: addend)
    var a = SixChains(from: 0), b = SixChains(from: 6)
    for _ in 0..<steps {
        a.step(x, y)
        b.step(x, y)
    }
    return a.sum + b.sum
}
#endif
