// Reverse-mode differentiation: what was computed, in order, and how to go back.

/// Records operations while they run, and plays their derivatives backwards.
///
/// The tape is a flat list in order of creation. A chain of nodes that own one another would overflow the stack when it
/// is released (a few ten thousand steps are enough), and a node whose closure captures itself would never be released.
/// Here the closures hold storages, storages hold no closures, and the backward pass drops each entry once it is done.
///
/// A tape belongs to one thread. Trainings that run in parallel have a tape each.
public final class Tape {
    let workspace = Workspace()
    private var backwardSteps: [() -> Void] = []
    /// Tells where the time goes, if set before anything is recorded.
    public var clock: PhaseClock?
    /// With a clock: the phase each step was recorded in, and will be played back in.
    private var phases: [String?] = []
    /// Transposed weights of the backward pass that is going on, each with the weight it came from: as long as that
    /// lives, no other can stand at its address.
    private var transposes: [TransposeKey: (of: Storage, copy: Storage)] = [:]
    /// What an operation found wrong while it was played back, where it could not throw.
    private var fault: ShapeError?
    /// False inside `withoutRecording`.
    public private(set) var isRecording = true

    public init() { workspace.tape = self }

    /// Number of operations recorded and not yet played back.
    public var count: Int { backwardSteps.count }

    /// Blocks of memory allocated so far. Stands still in the steady state of a training.
    public var blocksAllocated: Int { workspace.blocksAllocated }
    /// Bytes in those blocks.
    public var bytesAllocated: Int { workspace.bytesAllocated }

    func record(_ backward: @escaping () -> Void) {
        backwardSteps.append(backward)
        if let clock { phases.append(clock.phase) }
    }

    /// Says from within a backward step that it cannot be: the first such sentence is what `backward` throws.
    func fail(_ error: ShapeError) { fault = fault ?? error }

    /// Runs `body` as a phase of the clock, if there is one.
    public func phase<R>(_ name: String, _ body: () throws -> R) rethrows -> R {
        guard let clock else { return try body() }
        return try clock.measure(name, body)
    }

    /// Runs `body` without recording: for decoding and evaluation.
    public func withoutRecording<R>(_ body: () throws -> R) rethrows -> R {
        let before = isRecording
        isRecording = false
        defer { isRecording = before }
        return try body()
    }

    /// Forgets what was recorded, as after a failed forward pass.
    public func reset() {
        backwardSteps.removeAll(keepingCapacity: true)
        phases.removeAll(keepingCapacity: true)
    }

    /// Gradients of a single number by everything it was computed from; they are added to what is there. Empties the
    /// tape.
    ///
    /// - Throws: where `loss` is not one number, was not computed from a parameter, or from one of another tape; and
    ///   where an operation's own backward pass gave what does not fit.
    public func backward(from loss: Tensor) throws {
        try expect(
            loss.shape.count == 1,
            "backward starts from one number, the loss, but was given a tensor of shape \(loss.shape); take its sum or mean first"
        )
        try expect(
            loss.requiresGradient,
            "backward was given a number that no parameter went into, so there is no gradient to compute")
        try expect(
            loss.storage.workspace === workspace,
            "backward was given a number that was recorded on another tape, that of other Parameters, so it "
                + "cannot be gone back from here; use the tape of the parameters that the loss was computed from")
        loss.storage.gradientPointer[loss.offset] += 1
        while let step = backwardSteps.popLast() {
            if let clock, let phase = phases.popLast() { clock.enter(phase, isBackward: true) }
            step()
        }
        clock?.enter(nil)
        transposes.removeAll(keepingCapacity: true)
        guard let found = fault else { return }
        fault = nil
        throw found
    }

    /// Wᵀ [N,K] of a weight W [K,N], for this backward pass.
    ///
    /// A recurrent decoder multiplies by the same Wᵀ at every step, and no number changes while gradients are computed:
    /// one copy a pass is enough.
    func transposed(_ weight: Tensor, _ k: Int, _ n: Int) -> UnsafePointer<Scalar> {
        let key = TransposeKey(storage: ObjectIdentifier(weight.storage), offset: weight.offset, rows: k)
        if let known = transposes[key] { return UnsafePointer(known.copy.pointer) }
        let copy = Storage(count: k * n, requiresGradient: false, workspace: workspace)
        transpose(k, n, weight.pointer, rowStride: n, into: copy.pointer)
        transposes[key] = (weight.storage, copy)
        return UnsafePointer(copy.pointer)
    }
}

private struct TransposeKey: Hashable {
    let storage: ObjectIdentifier
    let offset: Int, rows: Int
}
