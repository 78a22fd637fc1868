// The estimate of a training's memory against what it takes.

import AttentionScorers
import Corpora
import TensorCore
import Testing

@testable import Seq2Seq

@Suite("Memory of a training") struct MemoryNeedTests {
    @Test(
        "as much as a training takes, whether or not the scorer computes its padding",
        arguments: ["luong-dot", "bahdanau", "coverage"], [1, 0.1])
    func estimate(name: String, share: Double) throws { try check(tinySettings(name), share) }

    @Test("terms of the loss and dropout are counted") func terms() throws {
        var training = TrainingSettings()
        (training.dropout, training.attentionDropout) = (0.1, 0.1)
        training.terms = [.coverage: 1, .supervised: 1, .entropy: 1]
        let model = tinySettings("luong-dot")
        #expect(try check(model, 1, training) > 1.2 * check(model, 1))
    }

    @Test("attention of every word to every other takes the square of the length", arguments: [1, 0.1])
    func squares(share: Double) throws {
        var settings = tinyTransformer("luong-dot")
        settings.heads = 8
        try check(settings, share)
        let translator = try tinyTranslator(settings, words: tinyData().train)
        let need = try MemoryNeed(translator, batch: 4, share: share, training: TrainingSettings())
        // Four times as long, and nearly sixteen times as much.
        #expect(need.bytes(source: 8000, target: 8000) > 14 * need.bytes(source: 2000, target: 2000))
    }

    /// - Returns: the estimate.
    @discardableResult private func check(
        _ model: ModelSettings, _ share: Double, _ settings: TrainingSettings = TrainingSettings()
    ) throws -> Double {
        let (source, target, batch) = (160, 100, 6), data = try tinyData()
        let translator = try tinyTranslator(model, words: data.train), parameters = translator.model.parameters
        func pair(_ share: Double) throws -> EncodedPair {
            try EncodedPair(
                source: Array(repeating: 4, count: Int(Double(source) * share)),
                target: Array(repeating: 4, count: Int(Double(target) * share)),
                gold: GoldAlignment(sure: [Link(0, 0)]))
        }
        let whole = try Batch([pair(1)] + (1..<batch).map { _ in try pair(share) })
        let noise = Noise(seed: 1, step: 0, shard: 0, dropout: settings.dropoutRates)
        let loss = try translator.model.loss(
            whole, of: BatchTotals(whole), settings, TrainingProgress(step: 0, steps: 1), noise)
        try parameters.tape.backward(from: loss.whole())
        let taken = Double(parameters.tape.bytesAllocated)
        let need = try MemoryNeed(translator, batch: batch, share: share, training: settings),
            estimate = need.bytes(source: source, target: target)
        #expect((0.6...1.7).contains(estimate / taken), "estimated \(estimate), taken \(taken)")
        let looking = try MemoryNeed(translator, batch: batch, share: share, training: nil)
        #expect(looking.bytes(source: source, target: target) < estimate, "without gradients it is less")
        let longest = need.longest(within: estimate)
        #expect(
            need.bytes(source: longest, target: longest) <= estimate
                && need.bytes(source: longest + 1, target: longest + 1) > estimate)
        return estimate
    }
}
