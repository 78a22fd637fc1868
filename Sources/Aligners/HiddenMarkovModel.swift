// Links as a hidden Markov chain: Vogel, Ney and Tillmann 1996, "HMM-based word alignment in statistical translation",
// with the null words of Och and Ney 2003, §2.2 and 3.2.
//
//   p(a_j = i | a_j−1 = k) = (1 − p₀) c(i − k) / Σ_l c(l − k)       to the null word with p₀; the place k is kept
//   p(f_j | a_j = i) = t(f_j | e_i)                                 meanwhile, and the next jump starts from there

public import Corpora
public import Evaluation

/// Where a word comes from depends on where the one before it came from, by the jumps that are learnt.
public struct HiddenMarkovModel: OneWayModel {
    public static let name = "hmm"
    public static let summary =
        "A hidden Markov chain: jumps from the last word's place, after Model 1 (Vogel et al. 1996; Och and Ney 2003)."
    public static let settings = [AlignerSettings.passes, AlignerSettings.nullProbability, AlignerSettings.dirichlet]

    public private(set) var table: TranslationTable
    public private(set) var jumps = JumpTable()
    /// So many of Model 1, and then as many of the chain.
    private let passesEach: Int
    private let nullProbability: Double, dirichlet: Double
    /// Until its passes are done.
    private var beginning: IBMModel1?
    private var passesMade = 0

    public var passes: Int { 2 * passesEach }

    public init(_ words: CooccurringWords, _ settings: AlignerSettings) {
        passesEach = settings.passes ?? 5
        (nullProbability, dirichlet) = (settings.nullProbability ?? 0.2, settings.dirichlet ?? 0)
        let first = IBMModel1(words)
        (table, beginning) = (first.table, first)
    }

    public mutating func pass(over pairs: SlottedPairs, watch: (Double) -> Bool) throws -> Double {
        defer { passesMade += 1 }
        if var model = beginning, passesMade < passesEach {
            beginning = nil
            let logLikelihood = model.pass(over: pairs)
            table = model.table
            if passesMade + 1 < passesEach { beginning = model }
            return logLikelihood
        }
        return try chainPass(pairs, watch)
    }

    private mutating func chainPass(_ pairs: SlottedPairs, _ watch: (Double) -> Bool) throws -> Double {
        let slots = pairs.slots, t = table.t, jumps = jumps
        var expected = [Double](repeating: 0, count: t.count), counts = JumpCounts(), logLikelihood = 0.0
        try pairs.each(watch: watch) { _, pair in
            let width = pair.sourceCount + 1
            let emissions = (0..<pair.targetCount).map { word in
                (0..<width).map { t[Int(slots[pair.start + word * width + $0])] }
            }
            guard
                let chain = LinkChain(
                    emissions, source: pair.sourceCount, jumps, nullProbability: nullProbability, counts: &counts)
            else { return }
            logLikelihood += chain.logLikelihood
            for (word, row) in chain.posteriors.enumerated() {
                for i in row.indices { expected[Int(slots[pair.start + word * width + i])] += row[i] }
            }
        }
        table.maximise(expected, DirichletPrior.share(dirichlet))
        for _ in 0..<Self.jumpSteps { self.jumps = counts.likelier(than: self.jumps) }
        return logLikelihood
    }

    /// Each makes the jumps of the pass more likely; with one of them the next pass has less to go by.
    private static let jumpSteps = 3

    public func posterior(of pair: SentencePair) -> AttentionMatrix {
        var counts = JumpCounts()
        let chain = LinkChain(
            table.rows(pair, unseen: UnseenWords.probability), source: pair.source.count, jumps,
            nullProbability: nullProbability, counts: &counts)
        let rows = chain?.posteriors.map { Array($0.dropFirst()) } ?? pair.target.map { _ in [] }
        return AttentionMatrix(rows: rows, sourceCount: pair.source.count)
    }
}
