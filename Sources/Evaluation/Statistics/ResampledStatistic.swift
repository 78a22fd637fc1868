// What a resampling test needs to know about a metric: what a sentence adds, and what the sums are worth.

/// A metric of a test set as a function of sums over its sentences.
///
/// Corpus BLEU and AER are no averages of sentence scores: their sums are divided once. A test that resamples sentences
/// therefore adds up small vectors and computes the metric from the sum, thousands of times.
public struct ResampledStatistic<Sentence: Sendable>: Sendable {
    public let name: String
    /// false for error rates.
    public let higherIsBetter: Bool
    /// Always of the same length.
    let components: @Sendable (Sentence) -> [Double]
    /// nil where the metric is undefined.
    let value: @Sendable ([Double]) -> Double?

    public init(
        name: String, higherIsBetter: Bool, components: @escaping @Sendable (Sentence) -> [Double],
        value: @escaping @Sendable ([Double]) -> Double?
    ) {
        self.name = name
        self.higherIsBetter = higherIsBetter
        self.components = components
        self.value = value
    }

    /// The metric of the sentences as they are; nil without any.
    public func value(of sentences: [Sentence]) -> Double? {
        mean(ofSeeds: [sentences])
    }

    /// The mean over seeds of the metric of each seed's sentences, as a table of results shows it. A seed for which the
    /// metric is undefined is left out; nil where it is for all.
    public func mean(ofSeeds seeds: [[Sentence]]) -> Double? {
        let values = seeds.compactMap { $0.isEmpty ? nil : value(ComponentTable([$0], components).sums) }
        return values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
    }

    /// The same of sums that stand one seed after the other.
    func mean(ofSums sums: [Double], seeds: Int) -> Double? {
        guard seeds != 1 else { return value(sums) }
        let width = sums.count / max(seeds, 1)
        var total = 0.0, defined = 0
        for seed in 0..<seeds {
            guard let value = value(Array(sums[seed * width..<(seed + 1) * width])) else { continue }
            total += value
            defined += 1
        }
        return defined > 0 ? total / Double(defined) : nil
    }
}

extension ResampledStatistic where Sentence == AlignmentCounts {
    public static var aer: Self { alignment("AER", higherIsBetter: false) { $0.aer } }
    public static var alignmentF1: Self { alignment("alignment F1", higherIsBetter: true) { $0.f1 } }

    public static func alignmentF(alpha: Double) -> Self {
        alignment("alignment F", higherIsBetter: true) { $0.f(alpha: alpha) }
    }

    private static func alignment(
        _ name: String, higherIsBetter: Bool,
        _ figure: @escaping @Sendable (LinkRatios) -> Double?
    ) -> Self {
        Self(
            name: name, higherIsBetter: higherIsBetter,
            components: { $0.numbers.map(Double.init) },
            value: { figure(LinkRatios(predicted: $0[0], sure: $0[1], predictedSure: $0[3], predictedPossible: $0[4])) }
        )
    }
}

extension ResampledStatistic where Sentence == BLEUStatistics {
    public static var bleu: Self { bleu(.init()) }

    public static func bleu(_ options: BLEUOptions) -> Self {
        Self(
            name: "BLEU", higherIsBetter: true,
            components: { $0.numbers.map(Double.init) },
            value: { x in
                x[0] > 0
                    ? BLEU.score(
                        hypothesisLength: x[1], referenceLength: x[2], correct: Array(x[3..<7]),
                        total: Array(x[7..<11]), options: options
                    ).score : nil
            })
    }
}

extension ResampledStatistic where Sentence == ChrFStatistics {
    public static func chrF(_ metric: ChrF = .chrF2) -> Self {
        Self(
            name: metric.name, higherIsBetter: true,
            components: { ([$0.sentences] + $0.counts).map(Double.init) },
            value: { $0[0] > 0 ? metric.score(Array($0.dropFirst())) : nil })
    }
}

extension ResampledStatistic where Sentence == Double {
    /// The plain mean of one number a sentence, such as 1 for a sentence that is right and 0 for one that is not.
    public static func mean(_ name: String, higherIsBetter: Bool = true) -> Self {
        Self(name: name, higherIsBetter: higherIsBetter, components: { [$0, 1] }, value: { ratio($0[0], $0[1]) })
    }
}
