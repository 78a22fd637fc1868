// Tests, effect sizes, power and letters against SciPy, statsmodels, NetworkX and sacreBLEU.
// Generator: Goldens/make_statistics_goldens.py (its header has the versions and the seed).

import Foundation
import Testing

@testable import Evaluation

private struct Goldens: Decodable {
    struct Noncentral: Decodable { let t: Double, df: Double, delta: Double, p: Double }
    struct Power: Decodable { let n: Int, effect: Double, alpha: Double, power: Double }
    struct Detectable: Decodable { let n: Int, effect: Double }
    struct Hedges: Decodable { let a: [Double], b: [Double], g: Double, lower: Double, upper: Double }
    struct Welch: Decodable {
        let a: [Double], b: [Double], p: Double, lower95: Double, upper95: Double, lower99: Double, upper99: Double
    }
    struct Holm: Decodable { let p: [Double], adjusted: [Double] }
    struct Letters: Decodable { let count: Int, differs: [[Int]], groups: [[Int]] }
    struct Resampling: Decodable {
        let a: [Double], b: [Double], difference: Double, p: Double, lower: Double, upper: Double, wins_b: Double
        let scipy_p: Double, scipy_lower: Double, scipy_upper: Double, scipy_permutation_p: Double
    }

    struct Corrected: Decodable { let n: Int, pairs: Int, effect: Double }
    /// Of each seed each sentence: hypothesis and reference length, correct n-grams 1 … 4, all n-grams 1 … 4.
    struct Seeds: Decodable {
        let a: [[[Int]]], b: [[[Int]]]
        let difference: Double, pooled: Double, p: Double, lower: Double, upper: Double, wins_b: Double
    }

    let detectable_corrected: [Corrected], seeds_resampling: [Seeds]
    let noncentral_t: [Noncentral], power: [Power], detectable: [Detectable], hedges: [Hedges], welch: [Welch],
        holm: [Holm]
    let letters: [Letters], resampling: [Resampling]

    static func load() throws -> Goldens {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(
            "Goldens/statistics.json")
        return try JSONDecoder().decode(Goldens.self, from: Data(contentsOf: file))
    }
}

@Suite("Statistics against other implementations") struct StatisticsGoldenTests {
    @Test("noncentral t: scipy.stats.nct") func noncentral() throws {
        for x in try Goldens.load().noncentral_t {
            let p = NoncentralT.cumulative(x.t, degrees: x.df, noncentrality: x.delta)
            #expect(near(p, x.p, 1e-7), "t \(x.t), ν \(x.df), δ \(x.delta): \(String(describing: p)), expected \(x.p)")
        }
    }

    @Test("power and the detectable difference: statsmodels TTestIndPower") func power() throws {
        let goldens = try Goldens.load()
        for x in goldens.power {
            #expect(
                near(DetectableDifference.power(seeds: x.n, effect: x.effect, level: x.alpha), x.power, 1e-7), "\(x)")
        }
        for x in goldens.detectable {
            #expect(
                near(DetectableDifference(seeds: x.n, standardDeviation: 3)?.difference, 3 * x.effect, 1e-5 * x.effect),
                "\(x)")
        }
    }

    @Test("what survives the correction for many pairs: SciPy at the level of one of them") func corrected() throws {
        for x in try Goldens.load().detectable_corrected {
            let found = DetectableDifference(seeds: x.n, standardDeviation: 3, level: 0.05 / Double(x.pairs))
            #expect(near(found?.difference, 3 * x.effect, 1e-5 * x.effect), "\(x)")
        }
    }

    @Test("Hedges' g and its interval, from effects of 0.1 to those of thousands") func hedges() throws {
        let all = try Goldens.load().hedges
        #expect(all.contains { abs($0.g) > 1000 } && all.contains { abs($0.g) < 1 })
        for x in all {
            let effect = try #require(EffectSize(x.a, x.b))
            for (got, expected) in [(effect.g, x.g), (effect.lower, x.lower), (effect.upper, x.upper)] {
                #expect(
                    abs(got - expected) < 1e-5 * max(1, abs(expected)),
                    "\(effect), expected \(x.g) in \(x.lower) … \(x.upper)")
            }
            let back = try #require(EffectSize(x.b, x.a))
            #expect(
                near(back.g, -effect.g, 1e-9 * abs(effect.g))
                    && near(back.lower, -effect.upper, 1e-6 * max(1, abs(effect.upper))))
        }
    }

    @Test("Welch's test and its interval: scipy.stats.ttest_ind") func welch() throws {
        for x in try Goldens.load().welch {
            let welch = WelchDifference(x.a, x.b)
            #expect(near(welch.pValue, x.p, 1e-9), "\(welch), expected \(x.p)")
            for (level, lower, upper) in [(0.95, x.lower95, x.upper95), (0.99, x.lower99, x.upper99)] {
                let interval = try #require(welch.interval(level: level))
                #expect(
                    near(interval.lower, lower, 1e-8 * abs(upper - lower))
                        && near(interval.upper, upper, 1e-8 * abs(upper - lower)), "\(x)")
            }
        }
    }

    @Test("Holm: statsmodels multipletests") func holm() throws {
        for x in try Goldens.load().holm {
            for (got, expected) in zip(HolmCorrection.adjusted(x.p), x.adjusted) { #expect(near(got, expected, 1e-12)) }
        }
    }

    @Test("bootstrap: the same draws agree to the last digits, SciPy's own within their luck") func bootstrap() throws {
        for x in try Goldens.load().resampling {
            let result = try PairedBootstrap().compare(x.a, x.b, by: .mean("score"))
            #expect(near(result.difference, x.difference) && near(result.pValue, x.p) && near(result.winsB, x.wins_b))
            #expect(near(result.lower, x.lower, 1e-12) && near(result.upper, x.upper, 1e-12))
            let width = x.scipy_upper - x.scipy_lower
            #expect(near(result.lower, x.scipy_lower, 0.12 * width) && near(result.upper, x.scipy_upper, 0.12 * width))
            #expect(near(result.pValue, x.scipy_p, 0.04), "\(result), expected \(x.scipy_p)")
        }
    }

    /// Counts added up over seeds have another difference, which no row of a table shows.
    @Test("bootstrap of several seeds: on every draw the mean over seeds of sacreBLEU's score") func bootstrapOfSeeds()
        throws
    {
        for x in try Goldens.load().seeds_resampling {
            func sentences(_ system: [[[Int]]]) -> [[BLEUStatistics]] {
                system.map { $0.map { BLEUStatistics(numbers: ([1] + $0)[...]) } }
            }
            let bootstrap = PairedBootstrap(), systems = [sentences(x.a), sentences(x.b)]
            let resampled = try bootstrap.resample(seedsOf: systems, by: .bleu),
                result = try bootstrap.compare(resampled[0], resampled[1])
            #expect(near(result.difference, x.difference, 1e-9) && abs(x.pooled - x.difference) > 0.1, "\(result)")
            #expect(
                near(result.pValue, x.p) && near(result.winsB, x.wins_b) && near(result.lower, x.lower, 1e-9)
                    && near(result.upper, x.upper, 1e-9))
            let swapped = try ApproximateRandomisation().compare(seedsOf: systems[0], systems[1], by: .bleu)
            let (a, b) = (systems[0].prefix(x.b.count), systems[1].prefix(x.a.count))
            let means = [a, b].map { ResampledStatistic<BLEUStatistics>.bleu.mean(ofSeeds: Array($0)) }
            #expect(swapped.a == means[0] && swapped.b == means[1], "as many seeds of each")
            if x.a.count == x.b.count { #expect(near(swapped.pValue, x.p, 0.01), "\(swapped)") }
        }
    }

    @Test("approximate randomisation: scipy.stats.permutation_test") func randomisation() throws {
        for x in try Goldens.load().resampling {
            let p = try ApproximateRandomisation().compare(x.a, x.b, by: .mean("score")).pValue
            #expect(near(p, x.scipy_permutation_p, 0.02), "\(String(describing: p)), expected \(x.scipy_permutation_p)")
        }
    }

    @Test("letters are the largest groups without a difference: networkx.find_cliques") func letters() throws {
        for x in try Goldens.load().letters {
            let found = LetterDisplay(count: x.count) { i, j in x.differs.contains([i, j]) }.letters
            let expected = (0..<x.count).map { t in
                x.groups.indices.filter { x.groups[$0].contains(t) }.map(LetterDisplay.letter).joined()
            }
            #expect(found == expected, "\(x.differs)")
        }
    }
}

@Suite("Letters") struct LetterDisplayTests {
    private func letters(_ count: Int, _ pairs: [(Int, Int)]) -> [String] {
        LetterDisplay(count: count) { i, j in pairs.contains { $0 == (i, j) } }.letters
    }

    /// The middle one differs from neither end.
    @Test func notTransitive() { #expect(letters(3, [(0, 2)]) == ["a", "ab", "b"]) }

    @Test func extremes() {
        #expect(letters(0, []) == [] && letters(1, []) == ["a"] && letters(3, []) == ["a", "a", "a"])
        #expect(letters(3, [(0, 1), (0, 2), (1, 2)]) == ["a", "b", "c"])
    }

    /// The promise of a letter display, for any matrix: a letter in common exactly where there is no difference, and
    /// each has one.
    @Test func sharedExactlyWhereNotDifferent() {
        for seed in 0..<60 {
            let count = 2 + seed % 9
            func differs(_ i: Int, _ j: Int) -> Bool { (i &* 7919 &+ j &* 104_729 &+ seed &* 31) % 7 < 1 + seed % 5 }
            let found = LetterDisplay(count: count, differs: differs).letters.map(Set.init)
            for i in 0..<count {
                #expect(!found[i].isEmpty)
                for j in (i + 1)..<max(count, i + 1) { #expect(found[i].isDisjoint(with: found[j]) == differs(i, j)) }
            }
        }
    }

    @Test func manyLetters() { #expect([0, 25, 26, 51, 52].map(LetterDisplay.letter) == ["a", "z", "A", "Z", "a′"]) }
}

@Suite("Effect size and power") struct EffectSizeTests {
    /// J of eight degrees of freedom, from Hedges' table: 0.9027.
    @Test func correction() {
        #expect(
            near(EffectSize.correction(degrees: 8), 0.9027, 5e-5)
                && near(EffectSize.correction(degrees: 2), 0.5642, 5e-5))
    }

    /// No spread, no effect size: undefined, not infinite.
    @Test func undefined() {
        #expect(EffectSize([1, 1], [2, 2]) == nil && EffectSize([0.1, 0.1, 0.1], [0.7, 0.7, 0.7]) == nil)
        #expect(EffectSize([1], [2, 3]) == nil && EffectSize([], []) == nil)
        #expect(EffectSize([1, 2], [1, 2])?.g == 0)
    }

    /// With 64 a side, half a standard deviation is found four times in five (Cohen 1988, table 2.4.1).
    @Test func cohen() {
        #expect(near(DetectableDifference.power(seeds: 64, effect: 0.5), 0.80, 0.005))
        #expect(near(DetectableDifference(seeds: 64, standardDeviation: 1)?.difference, 0.5, 0.003))
    }

    @Test func noDetectableDifference() {
        #expect(
            DetectableDifference(seeds: 1, standardDeviation: 1) == nil
                && DetectableDifference(seeds: 5, standardDeviation: .nan) == nil)
        #expect(DetectableDifference(seeds: 5, standardDeviation: 0)?.difference == 0)
        #expect(DetectableDifference(seeds: 5, standardDeviation: 1, level: 0.9) == nil)
        #expect(near(DetectableDifference.power(seeds: 5, effect: 0), 0.05, 1e-9))
    }

    @Test func pooled() {
        #expect(
            near(
                DetectableDifference.pooledDeviation([
                    MeanInterval([1.0, 3]), MeanInterval([0.0, 0, 0]), MeanInterval([7.0]),
                ]), (2.0 / 3).squareRoot()))
        #expect(DetectableDifference.pooledDeviation([MeanInterval([1.0])]) == nil)
    }

    /// Far out and at the edges the distribution function stays one.
    @Test func noncentralEdges() {
        #expect(
            near(
                NoncentralT.cumulative(2.0, degrees: 8, noncentrality: 0), StudentT.cumulative(2, degrees: 8) ?? 0, 1e-9
            ))
        #expect(
            near(NoncentralT.cumulative(1e4, degrees: 8, noncentrality: 1e6), 0, 1e-12)
                && near(NoncentralT.cumulative(1e6, degrees: 8, noncentrality: 1e3), 1, 1e-12))
        #expect(
            NoncentralT.cumulative(1, degrees: 0, noncentrality: 1) == nil
                && NoncentralT.cumulative(.nan, degrees: 3, noncentrality: 1) == nil)
    }
}
