// Golden numbers: computed by torch_fixtures.py (PyTorch in float64, seed 7), kept in Tests/Fixtures.

import Foundation
import TensorCore

/// A JSON value of a golden file, with arrays of any depth read as one flat list of numbers.
public struct Golden {
    public let value: Any

    /// The cases of one file of Tests/Fixtures.
    public static func cases(_ file: String) throws -> [Golden] {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        let data = try Data(contentsOf: root.appendingPathComponent("Fixtures/\(file)"))
        return try Golden(value: JSONSerialization.jsonObject(with: data))["cases"].list
    }

    public struct Missing: Error, CustomStringConvertible { public let description: String }

    public subscript(key: String) -> Golden {
        get throws {
            guard let found = (value as? [String: Any])?[key] else { throw Missing(description: "the golden file has no \"\(key)\"") }
            return Golden(value: found)
        }
    }

    public var keys: [String] { ((value as? [String: Any])?.keys).map(Array.init) ?? [] }
    public var isNull: Bool { value is NSNull }
    public var list: [Golden] { ((value as? [Any]) ?? []).map(Golden.init) }
    public var string: String { value as? String ?? "" }
    public var number: Double { (value as? NSNumber)?.doubleValue ?? .nan }
    public var integers: [Int] { numbers.map { Int($0) } }

    /// All numbers, row-major.
    public var numbers: [Double] {
        if let list = value as? [Any] { return list.flatMap { Golden(value: $0).numbers } }
        return [number]
    }

    public var scalars: [Scalar] { numbers.map { Scalar($0) } }

    /// Sizes of the axes.
    public var shape: [Int] {
        guard let list = value as? [Any] else { return [] }
        return [list.count] + (list.first.map { Golden(value: $0).shape } ?? [])
    }

    public var tensor: Tensor {
        get throws { try Tensor(scalars, shape: Shape(shape)) }
    }

    /// Rows and columns swapped: PyTorch keeps [out,in] where this library keeps [in,out].
    public var transposed: [Scalar] {
        let (rows, columns) = (shape[0], shape[1]), flat = scalars
        return (0..<columns).flatMap { c in (0..<rows).map { r in flat[r * columns + c] } }
    }
}

/// The agreement that golden numbers ask for: 1e-9 relative in float64, 1e-4 in float32.
public let goldenTolerance = MemoryLayout<Scalar>.size == 8 ? 1e-9 : 1e-4

/// The largest relative difference, and a sentence about the first place where it is too large.
///
/// Relative to the larger of the two numbers or, for numbers that are small beside their neighbours, to a hundredth of the
/// largest in the array: sums of large terms cancel to small ones with the error of the large.
public func disagreement(_ name: String, _ got: [Scalar], _ expected: [Scalar], tolerance: Double = goldenTolerance) -> String? {
    if got.count != expected.count { return "\(name): \(got.count) numbers, expected \(expected.count)" }
    let floor = 1e-2 * (expected.map { abs(Double($0)) }.max() ?? 0)
    for i in got.indices {
        let (a, b) = (Double(got[i]), Double(expected[i]))
        let scale = max(abs(a), abs(b), floor, 1e-6)
        if !(abs(a - b) <= tolerance * scale) { return "\(name)[\(i)]: got \(a), expected \(b)" }
    }
    return nil
}
