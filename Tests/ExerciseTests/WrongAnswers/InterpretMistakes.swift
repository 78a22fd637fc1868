// What students hand in for project D.

import AttentionLab
import Solutions
import Workbook

let interpretMistakes = [
    Wrong(AlwaysTheFirst.self, "the broken head", says: "the answer is head 0 every time"),
    Wrong(HighestError.self, "the broken head", says: "the head with the highest AER was taken"),
    Wrong(AlwaysSpread.self, "the broken head", says: "most of them have their largest weight on word 0"),
    Wrong(Euclidean.self, "the distance of two distributions", says: "L2"),
    Wrong(NotHalved.self, "the distance of two distributions", says: "without the ½"),
    Wrong(ComparedWithItself.self, "the median change", says: "compared with itself"),
    Wrong(MeanChange.self, "the median change", says: "the median is 1"),
    Wrong(NewWeights.self, "the median change", says: "other weights were drawn"),
    Wrong(UpperMiddle.self, "the median change", says: "the mean of the middle two"),
    Wrong(FirstWordOnly.self, "the study of a model", says: "the prefix was left out"),
    Wrong(WeightsNotHandedOn.self, "the study of a model", says: "not handed to nextWord"),
    Wrong(WordsPermutedToo.self, "the study of a model", says: "permuted along with the weights"),
    Wrong(OneWordIsProof.self, "the conclusion", says: "weights on one word are no proof"),
    Wrong(NeverAnExplanation.self, "the conclusion", says: "says nothing of another"),
    Wrong(TheWrongWayRound.self, "the conclusion", says: "near 1 means"),
]

/// The solution, where a wrong answer does not say otherwise.
private protocol Otherwise: InterpretAnswers {}

extension Otherwise {
    static func brokenHead(
        _ heads: [[AttentionMatrix]], _ pairs: [SentencePair]
    ) throws -> (index: Int, fault: HeadFault) {
        try Solutions.ProjectD.brokenHead(heads, pairs)
    }
    static func distance(_ p: [Double], _ q: [Double]) throws -> Double { try Solutions.ProjectD.distance(p, q) }
    static func medianChange(
        _ weights: [Double], permutations: Int, _ random: inout RandomSource, output: ([Double]) throws -> [Double]
    ) throws -> Double {
        try Solutions.ProjectD.medianChange(weights, permutations: permutations, &random, output: output)
    }
    static func study(_ translator: Translator, _ pairs: [SentencePair], after count: Int) throws -> Double {
        try Solutions.ProjectD.study(translator, pairs, after: count)
    }
    static func conclusion() throws -> Choice { try Solutions.ProjectD.conclusion() }
}

private enum AlwaysTheFirst: Otherwise {
    static func brokenHead(
        _ heads: [[AttentionMatrix]], _ pairs: [SentencePair]
    ) throws -> (index: Int, fault: HeadFault) { (0, .spread) }
}

private enum HighestError: Otherwise {
    static func brokenHead(
        _ heads: [[AttentionMatrix]], _ pairs: [SentencePair]
    ) throws -> (index: Int, fault: HeadFault) {
        let errors = heads.map { head in
            var report = AlignmentReport()
            for (matrix, pair) in zip(head, pairs) { report.add(matrix, pair) }
            return report.all.links.aer ?? 1
        }
        return (
            errors.indices.max { errors[$0] < errors[$1] } ?? 0, try Solutions.ProjectD.brokenHead(heads, pairs).fault
        )
    }
}

private enum AlwaysSpread: Otherwise {
    static func brokenHead(
        _ heads: [[AttentionMatrix]], _ pairs: [SentencePair]
    ) throws -> (index: Int, fault: HeadFault) {
        (try Solutions.ProjectD.brokenHead(heads, pairs).index, .spread)
    }
}

private enum Euclidean: Otherwise {
    static func distance(_ p: [Double], _ q: [Double]) throws -> Double {
        zip(p, q).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot()
    }
}

private enum NotHalved: Otherwise {
    static func distance(_ p: [Double], _ q: [Double]) throws -> Double {
        zip(p, q).reduce(0) { $0 + abs($1.0 - $1.1) }
    }
}

private enum ComparedWithItself: Otherwise {
    static func medianChange(
        _ weights: [Double], permutations: Int, _ random: inout RandomSource, output: ([Double]) throws -> [Double]
    ) throws -> Double {
        var weights = weights
        random.shuffle(&weights)
        return try distance(output(weights), output(weights))
    }
}

private func changes(
    _ weights: [Double], _ permutations: Int, _ random: inout RandomSource, _ output: ([Double]) throws -> [Double]
) throws -> [Double] {
    let before = try output(weights)
    return try (0..<permutations).map { _ in
        var permuted = weights
        random.shuffle(&permuted)
        return try Solutions.ProjectD.distance(before, output(permuted))
    }
}

private enum MeanChange: Otherwise {
    static func medianChange(
        _ weights: [Double], permutations: Int, _ random: inout RandomSource, output: ([Double]) throws -> [Double]
    ) throws -> Double {
        try changes(weights, permutations, &random, output).reduce(0, +) / Double(permutations)
    }
}

private enum UpperMiddle: Otherwise {
    static func medianChange(
        _ weights: [Double], permutations: Int, _ random: inout RandomSource, output: ([Double]) throws -> [Double]
    ) throws -> Double {
        try changes(weights, permutations, &random, output).sorted()[permutations / 2]
    }
}

private enum NewWeights: Otherwise {
    static func medianChange(
        _ weights: [Double], permutations: Int, _ random: inout RandomSource, output: ([Double]) throws -> [Double]
    ) throws -> Double {
        let before = try output(weights)
        // All on one word that was drawn: a distribution, but not always the one that was given.
        let distances = try (0..<permutations).map { _ in
            let word = random.below(weights.count)
            return try distance(before, output(weights.indices.map { $0 == word ? 1 : 0 }))
        }.sorted()
        return (distances[(permutations - 1) / 2] + distances[permutations / 2]) / 2
    }
}

private func study(
    _ translator: Translator, _ pairs: [SentencePair], after count: Int,
    _ change: (EncodedPair, [Int], inout RandomSource) throws -> Double
) throws -> Double {
    var random = RandomSource(seed: 1)
    let changes = try translator.encoded(pairs).map { try change($0, Array($0.target.prefix(count)), &random) }
    return changes.reduce(0, +) / Double(changes.count)
}

private enum FirstWordOnly: Otherwise {
    static func study(_ translator: Translator, _ pairs: [SentencePair], after count: Int) throws -> Double {
        try Solutions.ProjectD.study(translator, pairs, after: 0)
    }
}

private enum WeightsNotHandedOn: Otherwise {
    static func study(_ translator: Translator, _ pairs: [SentencePair], after count: Int) throws -> Double {
        try ExerciseTests.study(translator, pairs, after: count) { pair, prefix, random in
            let weights = try translator.model.nextWord(source: pair.source, after: prefix).weights
            return try medianChange(weights, permutations: 20, &random) { _ in
                try translator.model.nextWord(source: pair.source, after: prefix).probabilities
            }
        }
    }
}

/// Each state keeps its weight, as where rows of states and weights are shuffled together.
private enum WordsPermutedToo: Otherwise {
    static func study(_ translator: Translator, _ pairs: [SentencePair], after count: Int) throws -> Double {
        try ExerciseTests.study(translator, pairs, after: count) { pair, prefix, random in
            let before = try translator.model.nextWord(source: pair.source, after: prefix)
            let changes = try (0..<20).map { _ in
                var order = Array(pair.source.indices)
                random.shuffle(&order)
                let other = try translator.model.nextWord(
                    source: order.map { pair.source[$0] }, after: prefix, weights: order.map { before.weights[$0] })
                return try distance(before.probabilities, other.probabilities)
            }.sorted()
            return (changes[9] + changes[10]) / 2
        }
    }
}

private enum OneWordIsProof: Otherwise {
    static func conclusion() throws -> Choice { .a }
}

private enum NeverAnExplanation: Otherwise {
    static func conclusion() throws -> Choice { .c }
}

private enum TheWrongWayRound: Otherwise {
    static func conclusion() throws -> Choice { .d }
}
