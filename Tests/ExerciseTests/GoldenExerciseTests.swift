// The solutions of exercises 21 to 26 against numbers from PyTorch: family.json, which Tests/Fixtures has.

import Foundation
import Solutions
import TestSupport
import Testing
import Workbook

extension Golden {
    fileprivate static func family(_ name: String) throws -> Golden {
        try #require(try cases("family.json").first { try $0["name"].string == name }, "there is no case \(name)")
    }
    fileprivate var rows: [[Double]] { list.map(\.numbers) }
    fileprivate var blocks: [[[Double]]] { list.map(\.rows) }
}

@Suite("Exercises beside PyTorch") struct GoldenExerciseTests {
    @Test("local-p, both readings", arguments: ["local-p", "local-p-normalised"]) func local(_ name: String) throws {
        let golden = try Golden.family(name), p = try golden["parameters"]
        let queries = try golden["inputs"]["queries"].blocks, states = try golden["inputs"]["states"].blocks
        let lengths = try golden["lengths"].integers, w = Int(try golden["window"].number)
        let W = try p["W"].rows, wp = try Plain.transposed(p["Wp"].rows), vp = try p["vp"].numbers
        let weights = try golden["weights"].blocks, centres = try golden["centres"].rows
        for (t, step) in queries.enumerated() {
            for (b, query) in step.enumerated() {
                let centre = try Solutions.Exercise21.centre(query: query, length: lengths[b], wp: wp, vp: vp)
                #expect(abs(centre - centres[t][b]) < 1e-9)
                let scores = states[b].map { Plain.dot(query, Plain.multiply(W, $0)) }
                let weigh =
                    name == "local-p" ? Solutions.Exercise21.paperWeights : Solutions.Exercise21.normalisedWeights
                try expect(weigh(scores, centre, w, lengths[b]), equals: weights[t][b], "\(name), step \(t), row \(b)")
            }
        }
    }

    @Test("sparsemax, its threshold and its gradient") func sparsemax() throws {
        let golden = try Golden.family("sparsemax"), scores = try golden["inputs"]["scores"].rows
        let lengths = try golden["lengths"].integers, thresholds = try golden["threshold"].numbers
        let weights = try golden["weights"].rows, probe = try golden["probe"].rows
        let gradient = try golden["gradients"]["scores"].rows
        for (row, n) in lengths.enumerated() {
            let tau = try Solutions.Exercise22.threshold(Array(scores[row].prefix(n)))
            #expect(abs(tau - thresholds[row]) < 1e-9)
            try expect(Solutions.Exercise22.sparsemax(scores[row], length: n), equals: weights[row], "row \(row)")
            try expect(
                Solutions.Exercise22.backward(weights: weights[row], upstream: probe[row]), equals: gradient[row],
                "row \(row)")
        }
    }

    @Test("the posterior of exact hard attention") func marginal() throws {
        let golden = try Golden.family("marginal"), p = try golden["parameters"]
        let queries = try golden["inputs"]["queries"].blocks, states = try golden["inputs"]["states"].blocks
        let Wr = try p["Wr"].rows, br = try p["br"].numbers, Wv = try p["Wv"].rows, bv = try p["bv"].numbers
        let weights = try golden["weights"].blocks, expected = try golden["posterior"].blocks
        let targets = try golden["targets"].list.map(\.integers)
        for (t, step) in queries.enumerated() {
            for (b, query) in step.enumerated() where expected[t][b].contains(where: { $0 > 0 }) {
                let likelihood = states[b].map { state in
                    let r = Plain.sum(Plain.multiply(Wr, state + query), br).map { tanh($0) }
                    return log(Plain.softmax(Plain.sum(Plain.multiply(Wv, r), bv))[targets[t][b]])
                }
                let logPrior = weights[t][b].map { log($0) }
                try expect(
                    Solutions.Exercise23.posterior(logPrior: logPrior, logLikelihood: likelihood),
                    equals: expected[t][b],
                    "step \(t), row \(b)")
            }
        }
    }

    @Test("the walk, and where it stops without draws", arguments: ["monotonic", "monotonic-last"])
    func monotonic(_ name: String) throws {
        let golden = try Golden.family(name), chosen = try golden["chosen"].blocks,
            weights = try golden["weights"].blocks
        for b in try golden["lengths"].integers.indices {
            var alpha = chosen[0][b].indices.map { $0 == 0 ? 1.0 : 0 }
            for t in chosen.indices {
                alpha = try Solutions.Exercise24.walk(stops: chosen[t][b], previous: alpha)
                try expect(alpha, equals: weights[t][b], "\(name), step \(t), row \(b)")
            }
        }
    }

    @Test("the coverage term") func coverage() throws {
        let golden = try Golden.family("coverage-loss"), weights = try golden["weights"].blocks
        let lengths = try golden["lengths"].integers, targets = try golden["target_lengths"].integers
        let terms = try Solutions.Exercise25.terms(weights: weights, lengths: lengths, targetLengths: targets)
        try expect(terms, equals: golden["terms"].rows, "the terms")
        try expect(
            Solutions.Exercise25.loss(terms: terms, dividingBy: targets.reduce(0, +)), equals: golden["loss"].number,
            "the loss")
    }

    @Test("the decoder layer, pre and post", arguments: ["pre", "post"]) func layer(_ order: String) throws {
        let golden = try Golden.family("decoder-layer-dot-\(order)"), p = try golden["parameters"]
        func matrix(_ name: String) throws -> [[Double]] { try Plain.transposed(p[name].rows) }
        func norms(_ kind: String) throws -> [[Double]] { try (1...3).map { try p["norm\($0)_\(kind)"].numbers } }
        let attention = ["self_Wq", "self_Wk", "self_Wv", "self_Wo", "cross_Wo"]
        let parameters = try DecoderLayerParameters(
            attention: attention.map(matrix), w1: matrix("W1"), b1: p["b1"].numbers, w2: matrix("W2"),
            b2: p["b2"].numbers, norms: (norms("gain"), norms("bias")), heads: Int(golden["heads"].number))
        let x = try golden["inputs"]["x"].blocks, states = try golden["inputs"]["states"].blocks
        let y = try golden["y"].blocks
        for (b, length) in try golden["lengths"].integers.enumerated() {
            let got = try Solutions.Exercise26.layer(
                x[b], states: states[b], length: length, parameters, normFirst: order == "pre")
            try expect(got, equals: y[b], "sentence \(b)")
        }
    }
}
