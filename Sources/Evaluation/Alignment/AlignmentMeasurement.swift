// One system's links against the gold, sentence by sentence, for files of any length.

import Corpora

public struct AlignmentMeasurement: Sendable {
    public let bundles: SentenceBundles<AlignmentCounts>
    public let sentences: Int
    /// The most frequent ones; nil where they were not asked for.
    public let errors: [LinkError]?

    /// - Parameters:
    ///   - gold: of as many sentences.
    ///   - allSure: whether a possible link of the gold counts as a sure one.
    ///   - text: of the sentences; nil where it is not known, and then there are no errors to name.
    ///   - most: how many errors to name; nil for none.
    /// - Complexity: links, and for errors as many pairs of words as differ.
    public init(
        _ system: LinkTable, gold: LinkTable, allSure: Bool = false,
        text: [(source: Substring, target: Substring)]? = nil, errors most: Int? = nil
    ) {
        var bundles = SentenceBundles(sentences: gold.count, empty: AlignmentCounts())
        var errors = LinkErrors(allSure: allSure)
        for sentence in 0..<min(gold.count, system.count) {
            let predicted = system[sentence], known = gold[sentence]
            bundles.add(AlignmentCounts(predicted: predicted, gold: known, allSure: allSure))
            if most != nil, let text {
                errors.add(
                    predicted: predicted, gold: known, source: Words.split(text[sentence].source),
                    target: Words.split(text[sentence].target))
            }
        }
        self.bundles = bundles
        sentences = gold.count
        self.errors = most.map(errors.most)
    }
}
