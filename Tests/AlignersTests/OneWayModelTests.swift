// Models 1 and 2 and the hidden Markov chain: what EM promises, and posteriors against enumeration.

import Corpora
import Evaluation
import Foundation
import TestSupport
import Testing

@testable import Aligners

private let smallText = SwappedText.pairs()

@Suite struct OneWayModelTests {
    /// Without a prior that pulls at the probabilities.
    private static let settings = {
        var settings = AlignerSettings()
        (settings.dirichlet, settings.passes) = (0, 8)
        return settings
    }()

    private func rises(_ found: [Double]) -> Bool { zip(found, found.dropFirst()).allSatisfy { $1 >= $0 - 1e-9 } }

    @Test func `The likelihood rises at every pass`() throws {
        let one = try BothWays<ModelOne>.learnt(from: smallText, Self.settings) { _ in true }.logLikelihoods
        let two = try BothWays<DiagonalModel>.learnt(from: smallText, Self.settings) { _ in true }.logLikelihoods
        let chain = try BothWays<HiddenMarkovModel>.learnt(from: smallText, Self.settings) { _ in true }.logLikelihoods
        for found in [one.forward, one.backward, two.forward, two.backward] {
            #expect(found.count == 8 && rises(found) && found[7] > found[0] + 1, "\(found)")
        }
        // The chain is another model than the one it begins from.
        for found in [chain.forward, chain.backward] {
            #expect(found.count == 16 && rises(Array(found[..<8])) && rises(Array(found[8...])), "\(found)")
            #expect(found[15] > found[8] + 1)
        }
    }

    @Test func `Posteriors of Model 1 are those of all ways to link the words`() throws {
        let aligner = try BothWays<ModelOne>.learnt(from: smallText, AlignerSettings()) { _ in true }
        let some = smallText[1], model = aligner.forward.model
        let t = model.table.rows(some, unseen: 0)
        let all = Enumeration(source: some.source.count, target: some.target.count) { choice in
            choice.enumerated().reduce(1.0) { $0 * t[$1.offset][$1.element] }
        }
        #expect(near(aligner.posteriors(of: some).forward.rows, all.posteriors.map { Array($0.dropFirst()) }))
        #expect(
            near(model.posterior(some).normalised().rows, model.weights(some).rows), "the same without the null word")
        let slotted = SlottedPairs([some])
        var fresh = IBMModel1(slotted.words)
        let uniform = Enumeration(source: some.source.count, target: some.target.count) { choice in
            choice.reduce(1.0) { p, _ in p / Double((some.source.count + 1) * some.target.count) }
        }
        #expect(near(fresh.pass(over: slotted), log(uniform.likelihood)))
    }

    @Test func `Posteriors of Model 2 are those of all ways to link the words`() throws {
        let aligner = try BothWays<DiagonalModel>.learnt(from: smallText, AlignerSettings()) { _ in true }
        let some = smallText[1], model = aligner.forward, t = model.table.rows(some, unseen: 0)
        let (source, target) = (some.source.count, some.target.count)
        func prior(_ word: Int, _ i: Int) -> Double {
            func weight(_ i: Int) -> Double {
                exp(-model.prior.tension * abs(Double(i) / Double(source) - Double(word + 1) / Double(target)))
            }
            let sum = (1...source).reduce(0) { $0 + weight($1) }
            return i == 0 ? 0.08 : 0.92 * weight(i) / sum
        }
        let all = Enumeration(source: source, target: target) { choice in
            choice.enumerated().reduce(1.0) { $0 * prior($1.offset, $1.element) * t[$1.offset][$1.element] }
        }
        #expect(near(aligner.posteriors(of: some).forward.rows, all.posteriors.map { Array($0.dropFirst()) }))
    }

    @Test func `Probabilities of a word's translations sum to 1`() throws {
        let aligner = try BothWays<DiagonalModel>.learnt(from: smallText, Self.settings) { _ in true }
        let targets = Set(smallText.flatMap(\.target))
        for source in ["s0", "s7", "s11"] {
            let sum = targets.reduce(0) { $0 + aligner.forward.table.probability(of: $1, given: source) }
            #expect(near(sum, 1))
        }
        #expect(aligner.forward.table.probability(of: "T2", given: "nobody") == 0)
    }

    /// The best λ by a search that knows nothing of gradients.
    @Test func `The tension is the one that makes the found links likeliest`() {
        var counts = DiagonalCounts(), row: [Double] = [0.1, 0.6, 0.1, 0.1, 0.1], words: [[Double]] = []
        for word in 0..<5 {
            counts.begin(source: 4, target: 5)
            counts.add(row, word)
            words.append(row)
            row = [0.1] + [row[4]] + row[1..<4]
        }
        func value(_ tension: Double) -> Double {
            var sum = 0.0
            for (word, posterior) in words.enumerated() {
                let h: [Double] = (1...4).map { abs(Double($0) / 4 - Double(word + 1) / 5) }
                let z = h.reduce(0.0) { $0 + exp(-tension * $1) }
                for i in 0..<4 { sum += posterior[i + 1] * (-tension * h[i] - log(z)) }
            }
            return sum
        }
        var prior = DiagonalPrior(nullProbability: 0.1)
        prior.maximise(counts)
        let best = stride(from: 0, through: 20, by: 0.01).max { value($0) < value($1) } ?? 0
        #expect(best > 0.5 && abs(prior.tension - best) < 0.02, "\(prior.tension) for \(best)")
    }

    @Test func `ψ has its known values`() {
        #expect(near(DirichletPrior.digamma(1), -0.577_215_664_901_532_9, 1e-11))
        #expect(near(DirichletPrior.digamma(0.5), -1.963_510_026_021_423_5, 1e-11))
        #expect(near(DirichletPrior.digamma(0.01), -100.560_885_457_868_67, 1e-11))
        #expect(near(DirichletPrior.digamma(12), 2.442_661_679_975_813, 1e-11))
        #expect(DirichletPrior.share(0)(3, 4, 9) == 0.75)
        #expect(DirichletPrior.share(0.01)(0.1, 10, 20) < 0.001, "a rare translation becomes rarer")
    }

    @Test(arguments: ["ibm-1", "ibm-2", "hmm"])
    func `Links that the text tells are found, in both directions`(_ name: String) throws {
        let aligner = try #require(AlignerList.named(name)).learnt(from: smallText, AlignerSettings()) { _ in true }
        for some in smallText.prefix(20) {
            let posteriors = aligner.posteriors(of: some)
            for reading in [PosteriorReading.forward, .backward, .mean(above: 0.5)] {
                #expect(posteriors.links(reading) == some.gold?.sure, "\(some.source) \(reading)")
            }
        }
    }

    @Test(arguments: ["ibm-1", "ibm-2", "hmm"])
    func `Turning the pairs round turns the posteriors round`(_ name: String) throws {
        let type = try #require(AlignerList.named(name))
        let one = try type.learnt(from: smallText, AlignerSettings()) { _ in true }
        let other = try type.learnt(from: smallText.map(\.reversed), AlignerSettings()) { _ in true }
        let there = one.posteriors(of: smallText[2]), back = other.posteriors(of: smallText[2].reversed)
        #expect(there.forward == back.backward && there.backward == back.forward)
    }

    @Test(arguments: ["ibm-1", "ibm-2", "hmm"])
    func `Words that were never learnt have posteriors too`(_ name: String) throws {
        let aligner = try #require(AlignerList.named(name)).learnt(from: smallText, AlignerSettings()) { _ in true }
        for some in [pair("x y z", "u v w"), pair("s1 x", "x T1 q"), pair("s1", "T2 T2 T2 T2")] {
            let found = aligner.posteriors(of: some)
            for matrix in [found.forward, found.backward] {
                for row in matrix.rows {
                    let sum = row.reduce(0, +)
                    #expect(row.allSatisfy { $0 >= 0 && $0.isFinite } && sum <= 1 + 1e-9, "\(row)")
                }
            }
            #expect(found.forward.rows.map(\.count) == some.target.map { _ in some.source.count })
        }
        #expect(aligner.posteriors(of: pair("", "T1")).forward.rows == [[]])
    }

    @Test func `Learning tells how far it is, and stops when it is told to`() throws {
        for aligner in AlignerList.standard.prefix(3) {
            var shares: [Double] = []
            _ = try aligner.learnt(from: smallText, AlignerSettings()) {
                shares.append($0)
                return true
            }
            #expect(shares == shares.sorted() && shares.last == 1 && shares[0] < 0.2)
            #expect(throws: CancellationError.self) {
                _ = try aligner.learnt(from: smallText, AlignerSettings()) { $0 < 0.4 }
            }
            #expect(throws: InputError.self) { _ = try aligner.learnt(from: [], AlignerSettings()) { _ in true } }
        }
    }

    /// Sentences of one word say nothing of the order.
    @Test func `Sentences of one word can be learnt from`() throws {
        for aligner in AlignerList.standard.prefix(3) {
            let learnt = try aligner.learnt(from: [pair("a", "A"), pair("b", "B")], AlignerSettings()) { _ in true }
            #expect(learnt.posteriors(of: pair("a b a", "A B A")).forward.rows.allSatisfy { $0.allSatisfy(\.isFinite) })
        }
    }
}
