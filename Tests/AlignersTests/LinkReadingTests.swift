// From probabilities to links, by each rule that can be asked for.

import Aligners
import Corpora
import Evaluation
import Testing

@Suite struct LinkReadingTests {
    /// Two source words, three target words. The third target word comes from none; the second source word's best is
    /// the second target word, which thinks so too.
    private let posteriors = TwoWayPosteriors(
        forward: AttentionMatrix(rows: [[0.8, 0.1], [0.3, 0.6], [0.1, 0.2]], sourceCount: 2),
        backward: AttentionMatrix(rows: [[0.45, 0.5, 0], [0.1, 0.7, 0.1]], sourceCount: 3))

    private func links(_ text: String) -> Set<Link> {
        Set(
            Words.split(text).map { word in
                let numbers = word.split(separator: "-").compactMap { Int($0) }
                return Link(numbers[0], numbers[1])
            })
    }

    @Test(arguments: [
        (LinkReading(.forward), "0-0 1-1"), (LinkReading(.forward, linksEveryWord: true), "0-0 1-1 1-2"),
        (LinkReading(.forward, threshold: 0.3), "0-0 0-1 1-1"), (LinkReading(.reverse), "0-1 1-1"),
        (LinkReading(.reverse, threshold: 0.45), "0-0 0-1 1-1"), (LinkReading(.intersection), "1-1"),
        (LinkReading(.intersection, linksEveryWord: true), "1-1"), (LinkReading(.union), "0-0 0-1 1-1"),
        (LinkReading(.growDiag), "1-1 0-1 0-0"), (LinkReading(.growDiag, grow: .both), "1-1 0-0"),
        (LinkReading(.growDiagFinal, grow: .both), "1-1 0-0"), (LinkReading(.mean), "0-0 1-1"),
        (LinkReading(.growDiagFinalAnd, grow: .both, linksEveryWord: true), "1-1 0-0"),
        (LinkReading(.growDiagFinal, grow: .both, linksEveryWord: true), "1-1 0-0 1-2"),
        (LinkReading(.mean, threshold: 0.39), "0-0 0-1 1-1"), (LinkReading(.product), "0-0 1-1"),
        (LinkReading(.product, threshold: 0.4), "1-1"),
    ])
    func `Each rule by hand`(reading: LinkReading, expected: String) {
        #expect(reading.links(of: posteriors) == links(expected), "\(reading)")
    }
}
