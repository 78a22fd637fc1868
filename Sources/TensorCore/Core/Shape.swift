// The sizes of a tensor's axes, and the error that says which of them do not fit.

/// Sizes of up to four axes, the last one contiguous in memory. Kept in place rather than in an array: a training step
/// makes hundreds of shapes and must not allocate for them.
///
/// Sizes that no tensor can have (a fifth axis, a size below 0, more elements than can be counted) make a shape without
/// elements, all of whose sizes read 0. Nothing fits it, so the first operation that meets it says what was asked for.
public struct Shape: Hashable, Sendable, ExpressibleByArrayLiteral, CustomStringConvertible {
    /// As they were given, as far as they fit.
    private let sizes: SIMD4<Int32>
    /// Number of axes, 0 (a single number) to 4.
    public let rank: Int
    let isPossible: Bool

    public init(_ dimensions: [Int]) {
        func size(_ axis: Int) -> Int { axis < dimensions.count ? dimensions[axis] : 1 }
        self.init(rank: dimensions.count, size(0), size(1), size(2), size(3))
    }

    public init(arrayLiteral elements: Int...) { self.init(elements) }

    init(_ a: Int) { self.init(rank: 1, a, 1, 1, 1) }
    init(_ a: Int, _ b: Int) { self.init(rank: 2, a, b, 1, 1) }
    init(_ a: Int, _ b: Int, _ c: Int) { self.init(rank: 3, a, b, c, 1) }

    private init(rank: Int, _ a: Int, _ b: Int, _ c: Int, _ d: Int) {
        self.rank = rank
        sizes = SIMD4(Int32(clamping: a), Int32(clamping: b), Int32(clamping: c), Int32(clamping: d))
        // Four numbers below 2¹⁵ have a product below 2⁶⁰; greater ones are multiplied with care.
        let bits = a | b | c | d
        isPossible = rank <= 4 && (0..<1 << 15 ~= bits || 0...Int(Int32.max) ~= bits && Self.isCountable([a, b, c, d]))
    }

    private static func isCountable(_ sizes: [Int]) -> Bool {
        sizes.reduce((product: 1, isTooLarge: false)) {
            let (product, isTooLarge) = $0.product.multipliedReportingOverflow(by: $1)
            return (product, $0.isTooLarge || isTooLarge)
        }.isTooLarge == false
    }

    public subscript(axis: Int) -> Int { isPossible ? Int(sizes[axis]) : 0 }

    /// Number of elements.
    public var count: Int { isPossible ? Int(sizes[0]) * Int(sizes[1]) * Int(sizes[2]) * Int(sizes[3]) : 0 }

    /// Size of the last axis; 1 for a single number.
    public var last: Int { rank == 0 ? 1 : self[rank - 1] }

    /// Product of all axes but the last.
    public var rows: Int { last == 0 ? 0 : count / last }

    public var dimensions: [Int] { (0..<rank).map { self[$0] } }

    /// The same shape with another last axis; a single number has none to change.
    public func replacingLast(with size: Int) -> Shape {
        guard isPossible else { return self }
        func other(_ axis: Int) -> Int { axis == rank - 1 ? size : self[axis] }
        return Shape(rank: rank, other(0), other(1), other(2), other(3))
    }

    public var description: String {
        let shown = (0..<min(rank, 4)).map { String(sizes[$0]) } + (rank > 4 ? ["…"] : [])
        return "[" + shown.joined(separator: ",") + "]"
            + (isPossible ? "" : rank > 4 ? " (\(rank) axes; a shape has at most 4)" : " (which no tensor can have)")
    }
}

/// A tensor of the wrong shape, or an index outside a tensor: names the operation, what it was given and what it
/// expects.
public struct ShapeError: Error, Sendable, CustomStringConvertible {
    public let description: String

    public init(_ description: String) { self.description = description }
}

/// Throws a sentence unless the shape is as expected.
/// - Parameters:
///   - axes: the names of the axes, for the message ("B,D").
@inline(__always)
public func expect(_ given: Shape, is expected: Shape, _ what: @autoclosure () -> String, axes: String) throws {
    if given != expected {
        throw ShapeError("\(what()) has shape \(given), expected [\(axes)] = \(expected)")
    }
}

/// Throws a sentence unless the condition holds.
@inline(__always)
public func expect(_ condition: Bool, _ message: @autoclosure () -> String) throws {
    if !condition { throw ShapeError(message()) }
}
