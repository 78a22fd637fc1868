// The reference alignment of one sentence pair: sure and possible links (Och & Ney 2003, §2.2).

/// Sure links S and possible links P of one sentence pair, with S ⊆ P always.
public struct GoldAlignment: Sendable, Codable, Equatable {
    /// Links every annotator would draw.
    public let sure: Set<Link>
    /// Links that are acceptable; contains every sure link.
    public let possible: Set<Link>

    /// - Parameter possible: need not repeat the sure links; they are added.
    public init(sure: Set<Link> = [], possible: Set<Link> = []) {
        self.sure = sure
        self.possible = possible.union(sure)
    }
}
