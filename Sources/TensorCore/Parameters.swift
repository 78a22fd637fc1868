// The numbers that training changes: named, created in one place, so that none is forgotten by the optimiser or a checkpoint.

import Foundation
import Randomness
import VectorMath

/// Every parameter of one model, by name, in order of creation, on one tape.
public final class Parameters {
    public let tape = Tape()
    public private(set) var names: [String] = []
    public private(set) var tensors: [Tensor] = []
    /// Whose numbers these parameters are, where they are not their own.
    private let original: Parameters?

    public init() { original = nil }

    /// The numbers of another model's parameters under gradients and on a tape of their own, so that another thread can
    /// compute its part of a gradient. A builder that is given these creates nothing: it finds each parameter by its name.
    ///
    /// The numbers must not change while a part is computed.
    public init(sharing original: Parameters) { self.original = original }

    /// Number of trained numbers.
    public var count: Int { tensors.reduce(0) { $0 + $1.count } }

    public subscript(name: String) -> Tensor? {
        names.firstIndex(of: name).map { tensors[$0] }
    }

    public func clearGradients() { for tensor in tensors { tensor.clearGradient() } }

    /// Adds the gradients that have arrived at other parameters of the same names and shapes, as those of a part of a batch.
    public func addGradients(of other: Parameters) throws {
        try expect(names == other.names && zip(tensors, other.tensors).allSatisfy { $0.shape == $1.shape },
                   "addGradients: the parameters are of another model, so their gradients do not fit")
        for (tensor, part) in zip(tensors, other.tensors) {
            guard let gradient = part.storage.gradient else { continue }
            let sum = tensor.storage.gradientPointer
            TensorCore.add(tensor.count, sum, gradient.pointer, into: sum)
        }
    }

    /// Replaces the numbers of one parameter, as when a checkpoint is read.
    public func set(_ name: String, to values: [Scalar]) throws {
        guard let tensor = self[name] else {
            throw ShapeError("there is no parameter \"\(name)\"; this model has \(names.joined(separator: ", "))")
        }
        try expect(values.count == tensor.count, "parameter \"\(name)\" of shape \(tensor.shape) holds \(tensor.count) numbers, but \(values.count) were given")
        withExtendedLifetime(tensor.storage) {
            values.withUnsafeBufferPointer { if let base = $0.baseAddress { tensor.pointer.update(from: base, count: values.count) } }
        }
    }

    fileprivate func create(_ name: String, _ shape: Shape, _ fill: () -> Scalar) -> Tensor {
        precondition(!names.contains(name), "two parameters are called \"\(name)\"; a checkpoint could not tell them apart")
        let tensor: Tensor
        if let original {
            guard let shared = original[name], shared.shape == shape else {
                preconditionFailure("the model that shares its numbers has no parameter \"\(name)\" of shape \(shape): it was built with other settings")
            }
            tensor = Tensor(storage: Storage(sharing: shared.storage, workspace: tape.workspace), shape: shape)
        } else {
            tensor = Tensor(storage: Storage(count: shape.count, requiresGradient: true, workspace: tape.workspace), shape: shape)
            for i in 0..<shape.count { tensor.pointer[i] = fill() }
        }
        names.append(name)
        tensors.append(tensor)
        return tensor
    }
}

/// Creates parameters under a prefix ("scorer.Wa"), drawing their first values from one seeded stream.
public struct ParameterBuilder {
    public let parameters: Parameters
    private let prefix: String
    private let seed: UInt64

    public init(_ parameters: Parameters, seed: UInt64) {
        self.init(parameters, prefix: "", seed: seed)
    }

    private init(_ parameters: Parameters, prefix: String, seed: UInt64) {
        self.parameters = parameters
        self.prefix = prefix
        self.seed = seed
    }

    /// A builder whose names begin with `name` and a dot.
    public func scope(_ name: String) -> ParameterBuilder {
        ParameterBuilder(parameters, prefix: prefix + name + ".", seed: seed)
    }

    /// Weights W [inputs, outputs] for y = x W, uniform in ±√(6 / (inputs + outputs)) (Glorot & Bengio 2010, eq. 16).
    public mutating func matrix(_ name: String, _ inputs: Int, _ outputs: Int) -> Tensor {
        uniform(name, Shape(inputs, outputs), bound: (6 / Double(inputs + outputs)).squareRoot())
    }

    /// A vector that is multiplied into a sum over `size` numbers, uniform in ±√(3 / size), so that it keeps their variance.
    public mutating func vector(_ name: String, _ size: Int) -> Tensor {
        uniform(name, Shape(size), bound: (3 / Double(size)).squareRoot())
    }

    /// A bias, zero at first.
    public mutating func bias(_ name: String, _ size: Int) -> Tensor {
        parameters.create(prefix + name, Shape(size)) { 0 }
    }

    /// A single number.
    public mutating func scalar(_ name: String, initially value: Scalar) -> Tensor {
        parameters.create(prefix + name, Shape(1)) { value }
    }

    /// Uniform in ±bound.
    public mutating func uniform(_ name: String, _ shape: Shape, bound: Double) -> Tensor {
        // A stream of its own for each parameter: adding one to a scorer leaves the rest of the model as it was.
        var random = RandomSource(seed: seed, purpose: prefix + name)
        return parameters.create(prefix + name, shape) { Scalar((2 * random.uniform() - 1) * bound) }
    }
}
