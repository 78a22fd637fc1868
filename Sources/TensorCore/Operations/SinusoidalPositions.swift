// Where a word stands, as a vector: sines and cosines of falling frequencies (Vaswani et al. 2017, §3.5).

import Foundation

extension Tensor {
    /// Rows of PE for some positions, as a constant in the memory of another tensor's training.
    ///
    ///     PE(pos, 2i) = sin(pos / 10000^(2i/D)),  PE(pos, 2i+1) = cos of the same → [n,D]
    ///
    /// Sine and cosine alternate; some programs put all sines first, which is another order of the same columns, and
    /// other numbers.
    public static func sinusoidalPositions(_ positions: Range<Int>, width: Int, near other: Tensor) throws -> Tensor {
        try expect(
            positions.lowerBound >= 0 && width > 0,
            "sinusoidalPositions: positions \(positions) in \(width) columns; both begin above nothing")
        let frequencies = (0..<width).map { pow(10_000, -Double($0 / 2 * 2) / Double(width)) }
        return try constant(
            positions.flatMap { position in
                frequencies.enumerated().map { column, frequency in
                    let angle = Double(position) * frequency
                    return Scalar(column % 2 == 0 ? sin(angle) : cos(angle))
                }
            }, shape: [positions.count, width], near: other)
    }
}
