// What rounding may do, and what it is a share of.
//
// Every width of vectors sums in an order of its own, so float32 results differ from processor to processor. By how
// much has nothing to do with the size of the result: where large terms cancel, a small sum carries the error of the
// large. So a comparison names the size of what was summed, and `rounding` is the share of that size which may be lost.
// Measured with 512-bit, 256-bit and portable vectors on all golden numbers, the largest share is 1.6e-6; a wrong sign,
// a transpose or a missing term changes a number by about the size itself.

import TensorCore

public let isDouble = MemoryLayout<Scalar>.size == 8

/// The share of the size of what was summed that rounding may take: about 80 units of float32's last place.
public let rounding = isDouble ? 1e-12 : 1e-5

/// Whether two numbers are the same but for rounding.
///
/// - Parameter size: of the largest terms that were summed, or of the largest number on the way.
public func agree(
    _ a: some BinaryFloatingPoint, _ b: some BinaryFloatingPoint, of size: some BinaryFloatingPoint
) -> Bool {
    abs(Double(a) - Double(b)) <= rounding * Double(size)
}

/// Whether two lists are the same but for rounding. Numbers of one list come of terms of one size, so without a `size`
/// it is that of the largest expected number.
public func agree(
    _ got: [some BinaryFloatingPoint], _ expected: [some BinaryFloatingPoint], of size: Double? = nil
) -> Bool {
    let size = size ?? largest(expected)
    return got.count == expected.count && zip(got, expected).allSatisfy { agree($0, $1, of: size) }
}

public func largest(_ numbers: [some BinaryFloatingPoint]) -> Double { numbers.map { abs(Double($0)) }.max() ?? 0 }

/// Whether two log probabilities of one sentence agree: sums of `steps` differences between a score and its normaliser,
/// both of which are at least about 1 in size however small their difference is.
public func sameLogProbability(_ a: Double, _ b: Double, steps: Int) -> Bool {
    agree(a, b, of: abs(b) + 2 * Double(steps))
}

/// What the gradients of one backward pass are relative to.
///
/// The slopes of the scores sum to zero over the words of a sentence (the softmax sees to it), so the gradient of a
/// parameter that acts on all of them alike is small beside its terms, in every element. Its terms are as large as what
/// flows back elsewhere: a hundredth of the largest gradient of the whole pass is well below them.
public struct GradientSize {
    private let least: Double

    /// - Parameter all: every gradient of the pass.
    public init(_ all: [[Scalar]]) { least = 1e-2 * (all.map { largest($0) }.max() ?? 0) }

    public func of(_ gradient: [Scalar]) -> Double { max(largest(gradient), least) }
}
