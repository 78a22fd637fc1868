// What a training step lowers, in its parts: the cross-entropy, and the terms beside it.

import Corpora
import TensorCore

/// The mean of one term.
public struct TermValue: Sendable, Codable, Equatable {
    public let name: String
    /// With which it stands in the loss.
    public let weight: Double
    /// Without the weight.
    public var value: Double
}

/// The losses of one batch, or of one step among several.
public struct BatchLoss: Sendable, Equatable {
    /// Nats a target token.
    public var crossEntropy: Double
    public var terms: [TermValue] = []

    /// What is lowered.
    public var whole: Double { terms.reduce(crossEntropy) { $0 + $1.weight * $1.value } }

    /// Added number by number: of the parts of a batch, or of the steps since a look at dev.
    static func + (a: BatchLoss, b: BatchLoss) -> BatchLoss {
        var sum = BatchLoss(crossEntropy: a.crossEntropy + b.crossEntropy, terms: a.terms)
        for term in b.terms {
            if let index = sum.terms.firstIndex(where: { $0.name == term.name }) {
                sum.terms[index].value += term.value
            } else {
                sum.terms.append(term)
            }
        }
        return sum
    }

    func divided(by count: Int) -> BatchLoss {
        let count = Double(max(count, 1))
        return BatchLoss(
            crossEntropy: crossEntropy / count,
            terms: terms.map { TermValue(name: $0.name, weight: $0.weight, value: $0.value / count) })
    }
}

/// What sums are divided by: counted over a whole batch, of which the sentences at hand may be a part.
struct BatchTotals: Sendable {
    let targetWords: Int
    private let linkedWords: Int, pairs: Int

    init(_ batch: Batch) {
        (targetWords, pairs) = (batch.targetTokenCount, batch.count)
        linkedWords = batch.gold.reduce(0) { $0 + Set(($1?.sure ?? []).map(\.target)).count }
    }

    /// Never 0: where there is nothing to divide by, there is nothing to divide.
    func count(_ unit: LossTerm.Unit) -> Int {
        switch unit {
        case .targetWord: max(1, targetWords)
        case .linkedWord: max(1, linkedWords)
        case .pair: max(1, pairs)
        }
    }
}

/// The losses of a batch on the tape.
struct TaughtLoss {
    let crossEntropy: Tensor
    let terms: [LossTerm]
    let totals: BatchTotals

    /// What gradients are of.
    func whole() throws -> Tensor {
        try terms.reduce(crossEntropy) { try $0 + $1.sum.scaled(by: Scalar($1.weight / Double(totals.count($1.unit)))) }
    }

    func values() throws -> BatchLoss {
        try BatchLoss(
            crossEntropy: Double(crossEntropy.item()),
            terms: terms.map {
                TermValue(
                    name: $0.name, weight: $0.weight, value: try Double($0.sum.item()) / Double(totals.count($0.unit)))
            })
    }
}
