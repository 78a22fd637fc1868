// The probability of a sentence, every alignment of it summed over: the forward algorithm, of operations that a tape
// goes back through. Going back is the backward algorithm, so that nobody has to write it: the gradient of log p by the
// log of an emission is the posterior probability of that link (Eisner 2016, "Inside-outside and forward-backward
// algorithms are just backprop", §3). Not the best single alignment: that would be Viterbi's.
//
// B pairs, S source words, T target words. Place 0 stands before the first word: the walk begins there.

import TensorCore

enum ForwardAlgorithm {
    /// Σ_b log p(y_b | x_b):
    ///
    ///     m_t(i) ∝ (1 − p₀) Σ_k m_{t−1}(k) p(i | k) e_t(i) + p₀ m_{t−1}(i) e_t(0)      m_0: place 0
    ///
    /// and log p is the sum over t of the logarithm of what m_t is divided by. A word of the null word's leaves the
    /// place as it was. Each step's emissions are divided by the largest, which float32 needs and no result depends on.
    ///
    ///     scores = log e [T,B,S+1], column 0 the null word's → [1]
    ///
    /// - Complexity: B·T·S² multiply-adds with jumps, B·T·S without.
    static func logLikelihood(
        _ scores: Tensor, prior: PositionPrior, nullProbability p0: Double, targetLengths: [Int]
    ) throws -> Tensor {
        try expect(
            scores.shape.rank == 3 && scores.shape[1] == targetLengths.count && scores.shape[2] > 1,
            "the forward algorithm: log emissions have shape \(scores.shape) for \(targetLengths.count) sentences, "
                + "expected [T,B,S+1]")
        try expect(0 < p0 && p0 < 1, "the forward algorithm: the null word's probability is \(p0), expected 0 < p₀ < 1")
        let (steps, batch, places) = (scores.shape[0], scores.shape[1], scores.shape[2])
        let greatest = greatestOfRows(scores)
        let shift = greatest.flatMap { [Scalar](repeating: -$0, count: places) }
        let emissions = try (scores + Tensor(shift, shape: scores.shape)).exponential()
        let real = emissions.scaled(by: Scalar(1 - p0))
        let null = try emissions.columns(0..<1).repeated(places).scaled(by: Scalar(p0))
        var m = try Tensor((0..<batch * places).map { $0 % places == 0 ? 1 : 0 }, shape: [batch, places])
        var totals: [Tensor] = []
        for t in 0..<steps {
            let joint = try prior.arriving(from: m, at: t) * real.slice(t) + m * null.slice(t)
            let total = try joint.rowSums()
            m = try joint / total.repeated(places)
            totals.append(total)
        }
        let isReal = (0..<steps * batch).map { Scalar($0 / batch < targetLengths[$0 % batch] ? 1 : 0) }
        let logs = try Tensor.stack(totals).reshaped([steps, batch]).logarithm(floor: .leastNormalMagnitude)
        let taken = zip(greatest, isReal).reduce(0) { $0 + Double($1.0) * Double($1.1) }
        return try (logs * Tensor(isReal, shape: [steps, batch])).sum().adding(Scalar(taken))
    }

    private static func greatestOfRows(_ scores: Tensor) -> [Scalar] {
        let values = scores.values, width = scores.shape.last
        return stride(from: 0, to: values.count, by: width).map { start in
            values[start..<start + width].reduce(-.infinity) { max($0, $1) }
        }
    }

    /// ρ_t(i) = ∂ log p / ∂ log e_t(i): where each target word comes from, both sentences known; column 0 is the null
    /// word's.
    ///
    ///     [T,B,S+1] → [T·B·(S+1)]
    ///
    /// - Parameter prior: constants.
    static func posterior(
        _ scores: [Scalar], prior: PositionPrior, nullProbability: Double, sourceWidth: Int, targetLengths: [Int]
    ) throws -> [Scalar] {
        let parameters = Parameters()
        var builder = ParameterBuilder(parameters, seed: 0)
        let leaf = builder.bias("log e", initially: scores)
        let batch = targetLengths.count, places = sourceWidth + 1
        let shaped = try leaf.reshaped([scores.count / (batch * places), batch, places])
        let logLikelihood = try logLikelihood(
            shaped, prior: prior, nullProbability: nullProbability, targetLengths: targetLengths)
        try parameters.tape.backward(from: logLikelihood)
        return leaf.gradient
    }
}
