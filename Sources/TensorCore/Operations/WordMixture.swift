// Words written from single source words, and not from their mean: p(y) = Σᵢ αᵢ softmax(rᵢ W + b)_y.
// Deng et al. 2018, "Latent alignment and variational attention", §3; Wu et al. 2018, "Hard non-monotonic attention for
// character-level transduction", §3; Shankar et al. 2018, "Surprisingly easy hard-attention", §3, for the largest α
// alone.
//
// N rows, of which row n sums over the K_n words that are kept; R = Σ K_n readouts, those of a row side by side; D
// their width, V the vocabulary. [R,V] logits are never held: blocks of readouts go by, each one product of matrices.

import Foundation
import VectorMath

/// The readouts of all kept words with their weights, and the layer that makes words of them.
public struct WordMixture {
    /// r [R,D], and α [N,S].
    private let readouts: Tensor, weights: Tensor
    private let words: KeptWords
    /// [D,V] and [V].
    private let W, b: Tensor
    private let vocabulary: Int

    /// Readouts whose logits are held side by side: enough for a good product, few enough for a cache.
    private static let block = 192

    public init(readouts: Tensor, weights: Tensor, words: KeptWords, weight W: Tensor, bias b: Tensor) throws {
        try expect(
            weights.shape, is: Shape(words.rows, words.source), "a mixture of words: the tensor of weights", axes: "N,S"
        )
        try expect(W.shape.rank == 2, "a mixture of words: the layer has shape \(W.shape), expected [D,V]")
        try expect(
            readouts.shape, is: Shape(words.places.count, W.shape[0]), "a mixture of words: the tensor of readouts",
            axes: "R,D")
        try expect(b.shape, is: Shape(W.shape[1]), "a mixture of words: the bias", axes: "V")
        (self.readouts, self.weights, self.words) = (readouts, weights, words)
        (self.W, self.b, vocabulary) = (W, b, W.shape[1])
    }

    // MARK: blocks

    private struct Block {
        let rows: Range<Int>, entries: Range<Int>
    }

    /// Whole rows side by side; one that is longer than a block is a block of its own.
    private var blocks: [Block] {
        var blocks: [Block] = [], first = 0
        for row in 0..<words.rows {
            let isLast = row + 1 == words.rows
            if isLast || words.entries(row + 1).upperBound - words.entries(first).lowerBound > Self.block {
                blocks.append(
                    Block(
                        rows: first..<row + 1, entries: words.entries(first).lowerBound..<words.entries(row).upperBound)
                )
                first = row + 1
            }
        }
        return blocks
    }

    /// Hands out the logits [readouts of the block, V] of one block after the other.
    private func eachBlock(_ body: (Block, UnsafeMutablePointer<Scalar>) -> Void) {
        let blocks = blocks, workspace = readouts.storage.workspace, width = W.shape[0]
        workspace.withScratch((blocks.map(\.entries.count).max() ?? 0) * vocabulary) { logits in
            for block in blocks {
                matrixProduct(
                    block.entries.count, vocabulary, width, readouts.pointer + block.entries.lowerBound * width,
                    rowStride: width, columnStride: 1, W.pointer, rowStride: vocabulary, into: logits,
                    rowStride: vocabulary, accumulate: false, workspace, base: b.pointer)
                body(block, logits)
            }
        }
    }

    private func logWeight(_ row: Int, _ entry: Int) -> Double {
        log(Double(weights.pointer[row * words.source + words.places[entry]]))
    }

    /// log Σ exp of some terms; −∞ of none.
    private static func logOfSum(_ terms: [Double]) -> Double {
        guard let greatest = terms.max(), greatest > -.infinity else { return -.infinity }
        return greatest + log(terms.reduce(0) { $0 + exp($1 - greatest) })
    }

    // MARK: the loss

    /// Mean over the targets that are not `ignored` of −log Σᵢ αᵢ p(y | i); their rows keep at least one word.
    ///
    ///     dL/dlogits_i = ρ_i (softmax_i − onehot) / N     dL/dα_i = −p(y | i) / p(y) / N     ρ_i = α_i p(y | i) / p(y)
    ///
    /// so that the gradient of the scores which softmax made α of is α − ρ: prior less posterior.
    ///
    /// - Parameter total: as for `crossEntropy`.
    /// - Complexity: R·V exponentials and 3·R·D·V multiply-adds; the gradient is made on the way forward.
    public func crossEntropy(targets: [Int], ignoring ignored: Int, dividingBy total: Int? = nil) throws -> Tensor {
        try check(targets, "crossEntropy", ignoring: ignored)
        let real = total ?? targets.reduce(0) { $0 + ($1 == ignored ? 0 : 1) }
        try expect(real > 0, "crossEntropy: every target is padding, so there is no mean to take")
        let (loss, tape) = Tensor.result(Shape(1), of: readouts, weights, W, b)
        let gradients = tape.map { _ in Gradients(readouts, weights, W, b) }, share = 1 / Scalar(real)
        var sum = 0.0
        eachBlock { block, logits in
            for row in block.rows {
                let entries = words.entries(row),
                    first = logits + (entries.lowerBound - block.entries.lowerBound) * vocabulary
                if targets[row] == ignored {
                    // In the place of logits stands from here on their gradient.
                    first.update(repeating: 0, count: entries.count * vocabulary)
                    continue
                }
                let found = likelihoods(row, first, targets[row], makingProbabilities: gradients != nil)
                sum -= found.evidence
                gradients?.add(row, words, found, first, vocabulary, targets[row], share)
            }
            gradients?.add(block.entries, logits, readouts)
        }
        loss.pointer[0] = Scalar(sum / Double(real))
        tape?.record {
            guard let dy = loss.arrivedGradient, let gradients else { return }
            gradients.give(dy[0], to: readouts, weights, W, b)
        }
        return loss
    }

    /// What a row's words say of one target: log p(y | i) of each, and log Σᵢ αᵢ p(y | i).
    fileprivate struct Likelihoods {
        let each: [Double]
        let logWeights: [Double]
        let evidence: Double

        /// ρ.
        func posterior(_ entry: Int) -> Double { exp(logWeights[entry] + each[entry] - evidence) }
    }

    /// - Parameter makingProbabilities: whether the logits become probabilities on the way.
    private func likelihoods(
        _ row: Int, _ logits: UnsafeMutablePointer<Scalar>, _ target: Int, makingProbabilities: Bool
    ) -> Likelihoods {
        let entries = words.entries(row)
        let each = entries.indices.map { index -> Double in
            let x = logits + (index - entries.startIndex) * vocabulary, own = Double(x[target])
            return own
                - (makingProbabilities
                    ? Double(softmax(vocabulary, x, into: x, padTo: vocabulary)) : logSumExp(vocabulary, x))
        }
        let logWeights = entries.map { logWeight(row, $0) }
        return Likelihoods(
            each: each, logWeights: logWeights, evidence: Self.logOfSum(zip(each, logWeights).map { $0 + $1 }))
    }

    private func check(_ targets: [Int], _ operation: String, ignoring ignored: Int) throws {
        try expect(
            targets.count == words.rows, "\(operation): \(targets.count) targets for \(words.rows) rows of a mixture")
        for (row, target) in targets.enumerated() where target != ignored {
            try expect(
                0..<vocabulary ~= target, "\(operation): target \(target) is outside the vocabulary of \(vocabulary)")
            try expect(!words.entries(row).isEmpty, "\(operation): row \(row) has no source word to be written from")
        }
    }

    // MARK: reading

    /// log p of every word.
    public struct Scores {
        /// log Σᵢ αᵢ p(v | i) [N,V].
        public let mixture: Tensor
        /// log Σ exp of each readout's logits.
        fileprivate let normalisers: [Double]
    }

    /// Not recorded: for decoding. Where only the largest weights are kept, or they sum to less than 1, so do the
    /// probabilities.
    ///
    /// - Complexity: 2·R·V exponentials and R·D·V multiply-adds.
    public func scores() -> Scores {
        let mixture = Tensor(
            storage: Storage(
                count: words.rows * vocabulary, requiresGradient: false, workspace: readouts.storage.workspace),
            shape: Shape(words.rows, vocabulary))
        var normalisers = [Double](repeating: 0, count: words.places.count)
        eachBlock { block, logits in
            for row in block.rows {
                let entries = words.entries(row),
                    first = logits + (entries.lowerBound - block.entries.lowerBound) * vocabulary
                var shifts: [Scalar] = []
                for entry in entries {
                    normalisers[entry] = logSumExp(vocabulary, first + (entry - entries.lowerBound) * vocabulary)
                    shifts.append(Scalar(logWeight(row, entry) - normalisers[entry]))
                }
                logSumExpOfRows(vocabulary, first, shifts, into: mixture.pointer + row * vocabulary)
            }
        }
        return Scores(mixture: mixture, normalisers: normalisers)
    }

    /// ρ [S] of one row for one word, once the scores are there; zero at words that are not kept.
    /// - Complexity: K·D multiply-adds.
    public func posterior(row: Int, word: Int, _ scores: Scores) -> [Scalar] {
        var posterior = [Scalar](repeating: 0, count: words.source)
        let entries = words.entries(row), width = W.shape[0]
        let joint = entries.map { entry -> Double in
            let r = readouts.pointer + entry * width
            let logit = (0..<width).reduce(Double(b.pointer[word])) {
                $0 + Double(r[$1]) * Double(W.pointer[$1 * vocabulary + word])
            }
            return logWeight(row, entry) + logit - scores.normalisers[entry]
        }
        let evidence = Self.logOfSum(joint)
        for (entry, term) in zip(entries, joint) { posterior[words.places[entry]] = Scalar(exp(term - evidence)) }
        return posterior
    }

    /// What the words that came say; 0 for rows whose target is `ignored`.
    public struct Reading {
        /// log p(y) of each row, divided by the weight that its kept words have: as softmax has it of `scores`.
        public let logProbabilities: [Double]
        /// ρ [N,S].
        public let posterior: Tensor
    }

    /// - Complexity: R·V exponentials and R·D·V multiply-adds.
    public func reading(targets: [Int], ignoring ignored: Int) throws -> Reading {
        try check(targets, "the posterior of a mixture", ignoring: ignored)
        let posterior = Tensor.zeros(weights.shape, near: readouts)
        var logProbabilities = [Double](repeating: 0, count: words.rows)
        eachBlock { block, logits in
            for row in block.rows where targets[row] != ignored {
                let entries = words.entries(row)
                let found = likelihoods(
                    row, logits + (entries.lowerBound - block.entries.lowerBound) * vocabulary, targets[row],
                    makingProbabilities: false)
                logProbabilities[row] = found.evidence - log(found.logWeights.reduce(0) { $0 + exp($1) })
                for (index, entry) in entries.enumerated() {
                    posterior.pointer[row * words.source + words.places[entry]] = Scalar(found.posterior(index))
                }
            }
        }
        return Reading(logProbabilities: logProbabilities, posterior: posterior)
    }
}

/// Of the loss by everything that it is made of, as it is made on the way forward.
private final class Gradients {
    private let readouts, weights, W, b: Storage
    /// Wᵀ [V,D].
    private let transposed: Storage
    private let width: Int, vocabulary: Int

    init(_ readouts: Tensor, _ weights: Tensor, _ W: Tensor, _ b: Tensor) {
        let workspace = readouts.storage.workspace
        func zeros(_ count: Int) -> Storage {
            let block = Storage(count: count, requiresGradient: false, workspace: workspace)
            block.pointer.update(repeating: 0, count: count)
            return block
        }
        (width, vocabulary) = (W.shape[0], W.shape[1])
        self.readouts = Storage(count: readouts.count, requiresGradient: false, workspace: workspace)
        self.weights = zeros(weights.count)
        self.W = zeros(W.count)
        self.b = zeros(b.count)
        transposed = Storage(count: W.count, requiresGradient: false, workspace: workspace)
        transpose(width, vocabulary, W.pointer, rowStride: vocabulary, into: transposed.pointer)
    }

    /// Turns the probabilities of one row's words into the gradient of their logits.
    func add(
        _ row: Int, _ words: KeptWords, _ found: WordMixture.Likelihoods, _ probabilities: UnsafeMutablePointer<Scalar>,
        _ vocabulary: Int, _ target: Int, _ share: Scalar
    ) {
        for (index, entry) in words.entries(row).enumerated() {
            let p = probabilities + index * vocabulary, part = Scalar(found.posterior(index)) * share
            scale(vocabulary, p, by: part, into: p)
            p[target] -= part
            // p(y | i) / p(y) and not ρ / α: the same, and no division by what is nearly 0.
            weights.pointer[row * words.source + words.places[entry]] =
                -Scalar(exp(found.each[index] - found.evidence)) * share
        }
    }

    /// A block's part of the gradients: dr = dlogits Wᵀ, dW += rᵀ dlogits.
    func add(_ entries: Range<Int>, _ dlogits: UnsafeMutablePointer<Scalar>, _ readouts: Tensor) {
        let first = entries.lowerBound * width, workspace = readouts.storage.workspace
        matrixProduct(
            entries.count, width, vocabulary, dlogits, rowStride: vocabulary, columnStride: 1, transposed.pointer,
            rowStride: width, into: self.readouts.pointer + first, rowStride: width, accumulate: false, workspace)
        matrixProduct(
            width, vocabulary, entries.count, readouts.pointer + first, rowStride: 1, columnStride: width, dlogits,
            rowStride: vocabulary, into: W.pointer, rowStride: vocabulary, accumulate: true, workspace)
        addColumnSums(entries.count, vocabulary, dlogits, into: b.pointer)
    }

    func give(_ dy: Scalar, to readouts: Tensor, _ weights: Tensor, _ W: Tensor, _ b: Tensor) {
        for (tensor, block) in [(readouts, self.readouts), (weights, self.weights), (W, self.W), (b, self.b)] {
            guard tensor.requiresGradient else { continue }
            if dy == 1, tensor.adoptGradient(block) { continue }
            addScaled(block.count, block.pointer, by: dy, into: tensor.gradientPointer)
        }
    }
}
