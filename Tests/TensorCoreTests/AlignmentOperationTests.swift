// What aligners add to the operations: sums of rows, words asked of a softmax, and weights of steps. Values by their
// formulas in the plainest form, gradients by finite differences.

import Foundation
import TensorCore
import TestSupport
import Testing

@Suite("Operations of aligners") struct AlignmentOperationTests {
    private let parameters = Parameters()

    private func parameter(_ name: String, _ shape: Shape, bound: Double = 1) -> Tensor {
        var builder = ParameterBuilder(parameters, seed: 4)
        return builder.uniform(name, shape, bound: bound)
    }

    private func probe(_ shape: Shape) throws -> Tensor {
        try Tensor((0..<shape.count).map { Scalar($0 * 5 % 7) - 3 }, shape: shape)
    }

    @Test("rows are summed and divided by the root of their number; a row may recur, and a bag be empty")
    func bags() throws {
        let table = parameter("table", [5, 19]), bags = RowBags([[0, 3, 3], [], [4]])
        let sums = try table.sums(of: bags)
        func row(_ r: Int) -> ArraySlice<Scalar> { table.values[r * 19..<(r + 1) * 19] }
        let expected = zip(row(0), row(3)).map { (Double($0) + 2 * Double($1)) / 3.0.squareRoot() }
        #expect(agree(Array(sums.values.prefix(19)), expected))
        #expect(sums.values[19..<38].allSatisfy { $0 == 0 } && Array(sums.values.suffix(19)) == Array(row(4)))
        #expect(bags.chosen([2, 0, 2]) == RowBags([[4], [0, 3, 3], [4]]))
        let probe = try probe([3, 19])
        try checkGradients(of: parameters) { try (table.sums(of: bags) * probe).sum() }
        #expect(throws: ShapeError.self) { try table.sums(of: RowBags([[5]])) }
        #expect(throws: ShapeError.self) { try table.sums(of: RowBags([[-1]])) }
    }

    /// More states than a block has, and a width that is no multiple of a vector's.
    @Test("a word's log probability is its score less that of all words") func chosenWords() throws {
        let h = parameter("h", [101, 7]), O = parameter("O", [23, 7]), o = parameter("o", [23])
        let words = (0..<101).flatMap { [ChosenWord(state: $0, word: $0 % 23), .none, ChosenWord(state: $0, word: 3)] }
        let normalisers = try h.logNormalisers(weights: O, bias: o)
        let logs = try h.logProbabilities(of: words, weights: O, bias: o)
        for (place, choice) in words.enumerated() {
            guard choice != .none else {
                #expect(logs.values[place] == Tensor.outOfReach)
                continue
            }
            func score(_ word: Int) -> Double {
                (0..<7).reduce(Double(o.values[word])) {
                    $0 + Double(h.values[choice.state * 7 + $1]) * Double(O.values[word * 7 + $1])
                }
            }
            let normaliser = log((0..<23).reduce(0) { $0 + exp(score($1)) })
            #expect(agree(Double(logs.values[place]), score(choice.word) - normaliser, of: 10))
            #expect(agree(Double(normalisers[choice.state]), normaliser, of: 10))
        }
        #expect(throws: ShapeError.self) {
            try h.logProbabilities(of: [ChosenWord(state: 101, word: 0)], weights: O, bias: o)
        }
        #expect(throws: ShapeError.self) {
            try h.logProbabilities(of: [ChosenWord(state: 0, word: 23)], weights: O, bias: o)
        }
    }

    @Test("its gradient is that of finite differences, for states, weights and bias") func chosenGradient() throws {
        let h = parameter("h", [5, 7]), O = parameter("O", [23, 7]), o = parameter("o", [23])
        let words = [(0, 3), (4, 22), (0, 3), (1, 0), (3, 9)].map { ChosenWord(state: $0.0, word: $0.1) } + [.none]
        let probe = Tensor([2, -1, 0.5, 3, -2, 0])
        try checkGradients(of: parameters) {
            try (h.logProbabilities(of: words, weights: O, bias: o) * probe).sum()
        }
    }

    @Test("steps of a walk are a softmax over the real words, place 0 never among them") func jumps() throws {
        let scores = parameter("J", [2, 5]), rows = [0, 1, 0, 1, 0, 1, 0, 1, 1, 0], lengths = [4, 2]
        let weights = try scores.jumpWeights(rows: rows, lengths: lengths, far: 0.7)
        for b in 0..<2 {
            for k in 0..<5 {
                let all = (1...lengths[b]).map { i -> Double in
                    let step = max(-2, min(2, i - k))
                    return exp(Double(scores.values[rows[b * 5 + k] * 5 + step + 2]) - 0.7 * Double(abs(i - k - step)))
                }
                for i in 0..<5 {
                    let isReal = 1...lengths[b] ~= i && k <= lengths[b]
                    let expected = isReal ? all[i - 1] / all.reduce(0, +) : 0
                    #expect(agree(Double(weights.values[(b * 5 + k) * 5 + i]), expected, of: 1))
                }
            }
        }
        let probe = try probe([2, 5, 5])
        try checkGradients(of: parameters) {
            try (scores.jumpWeights(rows: rows, lengths: lengths, far: 0.7) * probe).sum()
        }
        #expect(throws: ShapeError.self) { try scores.jumpWeights(rows: rows, lengths: [5, 2], far: 0.7) }
        #expect(throws: ShapeError.self) {
            try scores.jumpWeights(rows: [2] + rows.dropFirst(), lengths: [4, 2], far: 1)
        }
        #expect(throws: ShapeError.self) {
            try parameter("even", [2, 4]).jumpWeights(rows: rows, lengths: lengths, far: 0.7)
        }
    }
}
