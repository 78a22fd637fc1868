// Multiply-adds for builds that may not use the instructions of the host.
//
// x86-64 in general has no fused multiply-add: the standard library's `addingProduct` is then a call of the C library
// for every lane, and a training step was measured to take 75 times as long as in a native build. A product and a sum
// round twice instead of once, which no kernel depends on, are instructions of every processor, and leave a factor of
// about 3.

#if PORTABLE && arch(x86_64)
extension Lanes {
    /// self + a · b, preferred to the standard library's method of this name because it is written for this very type.
    @inlinable @inline(__always) public func addingProduct(_ a: Lanes, _ b: Lanes) -> Lanes { self + a * b }
}
#endif
