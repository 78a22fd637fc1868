// Sums over source words, choices of one, and what is kept of weights: values worked out by hand, gradients by finite
// differences, and the edges where a weight is exactly 0.

import Foundation
import TensorCore
import TestSupport
import Testing

@Suite("Words of the source, one by one") struct WordMixtureTests {
    private let parameters = Parameters()

    private func parameter(_ name: String, _ shape: Shape) -> Tensor {
        var builder = ParameterBuilder(parameters, seed: 3)
        return builder.uniform(name, shape, bound: 1)
    }

    @Test("the words with weights are kept, the largest of them on demand, the first among equals") func kept() throws {
        let tiny = Scalar.leastNonzeroMagnitude
        let weights = try Tensor([0.2, 0, 0.4, 0.4, 1, tiny, 0, 0, 0.3, 0.3, 0.3, 0.1], shape: [3, 4])
        let all = try KeptWords(of: weights)
        #expect((0..<3).map { all.places[all.entries($0)].map { $0 } } == [[0, 2, 3], [0], [0, 1, 2, 3]])
        let two = try KeptWords(of: weights, top: 2)
        #expect((0..<3).map { two.places[two.entries($0)].map { $0 } } == [[2, 3], [0], [0, 1]])
        let last = try KeptWords(of: weights, where: { $0 == 2 })
        #expect(last.pairs.map(\.row) == [2, 2, 2, 2] && last.pairs.map(\.place) == [0, 1, 2, 3])
    }

    @Test("tanh of sums of rows is that of the rows side by side, with its gradients") func pairs() throws {
        let a = parameter("a", [3, 5]), b = parameter("b", [4, 5]), pairs = [(0, 1), (2, 1), (0, 3), (0, 1)]
        let together = try a.tanhOfSums(with: b, pairs: pairs)
        let apart = try (a.gathered(pairs.map { $0.0 }) + b.gathered(pairs.map { $0.1 })).tanh()
        #expect(agree(together.values, apart.values))
        let probe = try Tensor((0..<20).map { Scalar($0 % 7) - 3 }, shape: [4, 5])
        try checkGradients(of: parameters) { try (a.tanhOfSums(with: b, pairs: pairs) * probe).sum() }
        #expect(throws: ShapeError.self) { try a.tanhOfSums(with: b, pairs: [(3, 0)]) }
    }

    /// Four rows of five words: one with zeros, one with a single word, one that does not count.
    private func mixture(_ readouts: Tensor, _ W: Tensor, _ b: Tensor, _ weights: Tensor) throws -> WordMixture {
        let words = try KeptWords(of: weights, where: { $0 != 3 })
        return try WordMixture(
            readouts: readouts.gathered(words.pairs.map { $0.row * 5 + $0.place }), weights: weights, words: words,
            weight: W, bias: b)
    }

    private let weights: [Scalar] = [
        0.1, 0.2, 0.3, 0.2, 0.2, 0, 0.5, 0, 0.5, 0, 0, 0, 1, 0, 0, 0.2, 0.2, 0.2, 0.2, 0.2,
    ]
    private let targets = [4, 6, 0, 9]

    @Test("the loss is the log of the sum, in the formula's own words") func value() throws {
        let readouts = parameter("r", [20, 6]), W = parameter("W", [6, 7]), b = parameter("b", [7])
        let alpha = try Tensor(weights, shape: [4, 5]), mixture = try mixture(readouts, W, b, alpha)
        let logits = try readouts.matmul(W, adding: b)
        var sum = 0.0, logs: [[Double]] = []
        for row in 0..<3 {
            let p = (0..<7).map { word in
                (0..<5).reduce(0.0) { total, place in
                    let r = row * 5 + place, x = (0..<7).map { Double(logits.values[r * 7 + $0]) }
                    return total + Double(weights[row * 5 + place]) * exp(x[word]) / x.map { exp($0) }.reduce(0, +)
                }
            }
            logs.append(p.map { log($0) })
            sum -= log(p[targets[row]])
        }
        #expect(try agree(mixture.crossEntropy(targets: targets, ignoring: 9).item(), sum / 3, of: 5))
        #expect(try agree(mixture.crossEntropy(targets: targets, ignoring: 9, dividingBy: 10).item(), sum / 10, of: 5))
        let scores = mixture.scores().mixture.values
        for row in 0..<3 { #expect(agree(scores[row * 7..<(row + 1) * 7].map { Double($0) }, logs[row], of: 5)) }
        #expect(scores[21..<28].allSatisfy { $0 == -.infinity }, "a row without words has no probability")
        let reading = try mixture.reading(targets: targets, ignoring: 9)
        #expect(agree(reading.logProbabilities.reduce(0, +), -sum, of: 10) && reading.logProbabilities[3] == 0)
        let posterior = reading.posterior.values
        #expect(posterior[5] == 0 && posterior[7] == 0 && posterior[12] == 1 && posterior[15...].allSatisfy { $0 == 0 })
        for row in 0..<3 { #expect(agree(posterior[row * 5..<(row + 1) * 5].reduce(0, +), 1, of: 1)) }
    }

    @Test("its gradients are those of finite differences, and nothing comes to words without weight")
    func gradients() throws {
        let readouts = parameter("r", [20, 6]), W = parameter("W", [6, 7]), b = parameter("b", [7])
        let free = parameter("α", [4, 5])
        // Differences move a weight of 0 below it: those rows are a constant here.
        let alpha = try Tensor([Scalar](repeating: 0.3, count: 20), shape: [4, 5])
        try checkGradients(of: parameters) {
            try mixture(readouts, W, b, free * free + alpha).crossEntropy(targets: targets, ignoring: 9)
        }
        parameters.clearGradients()
        try parameters.set("α", to: weights)
        let loss = try mixture(readouts, W, b, free).crossEntropy(targets: targets, ignoring: 9)
        try parameters.tape.backward(from: loss.scaled(by: 2))
        let slopes = free.gradient
        #expect(slopes[5] == 0 && slopes[7] == 0 && slopes[10] == 0 && slopes[15...].allSatisfy { $0 == 0 })
        #expect(agree(slopes[12], -2.0 / 3, of: 1), "of a single word p(y | i) / p(y) is 1")
        for parameter in parameters.tensors { #expect(parameter.gradient.allSatisfy { $0.isFinite }) }
    }

    @Test("logarithms all the way: words of no measurable probability cost what they cost") func extreme() throws {
        let readouts = try Tensor([1, -1], shape: [2, 1]), W = try Tensor([200, 0], shape: [1, 2])
        let words = try KeptWords(of: Tensor([0.5, 0.5], shape: [1, 2]))
        let mixture = try WordMixture(
            readouts: readouts, weights: Tensor([0.5, 0.5], shape: [1, 2]), words: words, weight: W,
            bias: Tensor([0, 0]))
        // log(½ e^−200 + ½ · 1) and, for both the same word, log e^−200 where each gives it that.
        #expect(try agree(mixture.crossEntropy(targets: [1], ignoring: 9).item(), log(2.0), of: 1))
        let same = try WordMixture(
            readouts: Tensor([1, 1], shape: [2, 1]), weights: Tensor([0.5, 0.5], shape: [1, 2]), words: words,
            weight: W, bias: Tensor([0, 0]))
        #expect(try agree(same.crossEntropy(targets: [1], ignoring: 9).item(), 200, of: 200))
        #expect(agree(same.scores().mixture.values, [0, -200], of: 200))
    }

    @Test("more readouts than a block holds give what each row gives alone") func blocks() throws {
        let rows = 60, source = 5
        let readouts = parameter("r", [rows * source, 6]), W = parameter("W", [6, 7]), b = parameter("b", [7])
        let alpha = try Tensor([Scalar](repeating: 0.2, count: rows * source), shape: [rows, source])
        func loss(_ chosen: Range<Int>) throws -> Double {
            let words = try KeptWords(of: alpha, where: chosen.contains)
            let mixture = try WordMixture(
                readouts: readouts.gathered(words.pairs.map { $0.row * source + $0.place }), weights: alpha,
                words: words, weight: W, bias: b)
            let targets = (0..<rows).map { chosen.contains($0) ? $0 % 7 : 9 }
            return try Double(mixture.crossEntropy(targets: targets, ignoring: 9, dividingBy: rows).item())
        }
        let apart = try (0..<rows).reduce(0.0) { try $0 + loss($1..<$1 + 1) }
        #expect(try agree(loss(0..<rows), apart, of: 5))
    }

    // MARK: choices

    @Test("a choice is made by weight, and never of a word without") func chosen() throws {
        let weights = try Tensor([0, 0.25, 0, 0.75], shape: [1, 4])
        #expect(try [0.001, 0.249, 0.251, 0.999_999].map { try weights.chosen(by: [$0])[0] } == [1, 1, 3, 3])
        #expect(throws: ShapeError.self) { try weights.chosen(by: [0.5, 0.5]) }
    }

    @Test("the loss of a choice has its gradients, and none at words without weight") func choiceLoss() throws {
        let free = parameter("α", [3, 4])
        let floor = try Tensor([Scalar](repeating: 0.4, count: 12), shape: [3, 4])
        try checkGradients(of: parameters) {
            try (free * free + floor).choiceLoss([2, nil, 0], gains: [1.5, 7, -0.5], entropy: 0.3)
        }
        parameters.clearGradients()
        try parameters.set("α", to: [0, 0.5, 0.5, 0, 0.2, 0.2, 0.3, 0.3, 1, 0, 0, 0])
        try parameters.tape.backward(from: free.choiceLoss([1, nil, 0], gains: [2, 3, 4], entropy: 0.1))
        let slopes = free.gradient, level = -0.1 * (1 + log(0.5)) * -1
        #expect(agree(slopes, [0, Scalar(level) - 4, Scalar(level), 0, 0, 0, 0, 0, -3.9, 0, 0, 0], of: 4))
    }

    @Test("straight through draws by weight") func draws() throws {
        let weights = try Tensor([0.2, 0, 0.8], shape: [1, 3])
        var counts = [0, 0, 0], state: UInt64 = 5
        for _ in 0..<4000 {
            let gumbel = (0..<3).map { _ -> Double in
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                return -log(-log((Double(state >> 12) + 0.5) * 0x1p-52))
            }
            let drawn = try weights.straightThrough(adding: gumbel).values
            #expect(drawn.reduce(0, +) == 1)
            counts[try #require(drawn.firstIndex(of: 1))] += 1
        }
        #expect(counts[1] == 0 && abs(Double(counts[0]) / 4000 - 0.2) < 0.03)
    }
}
