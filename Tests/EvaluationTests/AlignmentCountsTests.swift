import Corpora
import Testing

@testable import Evaluation

@Suite struct AlignmentCountsTests {
    /// A = 4, S = 2, P = 3, A∩S = 1, A∩P = 2: AER = 1 − 3/6.
    @Test func byHand() {
        let counts = AlignmentCounts(predicted: links("0-0 1-1 2-2 3-3"), gold: gold("0-0 1-2", possible: "2-2"))
        #expect(counts.predicted == 4 && counts.sure == 2 && counts.possible == 3)
        #expect(near(counts.aer, 0.5))
        #expect(near(counts.precision, 0.5))
        #expect(near(counts.recall, 0.5))
        #expect(near(counts.f1, 0.5))
    }

    /// P is made to contain S, so a perfect prediction is perfect even if the file lists possible links apart.
    @Test func possibleContainsSure() {
        let counts = AlignmentCounts(predicted: links("0-0"), gold: gold("0-0", possible: "1-1"))
        #expect(counts.aer == 0 && counts.precision == 1 && counts.recall == 1)
    }

    /// The edge cases where public scripts differ: one prints AER 0 for an empty submission, another divides by zero.
    @Test func nothingPredicted() {
        let counts = AlignmentCounts(predicted: [], gold: gold("0-0"))
        #expect(counts.aer == 1 && counts.recall == 0)
        #expect(counts.precision == nil && counts.f1 == nil)
    }

    @Test func noSureLinks() {
        let counts = AlignmentCounts(predicted: links("0-0 1-1"), gold: gold("", possible: "0-0"))
        #expect(near(counts.aer, 0.5) && near(counts.precision, 0.5))
        #expect(counts.recall == nil && counts.f1 == nil)
    }

    @Test func nothingAgainstNothing() {
        let counts = AlignmentCounts(predicted: [], gold: gold(""))
        #expect(counts.aer == nil && counts.precision == nil && counts.recall == nil && counts.f1 == nil)
    }

    /// Both are defined and both 0: the harmonic mean is 0 and not 0/0.
    @Test func allWrong() {
        let counts = AlignmentCounts(predicted: links("0-0"), gold: gold("1-1"))
        #expect(counts.aer == 1 && counts.precision == 0 && counts.recall == 0 && counts.f1 == 0)
    }

    /// Micro-average: 1/1 and 0/3 links right make 1/4, where the mean of the sentences would be 1/2.
    @Test func corpusAddsBeforeDividing() {
        var counts = AlignmentCounts(predicted: links("0-0"), gold: gold("0-0"))
        counts += AlignmentCounts(predicted: links("0-0 1-1 2-2"), gold: gold("0-1 1-2 2-0"))
        #expect(near(counts.precision, 0.25) && near(counts.aer, 0.75))
    }

    /// Where S = P, AER is 1 − F1, whatever the links.
    @Test(arguments: ["0-0 1-1 2-2", "0-0", "0-0 0-1 0-2 1-1", "3-3", "0-1 1-0 2-2 3-3"])
    func aerIsOneMinusF1WithoutPossibleLinks(predicted: String) throws {
        let counts = AlignmentCounts(predicted: links(predicted), gold: gold("0-0 1-1 2-3"))
        let f1 = try #require(counts.f1)
        #expect(near(counts.aer, 1 - f1))
    }

    /// Zeros and ones in place of weights: soft AER is AER.
    @Test func softOfHardMatrixIsHard() throws {
        let attention = pointing(at: [0, 2, 2, 1, 0], of: 3)
        let alignment = gold("0-0 1-1 2-2 1-3", possible: "0-4 2-1")
        let hard = AlignmentCounts(predicted: LinkExtraction.argmax.links(attention), gold: alignment)
        let soft = SoftAlignmentCounts(attention, gold: alignment)
        #expect(near(soft.aer, try #require(hard.aer)))
        #expect(near(soft.precision, try #require(hard.precision)))
        #expect(near(soft.recall, try #require(hard.recall)))
    }

    /// |M| = 2, |S| = 2, |M∘S| = 0.7 + 0.2, |M∘P| = |M∘S| + 0.5: SAER = 1 − 2.3/4.
    @Test func softByHand() {
        let soft = SoftAlignmentCounts(
            matrix([[0.7, 0.3], [0.5, 0.2]].map { $0 + [1 - $0[0] - $0[1]] }),
            gold: gold("0-0 1-1", possible: "0-1"))
        #expect(near(soft.aer, 1 - 2.3 / 4))
    }

    /// The same with a word that nothing is linked with: its weight is on no link, |M| = 3, SAER = 1 − 2.3/5.
    @Test func softCountsWordsWithoutLinks() {
        let soft = SoftAlignmentCounts(
            matrix([[0.7, 0.3], [0.5, 0.2], [0.6, 0.4]].map { $0 + [1 - $0[0] - $0[1]] }),
            gold: gold("0-0 1-1", possible: "0-1"))
        #expect(near(soft.aer, 1 - 2.3 / 5) && near(soft.precision, 1.4 / 3))
    }

    /// A sentence that was cut off has fewer rows than its gold alignment has words: |M| = 1, |S| = 2, SAER = 1 −
    /// 1.4/3.
    @Test func softCountsLinksOfWordsWithoutRow() {
        let soft = SoftAlignmentCounts(matrix([[0.7, 0.3]]), gold: gold("0-0 1-1"))
        #expect(near(soft.aer, 1 - 1.4 / 3) && near(soft.recall, 0.35))
    }

    /// A key that is missing looks like an older file; null says that there is nothing to say.
    @Test func undefinedIsNull() throws {
        let empty = try json(AlignmentCounts())
        #expect(empty.contains(#""aer":null"#) && empty.contains(#""f1":null"#) && empty.contains(#""predicted":0"#))
        #expect(try json(SoftAlignmentCounts()).contains(#""aer":null"#))
        #expect(try survivesJSON(AlignmentCounts(predicted: links("0-0"), gold: gold("0-0 1-1"))))
    }
}
