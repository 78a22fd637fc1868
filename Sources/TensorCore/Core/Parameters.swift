// The numbers that training changes: named, created in one place, so that none is forgotten by the optimiser or a
// checkpoint.

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
    /// What a builder made to stay as it is.
    private var constants: [Tensor] = []
    /// The first thing that a builder was asked for and could not make.
    private var fault: ShapeError?

    /// How many numbers there may be.
    private let limit: Int
    /// Whether a builder was asked for more.
    public private(set) var exceedsLimit = false

    /// - Parameter limit: more numbers than this are refused before any memory is taken for them: for sizes that a
    ///   file names, which are not to be trusted.
    public init(atMost limit: Int = .max) { (original, self.limit) = (nil, limit) }

    /// The numbers of another model's parameters under gradients and on a tape of their own, so that another thread can
    /// compute its part of a gradient. A builder that is given these creates nothing: it finds each parameter by its
    /// name.
    ///
    /// The numbers must not change while a part is computed.
    public init(sharing original: Parameters) { (self.original, limit) = (original, .max) }

    /// Number of trained numbers.
    public var count: Int { tensors.reduce(0) { $0 + $1.count } }

    public subscript(name: String) -> Tensor? {
        names.firstIndex(of: name).map { tensors[$0] }
    }

    /// Says what went wrong while these were made: an `init` that takes parameters from a builder cannot throw it
    /// itself. Whatever uses a model asks first.
    ///
    /// - Throws: for two parameters of one name, for sizes that no tensor has, and where parameters that share the
    ///   numbers of others are not the same ones.
    public func check() throws {
        if let fault { throw fault }
        guard let original, names.count < original.names.count else { return }
        let left = original.names.filter { !names.contains($0) }
        throw Self.unshared("\(left.map { "\"\($0)\"" }.joined(separator: ", ")) only when the model was built first")
    }

    /// Whether a tensor is a parameter, a constant of the builder's, or a part of one.
    package func holds(_ tensor: Tensor) -> Bool {
        tensors.contains { $0.storage === tensor.storage } || constants.contains { $0.storage === tensor.storage }
    }

    /// Whether a tensor was computed from these parameters.
    package func reach(_ tensor: Tensor) -> Bool {
        tensor.requiresGradient && tensor.storage.workspace === tape.workspace
    }

    public func clearGradients() { for tensor in tensors { tensor.clearGradient() } }

    /// Adds the gradients that have arrived at other parameters of the same names and shapes, as those of a part of a
    /// batch.
    public func addGradients(of other: Parameters) throws {
        try expect(
            names == other.names && zip(tensors, other.tensors).allSatisfy { $0.shape == $1.shape },
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
        try expect(
            values.count == tensor.count,
            "parameter \"\(name)\" of shape \(tensor.shape) holds \(tensor.count) numbers, but \(values.count) were given"
        )
        withExtendedLifetime(tensor.storage) {
            values.withUnsafeBufferPointer {
                if let base = $0.baseAddress { tensor.pointer.update(from: base, count: values.count) }
            }
        }
    }

    fileprivate func create(_ name: String, _ shape: Shape, _ fill: () -> Scalar) -> Tensor {
        if names.contains(name) {
            return refused(
                "two parameters are called \"\(name)\", and a checkpoint could not tell them apart; give one of them another name",
                shape)
        }
        guard shape.isPossible else {
            return refused("the parameter \"\(name)\" cannot have the shape \(shape)", shape)
        }
        guard shape.count <= limit - count else {
            exceedsLimit = true
            return refused("with the parameter \"\(name)\" there would be more than \(limit) numbers", Shape(1))
        }
        let tensor: Tensor
        if let original {
            guard let shared = original[name], shared.shape == shape else {
                return refused(
                    Self.unshared("\"\(name)\" of shape \(shape) only when it was built once more").description, shape)
            }
            tensor = Tensor(storage: Storage(sharing: shared.storage, workspace: tape.workspace), shape: shape)
        } else {
            tensor = Tensor(
                storage: Storage(count: shape.count, requiresGradient: true, workspace: tape.workspace), shape: shape)
            for i in 0..<shape.count { tensor.pointer[i] = fill() }
        }
        names.append(name)
        tensors.append(tensor)
        return tensor
    }

    fileprivate func keep(_ values: [Scalar], _ shape: Shape) -> Tensor {
        guard values.count == shape.count else {
            return refused(
                "a constant of shape \(shape) holds \(shape.count) numbers, but \(values.count) were given", shape)
        }
        let tensor = Tensor(
            storage: Storage(count: shape.count, requiresGradient: false, workspace: tape.workspace), shape: shape)
        for (i, value) in values.enumerated() { tensor.pointer[i] = value }
        constants.append(tensor)
        return tensor
    }

    /// Notes a fault for `check`, and makes zeros to go on with, so that an `init` comes to its end.
    private func refused(_ what: String, _ shape: Shape) -> Tensor {
        fault = fault ?? ShapeError(what)
        let storage = Storage(count: shape.count, requiresGradient: false, workspace: tape.workspace)
        storage.pointer.update(repeating: 0, count: shape.count)
        return Tensor(storage: storage, shape: shape)
    }

    private static func unshared(_ what: String) -> ShapeError {
        ShapeError(
            "one and the same model must have the same parameters whenever it is built, but it made \(what); "
                + "let an init make them from its sizes alone, and not from anything that changes between two calls")
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

    /// A vector that is multiplied into a sum over `size` numbers, uniform in ±√(3 / size), so that it keeps their
    /// variance.
    public mutating func vector(_ name: String, _ size: Int) -> Tensor {
        uniform(name, Shape(size), bound: (3 / Double(size)).squareRoot())
    }

    /// A bias, zero at first.
    public mutating func bias(_ name: String, _ size: Int) -> Tensor {
        parameters.create(prefix + name, Shape(size)) { 0 }
    }

    /// A bias that begins with these numbers.
    public mutating func bias(_ name: String, initially values: [Scalar]) -> Tensor {
        var next = values.makeIterator()
        return parameters.create(prefix + name, Shape(values.count)) { next.next() ?? 0 }
    }

    /// The gain of a normalisation, one at first.
    public mutating func gain(_ name: String, _ size: Int) -> Tensor {
        parameters.create(prefix + name, Shape(size)) { 1 }
    }

    /// A single number.
    public mutating func scalar(_ name: String, initially value: Scalar) -> Tensor {
        parameters.create(prefix + name, Shape(1)) { value }
    }

    /// Numbers that are to stay as they are, such as a table of positions. No gradient reaches them, and no checkpoint
    /// holds them: they must follow from the sizes, so that they are the same whenever the model is built.
    public mutating func constant(_ values: [Scalar], shape: Shape) -> Tensor { parameters.keep(values, shape) }

    /// Uniform in ±bound.
    public mutating func uniform(_ name: String, _ shape: Shape, bound: Double) -> Tensor {
        // A stream of its own for each parameter: adding one to a scorer leaves the rest of the model as it was.
        var random = RandomSource(seed: seed, purpose: prefix + name)
        return parameters.create(prefix + name, shape) { Scalar((2 * random.uniform() - 1) * bound) }
    }
}
