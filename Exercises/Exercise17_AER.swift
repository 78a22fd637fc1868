// Exercise 17 · from weights to links, and what the links are worth
//
//     AER = 1 − (|A∩S| + |A∩P|) / (|A| + |S|)                          Och & Ney 2003, with S ⊆ P
//
// A the links that were predicted; S the sure links, which every annotator drew; P the possible ones, which were at
// least accepted. A prediction must find all of S and must not leave P. 0 is perfect, 1 is nothing right. The links
// themselves come from the weights: one for each target word, to the source word with the largest weight (Luong et al.
// 2015, §4.4).
//
//     A = {0-0, 1-1, 1-2, 2-2}, S = {0-0, 1-1, 3-3}, P = S ∪ {1-2}:  |A∩S| = 2, |A∩P| = 3, AER = 1 − (2 + 3) / (4 + 3)
//     = 0.286
//
// The figure is easily computed of the wrong thing: of P without S, of links that count from 1, of target-source pairs,
// of one row too many, as a mean over sentences of which short ones then weigh as much as long ones. Each of these
// gives a number between 0 and 1 that looks like any other.
//
// Lesson  Notebooks-md/08_ReadingAlignments.md
// Check   swift test --filter Exercise17
// Hints   swift run attention exercises hint 17

public import Corpora
public import Workbook

public enum Exercise17: AERAnswers {
    /// - Parameters:
    ///   - predicted: A.
    ///   - sure: S.
    ///   - possible: the possible links as a file has them, often without the sure ones; these are possible all the
    ///     same.
    /// - Returns: from 0 to 1; 1 where nothing was predicted against sure links; nil where there is neither, for 0/0 is
    ///   no figure.
    public static func aer(predicted: Set<Link>, sure: Set<Link>, possible: Set<Link>) throws -> Double? {
        throw Unfinished("the alignment error rate")
    }

    /// One figure for a corpus, in which every link counts the same, whatever sentence it is in.
    ///
    /// - Parameter sentences: each has its links as `predicted`, `sure` and `possible`.
    /// - Returns: nil where nothing was predicted and nothing is sure in any sentence.
    public static func corpusAER(_ sentences: [JudgedSentence]) throws -> Double? {
        throw Unfinished("the AER of a corpus")
    }

    /// One link for each target word: to the source word with the largest weight, the first of equals.
    ///
    /// - Parameter weights: [T+1][S], S at least 1. Row t is what the decoder looked at to produce target word t; the
    ///   last row is that of the end token.
    /// - Returns: T links, `Link(source, target)`, both counted from 0.
    public static func links(_ weights: [[Double]]) throws -> Set<Link> {
        throw Unfinished("from weights to links")
    }

    /// Why does the row of the end token give no link?
    ///
    ///   a  its weights do not sum to 1, so that the largest of them means nothing
    ///   b  the end token is no word of the reference: a link of it is in neither S nor P, and can only raise the AER
    ///   c  it always points at the end token of the source, which is right, but too easy
    ///   d  it is the mean of the other rows, so that its link would be counted twice
    public static func whyTheEndRowGoes() throws -> Choice {
        throw Unfinished("why the end row goes")
    }
}
