// What one target word contributes to every alignment metric. Computed once, then added to each group the word is in
// (all words, content words, its phenomenon, its length bucket), so that the groups cannot disagree.

import Corpora

struct WordObservation {
    let target: Int
    var hard = AlignmentCounts()
    var soft = SoftAlignmentCounts()
    var pointing = PointingCounts()
    var entropy = EntropyCounts()
    var patterns = PatternCounts()

    /// One observation for each of the first `targetCount` target words.
    ///
    /// Words without weights still count their gold links (as missed). Without a gold alignment only the entropy is
    /// filled: predicted links that cannot be judged are not counted as predicted.
    static func all(
        _ matrix: AttentionMatrix, targetCount: Int, gold: GoldAlignment?,
        extraction: LinkExtraction = .argmax, thresholds: AttentionPattern.Thresholds = .init()
    ) -> [WordObservation] {
        var sure = [[Int]](repeating: [], count: targetCount)
        var possible = sure
        if let gold {
            for link in gold.sure where sure.indices.contains(link.target) { sure[link.target].append(link.source) }
            for link in gold.possible where possible.indices.contains(link.target) {
                possible[link.target].append(link.source)
            }
        }
        return (0..<targetCount).map { j in
            var word = WordObservation(target: j)
            let row = matrix.weights(of: j)
            let entropy = row.map { normalisedEntropy($0, sourceCount: matrix.sourceCount) }
            if let entropy { word.entropy.add(entropy) }
            guard gold != nil else { return word }

            // Sums of floating-point weights must not depend on the order in which a set yields its links.
            let sure = sure[j].sorted(), possible = possible[j].sorted()
            let predicted = extraction.sources(of: j, in: matrix)
            word.hard.predicted = predicted.count
            word.hard.sure = sure.count
            word.hard.possible = possible.count
            word.hard.predictedSure = predicted.count { sure.contains($0) }
            word.hard.predictedPossible = predicted.count { possible.contains($0) }
            word.soft.sure = Double(sure.count)

            guard let row, let entropy, let top = matrix.argmax(of: j) else { return word }
            func mass(_ sources: [Int]) -> Double {
                sources.reduce(0) { row.indices.contains($1) ? $0 + row[$1] : $0 }
            }
            word.soft.mass = row.reduce(0, +)
            word.soft.massOnSure = mass(sure)
            word.soft.massOnPossible = mass(possible)
            if sure.isEmpty {
                if possible.isEmpty { word.pointing.unlinkedWords = 1 }
            } else {
                word.pointing.words = 1
                word.pointing.hits = sure.contains(top) ? 1 : 0
                word.pointing.massOnSure = word.soft.massOnSure
            }
            if !possible.isEmpty {
                word.patterns.add(
                    AttentionPattern(
                        entropy: entropy, isRight: possible.contains(top), source: top, target: j,
                        sourceCount: matrix.sourceCount, targetCount: targetCount,
                        thresholds: thresholds))
            }
            return word
        }
    }
}
