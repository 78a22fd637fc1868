// A prior that prefers few translations a word, and what variational Bayes makes of counts with it (Riley and Gildea
// 2012, "Improving the IBM alignment models using variational Bayes").

import Foundation

enum DirichletPrior {
    /// What a count, the sum of a source word's counts and the number of its target words make of t(f | e):
    /// exp(ψ(n + α) − ψ(N + αV)). Without a prior n / N, the maximum of the likelihood.
    static func share(_ alpha: Double) -> (Double, Double, Int) -> Double {
        guard alpha > 0 else { return { count, sum, _ in count / sum } }
        return { count, sum, words in exp(digamma(count + alpha) - digamma(sum + alpha * Double(words))) }
    }

    /// ψ(x) for x > 0: the recurrence ψ(x) = ψ(x + 1) − 1/x up to where the series about infinity is exact.
    static func digamma(_ x: Double) -> Double {
        var (x, shift) = (x, 0.0)
        while x < 10 {
            shift -= 1 / x
            x += 1
        }
        let square = 1 / (x * x)
        return shift + log(x) - 0.5 / x - square
            * (1.0 / 12 - square * (1.0 / 120 - square * (1.0 / 252 - square / 240)))
    }
}
