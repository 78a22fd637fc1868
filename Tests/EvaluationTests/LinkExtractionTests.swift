import Corpora
import Testing

@testable import Evaluation

@Suite struct LinkExtractionTests {
    /// Ties go to the lowest index, so that the uniform baseline is the same on every machine.
    @Test func argmax() {
        #expect(
            LinkExtraction.argmax.links(matrix([[0.2, 0.5, 0.3], [0.4, 0.2, 0.4], [1 / 3, 1 / 3, 1 / 3]]))
                == links("1-0 0-1 0-2"))
    }

    /// A word can get several links or none; the threshold itself counts.
    @Test func threshold() {
        let attention = matrix([[0.5, 0.5, 0], [0.4, 0.35, 0.25]])
        #expect(LinkExtraction.threshold(0.5).links(attention) == links("0-0 1-0"))
        #expect(LinkExtraction.relativeThreshold(0.8).links(attention) == links("0-0 1-0 0-1 1-1"))
    }

    /// What is no distribution gives no link, rather than one to the first word.
    @Test func rowsWithoutWeights() {
        let attention = AttentionMatrix(rows: [[], [0, 0], [.nan, 1], [0, 1]], sourceCount: 2)
        for rule in [LinkExtraction.argmax, .threshold(0), .relativeThreshold(0.5)] {
            #expect(Set(rule.links(attention).map(\.target)).isSubset(of: [3]))
        }
    }

    /// A column beyond the real source words (padding, an end token) is never linked.
    @Test func columnsBeyondTheSource() {
        let attention = AttentionMatrix(rows: [[0.1, 0.2, 0.7]], sourceCount: 2)
        #expect(LinkExtraction.argmax.links(attention) == links("1-0"))
    }
}

@Suite struct SymmetrisationTests {
    // forward ∩ backward = 1-1. Around it: 2-2 (both words free), 2-1 (source 2 free, target 1 covered), far away 4-0.
    let forward = links("1-1 2-2 4-0"), backward = links("1-1 2-1 4-4")

    @Test func intersectionAndUnion() {
        #expect(Symmetrisation.intersection.combine(forward: forward, backward: backward) == links("1-1"))
        #expect(Symmetrisation.union.combine(forward: forward, backward: backward) == links("1-1 2-2 4-0 2-1 4-4"))
    }

    /// "either": 2-1 is a direct neighbour with a free source word and is taken first; then 2-2, whose target is free.
    @Test func growDiagEither() {
        #expect(Symmetrisation.growDiag(.either).combine(forward: forward, backward: backward) == links("1-1 2-1 2-2"))
    }

    /// "both": 2-1 is refused, since target 1 has a link; 2-2 is a diagonal neighbour with both words free.
    @Test func growDiagBoth() {
        #expect(Symmetrisation.growDiag(.both).combine(forward: forward, backward: backward) == links("1-1 2-2"))
    }

    /// final takes 4-0 (forward first), then 4-4, of which target 4 is still free; final-and must refuse 4-4,
    /// because source 4 has a link by then.
    @Test func final() {
        #expect(
            Symmetrisation.growDiagFinal(.both).combine(forward: forward, backward: backward)
                == links("1-1 2-2 4-0 4-4"))
        #expect(
            Symmetrisation.growDiagFinalAnd(.both).combine(forward: forward, backward: backward) == links("1-1 2-2 4-0")
        )
        #expect(
            Symmetrisation.growDiagFinalAnd(.either).combine(forward: forward, backward: backward)
                == links("1-1 2-1 2-2 4-0"))
    }

    /// Growth goes on from links that were themselves added.
    @Test func growsAlongAChain() {
        let diagonal = links("0-0 1-1 2-2 3-3 4-4")
        #expect(Symmetrisation.growDiag(.both).combine(forward: diagonal, backward: links("4-4")) == diagonal)
        #expect(Symmetrisation.growDiag(.both).combine(forward: diagonal, backward: links("0-0")) == diagonal)
    }

    /// Without a common link there is nothing to grow from.
    @Test func nothingInCommon() {
        #expect(Symmetrisation.growDiag(.either).combine(forward: links("0-0"), backward: links("1-1")).isEmpty)
        #expect(Symmetrisation.growDiagFinalAnd(.either).combine(forward: [], backward: links("1-1")) == links("1-1"))
    }
}

@Suite struct AttentionShiftTests {
    let attention = pointing(at: [0, 1, 2], of: 4, end: 3)

    /// +1 reads one row later, the end row for the last word; −1 one row earlier, nothing for the first word.
    @Test func shifts() {
        #expect(LinkExtraction.argmax.links(attention.shifted(by: 1)) == links("1-0 2-1 3-2"))
        #expect(LinkExtraction.argmax.links(attention.shifted(by: -1)) == links("0-1 1-2"))
        #expect(attention.shifted(by: 0) == attention)
        #expect(attention.shifted(by: 99).rows.allSatisfy { $0.isEmpty })
        #expect(attention.shifted(by: .max).rows.allSatisfy { $0.isEmpty })
    }

    @Test func withoutEndRow() {
        let attention = pointing(at: [0, 1, 2], of: 4)
        #expect(LinkExtraction.argmax.links(attention.shifted(by: 1)) == links("1-0 2-1"))
    }

    /// There and back, only the rows that fell off the end are missing.
    @Test func shiftingBack() {
        #expect(attention.shifted(by: -1).shifted(by: 1) == attention.withoutEndRow)
    }
}

extension AttentionMatrix {
    fileprivate var withoutEndRow: AttentionMatrix {
        AttentionMatrix(rows: rows, endRow: nil, sourceCount: sourceCount)
    }
}

@Suite struct WordPiecesTests {
    let source = WordPieces(["▁the", "▁hou", "se"], convention: .sentencePiece)
    let target = WordPieces(["la", "mai@@", "s@@", "on"], convention: .bpe)

    /// The first piece opens a word even where it is not marked: a stray sentence start must not become word −1.
    @Test func boundaries() {
        #expect(source.wordOfPiece == [0, 1, 1] && source.wordCount == 2)
        #expect(target.wordOfPiece == [0, 1, 1, 1] && target.wordCount == 2)
        #expect(WordPieces(["the", "▁", "cat"], convention: .sentencePiece).wordOfPiece == [0, 1, 1])
        #expect(WordPieces([], convention: .bpe).wordCount == 0)
    }

    @Test func anyPieceLinksTheWord() {
        #expect(WordPieces.merge(links("0-0 2-1 1-3 9-9"), source: source, target: target) == links("0-0 1-1"))
    }

    /// Sum over source pieces, mean over target pieces: rows still sum to 1.
    @Test func weights() {
        let merged = WordPieces.merge(
            matrix([[0.5, 0.25, 0.25], [0, 1, 0], [0.5, 0.5, 0], [1, 0, 0]], end: [0.2, 0.3, 0.5]),
            source: source, target: target)
        #expect(merged.rows == [[0.5, 0.5], [0.5, 0.5]])
        #expect(merged.endRow == [0.2, 0.8] && merged.sourceCount == 2)
    }
}
