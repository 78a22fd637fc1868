// How likely a link is by its place alone: exp(−λ × distance from the diagonal), and how λ is learnt (Dyer et al. 2013,
// §2.1).

import Foundation

/// p(a_j = i) before the words are known.
public struct DiagonalPrior: Sendable, Equatable {
    /// p₀: of no source word.
    public let nullProbability: Double
    /// λ: 0 is Model 1's, a large one leaves nothing beside the diagonal.
    public private(set) var tension: Double

    /// λ = 4 is where the published program begins.
    init(nullProbability: Double, tension: Double = 4) {
        (self.nullProbability, self.tension) = (nullProbability, tension)
    }

    /// h = |i/S − j/T|, words counted from 0 here.
    private static func distance(_ source: Int, _ word: Int, _ sources: Double, _ targets: Double) -> Double {
        abs(Double(source + 1) / sources - Double(word + 1) / targets)
    }

    /// The prior of target word `word`: of the null word, then of each source word.
    func fill(_ row: inout [Double], _ word: Int, source: Int, target: Int) {
        row.removeAll(keepingCapacity: true)
        row.append(source == 0 ? 1 : nullProbability)
        var sum = 0.0
        for i in 0..<source {
            let weight = exp(-tension * Self.distance(i, word, Double(source), Double(target)))
            row.append(weight)
            sum += weight
        }
        let scale = (1 - nullProbability) / sum
        for i in 0..<source { row[i + 1] *= scale }
    }

    /// Where an expected distance is expected from λ: E_λ[h] and its variance, of one target word.
    private func moments(_ word: Int, source: Int, target: Int) -> (mean: Double, variance: Double) {
        var sum = 0.0, first = 0.0, second = 0.0
        for i in 0..<source {
            let h = Self.distance(i, word, Double(source), Double(target)), weight = exp(-tension * h)
            sum += weight
            first += weight * h
            second += weight * h * h
        }
        return (first / sum, second / sum - first * first / (sum * sum))
    }

    /// The λ that expects the distances which the posteriors found. Their log-likelihood is concave in λ, with the
    /// gradient Σ E_λ[h] − Σ ρ h: Newton's steps, kept between the values that are known to be too small and too large.
    mutating func maximise(_ counts: DiagonalCounts) {
        var (low, high) = (0.0, Self.largest)
        for _ in 0..<Self.steps {
            var gradient = -counts.distance, curvature = 0.0
            for shape in counts.shapes where shape.source > 0 {
                for (word, weight) in shape.weights.enumerated() {
                    let (mean, variance) = moments(word, source: shape.source, target: shape.target)
                    gradient += weight * mean
                    curvature += weight * variance
                }
            }
            // Sentences of one word say nothing of the order.
            guard curvature > 0 else { return }
            if gradient > 0 { low = tension } else { high = tension }
            let next = tension + gradient / curvature, inside = next > low && next < high
            let moved = abs(next - tension)
            tension = inside ? next : (low + high) / 2
            if inside, moved < Self.exactness * tension { return }
        }
    }

    /// The published program's: a text of few words would else be linked along the diagonal, and λ rise for ever.
    private static let largest = 14.0
    private static let steps = 12
    private static let exactness = 1e-3
}

/// What the E-step tells of the order.
struct DiagonalCounts {
    /// All pairs with so many source and so many target words.
    struct Shape {
        let source: Int, target: Int
        /// Of each target word: how often it came from a source word and not from the null word.
        var weights: [Double]
    }

    private(set) var shapes: [Shape] = []
    /// Σ ρ h over all links.
    private(set) var distance = 0.0
    private var known: [Key: Int] = [:]
    private var present = 0

    private struct Key: Hashable { let source: Int, target: Int }

    mutating func begin(source: Int, target: Int) {
        let key = Key(source: source, target: target)
        present = known[key] ?? shapes.count
        guard present == shapes.count else { return }
        known[key] = present
        shapes.append(Shape(source: source, target: target, weights: [Double](repeating: 0, count: target)))
    }

    /// - Parameter row: the posterior of a target word, the null word's first.
    mutating func add(_ row: [Double], _ word: Int) {
        let source = Double(shapes[present].source), target = Double(shapes[present].target)
        let diagonal = Double(word + 1) / target
        for i in 1..<max(row.count, 1) { distance += row[i] * abs(Double(i) / source - diagonal) }
        shapes[present].weights[word] += 1 - row[0]
    }
}
