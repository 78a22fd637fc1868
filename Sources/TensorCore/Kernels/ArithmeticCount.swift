// How much arithmetic the kernels do: what turns seconds into GFLOP/s.

import Synchronization

/// Counts the multiplications and additions of products (matrices, weighted rows, inner products; a multiply-add is
/// two). Element-wise work such as tanh, softmax and the optimiser is not counted, as is usual where speeds are
/// compared.
public enum ArithmeticCount {
    private static let isOn = Atomic(false)
    private static let sum = Atomic(0)

    /// The operations of everything that runs meanwhile, on any thread: for one measurement at a time.
    public static func of(_ body: () throws -> Void) rethrows -> Int {
        sum.store(0, ordering: .relaxed)
        isOn.store(true, ordering: .relaxed)
        defer { isOn.store(false, ordering: .relaxed) }
        try body()
        return sum.load(ordering: .relaxed)
    }

    /// A load and a branch where nobody counts.
    @inline(__always)
    static func add(_ operations: Int) {
        if isOn.load(ordering: .relaxed) { sum.add(operations, ordering: .relaxed) }
    }
}
