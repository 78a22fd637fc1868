// Golden numbers: written with PyTorch in float64 (seed 7), kept in Tests/Fixtures; make_goldens.py there computes them
// once more, and four of the models for the first time.

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

    /// One case of family.json, by its name.
    public static func family(_ name: String) throws -> Golden {
        guard let found = try cases("family.json").first(where: { try $0["name"].string == name }) else {
            throw Missing(description: "family.json has no case \"\(name)\"")
        }
        return found
    }

    public struct Missing: Error, CustomStringConvertible { public let description: String }

    public subscript(key: String) -> Golden {
        get throws {
            guard let found = (value as? [String: Any])?[key] else {
                throw Missing(description: "the golden file has no \"\(key)\"")
            }
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

/// A sentence about the first number that is not the expected one but for rounding; nil where all are.
///
/// - Parameter size: of what was summed (see `rounding`); without it, of the largest expected number.
public func disagreement(_ name: String, _ got: [Scalar], _ expected: [Scalar], of size: Double? = nil) -> String? {
    if got.count != expected.count { return "\(name): \(got.count) numbers, expected \(expected.count)" }
    let size = size ?? largest(expected)
    guard let i = got.indices.first(where: { !agree(got[$0], expected[$0], of: size) }) else { return nil }
    return "\(name)[\(i)]: got \(got[i]), expected \(expected[i]) within \(rounding) of \(size)"
}
