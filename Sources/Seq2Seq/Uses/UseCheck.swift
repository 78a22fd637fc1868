// Which models can write a word from one source word: said before anything is trained.

import AttentionScorers
import Corpora
import Randomness
import TensorCore

extension ModelSettings {
    /// - Throws: `InputError` where a model of these settings with this scorer cannot use its weights so.
    func checkUse(_ scorer: any AttentionScorer.Type) throws {
        guard use.part?.readsWords == true else {
            if let top {
                throw InputError(
                    "top \(top) counts the source words that a word is written from, but the use \(use) writes from their "
                        + "mean; give the use \(UseOfWeights.words), or leave top out")
            }
            return
        }
        let begin = "the use \(use) writes each word from one source word"
        guard timing == .after else {
            throw InputError(
                "\(begin), but with the query before the cell the choice of it would go into the cell; leave the timing at "
                    + "\(QueryTiming.after), or the use at \(UseOfWeights.mean)")
        }
        guard copying == .none else {
            throw InputError(
                "\(begin) by the output layer of copying \(Copying.none), and this is copying \(copying); leave out one of "
                    + "the two")
        }
        let name = scorer.card.name
        guard scorer.card.hasAlignment else {
            throw InputError(
                "\(begin), but \(name) looks at no word in particular; leave it out, or leave the use at mean")
        }
        guard scorer.card.mass == .one else {
            throw InputError(
                "\(begin), as probable as its weight, but the weights of \(name) do not sum to 1; leave it out, or leave the "
                    + "use at mean")
        }
        guard try readsItsWords(scorer) else {
            throw InputError(
                "\(begin), but the context of \(name) is no mean of what stands at single words: it has several heads, or "
                    + "makes it in another way; leave it out, or leave the use at mean")
        }
    }

    /// Whether c = Σᵢ αᵢ vᵢ with values as wide as states, tried on two sentences; what fails otherwise is not for here.
    private func readsItsWords(_ scorer: any AttentionScorer.Type) throws -> Bool {
        let parameters = Parameters(), builder = ParameterBuilder(parameters, seed: 1)
        var scope = builder.scope("scorer"), random = RandomSource(seed: 1, purpose: "uses")
        let attention = Attention(scorer.init(scorerSizes, &scope), normalisation: normalisation)
        func drawn(_ shape: Shape) throws -> Tensor {
            try Tensor((0..<shape.count).map { _ in Scalar(random.normal()) }, shape: shape)
        }
        let lengths = [2, 1].map { min($0, maximumSource) }
        let states = try drawn([2, lengths[0], state])
        guard
            let memory = try? attention.memory(states: states, summary: drawn([2, state]), lengths: lengths),
            let step = try? attention.step(query: drawn([2, state]), memory: memory, past: Past(before: memory))
        else { return true }
        guard memory.heads == nil, memory.values.shape == states.shape else { return false }
        let mean = try step.weights.weightedSum(of: memory.values).values
        return zip(mean, step.context.values).allSatisfy { abs($0 - $1) <= 1e-3 * max(1, abs($0)) }
    }
}
