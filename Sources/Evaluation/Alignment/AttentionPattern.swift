// What a target word's attention looks like, in one word. Our own taxonomy, for reading; no paper defines it.
//
//   spread      normalised entropy above a threshold: it looks everywhere
//   diagonal    points at a gold link near the diagonal i/S = j/T
//   reordering  points at a gold link off the diagonal: what attention is for
//   spurious    points at a word that is no gold link

/// The pattern of one target word that has a gold link (sure or possible); others have no right place to point at.
public enum AttentionPattern: String, Sendable, Codable, CaseIterable {
    case spread, diagonal, reordering, spurious

    public struct Thresholds: Sendable, Codable, Equatable {
        /// Normalised entropy above which a word is spread. 0.5 is where the weights look at about √S words.
        public var entropy = 0.5
        /// Distance from the diagonal, in source words, from which on a link counts as reordering. 1: two words that
        /// change places in sentences of equal length are reordered.
        public var distance = 1.0

        public init(entropy: Double = 0.5, distance: Double = 1.0) {
            self.entropy = entropy
            self.distance = distance
        }
    }

    /// - Parameters:
    ///   - source: the source word with the largest weight.
    ///   - isRight: whether (source, target) is a gold link.
    public init(
        entropy: Double, isRight: Bool, source: Int, target: Int, sourceCount: Int, targetCount: Int,
        thresholds: Thresholds = .init()
    ) {
        if entropy > thresholds.entropy {
            self = .spread
        } else if !isRight {
            self = .spurious
        } else {
            // Middles of words are compared, so that the first words and the last words meet on the diagonal whatever
            // the lengths. A short target has wide words: half the width of one is always near.
            let wordsPerTarget = Double(sourceCount) / Double(max(targetCount, 1))
            let distance = abs(Double(source) + 0.5 - (Double(target) + 0.5) * wordsPerTarget)
            self = distance < max(thresholds.distance, wordsPerTarget / 2) ? .diagonal : .reordering
        }
    }
}

/// How many target words showed each pattern; additive.
public struct PatternCounts: Sendable, Codable, Equatable {
    public var spread = 0
    public var diagonal = 0
    public var reordering = 0
    public var spurious = 0

    public init() {}

    public init(from decoder: any Decoder) throws {
        let c = try decoder.container(keyedBy: CodingKeys.self)
        spread = try c.decode(Int.self, forKey: .spread)
        diagonal = try c.decode(Int.self, forKey: .diagonal)
        reordering = try c.decode(Int.self, forKey: .reordering)
        spurious = try c.decode(Int.self, forKey: .spurious)
        try check(decoder)
    }

    public var words: Int { spread + diagonal + reordering + spurious }

    /// Share of the words, from 0 to 1; nil where there are none.
    public func share(_ pattern: AttentionPattern) -> Double? {
        let count =
            switch pattern {
            case .spread: spread
            case .diagonal: diagonal
            case .reordering: reordering
            case .spurious: spurious
            }
        return ratio(count, words)
    }

    public mutating func add(_ pattern: AttentionPattern) {
        switch pattern {
        case .spread: spread += 1
        case .diagonal: diagonal += 1
        case .reordering: reordering += 1
        case .spurious: spurious += 1
        }
    }

    public static func += (a: inout Self, b: Self) {
        a.spread += b.spread
        a.diagonal += b.diagonal
        a.reordering += b.reordering
        a.spurious += b.spurious
    }
}
