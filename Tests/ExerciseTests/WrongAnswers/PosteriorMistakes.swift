// What students hand in for exercise 27.

import Corpora
import Solutions
import Workbook

let posteriorMistakes = [
    Wrong(ThePrior.self, "the posterior", says: "this is the prior"),
    Wrong(NotDivided.self, "the posterior", says: "not divided by its sum"),
    Wrong(EmissionsAlone.self, "the posterior", says: "the prior is missing"),
    Wrong(Added.self, "the posterior", says: "were added"),
    Wrong(MostLikely.self, "the posterior", says: "all of it on one word"),
    Wrong(WithoutNull.self, "the null word", says: "the null word has no share"),
    Wrong(NotDivided.self, "the null word", says: "not divided by p(y)"),
    Wrong(OneMore.self, "the null word", says: "added to the list"),
    Wrong(WholePrior.self, "the null word", says: "have all of the prior"),
    Wrong(CertainNull.self, "the null word", says: "is certain to have made y"),
    Wrong(WithoutNull.self, "the links", says: "the null word has no say"),
    Wrong(ThePrior.self, "the links", says: "links of the prior"),
    Wrong(EmissionsAlone.self, "the links", says: "links of the emissions"),
    Wrong(Swapped.self, "the links", says: "swapped"),
    Wrong(ChoseA.self, "which was looked at", says: "does not follow"),
    Wrong(ChoseC.self, "which was looked at", says: "a heatmap shows one word"),
    Wrong(ChoseD.self, "which was looked at", says: "went into the choice"),
]

private typealias Solution = Solutions.Exercise27

/// The solution, where a wrong answer does not say otherwise.
private protocol Otherwise: PosteriorAnswers {}

extension Otherwise {
    static func posterior(prior: [Double], emissions: [Double]) throws -> [Double] {
        try Solution.posterior(prior: prior, emissions: emissions)
    }
    static func posteriorWithNull(
        prior: [Double], emissions: [Double], nullProbability: Double, nullEmission: Double
    ) throws -> [Double] {
        try Solution.posteriorWithNull(
            prior: prior, emissions: emissions, nullProbability: nullProbability, nullEmission: nullEmission)
    }
    static func links(
        priors: [[Double]], emissions: [[Double]], nullProbability: Double, nullEmissions: [Double]
    ) throws -> Set<Link> {
        try Solution.links(
            priors: priors, emissions: emissions, nullProbability: nullProbability, nullEmissions: nullEmissions)
    }
    static func whichWasLookedAt() throws -> Choice { try Solution.whichWasLookedAt() }
}

/// The largest number of each row.
private func largest(_ rows: [[Double]]) -> Set<Link> {
    Set(rows.enumerated().compactMap { t, row in row.max().flatMap { row.firstIndex(of: $0) }.map { Link($0, t) } })
}

private enum ThePrior: Otherwise {
    static func posterior(prior: [Double], emissions: [Double]) throws -> [Double] { prior }
    static func links(
        priors: [[Double]], emissions: [[Double]], nullProbability: Double, nullEmissions: [Double]
    ) throws -> Set<Link> { largest(priors) }
}

private enum NotDivided: Otherwise {
    static func posterior(prior: [Double], emissions: [Double]) throws -> [Double] {
        zip(prior, emissions).map { $0 * $1 }
    }
    static func posteriorWithNull(
        prior: [Double], emissions: [Double], nullProbability: Double, nullEmission: Double
    ) throws -> [Double] { zip(prior, emissions).map { (1 - nullProbability) * $0 * $1 } }
}

private enum EmissionsAlone: Otherwise {
    static func posterior(prior: [Double], emissions: [Double]) throws -> [Double] {
        emissions.map { $0 / emissions.reduce(0, +) }
    }
    static func links(
        priors: [[Double]], emissions: [[Double]], nullProbability: Double, nullEmissions: [Double]
    ) throws -> Set<Link> { largest(emissions) }
}

private enum Added: Otherwise {
    static func posterior(prior: [Double], emissions: [Double]) throws -> [Double] {
        let sums = Plain.sum(prior, emissions)
        return sums.map { $0 / sums.reduce(0, +) }
    }
}

private enum MostLikely: Otherwise {
    static func posterior(prior: [Double], emissions: [Double]) throws -> [Double] {
        let right = try Solution.posterior(prior: prior, emissions: emissions)
        let best = right.firstIndex(of: right.max() ?? 0)
        return right.indices.map { $0 == best ? 1 : 0 }
    }
}

private enum WithoutNull: Otherwise {
    static func posteriorWithNull(
        prior: [Double], emissions: [Double], nullProbability: Double, nullEmission: Double
    ) throws -> [Double] { try Solution.posterior(prior: prior, emissions: emissions) }
    static func links(
        priors: [[Double]], emissions: [[Double]], nullProbability: Double, nullEmissions: [Double]
    ) throws -> Set<Link> {
        largest(try zip(priors, emissions).map { try Solution.posterior(prior: $0, emissions: $1) })
    }
}

private enum OneMore: Otherwise {
    static func posteriorWithNull(
        prior: [Double], emissions: [Double], nullProbability: Double, nullEmission: Double
    ) throws -> [Double] {
        let right = try Solution.posteriorWithNull(
            prior: prior, emissions: emissions, nullProbability: nullProbability, nullEmission: nullEmission)
        return right + [1 - right.reduce(0, +)]
    }
}

private enum WholePrior: Otherwise {
    static func posteriorWithNull(
        prior: [Double], emissions: [Double], nullProbability: Double, nullEmission: Double
    ) throws -> [Double] {
        let joint = zip(prior, emissions).map { $0 * $1 }
        return joint.map { $0 / (joint.reduce(0, +) + nullProbability * nullEmission) }
    }
}

private enum CertainNull: Otherwise {
    static func posteriorWithNull(
        prior: [Double], emissions: [Double], nullProbability: Double, nullEmission: Double
    ) throws -> [Double] {
        let joint = zip(prior, emissions).map { (1 - nullProbability) * $0 * $1 }
        return joint.map { $0 / (joint.reduce(0, +) + nullProbability) }
    }
}

private enum Swapped: Otherwise {
    static func links(
        priors: [[Double]], emissions: [[Double]], nullProbability: Double, nullEmissions: [Double]
    ) throws -> Set<Link> {
        let right = try Solution.links(
            priors: priors, emissions: emissions, nullProbability: nullProbability, nullEmissions: nullEmissions)
        return Set(right.map { Link($0.target, $0.source) })
    }
}

private enum ChoseA: Otherwise { static func whichWasLookedAt() throws -> Choice { .a } }
private enum ChoseC: Otherwise { static func whichWasLookedAt() throws -> Choice { .c } }
private enum ChoseD: Otherwise { static func whichWasLookedAt() throws -> Choice { .d } }
