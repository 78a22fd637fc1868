// Attention at two levels written out, right and in the ways in which it goes wrong, for the checks of exercise 31 and of
// bug hunt 15.

struct TwoLevelsByHand {
    /// Words of each sentence.
    let sentences: [Int]
    /// Of all words, and of the sentences.
    let scores: [Double], states: [[Double]], sentenceScores: [Double]

    /// The words of each sentence.
    var ranges: [Range<Int>] {
        sentences.indices.map { n in
            let start = sentences[..<n].reduce(0, +)
            return start..<start + sentences[n]
        }
    }

    var within: [Double] { ranges.flatMap { Plain.softmax(Array(scores[$0])) } }

    var beginningAtZero: [Double] { sentences.flatMap { Plain.softmax(Array(scores[..<$0])) } }

    var vectors: [[Double]] {
        let weights = within
        return ranges.map { Plain.weightedSum(Array(weights[$0]), of: Array(states[$0])) }
    }

    var means: [[Double]] {
        ranges.map { range in
            Plain.weightedSum(range.map { _ in 1 / Double(range.count) }, of: Array(states[range]))
        }
    }

    var runningSums: [[Double]] {
        var sum: [Double]?
        return vectors.map { vector in
            let next = sum.map { Plain.sum($0, vector) } ?? vector
            sum = next
            return next
        }
    }

    func perWord(_ ofSentences: [Double]) -> [Double] {
        zip(sentences, ofSentences).flatMap { count, weight in [Double](repeating: weight, count: count) }
    }

    func wordWeights(_ ofSentences: [Double]) -> [Double] { zip(within, perWord(ofSentences)).map { $0 * $1 } }

    func spread(_ ofSentences: [Double]) -> [Double] {
        zip(sentences, ofSentences).flatMap { count, weight in
            [Double](repeating: weight / Double(count), count: count)
        }
    }
}
