// What students hand in for bug hunt 12: the code as it was found, half a correction, and the other sentences.

import Foundation
import Solutions
import Workbook

let bugHunt12Mistakes = [
    Wrong(AsFound.self, "the code", says: "of variance 0.499998"),
    Wrong(Two.self, "the code", says: "the number 2"),
    Wrong(NoGain.self, "the code", says: "gain and bias are missing"),
    Wrong(NotChosen.self, "the reason", says: "the code is right now"),
    Wrong(ChoseB.self, "the reason", says: "plays no part"),
    Wrong(ChoseC.self, "the reason", says: "batch normalisation"),
    Wrong(ChoseD.self, "the reason", says: "so the formula says it"),
]

/// The solution, where a wrong answer does not say otherwise.
private protocol Otherwise: BugHunt12Answers {}

extension Otherwise {
    static func normalised(_ words: [[Double]], gain: [Double], bias: [Double]) throws -> [[Double]] {
        try Solutions.BugHunt12.normalised(words, gain: gain, bias: bias)
    }
    static var why: Choice? { Solutions.BugHunt12.why }
}

private enum AsFound: Otherwise {
    static func normalised(_ words: [[Double]], gain: [Double], bias: [Double]) throws -> [[Double]] {
        words.map { norm($0, gain, bias, dividingBy: Double($0.count - 1)) }
    }
}

private enum Two: Otherwise {
    static func normalised(_ words: [[Double]], gain: [Double], bias: [Double]) throws -> [[Double]] {
        words.map { norm($0, gain, bias, dividingBy: 2) }
    }
}

private enum NoGain: Otherwise {
    static func normalised(_ words: [[Double]], gain: [Double], bias: [Double]) throws -> [[Double]] {
        try Solutions.BugHunt12.normalised(words, gain: gain.map { _ in 1 }, bias: bias.map { _ in 0 })
    }
}

private enum NotChosen: Otherwise { static var why: Choice? { nil } }
private enum ChoseB: Otherwise { static var why: Choice? { .b } }
private enum ChoseC: Otherwise { static var why: Choice? { .c } }
private enum ChoseD: Otherwise { static var why: Choice? { .d } }

private func norm(_ x: [Double], _ gain: [Double], _ bias: [Double], dividingBy divisor: Double) -> [Double] {
    let mean = x.reduce(0, +) / Double(x.count), variance = x.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / divisor
    return x.indices.map { gain[$0] * (x[$0] - mean) / (variance + 1e-5).squareRoot() + bias[$0] }
}
