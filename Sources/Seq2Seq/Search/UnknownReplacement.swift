// Unknown words of a translation, replaced by the source words that they were written from: Luong et al. 2015,
// "Addressing the rare word problem in neural machine translation", §3; Jean et al. 2015, "On using very large target
// vocabulary for neural machine translation", §4.1. Without the papers' dictionary: the source word stands there itself,
// which is right for names and numbers.

import Corpora

/// The words of a translation, none of them unknown that looked anywhere.
public struct UnknownReplacement: Sendable, Equatable {
    public private(set) var words: [String]
    /// Which of them were unknown, and are source words now.
    public private(set) var replaced: [Int] = []

    /// - Parameters:
    ///   - words: as the model wrote them.
    ///   - hypothesis: the same translation in ids, with where it looked.
    ///   - source: the sentence.
    public init(_ words: [String], _ hypothesis: Hypothesis, source: [String]) {
        self.words = words
        // Of words in pieces none is unknown.
        guard words.count == hypothesis.tokens.count else { return }
        for (index, row) in hypothesis.weights.enumerated()
        where hypothesis.tokens[index] == Vocabulary.unknown && row.count == source.count {
            // A row of zeros looks nowhere.
            guard let largest = row.max(), largest > 0, let place = row.firstIndex(of: largest) else { continue }
            self.words[index] = source[place]
            replaced.append(index)
        }
    }
}
