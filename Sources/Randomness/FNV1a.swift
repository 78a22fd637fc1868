// A hash that is the same on every run and machine, which Swift's own is not: for seeds, names and check sums.

/// FNV-1a with 64 bits (Fowler, Noll, Vo; draft-eastlake-fnv). Tells data apart and finds damage; protects against
/// nobody.
public enum FNV1a {
    /// - Parameter start: the hash of what came before, where data come in parts.
    @inlinable public static func hash(
        _ bytes: some Sequence<UInt8>, from start: UInt64 = 0xCBF2_9CE4_8422_2325
    ) -> UInt64 {
        bytes.reduce(start) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    }
}
