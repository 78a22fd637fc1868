// Vectors as shades of grey, to be drawn.

/// A byte for each number, 0 for the least of all and 255 for the greatest.
public struct Shades: Sendable, Equatable {
    public let bytes: [[UInt8]]

    public init(_ vectors: [[Float]]) {
        let all = vectors.joined().filter(\.isFinite)
        let least = all.min() ?? 0, range = max((all.max() ?? 1) - least, .leastNormalMagnitude)
        bytes = vectors.map { row in
            row.map { $0.isFinite ? UInt8((min(max(($0 - least) / range, 0), 1) * 255).rounded()) : 0 }
        }
    }
}
