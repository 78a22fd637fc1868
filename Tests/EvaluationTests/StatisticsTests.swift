import Corpora
import Foundation
import Randomness
import Testing

@testable import Evaluation

@Suite("Sums of a resample") struct ComponentTableTests {
    /// Counts of components below, at and above what is added at a time.
    @Test("as one component after another adds them, to the last digit", arguments: [0, 1, 7, 8, 9, 16, 19])
    func blocks(width: Int) {
        var random = RandomSource(seed: 1, purpose: "sums")
        let rows = (0..<40).map { _ in (0..<width).map { _ in random.uniform() } },
            table = ComponentTable(rows: rows, seeds: 1)
        let indices = (0..<40).map { _ in random.below(40) }
        #expect(table.sums(at: indices) == (0..<width).map { k in indices.reduce(0) { $0 + rows[$1][k] } })
    }

    @Test("systems that are resampled together get what each gets alone") func together() throws {
        var random = RandomSource(seed: 2, purpose: "systems")
        let systems = (0..<3).map { _ in (0..<20).map { _ in random.uniform() } },
            bootstrap = PairedBootstrap(resamples: 50)
        let all = try bootstrap.resample(all: systems, by: .mean("m")),
            alone = try systems.map { try bootstrap.resample($0, by: .mean("m")) }
        #expect(all.count == 3 && zip(all, alone).allSatisfy { $0.scores == $1.scores && $0.score == $1.score })
        #expect(throws: InputError.self) { try bootstrap.resample(all: [[1, 0], [1]], by: .mean("m")) }
    }
}

@Suite("Figures at the end of their scale") struct BoundTests {
    /// Nothing right with any seed: that it never varies is the scale's doing.
    @Test("have no interval; others that do not vary have one of no width") func bounds() throws {
        let floor = MeanInterval([0.0, 0, 0], bounds: 0...1), top = MeanInterval([1.0, 1], bounds: 0...1)
        for interval in [floor, top] {
            #expect(interval.isAtBound && interval.halfWidth == nil && interval.lower == nil && interval.upper == nil)
        }
        #expect(MeanInterval([0.5, 0.5], bounds: 0...1).halfWidth == 0 && MeanInterval([0.0, 0]).halfWidth == 0)
        #expect(
            !MeanInterval([0.0, 0, 0.003], bounds: 0...1).isAtBound && !MeanInterval([0.0], bounds: 0...1).isAtBound)
        let encoded = try JSONEncoder().encode(floor), text = String(decoding: encoded, as: UTF8.self)
        #expect(text.contains("\"half_width\":null") && text.contains("\"at_bound\":true"))
        #expect(try JSONDecoder().decode(MeanInterval.self, from: encoded) == floor)
        #expect(
            !String(decoding: try JSONEncoder().encode(MeanInterval([0.1, 0.2])), as: UTF8.self).contains("at_bound"))
    }
}

@Suite struct StudentTTests {
    /// Printed tables have three digits; these are SciPy's (scipy.stats.t.ppf).
    @Test(arguments: [
        (0.975, 1.0, 12.706204736174694), (0.975, 2, 4.302652729749462), (0.975, 4, 2.7764451051977934),
        (0.975, 9, 2.262157162798205), (0.975, 30, 2.0422724563012378), (0.95, 5, 2.0150483733330233),
        (0.995, 10, 3.16927267261695), (0.6, 3, 0.2766706623326898), (0.9995, 7, 5.407882520861828),
        (0.975, 2.5, 3.5746548420036817), (0.975, 1e6, 1.959966356814107), (0.025, 4, -2.7764451051977943),
    ])
    func quantiles(probability: Double, degrees: Double, expected: Double) {
        #expect(near(StudentT.quantile(probability, degrees: degrees), expected, 1e-6))
    }

    /// One degree of freedom is Cauchy's distribution, which has a formula.
    @Test func cauchy() {
        for t in [-3.0, -0.5, 0, 1, 10] {
            #expect(near(StudentT.cumulative(t, degrees: 1), 0.5 + atan(t) / .pi, 1e-12))
        }
    }

    @Test func undefined() {
        #expect(StudentT.quantile(1, degrees: 3) == nil && StudentT.quantile(0.5, degrees: 0) == nil)
        #expect(StudentT.quantile(0.5, degrees: 3) == 0)
    }
}

@Suite struct MeanIntervalTests {
    /// Five seeds, by hand: mean 3, s = √2.5, half width 2.776445 · √(2.5/5).
    @Test func byHand() {
        let interval = MeanInterval([1, 2, 3, 4, 5])
        #expect(interval.mean == 3 && near(interval.standardDeviation, 2.5.squareRoot()))
        #expect(near(interval.halfWidth, 2.7764451051977987 * 0.5.squareRoot(), 1e-9))
        #expect(near(interval.lower, 3 - 1.963243, 1e-6))
    }

    /// The same values at another level are as if they had been given with it.
    @Test func otherLevel() {
        let values = [1.0, 2, 3, 4, 5], wide = MeanInterval(values).at(level: 0.99)
        #expect(wide == MeanInterval(values, level: 0.99) && wide.lower ?? 0 < MeanInterval(values).lower ?? 0)
        #expect(MeanInterval([7.0]).at(level: 0.99).halfWidth == nil)
    }

    /// One seed has a mean and no interval; none has neither. Never 0, never NaN.
    @Test func tooFew() throws {
        #expect(
            MeanInterval([7.0]).mean == 7 && MeanInterval([7.0]).halfWidth == nil && MeanInterval([7.0]).upper == nil)
        #expect(MeanInterval([Double]()).mean == nil)
        #expect(try json(MeanInterval([7.0])).contains(#""half_width":null"#))
        #expect(try survivesJSON(MeanInterval([1.0, 2])))
        #expect(try survivesJSON(MeanInterval([Double]())))
        #expect(MeanInterval([1, .nan, 3]).mean == 2)
    }
}

@Suite struct WelchDifferenceTests {
    /// t = 3 / √2.5, 5.88 degrees of freedom, by numeric integration of the density.
    @Test func byHand() {
        let welch = WelchDifference([1, 2, 3, 4, 5], [2, 4, 6, 8, 10])
        #expect(welch.mean == -3 && welch.count == 5 && near(welch.pValue, 0.1075312, 1e-5))
    }

    /// One value has no spread, and equal values have none either: the first is unknown, the second is certain.
    @Test func withoutSpread() {
        #expect(WelchDifference([1, 1], [1, 1]).pValue == 1 && WelchDifference([1, 1], [2, 2]).pValue == 0)
        #expect(WelchDifference([3, 3], [2, 2]).interval().map { $0.lower == 1 && $0.upper == 1 } == true)
        let one = WelchDifference([1], [2, 3]), none = WelchDifference([], [])
        #expect(
            one.mean == -1.5 && one.pValue == nil && one.interval() == nil && none.mean == nil && none.pValue == nil)
    }
}

@Suite struct PairedTestsTests {
    /// 200 sentences; system B is right where A is, and in `more` further ones.
    private func systems(more: Int) -> (a: [Double], b: [Double]) {
        let a = (0..<200).map { $0 % 2 == 0 ? 1.0 : 0.0 }
        var b = a
        for k in 0..<more { b[2 * k + 1] = 1 }
        return (a, b)
    }
    private let accuracy = ResampledStatistic<Double>.mean("accuracy")

    /// The trap in the usual formula: it gives two identical systems p = 1/(K + 1).
    @Test func identicalSystems() throws {
        let (a, b) = systems(more: 0)
        for result in [
            try PairedBootstrap().compare(a, b, by: accuracy),
            try ApproximateRandomisation().compare(a, b, by: accuracy),
        ] {
            #expect(result.pValue == 1 && !result.isBetter() && !result.isWorse())
        }
        let bootstrap = try PairedBootstrap().compare(a, b, by: accuracy)
        #expect(bootstrap.winsA == 0 && bootstrap.winsB == 0 && bootstrap.lower == 0 && bootstrap.upper == 0)
    }

    @Test func clearDifference() throws {
        let (a, b) = systems(more: 40)
        for result in [
            try PairedBootstrap().compare(a, b, by: accuracy),
            try ApproximateRandomisation().compare(a, b, by: accuracy),
        ] {
            #expect(result.isBetter() && !result.isWorse(), "\(result)")
            #expect(near(result.difference, 0.2))
        }
        #expect(try PairedBootstrap().compare(a, b, by: accuracy).winsB == 1)
        #expect(try PairedBootstrap().compare(b, a, by: accuracy).isWorse())
    }

    /// One sentence in two hundred is an accident.
    @Test func smallDifference() throws {
        let (a, b) = systems(more: 1)
        #expect(try !PairedBootstrap().compare(a, b, by: accuracy).isBetter())
        #expect(try !ApproximateRandomisation().compare(a, b, by: accuracy).isBetter())
    }

    /// Equal scores by different sentences: no difference, though many shuffles differ.
    @Test func equalScores() throws {
        let a = (0..<50).map { Double($0 % 2) }, b = (0..<50).map { Double(($0 + 1) % 2) }
        #expect(try ApproximateRandomisation().compare(a, b, by: accuracy).pValue == 1)
        #expect(try PairedBootstrap().compare(a, b, by: accuracy).pValue == 1)
    }

    /// The same seed gives the same figures; exchanging the systems exchanges the wins and nothing else.
    @Test func deterministicAndSymmetric() throws {
        let (a, b) = systems(more: 6)
        let test = PairedBootstrap(seed: 7)
        let forth = try test.compare(a, b, by: accuracy), back = try test.compare(b, a, by: accuracy)
        let again = try test.compare(a, b, by: accuracy)
        #expect(forth == again)
        #expect(forth.winsB == back.winsA && forth.pValue == back.pValue)
        let other = try PairedBootstrap(seed: 8).compare(a, b, by: accuracy)
        #expect(
            other.lower != forth.lower || other.pValue != forth.pValue || other.winsB != forth.winsB
                || other.upper != forth.upper)
    }

    /// Four sentences: all 16 exchanges can be listed, and 4 of them (two either way) reach the observed difference.
    @Test func randomisationAgainstEnumeration() throws {
        let a = [0.0, 0, 0, 1], b = [1.0, 1, 1, 0.5]
        let moves = zip(a, b).map { $1 - $0 }
        let observed = abs(moves.reduce(0, +))
        var reached = 0
        for mask in 0..<16 {
            let sum = moves.indices.reduce(0.0) { $0 + (mask >> $1 & 1 == 1 ? -moves[$1] : moves[$1]) }
            if abs(sum) >= observed - 1e-12 { reached += 1 }
        }
        let result = try ApproximateRandomisation(trials: 20_000).compare(a, b, by: accuracy)
        #expect(near(result.pValue, Double(reached) / 16, 0.01))
    }

    /// Two systems that differ by luck alone are called different about one time in twenty, and no oftener. sacreBLEU's
    /// p calls them different twice as often, which is why no mark depends on it.
    @Test func falseAlarms() throws {
        var random = RandomSource(seed: 3)
        var bootstrap = 0, randomisation = 0, sacreBLEU = 0
        for trial in 0..<300 {
            let a = (0..<60).map { _ in random.chance(0.6) ? 1.0 : 0 },
                b = (0..<60).map { _ in random.chance(0.6) ? 1.0 : 0 }
            let first = try PairedBootstrap(resamples: 200, seed: UInt64(trial)).compare(a, b, by: accuracy)
            let second = try ApproximateRandomisation(trials: 200, seed: UInt64(trial)).compare(a, b, by: accuracy)
            if first.isBetter() || first.isWorse() { bootstrap += 1 }
            if second.isBetter() || second.isWorse() { randomisation += 1 }
            if let p = first.sacreBLEUPValue, p < 0.05 { sacreBLEU += 1 }
        }
        #expect(bootstrap < 24 && randomisation < 24, "\(bootstrap) and \(randomisation) of 300")
        #expect(sacreBLEU > 24, "\(sacreBLEU) of 300")
    }

    /// Error rates: the lower one is better, and the sums are divided once.
    @Test func aer() throws {
        let alignment = gold("0-0 1-1 2-2 3-3")
        let good = AlignmentCounts(predicted: links("0-0 1-1 2-2 3-3"), gold: alignment)
        let bad = AlignmentCounts(predicted: links("0-0 1-1 2-3 3-2"), gold: alignment)
        let a = (0..<100).map { $0 % 2 == 0 ? good : bad }, b = (0..<100).map { $0 % 4 == 1 ? bad : good }
        let result = try PairedBootstrap().compare(a, b, by: .aer)
        var sum = AlignmentCounts()
        for counts in b { sum += counts }
        #expect(result.b == sum.aer && near(result.a, 0.25) && result.isBetter())
        #expect(try ApproximateRandomisation(trials: 1000).compare(a, b, by: .alignmentF1).isBetter())
    }

    /// Through the resampling interface BLEU and chrF are what they are elsewhere.
    @Test func translationScores() throws {
        let references = (0..<60).map { "the cat number \($0) sat on the mat , said \($0 * 7)" }
        let a = references.enumerated().map { $0 % 3 == 0 ? "a dog lay under it" : $1 }
        let b = references.enumerated().map { $0 % 30 == 0 ? "a dog lay under it" : $1 }
        let bleuA = try BLEU.statistics(hypotheses: a, references: [references]),
            bleuB = try BLEU.statistics(hypotheses: b, references: [references])
        let bleu = try PairedBootstrap().compare(bleuA, bleuB, by: .bleu)
        let corpusB = try BLEU.corpus(hypotheses: b, references: [references])
        #expect(bleu.b == corpusB.score && bleu.isBetter())
        let chrFA = try ChrF.chrF2.statistics(hypotheses: a, references: [references]),
            chrFB = try ChrF.chrF2.statistics(hypotheses: b, references: [references])
        let chrF = try ApproximateRandomisation(trials: 500).compare(chrFA, chrFB, by: .chrF())
        let corpusA = try ChrF.chrF2.corpus(hypotheses: a, references: [references])
        #expect(chrF.a == corpusA.score && chrF.isBetter())
    }

    /// No sure link anywhere and nothing predicted: undefined, and no significance either.
    @Test func undefined() throws {
        let nothing = [AlignmentCounts](repeating: .init(), count: 5)
        let result = try PairedBootstrap().compare(nothing, nothing, by: .aer)
        #expect(result.a == nil && result.pValue == nil && result.winsA == nil && !result.isBetter())
        #expect(try json(result).contains(#""p_value":null"#))
        #expect(try survivesJSON(result))
        #expect(try ApproximateRandomisation().compare(nothing, nothing, by: .aer).pValue == nil)
        #expect(ResampledStatistic<AlignmentCounts>.aer.value(of: []) == nil)
    }

    @Test func differentTestSetsAreRefused() {
        #expect(throws: InputError.self) { try PairedBootstrap().compare([1.0], [1, 0], by: accuracy) }
        #expect(throws: InputError.self) { try ApproximateRandomisation().compare([Double](), [], by: accuracy) }
    }
}

@Suite struct HolmCorrectionTests {
    /// The smallest of four times four, the next times three, never falling, never above 1.
    @Test func byHand() {
        let adjusted = HolmCorrection.adjusted([0.01, 0.04, 0.03, 0.005])
        #expect(
            near(adjusted[3], 0.02) && near(adjusted[0], 0.03) && near(adjusted[2], 0.06) && near(adjusted[1], 0.06))
        #expect(HolmCorrection.adjusted([0.9, 0.8]) == [1, 1])
    }

    /// A comparison that could not be made is not a test.
    @Test func undefined() {
        #expect(HolmCorrection.adjusted([nil, 0.02, 0.5]) == [nil, 0.04, 0.5])
        #expect(HolmCorrection.adjusted([]).isEmpty)
    }
}
