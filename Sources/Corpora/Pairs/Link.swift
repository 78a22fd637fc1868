// One link of a word alignment. Not a set of links: that is GoldAlignment.

/// Source word `source` is aligned with target word `target`; both count from 0.
public struct Link: Hashable, Comparable, Sendable, Codable {
    public var source: Int
    public var target: Int

    public init(_ source: Int, _ target: Int) {
        self.source = source
        self.target = target
    }

    public static func < (a: Link, b: Link) -> Bool {
        (a.target, a.source) < (b.target, b.source)
    }
}
