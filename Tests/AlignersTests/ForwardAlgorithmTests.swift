// The forward algorithm against what it stands for: every alignment of short sentences, written out one by one.

import Foundation
import TensorCore
import TestSupport
import Testing

@testable import Aligners

@Suite struct ForwardAlgorithmTests {
    private static let nullProbability = 0.15

    /// Numbers for sentences of these lengths, drawn once.
    private struct Case {
        let parameters = Parameters()
        let lengths: PairLengths
        /// log e [T,B,S+1], and J [B·(S+1),5].
        let scores: Tensor, jumps: Tensor

        init(_ source: [Int], _ target: [Int]) {
            lengths = PairLengths(source: source, target: target)
            var builder = ParameterBuilder(parameters, seed: 11)
            scores = builder.uniform("log e", [lengths.targetWidth, source.count, lengths.places], bound: 3)
            jumps = builder.uniform("J", [source.count * lengths.places, 5], bound: 2)
        }

        func prior() throws -> PositionPrior {
            .jumps(
                try jumps.jumpWeights(rows: Array(0..<jumps.shape[0]), lengths: lengths.source, far: 0.5))
        }

        /// The same as numbers that no gradient flows to.
        func constantPrior() throws -> PositionPrior {
            guard case .jumps(let weights) = try prior() else { return try prior() }
            return .jumps(try Tensor(weights.values, shape: weights.shape))
        }

        func logLikelihood(_ prior: PositionPrior) throws -> Tensor {
            try ForwardAlgorithm.logLikelihood(
                scores, prior: prior, nullProbability: nullProbability, targetLengths: lengths.target)
        }

        /// p(y | x) of pair b, and the share of it in which target word t comes from place i, i = 0 the null word.
        func enumerated(_ b: Int) throws -> (probability: Double, shares: [[Double]]) {
            let places = lengths.places, prior = try prior()
            guard case .jumps(let weights) = prior else { return (0, []) }
            let e = scores.values.map { exp(Double($0)) }, p = weights.values.map { Double($0) }
            let source = lengths.source[b], target = lengths.target[b]
            var probability = 0.0, shares = [[Double]](repeating: [Double](repeating: 0, count: places), count: target)
            func walk(_ alignment: [Int], _ place: Int, _ product: Double) {
                let t = alignment.count
                if t == target {
                    probability += product
                    for (t, i) in alignment.enumerated() { shares[t][i] += product }
                    return
                }
                let row = (t * lengths.count + b) * places
                walk(alignment + [0], place, product * nullProbability * e[row])
                for i in 1...source {
                    let step = p[(b * places + place) * places + i]
                    walk(alignment + [i], i, product * (1 - nullProbability) * step * e[row + i])
                }
            }
            walk([], 0, 1)
            return (probability, shares.map { $0.map { $0 / probability } })
        }
    }

    @Test(arguments: 1...4, 1...4)
    func `The likelihood and the posteriors are those of all alignments`(source: Int, target: Int) throws {
        let pair = Case([source], [target]), expected = try pair.enumerated(0)
        let got = try pair.logLikelihood(pair.prior()).item()
        #expect(agree(Double(got), log(expected.probability), of: 10))
        let posterior = try ForwardAlgorithm.posterior(
            pair.scores.values, prior: pair.constantPrior(), nullProbability: Self.nullProbability, sourceWidth: source,
            targetLengths: [target])
        #expect(agree(posterior, Array(expected.shares.joined()), of: 1))
    }

    @Test func `A batch of several lengths is its pairs, one by one`() throws {
        let batch = Case([4, 2, 3, 1], [1, 4, 3, 2])
        let expected = try (0..<4).map { log(try batch.enumerated($0).probability) }.reduce(0, +)
        #expect(agree(Double(try batch.logLikelihood(batch.prior()).item()), expected, of: 40))
    }

    @Test func `The gradient is that of finite differences`() throws {
        let batch = Case([4, 2, 3], [2, 4, 3])
        try checkGradients(of: batch.parameters) { try batch.logLikelihood(batch.prior()) }
    }

    @Test func `A step's probabilities sum to 1, and all but the null word's to the words that have a source`() throws {
        let batch = Case([4, 2, 3, 1], [1, 4, 3, 2]), places = batch.lengths.places
        let posterior = try ForwardAlgorithm.posterior(
            batch.scores.values, prior: batch.constantPrior(), nullProbability: Self.nullProbability, sourceWidth: 4,
            targetLengths: batch.lengths.target)
        var fromNull = 0.0, fromWords = 0.0
        for row in 0..<batch.lengths.targetWidth * batch.lengths.count {
            let isReal = row / batch.lengths.count < batch.lengths.target[row % batch.lengths.count]
            let shares = posterior[row * places..<(row + 1) * places].map { Double($0) }
            #expect(agree(shares.reduce(0, +), isReal ? 1 : 0, of: 1))
            fromNull += shares[0]
            fromWords += shares.dropFirst().reduce(0, +)
        }
        #expect(agree(fromWords, 10 - fromNull, of: 10))
    }

    /// Brown et al. 1993, eq. 13, with a null word of a probability of its own.
    @Test func `With the uniform prior the loss is that of Model 1`() throws {
        let batch = Case([4, 2, 3], [2, 4, 3]), e = batch.scores.values.map { exp(Double($0)) }
        var expected = 0.0
        for b in 0..<3 {
            for t in 0..<batch.lengths.target[b] {
                let row = (t * 3 + b) * batch.lengths.places, source = batch.lengths.source[b]
                let mean = e[row + 1...row + source].reduce(0, +) / Double(source)
                expected += log(Self.nullProbability * e[row] + (1 - Self.nullProbability) * mean)
            }
        }
        #expect(agree(Double(try batch.logLikelihood(.uniform(batch.lengths)).item()), expected, of: 30))
    }

    @Test func `The diagonal prior falls with the distance from the diagonal, in the words of fast_align`() throws {
        let lengths = PairLengths(source: [4, 2], target: [2, 3]), steepness = Tensor([4])
        guard case .places(let weights) = try PositionPrior.diagonal(lengths, steepness: steepness) else { return }
        for b in 0..<2 {
            for t in 1...lengths.target[b] {
                let all = (1...lengths.source[b]).map { i in
                    exp(-4 * abs(Double(i) / Double(lengths.source[b]) - Double(t) / Double(lengths.target[b])))
                }
                let row = ((t - 1) * 2 + b) * 5
                let expected = [0] + all.map { $0 / all.reduce(0, +) } + [Double](repeating: 0, count: 4 - all.count)
                #expect(agree(Array(weights.values[row..<row + 5]), expected, of: 1))
            }
        }
    }

    @Test func `Emissions that float32 has no room for leave the likelihood a number`() throws {
        let lengths = PairLengths(source: [3], target: [2])
        let scores = try Tensor([-400, -390, -395, -500, -300, -420, -300, -310], shape: [2, 1, 4])
        let likelihood = try ForwardAlgorithm.logLikelihood(
            scores, prior: .uniform(lengths), nullProbability: 0.1, targetLengths: [2])
        // log(.3 e^-390 + .1 e^-400 + .3 e^-395 + …), and log((.1 + .3) e^-300 + …).
        let expected = -390 + log(0.3 + 0.1 * exp(-10) + 0.3 * exp(-5)) - 300 + log(0.4 + 0.3 * exp(-10))
        #expect(agree(Double(try likelihood.item()), expected, of: 1000))
    }

    @Test func `What does not fit is refused with a sentence`() throws {
        let pair = Case([2], [2])
        #expect(throws: ShapeError.self) {
            try ForwardAlgorithm.logLikelihood(
                pair.scores, prior: pair.prior(), nullProbability: 0.1, targetLengths: [2, 2])
        }
        for p0 in [0, 1, -0.1, .nan] {
            #expect(throws: ShapeError.self) {
                try ForwardAlgorithm.logLikelihood(
                    pair.scores, prior: pair.prior(), nullProbability: p0, targetLengths: [2])
            }
        }
    }
}
