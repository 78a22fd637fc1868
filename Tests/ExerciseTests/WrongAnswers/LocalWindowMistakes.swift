// What students hand in for exercise 21, and what is published.

import Foundation
import Solutions
import Workbook

let localWindowMistakes = [
    Wrong(LengthLess1.self, "the centre", says: "n - 1 in place of n"),
    Wrong(ShareOfSentence.self, "the centre", says: "n is missing"),
    Wrong(Rounded.self, "the centre", says: "p is rounded"),
    Wrong(ExponentialQuotient.self, "the centre", says: "∞/∞"),
    Wrong(Rounded.self, "the window", says: "p was rounded first"),
    Wrong(RoundedDown.self, "the window", says: "the authors' program"),
    Wrong(Truncated.self, "the window", says: "p - w was rounded down"),
    Wrong(NotCut.self, "the window", says: "over the end of the sentence"),
    Wrong(SoftmaxFirst.self, "the paper's weights", says: "First the window, then the softmax"),
    Wrong(Renormalised.self, "the paper's weights", says: "divided by their sum"),
    Wrong(SigmaIsW.self, "the paper's weights", says: "σ = w"),
    Wrong(Padded.self, "the paper's weights", says: "the padding takes part"),
    Wrong(NoWindow.self, "the paper's weights", says: "there is no window"),
    Wrong(AxisOfOne.self, "the paper's weights", says: "over one score"),
    Wrong(Swapped.self, "the paper's weights", says: "these are the normalised weights"),
    Wrong(Swapped.self, "the normalised weights", says: "these are the paper's weights"),
    Wrong(ScoresTimesGaussian.self, "the normalised weights", says: "the scores are multiplied by the Gaussian"),
    Wrong(SigmaIsW.self, "the normalised weights", says: "σ = w"),
    Wrong(Padded.self, "the normalised weights", says: "the padding takes part"),
    Wrong(NoWindow.self, "the normalised weights", says: "there is no window"),
    Wrong(NoMean.self, "the gradient of the centre", says: "weighted by α, must be taken off"),
    Wrong(SignOfDistance.self, "the gradient of the centre", says: "the sign"),
    Wrong(NoSlope.self, "the gradient of the centre", says: "the Gaussian has one"),
]

private typealias Solution = Solutions.Exercise21

/// The solution, where a wrong answer does not say otherwise.
private protocol Otherwise: LocalWindowAnswers {}

extension Otherwise {
    static func centre(query: [Double], length: Int, wp: [[Double]], vp: [Double]) throws -> Double {
        try Solution.centre(query: query, length: length, wp: wp, vp: vp)
    }
    static func window(centre: Double, halfWidth: Int, length: Int) throws -> ClosedRange<Int> {
        try Solution.window(centre: centre, halfWidth: halfWidth, length: length)
    }
    static func paperWeights(scores: [Double], centre: Double, halfWidth: Int, length: Int) throws -> [Double] {
        try Solution.paperWeights(scores: scores, centre: centre, halfWidth: halfWidth, length: length)
    }
    static func normalisedWeights(scores: [Double], centre: Double, halfWidth: Int, length: Int) throws -> [Double] {
        try Solution.normalisedWeights(scores: scores, centre: centre, halfWidth: halfWidth, length: length)
    }
    static func centreGradient(
        weights: [Double], centre: Double, halfWidth: Int, upstream: [Double], isNormalised: Bool
    ) throws -> Double {
        try Solution.centreGradient(
            weights: weights, centre: centre, halfWidth: halfWidth, upstream: upstream, isNormalised: isNormalised)
    }
}

private func cut(_ first: Double, _ last: Double, _ length: Int) -> ClosedRange<Int> {
    max(0, Int(first))...min(length - 1, Int(last))
}

/// exp(−(i − p)² / 2σ²) at each place.
private func gaussian(_ scores: [Double], _ centre: Double, sigma: Double) -> [Double] {
    scores.indices.map { exp(-pow(Double($0) - centre, 2) / (2 * sigma * sigma)) }
}

private func isInside(_ scores: [Double], _ centre: Double, _ halfWidth: Int, _ length: Int) -> [Bool] {
    scores.indices.map { $0 < length && abs(Double($0) - centre) <= Double(halfWidth) }
}

private enum LengthLess1: Otherwise {
    static func centre(query: [Double], length: Int, wp: [[Double]], vp: [Double]) throws -> Double {
        try Solution.centre(query: query, length: length - 1, wp: wp, vp: vp)
    }
}

private enum ShareOfSentence: Otherwise {
    static func centre(query: [Double], length: Int, wp: [[Double]], vp: [Double]) throws -> Double {
        try Solution.centre(query: query, length: 1, wp: wp, vp: vp)
    }
}

private enum Rounded: Otherwise {
    static func centre(query: [Double], length: Int, wp: [[Double]], vp: [Double]) throws -> Double {
        try Solution.centre(query: query, length: length, wp: wp, vp: vp).rounded()
    }
    static func window(centre: Double, halfWidth: Int, length: Int) throws -> ClosedRange<Int> {
        cut(centre.rounded() - Double(halfWidth), centre.rounded() + Double(halfWidth), length)
    }
}

private enum ExponentialQuotient: Otherwise {
    static func centre(query: [Double], length: Int, wp: [[Double]], vp: [Double]) throws -> Double {
        let x = Plain.dot(vp, Plain.rowProduct(query, wp).map { tanh($0) })
        return Double(length) * exp(x) / (1 + exp(x))
    }
}

private enum RoundedDown: Otherwise {
    static func window(centre: Double, halfWidth: Int, length: Int) throws -> ClosedRange<Int> {
        cut(centre.rounded(.down) - Double(halfWidth), centre.rounded(.down) + Double(halfWidth), length)
    }
}

private enum Truncated: Otherwise {
    static func window(centre: Double, halfWidth: Int, length: Int) throws -> ClosedRange<Int> {
        cut(centre - Double(halfWidth), centre + Double(halfWidth), length)
    }
}

private enum NotCut: Otherwise {
    static func window(centre: Double, halfWidth: Int, length: Int) throws -> ClosedRange<Int> {
        try Solution.window(centre: centre, halfWidth: halfWidth, length: 1000)
    }
}

private enum SoftmaxFirst: Otherwise {
    static func paperWeights(scores: [Double], centre: Double, halfWidth: Int, length: Int) throws -> [Double] {
        let all = Plain.softmax(scores, mask: scores.indices.map { $0 < length })
        let bump = gaussian(scores, centre, sigma: Double(halfWidth) / 2)
        let inside = isInside(scores, centre, halfWidth, length)
        return scores.indices.map { inside[$0] ? all[$0] * bump[$0] : 0 }
    }
}

private enum Renormalised: Otherwise {
    static func paperWeights(scores: [Double], centre: Double, halfWidth: Int, length: Int) throws -> [Double] {
        let weights = try Solution.paperWeights(scores: scores, centre: centre, halfWidth: halfWidth, length: length)
        return weights.map { $0 / weights.reduce(0, +) }
    }
}

private enum SigmaIsW: Otherwise {
    static func paperWeights(scores: [Double], centre: Double, halfWidth: Int, length: Int) throws -> [Double] {
        let inside = Plain.softmax(scores, mask: isInside(scores, centre, halfWidth, length))
        return zip(inside, gaussian(scores, centre, sigma: Double(halfWidth))).map { $0 * $1 }
    }
    static func normalisedWeights(scores: [Double], centre: Double, halfWidth: Int, length: Int) throws -> [Double] {
        let log = gaussian(scores, centre, sigma: Double(halfWidth)).map { Foundation.log($0) }
        return Plain.softmax(Plain.sum(scores, log), mask: isInside(scores, centre, halfWidth, length))
    }
}

private enum Padded: Otherwise {
    static func paperWeights(scores: [Double], centre: Double, halfWidth: Int, length: Int) throws -> [Double] {
        try Solution.paperWeights(scores: scores, centre: centre, halfWidth: halfWidth, length: scores.count)
    }
    static func normalisedWeights(scores: [Double], centre: Double, halfWidth: Int, length: Int) throws -> [Double] {
        try Solution.normalisedWeights(scores: scores, centre: centre, halfWidth: halfWidth, length: scores.count)
    }
}

private enum NoWindow: Otherwise {
    static func paperWeights(scores: [Double], centre: Double, halfWidth: Int, length: Int) throws -> [Double] {
        let all = Plain.softmax(scores, mask: scores.indices.map { $0 < length })
        return zip(all, gaussian(scores, centre, sigma: Double(halfWidth) / 2)).map { $0 * $1 }
    }
    static func normalisedWeights(scores: [Double], centre: Double, halfWidth: Int, length: Int) throws -> [Double] {
        let log = gaussian(scores, centre, sigma: Double(halfWidth) / 2).map { Foundation.log($0) }
        return Plain.softmax(Plain.sum(scores, log), mask: scores.indices.map { $0 < length })
    }
}

private enum AxisOfOne: Otherwise {
    static func paperWeights(scores: [Double], centre: Double, halfWidth: Int, length: Int) throws -> [Double] {
        let bump = gaussian(scores, centre, sigma: Double(halfWidth) / 2)
        let inside = isInside(scores, centre, halfWidth, length)
        return scores.indices.map { inside[$0] ? Plain.softmax([scores[$0]])[0] * bump[$0] : 0 }
    }
}

private enum Swapped: Otherwise {
    static func paperWeights(scores: [Double], centre: Double, halfWidth: Int, length: Int) throws -> [Double] {
        try Solution.normalisedWeights(scores: scores, centre: centre, halfWidth: halfWidth, length: length)
    }
    static func normalisedWeights(scores: [Double], centre: Double, halfWidth: Int, length: Int) throws -> [Double] {
        try Solution.paperWeights(scores: scores, centre: centre, halfWidth: halfWidth, length: length)
    }
}

private enum ScoresTimesGaussian: Otherwise {
    static func normalisedWeights(scores: [Double], centre: Double, halfWidth: Int, length: Int) throws -> [Double] {
        let bump = gaussian(scores, centre, sigma: Double(halfWidth) / 2)
        return Plain.softmax(zip(scores, bump).map { $0 * $1 }, mask: isInside(scores, centre, halfWidth, length))
    }
}

private enum NoMean: Otherwise {
    static func centreGradient(
        weights: [Double], centre: Double, halfWidth: Int, upstream: [Double], isNormalised: Bool
    ) throws -> Double {
        try Solution.centreGradient(
            weights: weights, centre: centre, halfWidth: halfWidth, upstream: upstream, isNormalised: false)
    }
}

private enum SignOfDistance: Otherwise {
    static func centreGradient(
        weights: [Double], centre: Double, halfWidth: Int, upstream: [Double], isNormalised: Bool
    ) throws -> Double {
        try -Solution.centreGradient(
            weights: weights, centre: centre, halfWidth: halfWidth, upstream: upstream, isNormalised: isNormalised)
    }
}

private enum NoSlope: Otherwise {
    static func centreGradient(
        weights: [Double], centre: Double, halfWidth: Int, upstream: [Double], isNormalised: Bool
    ) throws -> Double { 0 }
}
