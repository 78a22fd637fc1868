// Forward–backward against all paths, and the sums over jumps against plain loops.

import Corpora
import Foundation
import Testing

@testable import Aligners

@Suite struct LinkChainTests {
    /// Uneven, and none of them 0.
    private func jumps() -> JumpTable {
        JumpTable(weights: (0...2 * JumpTable.reach).map { 0.3 + 0.7 * abs(sin(Double(3 * $0 + 1))) })
    }

    private func emissions(_ source: Int, _ target: Int) -> [[Double]] {
        func one(_ t: Int, _ i: Int) -> Double {
            let angle = Double(5 * t + 7 * i + t * i)
            return 0.05 + 0.9 * abs(sin(angle))
        }
        return (0..<target).map { t in (0...source).map { one(t, $0) } }
    }

    private func weight(_ table: JumpTable, from place: Int, to word: Int) -> Double {
        let d = max(-JumpTable.reach, min(JumpTable.reach, word - place + 1))
        return table.weights[d + JumpTable.reach]
    }

    private func probability(_ table: JumpTable, from place: Int, to word: Int, source: Int) -> Double {
        weight(table, from: place, to: word)
            / (0..<source).reduce(0) { $0 + weight(table, from: place, to: $1) }
    }

    /// Sentences shorter and longer than the jumps that are told apart.
    @Test(arguments: [(1, 3), (3, 4), (4, 3), (12, 3), (20, 2)])
    func `All paths together`(source: Int, target: Int) throws {
        let table = jumps(), emissions = emissions(source, target), p0 = 0.2
        var counts = JumpCounts()
        let chain = try #require(LinkChain(emissions, source: source, table, nullProbability: p0, counts: &counts))
        var widths = [Double](repeating: 0, count: 2 * JumpTable.reach + 1)
        func path(_ choice: [Int], _ each: (_ place: Int, _ word: Int) -> Void = { _, _ in }) -> Double {
            var p = 1.0, place = 0
            for (t, i) in choice.enumerated() {
                p *= emissions[t][i]
                guard i > 0 else {
                    p *= p0
                    continue
                }
                p *= (1 - p0) * probability(table, from: place, to: i - 1, source: source)
                each(place, i - 1)
                place = i
            }
            return p
        }
        let all = Enumeration(source: source, target: target) { choice in
            let p = path(choice)
            _ = path(choice) { place, word in
                widths[max(0, min(2 * JumpTable.reach, word - place + 1 + JumpTable.reach))] += p
            }
            return p
        }
        #expect(near(chain.logLikelihood, log(all.likelihood)))
        #expect(near(chain.posteriors, all.posteriors))
        #expect(near([counts.widths], [widths.map { $0 / all.likelihood }]), "expected jumps")
    }

    @Test(arguments: [1, 2, 8, 9, 17, 30])
    func `Sums over jumps are those of plain loops`(source: Int) {
        let table = jumps(), x: [Double] = (0...source).map { 0.1 + abs(cos(Double($0))) }
        let y: [Double] = (0..<source).map { 1 / Double($0 + 2) }
        let ahead: [Double] = (0..<source).map { word in
            (0...source).reduce(0.0) { $0 + x[$1] * weight(table, from: $1, to: word) }
        }
        let back: [Double] = (0...source).map { place in
            (0..<source).reduce(0.0) { $0 + y[$1] * weight(table, from: place, to: $1) }
        }
        var widths = [Double](repeating: 0, count: 2 * JumpTable.reach + 1)
        for place in 0...source {
            for word in 0..<source {
                widths[max(0, min(2 * JumpTable.reach, word - place + 1 + JumpTable.reach))] += x[place] * y[word]
            }
        }
        #expect(near([table.ahead(x)], [ahead]) && near([table.back(y)], [back]))
        #expect(near([JumpTable.widths(x, y)], [widths]))
    }

    /// Σ over the jumps of log (weight / sum of the weights that were possible), which the M-step raises.
    @Test func `New jumps make the expected ones likelier`() throws {
        var counts = JumpCounts(), table = jumps()
        for (source, target) in [(3, 4), (12, 3), (5, 2)] {
            _ = LinkChain(emissions(source, target), source: source, table, nullProbability: 0.2, counts: &counts)
        }
        func value(_ table: JumpTable) -> Double {
            var sum = 0.0
            for (count, weight) in zip(counts.widths, table.weights) { sum += count * log(weight) }
            for (source, places) in counts.places {
                let sums = table.back([Double](repeating: 1, count: source))
                for (count, all) in zip(places, sums) { sum -= count * log(all) }
            }
            return sum
        }
        var values = [value(table)]
        for _ in 0..<30 {
            table = counts.likelier(than: table)
            values.append(value(table))
        }
        #expect(zip(values, values.dropFirst()).allSatisfy { $1 >= $0 - 1e-12 }, "\(values)")
        // And it is the top: nothing near it is better.
        for b in table.weights.indices where counts.widths[b] > 0 {
            for factor in [0.97, 1.03] {
                var weights = table.weights
                weights[b] *= factor
                #expect(value(JumpTable(weights: weights)) <= values[30] + 1e-6)
            }
        }
    }

    @Test func `Words that nothing explains have no path`() {
        var counts = JumpCounts()
        #expect(LinkChain([[0, 0, 0]], source: 2, JumpTable(), nullProbability: 0.2, counts: &counts) == nil)
        let none = LinkChain([], source: 2, JumpTable(), nullProbability: 0.2, counts: &counts)
        #expect(none?.posteriors == [] && none?.logLikelihood == 0)
    }
}
