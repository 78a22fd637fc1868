// Forward–backward over the places of a source sentence: the posterior of every link, all paths summed (Rabiner 1989).

import Foundation

/// What a chain of links says of one pair whose words are known.
struct LinkChain {
    /// Σ over all paths, as a logarithm.
    let logLikelihood: Double
    /// [target][1 + source]: p(a_j = i | both sentences), the null word's first.
    let posteriors: [[Double]]

    /// - Parameters:
    ///   - emissions: [target][1 + source]: t(f_j | e_i), the null word's first.
    ///   - counts: the expected jumps are added to it.
    /// - Returns: nil where no path has a probability above 0.
    /// - Complexity: |target| · |source| · `JumpTable.reach`; memory 2 · |target| · |source|.
    init?(_ emissions: [[Double]], source: Int, _ jumps: JumpTable, nullProbability: Double, counts: inout JumpCounts) {
        let normalisers = jumps.back([Double](repeating: 1, count: source))
        // Where all jumps that a place allows have been learnt to be impossible, only the null word is left.
        let jumping = normalisers.map { $0 > 0 ? (1 - nullProbability) / $0 : 0 }
        guard let forward = Forward(emissions, jumps, jumping, nullProbability) else { return nil }
        logLikelihood = forward.logLikelihood
        var posteriors = emissions, beta = [Double](repeating: 1, count: source + 1)
        for (j, row) in emissions.enumerated().reversed() {
            let alpha = forward.alphas[j], moved = forward.moved[j], scale = forward.scales[j]
            let taking = (0..<source).map { row[$0 + 1] * beta[$0 + 1] / scale }
            let stay = nullProbability * row[0] / scale, back = jumps.back(taking)
            counts.add(alpha.indices.map { alpha[$0] * jumping[$0] }, taking, taken: back, jumps)
            posteriors[j][0] = 0
            for p in alpha.indices { posteriors[j][0] += alpha[p] * stay * beta[p] }
            for i in 0..<source { posteriors[j][i + 1] = moved[i] * taking[i] }
            for p in beta.indices { beta[p] = jumping[p] * back[p] + stay * beta[p] }
        }
        self.posteriors = posteriors
    }

    /// α: p(the words so far, the place after them), each step divided by its sum.
    private struct Forward {
        var logLikelihood = 0.0
        /// Before each target word.
        var alphas: [[Double]] = []
        /// p(the words before this one, a jump to each source word).
        var moved: [[Double]] = []
        var scales: [Double] = []

        init?(_ emissions: [[Double]], _ jumps: JumpTable, _ jumping: [Double], _ nullProbability: Double) {
            var alpha = [Double](repeating: 0, count: jumping.count)
            alpha[0] = 1
            for row in emissions {
                let ahead = jumps.ahead(alpha.indices.map { alpha[$0] * jumping[$0] })
                var next = alpha, scale = 0.0
                for p in next.indices {
                    next[p] *= nullProbability * row[0]
                    if p > 0 { next[p] += ahead[p - 1] * row[p] }
                    scale += next[p]
                }
                guard scale > 0 else { return nil }
                for p in next.indices { next[p] /= scale }
                alphas.append(alpha)
                moved.append(ahead)
                scales.append(scale)
                logLikelihood += log(scale)
                alpha = next
            }
        }
    }
}
