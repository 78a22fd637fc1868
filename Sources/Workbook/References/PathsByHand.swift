// Alignments as paths, for the checks of exercise 28: every path by itself, which is slow and certain, and the ways in
// which the algorithm is written wrong.

import Foundation

struct PathsByHand {
    /// [S+1][S], the first row that of the start.
    var transitions: [[Double]]
    /// [T][S].
    var emissions: [[Double]]

    var words: Int { transitions.first?.count ?? 0 }

    /// Every path with its probability: T source words each, S to the power of T of them.
    var all: [(path: [Int], probability: Double)] {
        var paths: [(path: [Int], probability: Double)] = [([], 1)]
        for emission in emissions {
            paths = paths.flatMap { path, probability in
                (0..<words).map { i in
                    (path: path + [i], probability: probability * transitions[(path.last ?? -1) + 1][i] * emission[i])
                }
            }
        }
        return paths
    }

    var logLikelihood: Double { log(all.reduce(0) { $0 + $1.probability }) }
    var logBestPath: Double { log(all.map(\.probability).max() ?? 0) }

    var posteriors: [[Double]] {
        let paths = all, sum = paths.reduce(0) { $0 + $1.probability }
        return emissions.indices.map { t in
            (0..<words).map { i in paths.reduce(0) { $0 + ($1.path[t] == i ? $1.probability : 0) } / sum }
        }
    }

    /// What is known when the words up to each are known, and before each of them.
    var filtered: (before: [[Double]], after: [[Double]]) {
        var before: [[Double]] = [], after: [[Double]] = []
        for emission in emissions {
            before.append(after.last.map { Plain.rowProduct($0, Array(transitions.dropFirst())) } ?? transitions[0])
            after.append(LocalByHand.scaled(zip(before[before.count - 1], emission).map { $0 * $1 }))
        }
        return (before, after)
    }

    /// The same with every word as likely as every other, whatever came before.
    var uniform: PathsByHand {
        PathsByHand(
            transitions: transitions.map { row in row.map { _ in 1 / Double(row.count) } }, emissions: emissions)
    }

    /// With the start as if it stood at the first word, or at any.
    func starting(_ row: [Double]) -> PathsByHand {
        PathsByHand(transitions: [row] + transitions.dropFirst(), emissions: emissions)
    }

    /// From i to k instead of from k to i; rows no longer sum to 1.
    var turned: PathsByHand {
        PathsByHand(
            transitions: [transitions[0]] + Plain.transposed(Array(transitions.dropFirst())), emissions: emissions)
    }
}
