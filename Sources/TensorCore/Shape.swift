// The sizes of a tensor's axes, and the error that says which of them do not fit.

/// Sizes of up to four axes, the last one contiguous in memory. Kept in place rather than in an array: a training step
/// makes hundreds of shapes and must not allocate for them.
public struct Shape: Hashable, Sendable, ExpressibleByArrayLiteral, CustomStringConvertible {
    private var sizes: SIMD4<Int32>
    /// Number of axes, 0 (a single number) to 4.
    public let rank: Int

    /// - Precondition: at most four axes.
    public init(_ dimensions: [Int]) {
        precondition(dimensions.count <= 4, "a shape has at most 4 axes, not \(dimensions.count): \(dimensions)")
        sizes = SIMD4(repeating: 1)
        rank = dimensions.count
        for (axis, size) in dimensions.enumerated() { sizes[axis] = Int32(size) }
    }

    public init(arrayLiteral elements: Int...) { self.init(elements) }

    init(_ a: Int) { sizes = SIMD4(Int32(a), 1, 1, 1); rank = 1 }
    init(_ a: Int, _ b: Int) { sizes = SIMD4(Int32(a), Int32(b), 1, 1); rank = 2 }
    init(_ a: Int, _ b: Int, _ c: Int) { sizes = SIMD4(Int32(a), Int32(b), Int32(c), 1); rank = 3 }

    public subscript(axis: Int) -> Int { Int(sizes[axis]) }

    /// Number of elements.
    public var count: Int { Int(sizes[0]) * Int(sizes[1]) * Int(sizes[2]) * Int(sizes[3]) }

    /// Size of the last axis; 1 for a single number.
    public var last: Int { rank == 0 ? 1 : Int(sizes[rank - 1]) }

    /// Product of all axes but the last.
    public var rows: Int { last == 0 ? 0 : count / last }

    public var dimensions: [Int] { (0..<rank).map { self[$0] } }

    /// The same shape with another last axis.
    public func replacingLast(with size: Int) -> Shape {
        var copy = self
        copy.sizes[rank - 1] = Int32(size)
        return copy
    }

    public var description: String { "[" + dimensions.map(String.init).joined(separator: ",") + "]" }
}

/// A tensor of the wrong shape, or an index outside a tensor: names the operation, what it was given and what it expects.
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
