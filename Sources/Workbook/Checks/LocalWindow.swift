// Exercise 21: where local attention looks, how far, and how it learns where.

import Foundation
import Randomness

public protocol LocalWindowAnswers: Answers {
    static func centre(query: [Double], length: Int, wp: [[Double]], vp: [Double]) throws -> Double
    static func window(centre: Double, halfWidth: Int, length: Int) throws -> ClosedRange<Int>
    static func paperWeights(scores: [Double], centre: Double, halfWidth: Int, length: Int) throws -> [Double]
    static func normalisedWeights(scores: [Double], centre: Double, halfWidth: Int, length: Int) throws -> [Double]
    static func centreGradient(
        weights: [Double], centre: Double, halfWidth: Int, upstream: [Double], isNormalised: Bool
    ) throws -> Double
}

extension LocalWindowAnswers {
    public static var exercise: Exercise {
        Exercise(
            ExerciseName(.exercise, 21), "the window of local attention", topic: "LocalWindow",
            lesson: "16_LocalAndHard",
            hints: [
                "Three things one after the other: which words are inside, the softmax of those alone, and the Gaussian. Whether the Gaussian comes after the softmax or goes into it is the only difference between the two kinds of weights.",
                "The first word inside is p - w rounded up, the last p + w rounded down; then cut both to the sentence. For the gradient write down ∂/∂p of -(i - p)²/2σ² first; the normalised weights are a softmax of it, so the mean of the slopes, weighted by α, is taken off.",
                "σ(x) = 1/(1 + exp(-x)), p = length · σ(Σ_a vp[a] tanh(…)). window = max(0, ⌈p - w⌉)...min(length - 1, ⌊p + w⌋), in Swift Int((p - w).rounded(.up)). Paper: α = softmax(scores[window]) · exp(-(i - p)²/(2σ²)), σ = w/2. Normalised: softmax of scores[i] - (i - p)²/(2σ²). Gradient: Σᵢ gᵢ αᵢ (i - p)/σ², and for the normalised (i - p)/σ² - Σⱼ αⱼ (j - p)/σ² in its place.",
            ],
            gaps: [
                Gap("the centre", function: "centre", checkCentre),
                Gap("the window", function: "window", checkWindow),
                Gap("the paper's weights", function: "paperWeights", checkPaper),
                Gap("the normalised weights", function: "normalisedWeights", checkNormalised),
                Gap("the gradient of the centre", function: "centreGradient", checkGradient),
            ])
    }

    @Sendable private static func checkCentre() throws {
        try compareCentre([1], 4, [[1]], [2])
        try compareCentre([0, 0], 6, [[1, 2, 3], [3, 2, 1]], [1, 1, 1])
        var random = RandomSource(seed: 21)
        for length in [1, 7, 20] {
            try compareCentre(random.rounded(3), length, random.rounded(3, 2), random.rounded(2).map { 3 * $0 })
        }
        try expect(
            centre(query: [1], length: 5, wp: [[1000]], vp: [-1000]), equals: 0,
            "centre(query: [1], length: 5, wp: [[1000]], vp: [-1000])",
            otherwise:
                "σ of a large negative number is 0; exp(x)/(1 + exp(x)) would be right here and ∞/∞ at the other end")
        try expect(
            centre(query: [1], length: 5, wp: [[1000]], vp: [1000]), equals: 5,
            "centre(query: [1], length: 5, wp: [[1000]], vp: [1000])",
            otherwise: "σ of a large number is 1; written as exp(x)/(1 + exp(x)) it is ∞/∞")
    }

    private static func compareCentre(_ query: [Double], _ length: Int, _ wp: [[Double]], _ vp: [Double]) throws {
        let sums = Plain.rowProduct(query, wp), inner = Plain.dot(vp, sums.map { tanh($0) }), n = Double(length)
        func sigmoid(_ x: Double) -> Double { 1 / (1 + exp(-x)) }
        try expect(
            centre(query: query, length: length, wp: wp, vp: vp), equals: n * sigmoid(inner),
            "centre(query: \(list(query)), length: \(length), wp: \(list(wp)), vp: \(list(vp)))",
            mistakes: [
                Mistake("σ is missing; without it p can lie anywhere, also before the sentence", gives: [n * inner]),
                Mistake("n is missing: σ gives the share of the sentence, p a place in it", gives: [sigmoid(inner)]),
                Mistake(
                    "n - 1 in place of n; so it is in the authors' program, which counts from 1, and not in the paper",
                    gives: [(n - 1) * sigmoid(inner)]),
                Mistake("tanh is missing", gives: [n * sigmoid(Plain.dot(vp, sums))]),
                Mistake("tanh in place of σ: a negative number is no place", gives: [n * tanh(inner)]),
                Mistake("p is rounded; then it has no gradient", gives: [(n * sigmoid(inner)).rounded()]),
                Mistake("p is rounded down; then it has no gradient", gives: [(n * sigmoid(inner)).rounded(.down)]),
            ], otherwise: "n · σ(Σ_a v_p[a] tanh(Σ_d s_d W_p[d][a]))")
    }

    @Sendable private static func checkWindow() throws {
        for (p, w, n) in [
            (2.7, 1, 6), (2.3, 1, 6), (3, 2, 8), (0.4, 2, 9), (6.6, 2, 7), (7, 1, 7), (0, 1, 1), (1.5, 5, 3),
        ] {
            let got = try window(centre: p, halfWidth: w, length: n)
            func range(_ a: Double, _ b: Double) -> [Double] { [max(0, a), min(Double(n - 1), b)] }
            let half = Double(w), low = p - half, high = p + half, right = range(low.rounded(.up), high.rounded(.down))
            try expect(
                [Double(got.lowerBound), Double(got.upperBound)], equals: right,
                "window(centre: \(short(p)), halfWidth: \(w), length: \(n)), as first and last word,",
                mistakes: [
                    Mistake(
                        "the window reaches over the end of the sentence; n words are 0 to n - 1",
                        gives: [right[0], high.rounded(.down)]),
                    Mistake(
                        "the window begins before the first word; cut it at 0",
                        gives: [low.rounded(.up), right[1]]),
                    Mistake("the last word is n - 1, not n", gives: [right[0], min(Double(n), high.rounded(.down))]),
                    Mistake(
                        "p - w was rounded down, as Int(…) does, or p before: so it is in the authors' program; a word further than w from p comes in",
                        gives: range(low.rounded(.down), high.rounded(.down))),
                    Mistake(
                        "p was rounded first: a word further than w from p comes in",
                        gives: range(p.rounded() - half, p.rounded() + half)),
                    Mistake(
                        "both ends were rounded outwards: those words are further than w from p",
                        gives: range(low.rounded(.down), high.rounded(.up))),
                    Mistake(
                        "this is w words in all; w is how far it goes to either side",
                        gives: range((p - half / 2).rounded(.up), (p + half / 2).rounded(.down))),
                ], otherwise: "from ⌈p - w⌉ to ⌊p + w⌋, cut to 0 … n - 1")
        }
    }

    // MARK: the weights

    /// Scores, centre, half width, length; the last ones with padding that has high scores.
    private static var problems: [LocalByHand] {
        var random = RandomSource(seed: 22)
        return [
            LocalByHand(scores: [0, 0, 0, 0], centre: 1.5, halfWidth: 1, length: 4),
            LocalByHand(scores: [1, 3, 2, 0, 1], centre: 2.25, halfWidth: 2, length: 5),
            LocalByHand(scores: [1, 2, 0, 9, 9], centre: 2.6, halfWidth: 2, length: 3),
            LocalByHand(scores: [0.5, 7, 7], centre: 0.7, halfWidth: 1, length: 1),
            LocalByHand(scores: random.rounded(9), centre: 4.4, halfWidth: 3, length: 8),
        ]
    }

    @Sendable private static func checkPaper() throws {
        for p in problems {
            try compare(
                p, "paperWeights", paperWeights, p.paper(),
                mistakes: [
                    Mistake(
                        "the softmax runs over the whole sentence and is cut afterwards: most of its weight may be lost outside. First the window, then the softmax",
                        gives: p.softmaxFirst),
                    Mistake(
                        "these are the normalised weights: divided by their sum after the Gaussian, or with it in the exponent, which is the same; the paper's rows sum to less than 1",
                        gives: p.normalised()),
                    Mistake("the Gaussian is missing", gives: p.with(sigma: .infinity).paper()),
                ])
        }
    }

    @Sendable private static func checkNormalised() throws {
        for p in problems {
            try compare(
                p, "normalisedWeights", normalisedWeights, p.normalised(),
                mistakes: [
                    Mistake(
                        "these are the paper's weights; here the Gaussian goes into the exponent", gives: p.paper()),
                    Mistake(
                        "the scores are multiplied by the Gaussian: that pulls a negative score up to 0. Its logarithm is added",
                        gives: Plain.softmax(zip(p.scores, p.gaussian).map { $0 * $1 }, mask: p.inside)),
                    Mistake(
                        "the Gaussian itself is added to the score; add its logarithm, -(i - p)²/2σ²",
                        gives: Plain.softmax(Plain.sum(p.scores, p.gaussian), mask: p.inside)),
                    Mistake(
                        "the sign: far words are lifted",
                        gives: Plain.softmax(
                            zip(p.scores, p.gaussian).map { $0 - log($1) }, mask: p.inside)),
                    Mistake("the Gaussian is missing", gives: p.with(sigma: .infinity).normalised()),
                ])
        }
    }

    private static func compare(
        _ p: LocalByHand, _ name: String, _ answer: ([Double], Double, Int, Int) throws -> [Double],
        _ expected: [Double], mistakes own: [Mistake]
    ) throws {
        let isPaper = name == "paperWeights"
        func made(_ other: LocalByHand, _ mask: [Bool]? = nil) -> [Double] {
            isPaper ? other.paper(mask) : other.normalised(mask)
        }
        let call =
            "\(name)(scores: \(list(p.scores)), centre: \(short(p.centre)), halfWidth: \(p.halfWidth), length: \(p.length))"
        let got = try answer(p.scores, p.centre, p.halfWidth, p.length)
        try expect(
            got, equals: expected, call,
            mistakes: own + [
                Mistake(
                    "the padding takes part: the window goes to the end of the batch, and not of the sentence, which has \(p.length) words",
                    gives: made(p.padded)),
                Mistake(
                    "there is no window: all words of the sentence take part",
                    gives: made(p, p.scores.indices.map { $0 < p.length })),
                Mistake("σ = w; it is w/2", gives: made(p.with(sigma: Double(p.halfWidth)))),
                Mistake("divided by σ² without the 2", gives: made(p.with(sigma: p.sigma / 2.squareRoot()))),
                Mistake("divided by 2σ instead of 2σ²", gives: made(p.with(sigma: p.sigma.squareRoot()))),
                Mistake(
                    "the Gaussian stands around a rounded p; p is a real number",
                    gives: isPaper ? rounded(p).paper(p.inside) : rounded(p).normalised(p.inside)),
                Mistake(
                    "each softmax is over one score and gives 1: scores were put in rows of one number",
                    gives: zip(p.inside, p.gaussian).map { $0 ? $1 : 0 }),
                Mistake(
                    "only the weights of the window came, without the zeros around it",
                    gives: expected.indices.filter { p.inside[$0] }.map { expected[$0] }),
            ],
            otherwise: "one weight for each of the \(p.scores.count) scores, 0 outside the window; σ = w/2")
    }

    private static func rounded(_ p: LocalByHand) -> LocalByHand { p.with(centre: p.centre.rounded()) }

    // MARK: the gradient

    @Sendable private static func checkGradient() throws {
        var random = RandomSource(seed: 23)
        for p in problems {
            let g = random.rounded(p.scores.count)
            for isNormalised in [false, true] {
                // The words inside stay those of p: an edge has no slope.
                func weights(_ centre: Double) -> [Double] {
                    let moved = p.with(centre: centre)
                    return isNormalised ? moved.normalised(p.inside) : moved.paper(p.inside)
                }
                let alpha = weights(p.centre), slope = p.distances.map { $0 / (p.sigma * p.sigma) }
                let expected = FiniteDifferences.gradient(at: [p.centre]) { Plain.dot(g, weights($0[0])) }[0]
                let plain = zip(zip(g, alpha), slope).map { $0.0 * $0.1 * $1 }, mean = Plain.dot(alpha, slope)
                let normal = zip(zip(g, alpha), slope).map { $0.0 * $0.1 * ($1 - mean) }
                let right = (isNormalised ? normal : plain).reduce(0, +)
                try expect(
                    centreGradient(
                        weights: alpha, centre: p.centre, halfWidth: p.halfWidth, upstream: g,
                        isNormalised: isNormalised),
                    equals: expected, within: FiniteDifferences.tolerance,
                    "against finite differences by p, centreGradient(weights: \(list(alpha)), centre: \(short(p.centre)), halfWidth: \(p.halfWidth), upstream: \(list(g)), isNormalised: \(isNormalised))",
                    mistakes: [
                        Mistake("it is 0: only the window's edges have no slope; the Gaussian has one", gives: [0]),
                        Mistake(
                            isNormalised
                                ? "the normalised weights share 1 among them: the mean of the slopes, weighted by α, must be taken off"
                                : "a mean was taken off that only the normalised weights have",
                            gives: [(isNormalised ? plain : normal).reduce(0, +)]),
                        Mistake("the sign: a word to the right of p gains when p grows", gives: [-right]),
                        Mistake("σ² is missing", gives: [right * p.sigma * p.sigma]),
                        Mistake("divided by σ instead of σ²", gives: [right * p.sigma]),
                        Mistake("divided by w² instead of σ² = w²/4", gives: [right / 4]),
                        Mistake("the upstream gradient is missing", gives: [Plain.dot(alpha, slope)]),
                        Mistake(
                            "the weights are missing: each word's slope counts αᵢ times", gives: [Plain.dot(g, slope)]),
                    ], otherwise: "differentiate -(i - p)²/2σ² by p, word by word")
            }
        }
    }
}
