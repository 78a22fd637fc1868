// Local attention written out, right and in the ways in which it is published wrong, for the checks of exercise 21 and
// of bug hunt 9.

import Foundation

struct LocalByHand {
    var scores: [Double], centre: Double, halfWidth: Int, length: Int
    /// w/2 in the paper.
    var sigma: Double

    init(scores: [Double], centre: Double, halfWidth: Int, length: Int) {
        (self.scores, self.centre, self.halfWidth, self.length) = (scores, centre, halfWidth, length)
        sigma = Double(halfWidth) / 2
    }

    var distances: [Double] { scores.indices.map { Double($0) - centre } }
    var gaussian: [Double] { distances.map { exp(-$0 * $0 / (2 * sigma * sigma)) } }
    var inside: [Bool] { scores.indices.map { $0 < length && abs(distances[$0]) <= Double(halfWidth) } }

    func paper(_ mask: [Bool]? = nil) -> [Double] {
        zip(Plain.softmax(scores, mask: mask ?? inside), gaussian).map { $0 * $1 }
    }
    func normalised(_ mask: [Bool]? = nil) -> [Double] {
        let log = distances.map { -$0 * $0 / (2 * sigma * sigma) }
        return Plain.softmax(Plain.sum(scores, log), mask: mask ?? inside)
    }

    /// Softmax over the sentence, and then cut.
    var softmaxFirst: [Double] {
        let all = Plain.softmax(scores, mask: scores.indices.map { $0 < length })
        return scores.indices.map { inside[$0] ? all[$0] * gaussian[$0] : 0 }
    }

    func with(sigma: Double) -> LocalByHand {
        var other = self
        other.sigma = sigma
        return other
    }

    func with(centre: Double) -> LocalByHand {
        var other = self
        other.centre = centre
        return other
    }

    /// Padding taken for words.
    var padded: LocalByHand {
        var other = self
        other.length = scores.count
        return other
    }

    static func scaled(_ weights: [Double]) -> [Double] { weights.map { $0 / weights.reduce(0, +) } }
}
