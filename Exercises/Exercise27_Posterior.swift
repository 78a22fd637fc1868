// Exercise 27 · the posterior of one step
//
//     prior      p(i)                      where the next word will come from, before it is known: attention's weights
//     emission   e(i) = p(y | xᵢ)          how well source word i explains the word y
//     posterior  ρ(i) = p(i) e(i) / Σⱼ p(j) e(j)         where y came from, now that it is known        Bayes' rule
//     null       p₀ of the words come from no source word, and e₀ explains those:
//                p(y) = (1 − p₀) Σⱼ p(j) e(j) + p₀ e₀
//                ρ(i) = (1 − p₀) p(i) e(i) / p(y),  and what is missing to 1 is the null word's
//
// Weights that choose a word were made before the word was known. Who wants to know where a given word came from has
// seen it, and may say so: that is all that a posterior is. Lesson 18 measures what it is worth.
//
//     p = (0.5, 0.5), e = (0.8, 0.2): ρ = (0.8, 0.2). With p₀ = 0.2 and e₀ = 0.5 it is p(y) = 0.8 · 0.5 + 0.2 · 0.5 = 0.5,
//     ρ = (0.64, 0.16), and the null word has 0.2.
//
// Lesson  Notebooks-md/18_PriorAndPosterior.md
// Check   swift test --filter Exercise27
// Hints   swift run attention exercises hint 27

public import Corpora
public import Workbook

public enum Exercise27: PosteriorAnswers {
    /// - Parameters:
    ///   - prior: p [S], together 1.
    ///   - emissions: e [S]; together they need not be 1, and where the prior is not 0 not all of them are 0.
    /// - Returns: ρ [S], together 1.
    public static func posterior(prior: [Double], emissions: [Double]) throws -> [Double] {
        throw Unfinished("the posterior")
    }

    /// The same with a null word.
    ///
    /// - Parameters:
    ///   - nullProbability: p₀.
    ///   - nullEmission: e₀.
    /// - Returns: ρ [S] of the source words; the rest is the null word's.
    public static func posteriorWithNull(
        prior: [Double], emissions: [Double], nullProbability: Double, nullEmission: Double
    ) throws -> [Double] {
        throw Unfinished("the null word")
    }

    /// One link for each target word: to the source word with the largest posterior, the first of equals; none where the
    /// null word's posterior is larger than that.
    ///
    /// - Parameters:
    ///   - priors: p [T][S], a row for each target word.
    ///   - emissions: e [T][S].
    ///   - nullEmissions: e₀ [T].
    /// - Returns: `Link(source, target)`, both counted from 0.
    public static func links(
        priors: [[Double]], emissions: [[Double]], nullProbability: Double, nullEmissions: [Double]
    ) throws -> Set<Link> {
        throw Unfinished("the links")
    }

    /// A heatmap shall show what a translator looked at while it chose its words. Prior or posterior?
    ///
    ///   a  the posterior: it has the lower alignment error rate, and so it is what the model did
    ///   b  the prior: the posterior knows the word that was still to be chosen, and no choice can rest on that
    ///   c  either: summed over all words that could have been chosen, they are the same
    ///   d  neither: weights that were not trained on links mean nothing
    public static func whichWasLookedAt() throws -> Choice {
        throw Unfinished("which was looked at")
    }
}
