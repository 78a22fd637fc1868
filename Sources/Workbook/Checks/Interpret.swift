// Project D: finding a broken head by its weights, and whether weights explain a prediction.

public import AttentionLab
import Foundation

public protocol InterpretAnswers: Answers {
    static func brokenHead(
        _ heads: [[AttentionMatrix]], _ pairs: [SentencePair]
    ) throws -> (index: Int, fault: HeadFault)
    static func distance(_ p: [Double], _ q: [Double]) throws -> Double
    static func medianChange(
        _ weights: [Double], permutations: Int, _ random: inout RandomSource,
        output: ([Double]) throws -> [Double]
    ) throws -> Double
    static func study(_ translator: Translator, _ pairs: [SentencePair], after count: Int) throws -> Double
    static func conclusion() throws -> Choice
}

/// What can be wrong with a head.
public enum HeadFault: String, Sendable, CaseIterable {
    /// It looks nearly as much at every word, whatever the target word is.
    case spread
    /// It looks at the first word, whatever the target word is.
    case firstWord
    /// Target word j has the weights that belong to word j − 1.
    case late
    /// The mask is missing: a part of the weight lies on the padding, which is not shown.
    case padding
}

extension InterpretAnswers {
    public static var exercise: Exercise {
        Exercise(
            ExerciseName(.project, 4), "what weights say, and what they do not", topic: "Interpret",
            lesson: "11_NotExplanation",
            hints: [
                "For the heads, AlignmentReport.add(matrix, pair) computes AER, entropy and shifts at once. AER asks for the largest weight only: which two faults leave that where it was? For the study, everything but the weights stays as it is.",
                "A fault each: rows that sum to less than 1; mean entropy near 1; an AER that falls when the matrix is shifted by +1 (report.shifts.later); argmax 0 for most rows. medianChange: one prediction with the weights as they are, then one for each shuffled copy, the distances sorted, the middle one.",
                "study: for each pair of translator.encoded(pairs), prefix = the first count target ids, weights = nextWord(source:after:).weights, then medianChange(weights, permutations: 20, &random) { nextWord(source:after:weights: $0).probabilities }; return the mean. Print it for a model that copies and one that counts before you conclude; the check says both figures.",
            ],
            gaps: [
                Gap("the broken head", function: "brokenHead", checkBrokenHead),
                Gap("the distance of two distributions", function: "distance", checkDistance),
                Gap("the median change", function: "medianChange", checkMedianChange),
                Gap("the study of a model", function: "study", checkStudy),
                Gap("the conclusion", function: "conclusion", checkConclusion),
            ])
    }

    // MARK: heads

    @Sendable private static func checkBrokenHead() throws {
        let (healthy, pairs) = try TrainedHeads.healthy.get()
        var random = RandomSource(seed: 8)
        // Every fault in some places; the rest of the sixteen would say no more.
        let sets = HeadFault.allCases.flatMap { fault in (0..<2).map { _ in (fault, random.below(healthy.count)) } }
        let asked = try sets.map { fault, index in
            var heads = healthy
            random.shuffle(&heads)
            heads[index] = heads[index].map { TrainedHeads.broken($0, fault) }
            return try (heads: heads, fault: fault, index: index, got: brokenHead(heads, pairs))
        }
        for (number, (heads, fault, index, got)) in asked.enumerated() where got != (index, fault) {
            func aer(_ head: [AttentionMatrix]) -> Double {
                var report = AlignmentReport()
                for (matrix, pair) in zip(head, pairs) { report.add(matrix, pair) }
                return report.all.links.aer ?? 1
            }
            let errors = heads.map(aer), worst = errors.indices.max { errors[$0] < errors[$1] }
            let place =
                "set \(number + 1): head \(got.index) is said to be broken (\(got.fault)), expected head \(index) (\(fault)); AER of the four is \(list(errors))"
            throw CheckFailure(
                place,
                cause: got.index == index
                    ? cause(got.fault, for: fault)
                    : Set(asked.map(\.got.index)).count == 1
                        ? "the answer is head \(got.index) every time; which one is broken changes from set to set"
                        : got.index == worst
                            ? "the head with the highest AER was taken; weights that are spread, or of which a part is on the padding, can still have their largest where it belongs"
                            : "a healthy head was taken for the broken one: compare the four with one another, and see which figure sets one apart"
            )
        }
    }

    private static func cause(_ got: HeadFault, for fault: HeadFault) -> String {
        switch fault {
        case .spread: "its entropy is near 1, higher than that of any head that points somewhere"
        case .firstWord: "moving the rows by a step does not help: most of them have their largest weight on word 0"
        case .late: "with every row moved by one step (shifted by +1) its AER is as low as that of the others"
        case .padding: "its rows sum to less than 1 over the real words; the rest is on the padding"
        }
    }

    // MARK: distances

    @Sendable private static func checkDistance() throws {
        let p = [0.5, 0.3, 0.2], q = [0.1, 0.3, 0.6]
        let squares = zip(p, q).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
        try expect(
            distance(p, q), equals: 0.4, "distance(\(list(p)), \(list(q)))",
            mistakes: [
                Mistake("the sum of the differences without the ½; it would reach 2", gives: [0.8]),
                Mistake("the Euclidean distance (L2), not the total variation distance", gives: [squares.squareRoot()]),
                Mistake("the sum of squares, not of absolute differences", gives: [squares]),
                Mistake("the differences without their absolute value sum to 0", gives: [0]),
                Mistake(
                    "the mean of the absolute differences; it would become smaller with every word of the vocabulary",
                    gives: [0.8 / 3]),
                Mistake(
                    "the Kullback–Leibler divergence, which has no bound and is not symmetric",
                    gives: [zip(p, q).reduce(0) { $0 + $1.0 * log($1.0 / $1.1) }]),
            ])
        try expect(
            distance([1, 0], [0, 1]), equals: 1, "distance([1, 0], [0, 1])",
            otherwise: "distributions with nothing in common have distance 1")
        try expect(distance(p, p), equals: 0, "the distance of a distribution from itself")
    }

    @Sendable private static func checkMedianChange() throws {
        // Only the first word matters: a permutation moves the weight away from it in four of five cases.
        let weights = [1.0, 0, 0, 0, 0]
        func firstWord(_ w: [Double]) -> [Double] { [w[0], 1 - w[0]] }
        var random = RandomSource(seed: 3)
        try expect(
            medianChange(weights, permutations: 101, &random, output: firstWord), equals: 1,
            "medianChange of \(list(weights)), where the output is [α₀, 1 - α₀]",
            mistakes: [
                Mistake(
                    "no change at all: the prediction was compared with itself, or the states were moved along with their weights",
                    gives: [0]),
                Mistake("the distance was not the total variation distance", gives: [sqrt(2)]),
                Mistake("the sum of the differences without the ½", gives: [2]),
            ], otherwise: "the mean over permutations is near 0.8 here, the median is 1")

        // What is asked of the model: the weights as they are, and the same numbers in other orders.
        let distinct = [0.3, 0.2, 0.15, 0.1, 0.09, 0.08, 0.05, 0.03]
        var asked: [[Double]] = []
        random = RandomSource(seed: 4)
        let even = try medianChange(distinct, permutations: 2, &random) { w in
            asked.append(w)
            return firstWord(w)
        }
        try require(
            asked.contains(distinct), "the model was never asked with its own weights \(list(distinct))",
            cause: "the change is from the prediction as it was, so that one is needed too")
        if let other = asked.first(where: { $0.sorted() != distinct.sorted() }) {
            throw CheckFailure(
                "the model was asked with \(list(other)), expected the numbers of \(list(distinct)) in another order",
                cause:
                    "other weights were drawn; a permutation keeps how sharp the weights are, and changes only where they point"
            )
        }
        let others = asked.filter { $0 != distinct }
        try require(
            others.count == 2,
            "2 permutations were asked for, but the model was asked with \(others.count) other orders",
            cause: "one prediction for each permutation")
        try expect(
            even, equals: others.map { abs(distinct[0] - $0[0]) }.reduce(0, +) / 2, "medianChange with 2 permutations",
            otherwise: "the median of an even number is the mean of the middle two")
        random = RandomSource(seed: 5)
        try expect(
            medianChange([1], permutations: 3, &random, output: { $0 }), equals: 0,
            "medianChange of the weights of one word", otherwise: "one word has one order")
    }

    // MARK: two models

    @Sendable private static func checkStudy() throws {
        for (model, name) in [(try StudiedModel.copying.get(), "copies"), (try StudiedModel.counting.get(), "counts")] {
            let translator = try model.translator(), pairs = model.test, count = model.prefix
            let got = try study(translator, pairs, after: count), expected = try change(translator, pairs, after: count)
            let known: [(Double, String)] = try [
                (0, "no change at all: the permuted weights were not handed to nextWord"),
                (
                    change(translator, pairs, after: 0),
                    "the prefix was left out: nextWord(source:after:) was asked for the first word"
                ),
                (
                    changeWithNewStates(translator, pairs, after: count),
                    "the source words were permuted along with the weights; only the weights are"
                ),
            ]
            if abs(got - expected) <= 0.05 { continue }
            throw CheckFailure(
                "study of the model that \(name), over \(pairs.count) sentences with after: \(count), is \(short(got)), expected about \(short(expected))",
                cause: known.first { abs($0.0 - got) < 0.08 }?.1
                    ?? "the mean over sentences of the median over 20 permutations")
        }
    }

    private static func median(_ numbers: [Double]) -> Double {
        let sorted = numbers.sorted()
        return (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
    }

    /// The same, by this file's own means.
    private static func change(_ translator: Translator, _ pairs: [SentencePair], after count: Int) throws -> Double {
        var random = RandomSource(seed: 2)
        let changes = try translator.encoded(pairs).map { pair in
            let prefix = Array(pair.target.prefix(count)),
                before = try translator.model.nextWord(source: pair.source, after: prefix)
            return try median(
                (0..<20).map { _ in
                    var weights = before.weights
                    random.shuffle(&weights)
                    let after = try translator.model.nextWord(source: pair.source, after: prefix, weights: weights)
                    return variation(before.probabilities, after.probabilities)
                })
        }
        return changes.reduce(0, +) / Double(max(changes.count, 1))
    }

    /// A mistake: another order of the source sentence, each word with its own weight.
    private static func changeWithNewStates(
        _ translator: Translator, _ pairs: [SentencePair], after count: Int
    ) throws -> Double {
        var random = RandomSource(seed: 2)
        let changes = try translator.encoded(pairs).map { pair in
            let prefix = Array(pair.target.prefix(count)),
                before = try translator.model.nextWord(source: pair.source, after: prefix)
            return try median(
                (0..<20).map { _ in
                    var order = Array(pair.source.indices)
                    random.shuffle(&order)
                    let after = try translator.model.nextWord(
                        source: order.map { pair.source[$0] }, after: prefix,
                        weights: order.map { before.weights[$0] })
                    return variation(before.probabilities, after.probabilities)
                })
        }
        return changes.reduce(0, +) / Double(max(changes.count, 1))
    }

    private static func variation(_ p: [Double], _ q: [Double]) -> Double {
        zip(p, q).reduce(0) { $0 + abs($1.0 - $1.1) } / 2
    }

    @Sendable private static func checkConclusion() throws {
        let choice = try conclusion()
        let figures = try [StudiedModel.copying.get(), StudiedModel.counting.get()].map { model in
            let translator = try model.translator()
            let sharpness = try translator.encoded(model.test).map { pair in
                try translator.model.nextWord(source: pair.source, after: Array(pair.target.prefix(model.prefix)))
                    .weights.max() ?? 0
            }
            let largest = sharpness.reduce(0, +) / Double(sharpness.count)
            return (change: try change(translator, model.test, after: model.prefix), largest: largest)
        }
        let matters = figures.map { $0.change > 0.5 }
        let fitting: Choice =
            switch (matters[0], matters[1]) {
            case (true, true): .a
            case (true, false): .b
            case (false, false): .c
            case (false, true): .d
            }
        func number(_ value: Double) -> String { NumberText.text(value, digits: 3) }
        try require(
            choice == fitting,
            "conclusion \(choice) does not fit what was measured: with permuted weights the copying model's next word changes by "
                + "\(number(figures[0].change)) (its largest weight is \(number(figures[0].largest)) on average), the counting model's by \(number(figures[1].change)) (largest weight \(number(figures[1].largest)))",
            cause: choice == .a
                ? "weights on one word are no proof: what counts is whether the prediction changes when they point elsewhere"
                : choice == .c
                    ? "one model's prediction does change; that weights explain nothing in one model says nothing of another"
                    : "a change near 1 means that the next word depends on where the model looks, near 0 that it does not"
        )
    }
}
