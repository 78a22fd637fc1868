// The links of many sentences in one list, for files of a million lines: a set for each sentence takes ten times as much
// memory. For single sentences there is GoldAlignment.

/// A link in eight bytes: target, source, and whether it is only possible. In the order of links.
public struct PackedLink: Comparable, Sendable {
    fileprivate let bits: UInt64

    /// - Precondition: neither number has more than nine digits, as those of files have not.
    init(_ link: Link, isSure: Bool) {
        bits = UInt64(link.target) << 31 | UInt64(link.source) << 1 | (isSure ? 0 : 1)
    }

    public var isSure: Bool { bits & 1 == 0 }
    /// The same for a sure and a possible link of the same words; rises in the order of links.
    public var place: UInt64 { bits >> 1 }
    public var link: Link { Link(Int(place & (1 << 30 - 1)), Int(place >> 30)) }

    public static func < (a: PackedLink, b: PackedLink) -> Bool { a.bits < b.bits }
}

/// One alignment a sentence, in order.
public struct LinkTable: Sendable {
    private var links: [PackedLink] = []
    /// Of each sentence, where the next one begins.
    private var ends: [Int] = []

    public init() {}

    public init(_ alignments: [GoldAlignment]) {
        for alignment in alignments {
            add(alignment.possible.map { PackedLink($0, isSure: alignment.sure.contains($0)) })
        }
    }

    /// Sentences.
    public var count: Int { ends.count }
    public var hasLinks: Bool { !links.isEmpty }

    /// The links of a sentence in rising order, each once.
    public subscript(sentence: Int) -> ArraySlice<PackedLink> {
        links[(sentence == 0 ? 0 : ends[sentence - 1])..<ends[sentence]]
    }

    /// One more sentence: in any order, and a link that is named twice is sure if it is so once.
    mutating func add(_ sentence: [PackedLink]) {
        let start = links.count
        for link in sentence.sorted() {
            if links.count > start, links[links.count - 1].place == link.place { continue }
            links.append(link)
        }
        ends.append(links.count)
    }

    /// Sentences without links, up to this number of sentences.
    public mutating func pad(to count: Int) {
        while ends.count < count { ends.append(links.count) }
    }

    /// Whether links that were read as counted from 0 were probably counted from 1: no first word has a link in any
    /// sentence. A suspicion for a message, not a proof: in a handful of sentences it can be chance.
    public var neverLinksFirstWords: Bool {
        hasLinks && !links.contains { $0.link.source == 0 || $0.link.target == 0 }
    }
}
