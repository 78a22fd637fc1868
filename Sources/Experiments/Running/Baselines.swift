// Aligners that use no attention at all: what every alignment figure must be read against.

import Corpora
public import Evaluation

/// The alignment quality of one baseline on one task's test splits.
public struct BaselineRow: Sendable, Codable, Equatable {
    public var task: String
    /// The condition with whose data; nil with the experiment's own.
    public var condition: String?
    /// "diagonal", "random" or "ibm-1".
    public var name: String
    public var test: AlignmentReport?
    public var long: AlignmentReport?
    /// Expected AER of the random baseline, which has no links of its own.
    public var expectedTestAER: Double?
    public var expectedLongAER: Double?
    public var expectedTestContentAER: Double?

    /// As the tables name it: what stands in brackets is no scorer.
    public var title: String { "(\(name))" }
    /// The alignment error rate, measured or expected.
    public var testAER: Double? { test?.all.links.aer ?? expectedTestAER }
    public var testContentAER: Double? { test?.content.links.aer ?? expectedTestContentAER }
    public var longAER: Double? { long?.all.links.aer ?? expectedLongAER }
}

enum Baselines {
    /// The three baselines for a task.
    static func rows(_ dataset: Dataset, condition: String? = nil) -> [BaselineRow] {
        guard dataset.test.contains(where: { $0.gold != nil }) else { return [] }
        let ibm = IBMModel1(trainedOn: dataset.train)
        func report(_ pairs: [SentencePair], _ matrix: (SentencePair) -> AttentionMatrix) -> AlignmentReport {
            var report = AlignmentReport()
            for pair in pairs { report.add(matrix(pair), pair) }
            return report
        }
        func diagonal(_ pair: SentencePair) -> AttentionMatrix {
            AlignmentBaseline.diagonal(sourceCount: pair.source.count, targetCount: pair.target.count)
        }
        return [
            BaselineRow(
                task: dataset.name, condition: condition, name: "diagonal", test: report(dataset.test, diagonal),
                long: report(dataset.long, diagonal)),
            BaselineRow(
                task: dataset.name, condition: condition, name: "random",
                expectedTestAER: AlignmentBaseline.expectedRandom(dataset.test).aer,
                expectedLongAER: AlignmentBaseline.expectedRandom(dataset.long).aer,
                expectedTestContentAER: AlignmentBaseline.expectedRandom(dataset.test.map(contentOnly)).aer),
            BaselineRow(
                task: dataset.name, condition: condition, name: "ibm-1", test: report(dataset.test, ibm.weights),
                long: report(dataset.long, ibm.weights)),
        ]
    }

    /// The pair without the target words that are no content words.
    private static func contentOnly(_ pair: SentencePair) -> SentencePair {
        let kept = pair.target.indices.filter { $0 < pair.isContent.count && pair.isContent[$0] }
        let place = Dictionary(uniqueKeysWithValues: kept.enumerated().map { ($1, $0) })
        func links(_ links: Set<Link>) -> Set<Link> {
            Set(links.compactMap { link in place[link.target].map { Link(link.source, $0) } })
        }
        return SentencePair(
            source: pair.source, target: kept.map { pair.target[$0] },
            gold: pair.gold.map { GoldAlignment(sure: links($0.sure), possible: links($0.possible)) })
    }
}
