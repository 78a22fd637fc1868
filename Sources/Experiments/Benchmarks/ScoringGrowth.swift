// How the time of a scorer grows with the source, against the formula on its card.

public import AttentionScorers

/// The time of one scorer's scores (no softmax, no context, keys kept from before) at several source lengths.
public struct ScoringGrowth: Sendable, Codable, Equatable {
    public let scorer: String
    /// The cost on the card.
    public let formula: String
    /// B, and D = A.
    public let batch: Int, width: Int
    /// S, rising.
    public let lengths: [Int]
    /// One for each length.
    public let microseconds: [Double]
    /// p of time ≈ c·Sᵖ over all lengths; see `PowerLaw`.
    @ExplicitNull public private(set) var exponent: Double?
    /// The same of the operations that the formula counts.
    @ExplicitNull public private(set) var formulaExponent: Double?
    /// Over the last three doublings alone: what a call costs however short the source is, the query's projection among
    /// it, no longer hides how the rest grows.
    @ExplicitNull public private(set) var lastExponent: Double?
    @ExplicitNull public private(set) var lastFormulaExponent: Double?

    public static let standardLengths = (4...12).map { 1 << $0 }

    /// - Parameters:
    ///   - lengths: in any order.
    ///   - repeats: timed steps a length, after a fifth as many that are not counted.
    /// - Complexity: memory for 2·B·S·D numbers at the longest S, and as many for their gradients.
    public static func measure(
        _ scorer: any AttentionScorer.Type, lengths: [Int] = standardLengths, batch: Int = 4, width: Int = 128,
        repeats: Int = 15
    ) throws -> ScoringGrowth {
        let lengths = Set(lengths).sorted()
        let microseconds = try lengths.map { length in
            let probe = try ScoringProbe(scorer, sizes(length, width), batch: batch, source: length)
            return try median(repeats, probe.scores) * 1e6
        }
        return ScoringGrowth(scorer.card, lengths: lengths, batch: batch, width: width, microseconds: microseconds)
    }

    /// - Parameter microseconds: one for each of the rising lengths.
    init(_ card: ScorerCard, lengths: [Int], batch: Int, width: Int, microseconds: [Double]) {
        (scorer, formula, self.batch, self.width) = (card.name, card.cost, batch, width)
        (self.lengths, self.microseconds) = (lengths, microseconds)
        let measured = zip(lengths, microseconds).map { (x: Double($0), y: $1) }
        let cost = CostFormula(card.cost)
        let counted = lengths.compactMap { length in
            cost?.count(Self.sizes(length, width).letters(batch: batch, source: length)).map {
                (x: Double(length), y: Double($0))
            }
        }
        let isCounted = counted.count == lengths.count
        let first = Double(lengths.last ?? 0) / 8
        exponent = PowerLaw.exponent(measured)
        formulaExponent = isCounted ? PowerLaw.exponent(counted) : nil
        lastExponent = PowerLaw.exponent(measured.filter { $0.x >= first })
        lastFormulaExponent = isCounted ? PowerLaw.exponent(counted.filter { $0.x >= first }) : nil
    }

    /// Where the last three doublings begin.
    public var firstOfLast: Int { lengths.first { $0 * 8 >= lengths[lengths.count - 1] } ?? 0 }

    /// A scorer that points at positions is made for just so many: a longer table would cost the same at every length.
    private static func sizes(_ source: Int, _ width: Int) -> ScorerSizes {
        ScorerSizes(state: width, attention: width, maximumSource: source)
    }
}
