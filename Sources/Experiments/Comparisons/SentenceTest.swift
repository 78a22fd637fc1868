// How a figure is tested over sentences: what each sentence adds to it, and how those become the figure.

public import Evaluation

/// The tests of one metric, for stars (against the best) and for letters and pairs (each against each).
public struct SentenceTest: Sendable {
    /// As its statistic says.
    let higherIsBetter: Bool
    private let leading: @Sendable ([RowGroup]) throws -> Set<String>
    private let paired: @Sendable ([RowGroup], PairedComparison.Test) throws -> PairwiseTests

    /// - Parameter sentences: of one training, in the order of the test set; nil where it has none, as for alignment
    ///   without weights.
    init<Sentence>(
        _ statistic: ResampledStatistic<Sentence>, _ sentences: @escaping @Sendable (ResultRow) -> [Sentence]?
    ) {
        @Sendable func candidates(_ groups: [RowGroup]) -> [Significance.Candidate<Sentence>] {
            let whole = groups.filter { !$0.rows.isEmpty && $0.rows.allSatisfy { sentences($0) != nil } }
            return whole.map { .init(name: $0.name, sentences: $0.rows.compactMap(sentences)) }
        }
        higherIsBetter = statistic.higherIsBetter
        leading = { try Significance.leaders(candidates($0), by: statistic) }
        paired = { try PairwiseTests(candidates($0), by: statistic, test: $1) }
    }

    /// The names of the best of these groups and of those not significantly worse; see `Significance`.
    ///
    /// - Throws: `InputError` where they were not measured on the same sentences.
    public func leaders(_ groups: [RowGroup]) throws -> Set<String> { try leading(groups) }

    /// All pairs of these groups. Groups without figures, such as those without alignment, are left out.
    ///
    /// - Throws: `InputError` where they were not measured on the same sentences.
    public func pairs(_ groups: [RowGroup], test: PairedComparison.Test = .pairedBootstrap) throws -> PairwiseTests {
        try paired(groups, test)
    }
}
