// t(target word | source word): the numbers that Models 1 and 2 and the hidden Markov model share, and their M-step.

public import Corpora

/// Translation probabilities of the words that stand together in a sentence pair.
public struct TranslationTable: Sendable {
    package let words: CooccurringWords
    /// By slot.
    package private(set) var t: [Double]

    /// Every target word as likely as any other.
    package init(uniform words: CooccurringWords) {
        self.words = words
        t = [Double](repeating: 1 / Double(max(words.targetCount, 1)), count: words.slotCount)
    }

    /// The M-step: t(f | e) = its expected count over that of all target words of e.
    ///
    /// - Parameters:
    ///   - expected: by slot.
    ///   - share: what a count, and the sum of a source word's counts, make of t; see `DirichletPrior`.
    package mutating func maximise(
        _ expected: [Double], _ share: (Double, Double, Int) -> Double = { n, sum, _ in n / sum }
    ) {
        for source in words.sources {
            let slots = words.slots(ofSource: source)
            var sum = 0.0
            for k in slots { sum += expected[k] }
            guard sum > 0 else { continue }
            for k in slots { t[k] = share(expected[k], sum, slots.count) }
        }
    }

    /// t(target | source); 0 for words never seen together.
    public func probability(of target: String, given source: String) -> Double {
        guard let s = words.id(ofSource: source), let f = words.id(ofTarget: target),
            let slot = words.slot(source: s, target: f)
        else { return 0 }
        return t[slot]
    }

    /// [target][1 + source], the empty word first: t of each target word of a pair given each source word.
    ///
    /// - Parameter unseen: what words get that never stood in one pair.
    package func rows(_ pair: SentencePair, unseen: Double) -> [[Double]] {
        let sources = [CooccurringWords.emptyWord] + pair.source.map { words.id(ofSource: $0) }
        return pair.target.map { word in
            let target = words.id(ofTarget: word)
            return sources.map { source in
                guard let source, let target, let slot = words.slot(source: source, target: target) else {
                    return unseen
                }
                return t[slot]
            }
        }
    }
}
