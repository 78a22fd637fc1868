// The memory behind tensors: one block of numbers, its gradient, and the workspace that recycles blocks.

import VectorMath

/// Numbers of one tensor (or of several that are views of it), and the gradient of the loss by them.
///
/// Invariant: `pointer` addresses `count` initialised scalars for as long as the storage lives. Nobody keeps a pointer
/// longer than the storage it came from.
final class Storage {
    let pointer: UnsafeMutablePointer<Scalar>
    let count: Int
    let workspace: Workspace
    /// Whether the backward pass must bring a gradient here.
    let requiresGradient: Bool
    /// Allocated, as zeros, when the first contribution arrives; contributions are always added.
    private(set) var gradient: Storage?
    /// Whose numbers these are, where they are another storage's.
    private let owner: Storage?

    init(count: Int, requiresGradient: Bool, workspace: Workspace) {
        self.count = count
        self.requiresGradient = requiresGradient
        self.workspace = workspace
        owner = nil
        pointer = workspace.take(count)
    }

    /// The same numbers with a gradient of its own: a parameter as another thread's part of the training sees it.
    init(sharing owner: Storage, workspace: Workspace) {
        count = owner.count
        requiresGradient = owner.requiresGradient
        self.workspace = workspace
        self.owner = owner
        pointer = owner.pointer
    }

    deinit { if owner == nil { workspace.giveBack(pointer, count) } }

    /// The gradient to add to, made of zeros if this is the first contribution.
    var gradientPointer: UnsafeMutablePointer<Scalar> {
        if let gradient { return gradient.pointer }
        let fresh = Storage(count: count, requiresGradient: false, workspace: workspace)
        fresh.pointer.update(repeating: 0, count: count)
        gradient = fresh
        return fresh.pointer
    }

    /// The gradient to write to and whether there is something in it already that must be added to. Saves clearing a
    /// block that is about to be overwritten whole.
    func gradientTarget() -> (pointer: UnsafeMutablePointer<Scalar>, accumulate: Bool) {
        if let gradient { return (gradient.pointer, true) }
        let fresh = Storage(count: count, requiresGradient: false, workspace: workspace)
        gradient = fresh
        return (fresh.pointer, false)
    }

    /// Takes a block as the gradient, where there is none yet: saves copying what was made for no other purpose.
    /// - Returns: false, and nothing is done, where there is one.
    func adoptGradient(_ block: Storage) -> Bool {
        guard gradient == nil, block.count == count else { return false }
        gradient = block
        return true
    }

    func clearGradient() { gradient = nil }
}

/// Recycles blocks of memory between the steps of one training, and knows the tape that records there.
///
/// A block goes back when its last tensor dies, and the next tensor of that size class takes it: after the first step
/// of a given shape no block is allocated any more (`blocksAllocated` stands still). Used by one thread at a time.
final class Workspace {
    /// The tape that operations on these tensors are recorded on; nil for constants, or when the tape has gone.
    weak var tape: Tape?
    /// Free blocks by size class; a class holds blocks of (4 + k mod 4) · 2^(k div 4) vectors.
    private var free: [[UnsafeMutablePointer<Scalar>]] = []
    private(set) var blocksAllocated = 0
    private(set) var bytesAllocated = 0

    /// Constants outside any training share no free list, so each lives in a workspace of its own making.
    static func forConstants() -> Workspace { Workspace() }

    /// Sizes grow by a quarter or less from class to class, so that little is wasted.
    private func sizeClass(_ count: Int) -> (index: Int, capacity: Int) {
        let vectors = max(4, (count + laneCount - 1) / laneCount)
        let shift = Int.bitWidth - 1 - vectors.leadingZeroBitCount - 2
        let quarter = (vectors + (1 << shift) - 1) >> shift
        return ((shift << 2) + quarter - 4, (quarter << shift) * laneCount)
    }

    func take(_ count: Int) -> UnsafeMutablePointer<Scalar> {
        let (index, capacity) = sizeClass(count)
        if index < free.count, let block = free[index].popLast() { return block }
        blocksAllocated += 1
        bytesAllocated += capacity * MemoryLayout<Scalar>.stride
        let raw = UnsafeMutableRawPointer.allocate(byteCount: capacity * MemoryLayout<Scalar>.stride, alignment: 64)
        return raw.bindMemory(to: Scalar.self, capacity: capacity)
    }

    func giveBack(_ block: UnsafeMutablePointer<Scalar>, _ count: Int) {
        let index = sizeClass(count).index
        while free.count <= index { free.append([]) }
        free[index].append(block)
    }

    /// Lends a block for the time of one call: what a kernel needs beside its inputs and outputs.
    func withScratch<R>(_ count: Int, _ body: (UnsafeMutablePointer<Scalar>) throws -> R) rethrows -> R {
        let block = take(count)
        defer { giveBack(block, count) }
        return try body(block)
    }

    deinit {
        for blocks in free { for block in blocks { UnsafeMutableRawPointer(block).deallocate() } }
    }
}
