// The reference alignment of one sentence pair: sure and possible links (Och & Ney 2003, §2.2).

/// Sure links S and possible links P of one sentence pair, with S ⊆ P always.
public struct GoldAlignment: Sendable, Equatable {
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

extension GoldAlignment: Codable {
    private enum CodingKeys: String, CodingKey { case sure, possible }

    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            sure: try values.decode(Set<Link>.self, forKey: .sure),
            possible: try values.decode(Set<Link>.self, forKey: .possible))
    }

    /// In rising order: that of a set is another one in every process, and the same seed must give the same bytes.
    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(sure.sorted(), forKey: .sure)
        try values.encode(possible.sorted(), forKey: .possible)
    }
}
