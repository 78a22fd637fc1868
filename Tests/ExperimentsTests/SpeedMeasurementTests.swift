// What is made of measured times. The times themselves are not tested.

import AttentionScorers
import Testing

@testable import Experiments

private func card(_ cost: String) -> ScorerCard { ScorerCard(name: "mine", equation: "", paper: "", cost: cost) }

@Suite("Speed measurements") struct SpeedMeasurementTests {
    private let lengths = (4...12).map { 1 << $0 }

    private func growth(_ cost: String, _ time: (Double) -> Double) -> ScoringGrowth {
        ScoringGrowth(
            card(cost), lengths: lengths, batch: 4, width: 128, microseconds: lengths.map { time(Double($0)) })
    }

    @Test("times that follow the formula have its exponents") func asPredicted() throws {
        let one = growth("B·S·A tanh + B·D·A") { 1e-3 * (4 * 128 * $0 + 4 * 128 * 128) }
        let exponent = try #require(one.exponent), last = try #require(one.lastExponent)
        #expect(try abs(exponent - #require(one.formulaExponent)) < 1e-12)
        #expect(try abs(last - #require(one.lastFormulaExponent)) < 1e-12)
        // The term without S hides the growth where S is small.
        #expect(exponent < last && last < 1)
        #expect(one.firstOfLast == 512)
    }

    @Test("a quadratic cost is seen as one, whatever the card says") func quadratic() throws {
        let one = growth("linear, nearly") { $0 * $0 }
        #expect(try abs(#require(one.exponent) - 2) < 1e-12)
        #expect(one.formulaExponent == nil && one.lastFormulaExponent == nil)
        #expect(growth("none") { _ in 1 }.formulaExponent == nil)
    }

    @Test("a learner's scorer that points at positions is made for each length") func longestSource() throws {
        #expect(try abs(#require(growth("B·D·M") { $0 }.formulaExponent) - 1) < 1e-12)
    }

    @Test("the three terms add up, and keys anew cost T times as much") func keys() {
        let one = KeysOnce(
            scorer: "mine", batch: 1, width: 4, source: 10, steps: 5, keysSeconds: 2, stepSeconds: 4,
            shortStepSeconds: 1)
        #expect(
            [one.keysMilliseconds, one.projectionMilliseconds, one.comparisonMilliseconds] == [2000, 5000, 15_000])
        #expect(one.onceMilliseconds == 22_000 && one.anewMilliseconds == 30_000)
        #expect(one.comparisonShare == 15.0 / 22 && one.ratio == 30.0 / 22)
        // A step on one word that seems slower than one on many is noise, not negative work.
        let noisy = KeysOnce(
            scorer: "mine", batch: 1, width: 4, source: 1, steps: 5, keysSeconds: 2, stepSeconds: 1,
            shortStepSeconds: 1.1)
        #expect(noisy.comparisonMilliseconds == 0 && noisy.projectionMilliseconds == 5000)
    }

    @Test(
        "every scorer of the catalogue can be measured, and those with keys of their own are known",
        arguments: Catalog.scorers.map { $0.card.name })
    func catalogue(name: String) throws {
        let scorer = try #require(Catalog.scorers.first { $0.card.name == name })
        let growth = try ScoringGrowth.measure(scorer, lengths: [6, 3, 6], batch: 2, width: 8, repeats: 1)
        #expect(growth.lengths == [3, 6] && growth.microseconds.count == 2)
        let keys = try KeysOnce.measure(scorer, source: 3, steps: 4, batch: 2, width: 8, repeats: 1)
        #expect(keys.map { $0.onceMilliseconds > 0 } ?? true)
        let plain: Set = ["luong-dot", "scaled-dot", "location", "uniform", "none", "dynamic-convolution"]
        // Several heads keep keys of their own, which are no keys of the memory.
        if plain.contains(name) || name.hasPrefix("gmm") || name.hasPrefix("multi-head") {
            #expect(keys == nil)
        } else {
            #expect(keys != nil)
        }
    }

    private let tiny = ModelSize(
        name: "tiny", embedding: 8, hidden: 4, attention: 8, batch: 4, source: 5, target: 6, vocabulary: 20)

    @Test(
        "after the first steps no block of numbers is allocated, with any scorer, in one part or in two",
        arguments: Catalog.scorers.map { $0.card.name }, [1, 2])
    func steadyState(name: String, shards: Int) throws {
        let scorer = try #require(Catalog.scorers.first { $0.card.name == name })
        let speed = try ModelSpeed.measure(scorer, tiny, threads: shards, shards: shards, repeats: 5)
        #expect(speed.blocksInTimedSteps == 0)
        #expect(speed.trainingStepMilliseconds > 0 && speed.decodingMilliseconds > 0)
    }

    @Test("a profile has every phase, there and back; a scorer that computes nothing costs nothing on the way back")
    func profile() throws {
        let additive = try #require(Catalog.scorers.first { $0.card.name == "bahdanau" }),
            none = try #require(Catalog.scorers.first { $0.card.name == "none" })
        let profile = try StepProfile.measure(additive, tiny, repeats: 3)
        #expect(profile.phases.map(\.phase) == ["encoder", "decoder", "scorer", "output", "optimiser"])
        #expect(profile.phases.dropLast().allSatisfy { $0.forwardMilliseconds > 0 && $0.backwardMilliseconds > 0 })
        #expect(profile.phases.last?.backwardMilliseconds == 0)
        #expect(try StepProfile.measure(none, tiny, repeats: 3).phases[2].backwardMilliseconds == 0)
    }

    @Test("shares are of all threads together") func share() {
        let peak = PeakSpeed(oneCoreGFLOPPerSecond: 80)
        #expect(peak.share(of: 40) == 0.5 && peak.share(of: 40, threads: 2) == 0.25)
    }
}
