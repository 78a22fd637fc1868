// Links from posteriors: each reading on one pair whose links can be counted by hand.

import Aligners
import Corpora
import Evaluation
import Testing

struct PosteriorReadingTests {
    /// Two source words, three target words. Target word 1 comes from nothing more probably than from any word.
    private let posteriors = TwoWayPosteriors(
        forward: AttentionMatrix(rows: [[0.9, 0.1], [0.2, 0.3], [0.3, 0.7]], sourceCount: 2),
        backward: AttentionMatrix(rows: [[0.8, 0.1, 0.1], [0.1, 0.6, 0.3]], sourceCount: 3))

    @Test func `A direction links each word with the most probable one, unless the null word is more probable`() {
        #expect(posteriors.links(.forward) == [Link(0, 0), Link(1, 2)])
        #expect(posteriors.links(.backward) == [Link(0, 0), Link(1, 1)])
    }

    @Test func `Combined readings are those of the directions' links`() {
        #expect(posteriors.links(.combined(.intersection)) == [Link(0, 0)])
        #expect(posteriors.links(.combined(.union)) == [Link(0, 0), Link(1, 1), Link(1, 2)])
    }

    @Test func `The mean and the product are of a link's two probabilities`() {
        #expect(posteriors.links(.mean(above: 0.5)) == [Link(0, 0)])
        #expect(posteriors.links(.mean(above: 0.4)) == [Link(0, 0), Link(1, 1), Link(1, 2)])
        #expect(posteriors.links(.product(above: 0.2)) == [Link(0, 0), Link(1, 2)])
    }

    @Test func `Of a pair without words no link is read, and of a row that lacks none`() {
        let empty = TwoWayPosteriors(
            forward: AttentionMatrix(rows: [[], []], sourceCount: 0),
            backward: AttentionMatrix(rows: [], sourceCount: 2))
        for reading: PosteriorReading in [.forward, .backward, .combined(.union), .mean(above: 0), .product(above: 0)] {
            #expect(empty.links(reading).isEmpty)
        }
    }
}
