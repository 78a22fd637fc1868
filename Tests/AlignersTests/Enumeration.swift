// What the aligners' sums over all links must come to: every way to link every target word, one by one.

import Corpora
import Evaluation

/// The sum over all links of a pair, and the share of each link in it. Exponential; for pairs of a few words.
struct Enumeration {
    private(set) var likelihood = 0.0
    /// [target][1 + source], the null word's first.
    private(set) var posteriors: [[Double]]

    /// - Parameter probability: of a choice for each target word: 0 for the null word, 1 … S for the source words.
    init(source: Int, target: Int, _ probability: ([Int]) -> Double) {
        posteriors = Array(repeating: Array(repeating: 0, count: source + 1), count: target)
        var choice = Array(repeating: 0, count: target)
        func visit(_ word: Int) {
            guard word < target else {
                let p = probability(choice)
                likelihood += p
                for (t, i) in choice.enumerated() { posteriors[t][i] += p }
                return
            }
            for i in 0...source {
                choice[word] = i
                visit(word + 1)
            }
        }
        visit(0)
        posteriors = posteriors.map { row in row.map { $0 / likelihood } }
    }
}

func words(_ text: String) -> [String] { Words.split(text) }

func pair(_ source: String, _ target: String) -> SentencePair {
    SentencePair(source: words(source), target: words(target))
}

func near(_ a: Double, _ b: Double, _ tolerance: Double = 1e-9) -> Bool { abs(a - b) <= tolerance * max(1, abs(b)) }

func near(_ a: [[Double]], _ b: [[Double]], _ tolerance: Double = 1e-9) -> Bool {
    a.count == b.count
        && zip(a, b).allSatisfy { $0.count == $1.count && zip($0, $1).allSatisfy { near($0, $1, tolerance) } }
}
