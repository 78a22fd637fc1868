// Exercise 27: Bayes' rule for one target word, with and without a null word, and the links that it gives.

public import Corpora
import Randomness

public protocol PosteriorAnswers: Answers {
    static func posterior(prior: [Double], emissions: [Double]) throws -> [Double]
    static func posteriorWithNull(
        prior: [Double], emissions: [Double], nullProbability: Double, nullEmission: Double
    ) throws -> [Double]
    static func links(
        priors: [[Double]], emissions: [[Double]], nullProbability: Double, nullEmissions: [Double]
    ) throws -> Set<Link>
    static func whichWasLookedAt() throws -> Choice
}

/// One target word with everything that is known of it.
private struct Step {
    var prior: [Double], emissions: [Double], null = (probability: 0.0, emission: 0.0)

    var joint: [Double] { zip(prior, emissions).map { (1 - null.probability) * $0 * $1 } }
    var evidence: Double { joint.reduce(0, +) + null.probability * null.emission }
    var posterior: [Double] { joint.map { $0 / evidence } }

    func with(prior: [Double]? = nil, emissions: [Double]? = nil) -> Step {
        Step(prior: prior ?? self.prior, emissions: emissions ?? self.emissions, null: null)
    }

    static func drawn(_ count: Int, _ random: inout RandomSource, null: Bool) -> Step {
        let emissions = (0..<count).map { _ in 0.05 * random.uniform() }
        return Step(
            prior: random.weights(count), emissions: emissions,
            null: null ? (0.1 + 0.2 * random.uniform(), 0.03 * random.uniform()) : (0, 0))
    }
}

extension PosteriorAnswers {
    public static var exercise: Exercise {
        Exercise(
            ExerciseName(.exercise, 27), "the posterior of one step", topic: "Posterior",
            lesson: "18_PriorAndPosterior",
            hints: [
                "Each source word can have made y in one way: it was the one (prior), and it made y (emission). What share has each in all the ways that there are?",
                "Multiply, add up, divide. The null word is one more way; it stands in the sum, but has no place in the list that is returned.",
                "joint[i] = (1 - p₀) · prior[i] · emissions[i]; evidence = Σ joint + p₀ · e₀; ρ = joint / evidence. Links: the first index of the largest ρ, unless 1 - Σ ρ is larger.",
            ],
            gaps: [
                Gap("the posterior", function: "posterior", checkPosterior),
                Gap("the null word", function: "posteriorWithNull", checkNull),
                Gap("the links", function: "links", checkLinks),
                Gap("which was looked at", function: "whichWasLookedAt", checkReason),
            ])
    }

    @Sendable private static func checkPosterior() throws {
        var random = RandomSource(seed: 27)
        var steps = [
            Step(prior: [0.5, 0.5], emissions: [0.8, 0.2]), Step(prior: [0.25, 0.75], emissions: [0.5, 0.125]),
            Step(prior: [0.5, 0.5, 0], emissions: [0, 0.001, 0.9]),
        ]
        for count in [3, 5, 1] { steps.append(.drawn(count, &random, null: false)) }
        for step in steps {
            let even = step.prior.map { _ in 1 / Double(step.prior.count) }, right = step.posterior
            let best = right.firstIndex(of: right.max() ?? 0)
            try expect(
                posterior(prior: step.prior, emissions: step.emissions), equals: right,
                "posterior(prior: \(list(step.prior)), emissions: \(list(step.emissions)))",
                mistakes: [
                    Mistake("this is the prior; the word is known now", gives: step.prior),
                    Mistake("not divided by its sum, which is p(y)", gives: step.joint),
                    Mistake(
                        "the emissions alone, made to sum to 1: the prior is missing",
                        gives: step.with(prior: even).posterior),
                    Mistake("the emissions as they came", gives: step.emissions),
                    Mistake(
                        "prior and emission were added; both must have happened, so they are multiplied",
                        gives: LocalByHand.scaled(Plain.sum(step.prior, step.emissions))),
                    Mistake(
                        "all of it on one word; the posterior is spread as far as one is not sure",
                        gives: right.indices.map { $0 == best ? 1 : 0 }),
                ], otherwise: "prior times emission, divided by the sum of all these products")
        }
    }

    @Sendable private static func checkNull() throws {
        var random = RandomSource(seed: 28)
        var steps = [
            Step(prior: [0.5, 0.5], emissions: [0.8, 0.2], null: (0.2, 0.5)),
            Step(prior: [0.5, 0.5], emissions: [0, 0], null: (0.1, 0.25)),
            Step(prior: [0.25, 0.75], emissions: [0.5, 0.5], null: (0, 0.5)),
        ]
        for count in [3, 5, 1] { steps.append(.drawn(count, &random, null: true)) }
        for step in steps {
            let (p0, e0) = step.null, right = step.posterior, sum = step.joint.reduce(0, +)
            try expect(
                posteriorWithNull(prior: step.prior, emissions: step.emissions, nullProbability: p0, nullEmission: e0),
                equals: right,
                "posteriorWithNull(prior: \(list(step.prior)), emissions: \(list(step.emissions)), nullProbability: \(short(p0)), nullEmission: \(short(e0)))",
                mistakes: [
                    Mistake(
                        "the null word has no share: what is divided by is p(y), with p₀ e₀ in it",
                        gives: step.joint.map { $0 / sum }),
                    Mistake("not divided by p(y)", gives: step.joint),
                    Mistake(
                        "the null word's share is added to the list; asked for are the source words alone",
                        gives: right + [p0 * e0 / step.evidence]),
                    Mistake(
                        "the source words have all of the prior; 1 - p₀ is theirs, together",
                        gives: step.joint.map { $0 / (1 - p0) / (sum / (1 - p0) + p0 * e0) }),
                    Mistake(
                        "the null word is certain to have made y: p₀ is there, e₀ is not",
                        gives: step.joint.map { $0 / (sum + p0) }),
                    Mistake("p₀ is not there: e₀ counts in full", gives: step.joint.map { $0 / (sum + e0) }),
                ], otherwise: "(1 - p₀) p(i) e(i) over (1 - p₀) Σ p(j) e(j) + p₀ e₀")
        }
    }

    // MARK: links

    /// A source word for each step, or none.
    private static func read(_ rows: [[Double]], nulls: [Double]) -> Set<Link> {
        Set(
            rows.enumerated().compactMap { t, row in
                guard let largest = row.max(), nulls[t] <= largest else { return nil }
                return row.firstIndex(of: largest).map { Link($0, t) }
            })
    }

    private static var sentences: [[Step]] {
        var random = RandomSource(seed: 29)
        var problems = [
            [
                Step(prior: [0.6, 0.4], emissions: [0.1, 0.9], null: (0.2, 0.01)),
                Step(prior: [0.2, 0.8], emissions: [0.5, 0.25], null: (0.2, 0.01)),
                Step(prior: [0.5, 0.5], emissions: [0.01, 0.02], null: (0.2, 0.5)),
            ],
            [Step(prior: [0.5, 0.5], emissions: [0.25, 0.25], null: (0, 0))],
        ]
        for _ in 0..<12 {
            let p0 = 0.3 * random.uniform()
            problems.append(
                (0..<5).map { _ in
                    var step = Step.drawn(3, &random, null: true)
                    step.null.probability = p0
                    return step
                })
        }
        return problems
    }

    @Sendable private static func checkLinks() throws {
        for steps in sentences {
            let rows = steps.map(\.posterior), none = steps.map { _ in 0.0 }
            let nulls = zip(steps, rows).map { $0.null.probability == 0 ? 0 : 1 - $1.reduce(0, +) }
            let expected = read(rows, nulls: nulls)
            let got = try links(
                priors: steps.map(\.prior), emissions: steps.map(\.emissions),
                nullProbability: steps[0].null.probability, nullEmissions: steps.map(\.null.emission))
            if got == expected { continue }
            let known: [(Set<Link>, String)] = [
                (read(rows, nulls: none), "the null word has no say: where its posterior is larger there is no link"),
                (
                    read(steps.map(\.prior), nulls: none),
                    "these are the links of the prior, which were made before the words were known"
                ),
                (
                    read(steps.map(\.emissions), nulls: none),
                    "these are the links of the emissions; where a word stands says something too"
                ),
                (
                    Set(expected.map { Link($0.target, $0.source) }),
                    "source and target are swapped: `Link` takes the source first"
                ),
                (
                    read(rows, nulls: rows.map { _ in 0.5 }),
                    "a link only where the posterior is above ½; it is the largest of source words and null word"
                ),
                (
                    read(rows, nulls: steps.map { $0.null.probability }),
                    "the posterior was compared with p₀, which is a prior; the null word has a posterior too"
                ),
            ]
            throw CheckFailure(
                "links(priors: \(list(steps.map(\.prior))), emissions: \(list(steps.map(\.emissions))), nullProbability: \(short(steps[0].null.probability)), nullEmissions: \(list(steps.map(\.null.emission)))) are \(shown(got)), expected \(shown(expected)), each source-target",
                cause: known.first { $0.0 == got }?.1
                    ?? "for each row the first index of the largest ρ, unless 1 - Σ ρ is larger")
        }
    }

    private static func shown(_ links: Set<Link>) -> String {
        "{" + links.sorted().map { "\($0.source)-\($0.target)" }.joined(separator: ", ") + "}"
    }

    @Sendable private static func checkReason() throws {
        let cause =
            switch try whichWasLookedAt() {
            case .a: "it has, because it was told the word; that the model looked there before it chose does not follow"
            case .b: ""
            case .c:
                "summed over all words, each with its probability, posteriors do give the prior; but a heatmap shows one word, for which they differ"
            case .d: "they mean what they did: how much of each state went into the choice"
            }
        try require(
            cause.isEmpty,
            "whichWasLookedAt() is wrong. With p = (0.5, 0.5) and e = (0.8, 0.2) the posterior is (0.8, 0.2); when the word was still to be chosen, the model had (0.5, 0.5) to go by",
            cause: cause)
    }
}
