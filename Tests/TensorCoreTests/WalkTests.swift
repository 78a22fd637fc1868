// Walks along a source, chunks, windows and priors: against enumerations in Double, at their edges, and with numbers
// that closed forms lose.

import Foundation
import TestSupport
import Testing

@testable import TensorCore

private let lengths = [4, 2, 1]
private let windows = [1..<4, 0..<2, 0..<1]

/// For the suite of gradients. Probabilities are logistic functions of the operands, and weights positive.
let walkOperations: [Operation] = [
    Operation(name: "walk to its stops", shapes: ["p": [3, 4], "a": [3, 4]]) {
        try $0("p").sigmoid().walked(from: $0("a"), lengths: lengths, ending: .open)
    },
    Operation(name: "walk that ends at the last word", shapes: ["p": [3, 4], "a": [3, 4]]) {
        try $0("p").sigmoid().walked(from: $0("a"), lengths: lengths, ending: .last)
    },
    Operation(name: "step by step", shapes: ["p": [3, 4], "a": [3, 4]]) {
        try $0("p").sigmoid().stepped(from: $0("a"), lengths: lengths, ending: .open)
    },
    Operation(name: "step by step to the last word", shapes: ["p": [3, 4], "a": [3, 4]]) {
        try $0("p").sigmoid().stepped(from: $0("a"), lengths: lengths, ending: .last)
    },
    Operation(name: "chunks of two", shapes: ["u": [3, 4], "a": [3, 4]]) {
        try $0("u").chunkwise(stops: $0("a"), width: 2, lengths: lengths)
    },
    Operation(name: "chunks wider than the sentence", shapes: ["u": [2, 21], "a": [2, 21]]) {
        try $0("u").chunkwise(stops: $0("a"), width: 22, lengths: [21, 18])
    },
    Operation(name: "log of what has moved by half", shapes: ["a": [3, 4]]) { try $0("a").sigmoid().logMoved() },
    Operation(name: "log of what has moved by a share", shapes: ["a": [3, 4], "u": [3, 1]]) {
        try $0("a").sigmoid().logMoved(by: $0("u").sigmoid())
    },
    Operation(name: "log of a bell", shapes: ["p": [3, 1]]) { try $0("p").logBell(over: 4, deviation: 1.5) },
    Operation(name: "bell", shapes: ["p": [3, 1]]) { try $0("p").bell(over: 4, deviation: 1.5) },
    Operation(name: "keys · queries in windows", shapes: ["k": [3, 4, 5], "q": [3, 5]]) {
        try $0("k").dot($0("q"), within: windows).cut(windows)
    },
    Operation(name: "scores in windows", shapes: ["e": [3, 4]]) { try $0("e").within(windows).cut(windows) },
]

extension Tensor {
    /// 0 outside the windows, where a number of 1e18 would hide all others in a sum.
    fileprivate func cut(_ windows: [Range<Int>]) throws -> Tensor {
        let source = shape[1]
        let inside = (0..<count).map { windows[$0 / source].contains($0 % source) ? Scalar(1) : 0 }
        return try self * Tensor(inside, shape: shape)
    }
}

@Suite("Walks, chunks and windows") struct WalkTests {
    private func rows(_ tensor: Tensor) -> [[Double]] {
        let width = tensor.shape.last
        return (0..<tensor.count / width).map { r in (0..<width).map { Double(tensor.values[r * width + $0]) } }
    }

    private func probabilities(_ count: Int, _ seed: UInt64) -> [Scalar] { random(count, seed).map { ($0 + 1) / 2 } }

    /// The mean of all walks of one step, each followed by itself: from every start, past every word that it does not
    /// stop at.
    private func enumerated(_ p: [Double], _ before: [Double], _ ending: WalkEnding) -> [Double] {
        var stops = [Double](repeating: 0, count: p.count)
        for start in p.indices {
            for stop in start..<p.count {
                let passed = (start..<stop).reduce(1) { $0 * (1 - p[$1]) }
                stops[stop] += before[start] * passed * (ending == .last && stop == p.count - 1 ? 1 : p[stop])
            }
        }
        return stops
    }

    @Test("a walk is the mean of all walks", arguments: [WalkEnding.open, .last]) func walk(ending: WalkEnding) throws {
        let p = try Tensor(probabilities(12, 3), shape: [3, 4])
        let before = try Tensor(probabilities(12, 4), shape: [3, 4])
        let found = try rows(p.walked(from: before, lengths: lengths, ending: ending))
        for (b, n) in lengths.enumerated() {
            let expected = enumerated(Array(rows(p)[b].prefix(n)), Array(rows(before)[b].prefix(n)), ending)
            for (i, weight) in found[b].enumerated() {
                #expect(i < n ? agree(weight, expected[i], of: 1) : weight == 0, "sentence \(b), word \(i)")
            }
        }
    }

    /// The closed form's sum falls to .001 here with the clamp of a well-known toolkit.
    @Test("a walk through words that hardly stop it, or stop it almost surely, keeps its sum", arguments: [0.88, 1e-4])
    func sums(p: Double) throws {
        let n = 60, start = (0..<n).map { $0 == 9 ? Scalar(1) : 0 }
        let found = try Tensor([Scalar](repeating: Scalar(p), count: n), shape: [1, n]).walked(
            from: Tensor(start, shape: [1, n]), lengths: [n], ending: .last)
        #expect(agree(rows(found)[0].reduce(0, +), 1, of: 1))
        #expect(found.values.prefix(9).allSatisfy { $0 == 0 })
        #expect(agree(Double(found.values[10]), (1 - p) * p, of: 1))
    }

    @Test("a step stays, or goes on by one word; at the end it stays, or is lost") func stepping() throws {
        let stay = try Tensor([0.25, 0.5, 0.75, 0.9], shape: [1, 4])
        let before = try Tensor([0.5, 0, 0.5, 0.7], shape: [1, 4])
        func step(_ ending: WalkEnding) throws -> [Scalar] {
            try stay.stepped(from: before, lengths: [3], ending: ending).values
        }
        try #expect(step(.open) == [0.125, 0.375, 0.375, 0])
        try #expect(step(.last) == [0.125, 0.375, 0.5, 0])
    }

    @Test("the choices of one walk") func choices() throws {
        let energies = try Tensor([-1, 2, -3, 4, -1, -1, 5, 5, 0, 1, 1, 1], shape: [3, 4])
        try #expect(energies.firstPositive(from: [0, 0, 0], lengths: lengths) == [1, nil, nil])
        try #expect(energies.firstPositive(from: [2, 1, 0], lengths: [4, 3, 2]) == [3, 2, 1])
        try #expect(energies.at([3, 1, 0], lengths: lengths) == [4, -1, 0])
        for places in [[0, 2, 0], [0, -1, 0], [0, 0]] {
            #expect(throws: ShapeError.self) { try energies.at(places, lengths: lengths) }
        }
    }

    @Test("chunks are a softmax for each stop", arguments: [1, 2, 3, 20]) func chunks(width: Int) throws {
        let (n, source) = (19, 21)
        let u = try Tensor(random(source, 5).map { $0 * 8 }, shape: [1, source])
        let stops = try Tensor(probabilities(source, 6), shape: [1, source])
        let (scores, alpha) = (rows(u)[0], rows(stops)[0])
        var expected = [Double](repeating: 0, count: source)
        for k in 0..<n {
            let chunk = max(0, k - width + 1)...k, sum = chunk.reduce(0) { $0 + exp(scores[$1]) }
            for j in chunk { expected[j] += alpha[k] * exp(scores[j]) / sum }
        }
        let found = try u.chunkwise(stops: stops, width: width, lengths: [n])
        #expect(agree(found.values, expected, of: 1))
        #expect(found.values[n...].allSatisfy { $0 == 0 })
        if width == 1 { #expect(found.values.prefix(n).elementsEqual(stops.values.prefix(n))) }
    }

    @Test("chunks of scores that are far apart have no lost and no infinite terms") func farChunks() throws {
        let u = try Tensor([1000, 0, -1000, -1001], shape: [1, 4])
        let found = try u.chunkwise(stops: Tensor([0, 0, 0, 1], shape: [1, 4]), width: 2, lengths: [4])
        #expect(agree(Double(found.values[3]), 1 / (1 + exp(1 as Double)), of: 1))
        #expect(agree(Double(found.values[2]), 1 / (1 + exp(-1 as Double)), of: 1))
    }

    @Test("a word that nothing has come to is out of reach, however high it scores") func reach() throws {
        let first = try Tensor([1, 0, 0], shape: [1, 3]), scores = try Tensor([-500, -499, 500], shape: [1, 3])
        let weights = try (scores + first.logMoved()).maskedSoftmax(lengths: [3]).values
        #expect(weights[2] == 0)
        #expect(agree(Double(weights[1]), 1 / (1 + exp(-1 as Double)), of: 1))
    }

    @Test("what moves is the share u, to the next word") func moved() throws {
        let weights = try Tensor([0.5, 0.25, 0.25], shape: [1, 3])
        let prior = try weights.logMoved(by: Tensor([0.2], shape: [1, 1])).values.map { exp(Double($0)) }
        #expect(agree(prior.map { Scalar($0) }, [0.4, 0.3, 0.25], of: 1))
        let half = try weights.logMoved().values.map { Scalar(exp(Double($0))) }
        #expect(agree(half, [0.25, 0.375, 0.25], of: 1))
    }

    @Test("outside a window every score is so low that softmax makes exactly 0 of it") func outside() throws {
        let scores = try Tensor((0..<12).map { Scalar($0) * 1000 - 4000 }, shape: [3, 4])
        for masked in [
            try scores.within(windows),
            try Tensor(scores.values, shape: [3, 4, 1]).dot(Tensor([1, 1, 1], shape: [3, 1]), within: windows),
        ] {
            let weights = try rows(masked.maskedSoftmax(lengths: lengths))
            for (b, window) in windows.enumerated() {
                #expect(agree(weights[b].reduce(0, +), 1, of: 1))
                #expect(weights[b].indices.allSatisfy { window.contains($0) || weights[b][$0] == 0 })
            }
        }
    }

    @Test("a window of the scores is a window of the keys") func window() throws {
        let keys = try Tensor(random(60, 1), shape: [3, 4, 5]), query = try Tensor(random(15, 2), shape: [3, 5])
        try expectClose(
            keys.dot(query, within: windows).values, doubles(keys.dot(query).within(windows).values), "scores")
    }

    @Test("what does not fit is a sentence that names it") func shapes() throws {
        let p = try Tensor(random(6, 1), shape: [2, 3]), narrow = try Tensor(random(4, 1), shape: [2, 2])
        func says(_ part: String, _ body: () throws -> Tensor) {
            #expect { _ = try body() } throws: { ($0 as? ShapeError)?.description.contains(part) == true }
        }
        says("[2,2]") { try p.walked(from: narrow, lengths: [3, 3], ending: .last) }
        says("3 sentence lengths") { try p.stepped(from: p, lengths: [3, 3, 3], ending: .last) }
        says("0 real tokens") { try p.walked(from: p, lengths: [3, 0], ending: .open) }
        says("[2,2]") { try p.chunkwise(stops: narrow, width: 2, lengths: [3, 3]) }
        says("a chunk of 0 words") { try p.chunkwise(stops: p, width: 0, lengths: [3, 3]) }
        says("[B,1]") { try p.logMoved(by: narrow) }
        says("[B,1]") { try p.logBell(over: 3, deviation: 1) }
        says("1 windows") { try p.within([0..<1]) }
        says("0..<4") { try p.within([0..<1, 0..<4]) }
        says("2..<2") { try p.within([0..<1, 2..<2]) }
        says("[2,2]") { try Tensor(random(6, 1), shape: [2, 1, 3]).dot(narrow, within: [0..<1, 0..<1]) }
    }
}
