// Numbers with a shape. What can be computed with them is in Operations/, an operation a file.

import VectorMath

/// The number that tensors hold: Float, or Double in a build with -DSCALAR64.
public typealias Scalar = VectorMath.Scalar

/// A dense array of numbers, row-major: the last axis is contiguous.
///
/// Operations return new tensors and throw a `ShapeError` when shapes do not fit. Only an optimiser changes numbers in
/// place. A tensor made from a parameter belongs to that parameter's tape, and so to one thread.
public struct Tensor {
    let storage: Storage
    /// Index of the first element in the storage; not 0 in views of a part.
    let offset: Int
    public let shape: Shape

    init(storage: Storage, offset: Int = 0, shape: Shape) {
        self.storage = storage
        self.offset = offset
        self.shape = shape
    }

    /// A constant: no gradient flows into it.
    ///
    /// - Throws: where the shape has another number of elements than were given.
    public init(_ values: [Scalar], shape: Shape) throws {
        try expect(
            values.count == shape.count, "shape \(shape) holds \(shape.count) numbers, but \(values.count) were given")
        self.init(
            storage: Storage(count: values.count, requiresGradient: false, workspace: .forConstants()), shape: shape)
        values.withUnsafeBufferPointer {
            if let base = $0.baseAddress { pointer.update(from: base, count: values.count) }
        }
    }

    /// A constant of one axis.
    public init(_ values: [Scalar]) {
        self.init(
            storage: Storage(count: values.count, requiresGradient: false, workspace: .forConstants()),
            shape: Shape(values.count))
        values.withUnsafeBufferPointer {
            if let base = $0.baseAddress { pointer.update(from: base, count: values.count) }
        }
    }

    /// Zeros, as a constant, in the memory of another tensor's training.
    public static func zeros(_ shape: Shape, near other: Tensor) -> Tensor {
        let storage = Storage(count: shape.count, requiresGradient: false, workspace: other.storage.workspace)
        storage.pointer.update(repeating: 0, count: shape.count)
        return Tensor(storage: storage, shape: shape)
    }

    /// A constant given as numbers, in the memory of another tensor's training.
    public static func constant(_ values: [Scalar], shape: Shape, near other: Tensor) throws -> Tensor {
        try expect(
            values.count == shape.count, "shape \(shape) holds \(shape.count) numbers, but \(values.count) were given")
        let tensor = Tensor(
            storage: Storage(count: values.count, requiresGradient: false, workspace: other.storage.workspace),
            shape: shape)
        values.withUnsafeBufferPointer {
            if let base = $0.baseAddress { tensor.pointer.update(from: base, count: values.count) }
        }
        return tensor
    }

    public var requiresGradient: Bool { storage.requiresGradient }
    public var count: Int { shape.count }

    /// Whether the other is this very tensor, not one with equal numbers.
    public func isIdentical(to other: Tensor) -> Bool {
        storage === other.storage && offset == other.offset && shape == other.shape
    }

    /// A copy of the numbers, in row-major order.
    public var values: [Scalar] {
        withExtendedLifetime(storage) { Array(UnsafeBufferPointer(start: pointer, count: count)) }
    }

    /// A copy of the gradient; zeros where none has arrived.
    public var gradient: [Scalar] {
        guard let gradient = storage.gradient else { return Array(repeating: 0, count: count) }
        return withExtendedLifetime(gradient) {
            Array(UnsafeBufferPointer(start: gradient.pointer + offset, count: count))
        }
    }

    /// Forgets the gradient, before the next step adds to it.
    public func clearGradient() { storage.clearGradient() }

    /// The single number of a tensor that has one.
    public func item() throws -> Scalar {
        try expect(count == 1, "item() reads a tensor of one number, but this one has shape \(shape)")
        return withExtendedLifetime(storage) { pointer[0] }
    }

    /// The same numbers, outside the tape: no gradient flows back through the result.
    public func detached() -> Tensor {
        let copy = Storage(count: count, requiresGradient: false, workspace: storage.workspace)
        copy.pointer.update(from: pointer, count: count)
        return Tensor(storage: copy, shape: shape)
    }
}

// What operations use to make their results.
extension Tensor {
    var pointer: UnsafeMutablePointer<Scalar> { storage.pointer + offset }

    /// Where this tensor's part of the gradient begins. Adds zeros if none has arrived yet.
    var gradientPointer: UnsafeMutablePointer<Scalar> { storage.gradientPointer + offset }

    /// As `Storage.gradientTarget`, for whole tensors; a view of a part always adds.
    func gradientTarget() -> (pointer: UnsafeMutablePointer<Scalar>, accumulate: Bool) {
        if offset == 0, count == storage.count { return storage.gradientTarget() }
        return (gradientPointer, true)
    }

    /// As `Storage.adoptGradient`, for whole tensors only.
    func adoptGradient(_ block: Storage) -> Bool {
        offset == 0 && count == storage.count && storage.adoptGradient(block)
    }

    /// The gradient that has arrived at a result, for its backward step; nil where nothing depends on it.
    var arrivedGradient: UnsafeMutablePointer<Scalar>? { storage.gradient.map { $0.pointer + offset } }

    /// An uninitialised result of an operation on `inputs`, and the tape to record its backward step on:
    /// nil where no input needs a gradient or recording is off.
    static func result(
        _ shape: Shape, of a: Tensor, _ b: Tensor? = nil, _ c: Tensor? = nil, _ d: Tensor? = nil, _ e: Tensor? = nil
    ) -> (Tensor, Tape?) {
        var workspace = a.storage.workspace
        var requires = a.requiresGradient
        func look(at other: Tensor?) {
            guard let other else { return }
            requires = requires || other.requiresGradient
            if workspace.tape == nil { workspace = other.storage.workspace }
        }
        look(at: b)
        look(at: c)
        look(at: d)
        look(at: e)
        let tape = requires ? workspace.tape : nil
        let recording = tape?.isRecording == true
        let storage = Storage(count: shape.count, requiresGradient: recording, workspace: workspace)
        return (Tensor(storage: storage, shape: shape), recording ? tape : nil)
    }
}
