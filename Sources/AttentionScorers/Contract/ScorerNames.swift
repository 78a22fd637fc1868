// What can be typed where scorers are named: a scorer, a family of them, all, or those of the default comparison.

/// The names of the scorers that there are, and of the groups that mean several.
public struct ScorerNames: Sendable {
    /// In the order of the tables.
    public let cards: [ScorerCard]
    /// Those that the default comparison has.
    public let standard: [String]
    /// `all`, `default`, and each family that has a scorer, with what they mean.
    public let groups: [(name: String, scorers: [String])]

    private static let (all, standardGroup) = ("all", "default")

    /// - Parameter standard: nil for all.
    public init(_ scorers: [any AttentionScorer.Type], standard: [any AttentionScorer.Type]? = nil) {
        cards = scorers.map { $0.card }
        self.standard = (standard ?? scorers).map { $0.card.name }
        groups =
            [(Self.all, cards.map(\.name)), (Self.standardGroup, self.standard)]
            + Self.byFamily(cards).map { ($0.family.group, $0.cards.map(\.name)) }
    }

    public var names: [String] { cards.map(\.name) }

    /// Everything that can be typed.
    public var known: [String] { names + groups.map(\.name) }

    /// Each family that has one of these cards, in the order of the first of them.
    public static func byFamily(_ cards: [ScorerCard]) -> [(family: ScorerFamily, cards: [ScorerCard])] {
        cards.indices.filter { index in
            !cards[..<index].contains { $0.family.name == cards[index].family.name }
        }.map { index in (cards[index].family, cards.filter { $0.family.name == cards[index].family.name }) }
    }

    /// The scorers that these names mean, each once. A name that nothing has stays, and so does all that is named
    /// twice: whoever reads the list refuses it with the words that were typed.
    public func expanded(_ given: [String]) -> [String] {
        guard Set(given).count == given.count else { return given }
        var seen: Set<String> = []
        return given.flatMap { name in groups.first { $0.name == name }?.scorers ?? [name] }
            .filter { seen.insert($0).inserted }
    }

    /// What is wrong with the name of a scorer beside these groups; nil where nothing is.
    public static func fault(ofName name: String) -> String? {
        if let fault = ScorerCard.fault(ofName: name) { return fault }
        guard name == all || name == standardGroup || name.hasSuffix(ScorerFamily.groupEnd) else { return nil }
        return "“\(all)”, “\(standardGroup)” and what ends with “\(ScorerFamily.groupEnd)” mean several scorers"
    }
}

extension ScorerFamily {
    /// What the command line calls its scorers together.
    public var group: String { name + Self.groupEnd }

    fileprivate static let groupEnd = "-family"
}
