// Counts that come out of a file: whether any measurement can have given them.
//
// Figures are computed from counts and not read, so a share above the whole would stand in a table like any other.

/// Counts of which some are parts of others.
protocol PossibleCounts {
    /// Whether nothing is below 0, and no part above its whole.
    var isPossible: Bool { get }
}

extension PossibleCounts {
    /// - Throws: `DecodingError` with the place in the file, for counts that no measurement gives.
    func check(_ decoder: any Decoder) throws {
        guard !isPossible else { return }
        throw DecodingError.dataCorrupted(
            .init(codingPath: decoder.codingPath, debugDescription: "a count is below 0, or a part above its whole"))
    }
}

/// Whether 0 ≤ part ≤ whole.
func isPart(_ part: Int, of whole: Int) -> Bool { 0 <= part && part <= whole }

/// The same of sums of weights, which round: a millionth more than the whole is none more.
func isPart(_ part: Double, of whole: Double) -> Bool { 0 <= part && part <= whole * (1 + 1e-6) + 1e-9 }

extension AccuracyCounts: PossibleCounts {
    var isPossible: Bool {
        isPart(exactSentences, of: sentences) && isPart(correctWords, of: positions)
            && isPart(repeatedWords, of: outputWords)
            && isPart(referenceRepeatedWords, of: referenceWords)
    }
}

extension AlignmentCounts: PossibleCounts {
    var isPossible: Bool {
        isPart(sure, of: possible) && isPart(predictedSure, of: min(sure, predictedPossible))
            && isPart(predictedPossible, of: min(possible, predicted))
    }
}

extension SoftAlignmentCounts: PossibleCounts {
    var isPossible: Bool {
        sure >= 0 && isPart(massOnSure, of: massOnPossible) && isPart(massOnPossible, of: mass)
    }
}

extension PointingCounts: PossibleCounts {
    var isPossible: Bool { isPart(hits, of: words) && isPart(massOnSure, of: Double(words)) && unlinkedWords >= 0 }
}

extension EntropyCounts: PossibleCounts {
    var isPossible: Bool { words >= 0 && isPart(sum, of: Double(words)) }
}

extension PatternCounts: PossibleCounts {
    var isPossible: Bool { min(spread, diagonal, reordering, spurious) >= 0 }
}

extension CoverageCounts: PossibleCounts {
    var isPossible: Bool {
        isPart(repeated, of: words) && isPart(omitted, of: words)
            && min(goldWords, sentences) >= 0 && fertilityError >= 0
    }
}

extension BLEUStatistics: PossibleCounts {
    var isPossible: Bool {
        min(sentences, hypothesisLength, referenceLength) >= 0 && zip(correct, total).allSatisfy { isPart($0, of: $1) }
            && total.allSatisfy { isPart($0, of: hypothesisLength) }
    }
}

extension ChrFStatistics: PossibleCounts {
    var isPossible: Bool {
        sentences >= 0 && counts.count.isMultiple(of: 3)
            && stride(from: 0, to: counts.count, by: 3).allSatisfy {
                isPart(counts[$0 + 2], of: min(counts[$0], counts[$0 + 1]))
            }
    }
}

extension PhenomenonMeasures: PossibleCounts {
    var isPossible: Bool { isPart(correctWords, of: words) }
}
