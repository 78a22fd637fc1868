// Project D · what weights say, and what they do not
//
//     TVD(p, q) = ½ Σ |p − q|                          Jain & Wallace 2019, §4
//     Δ = median over permutations π of TVD(p(α), p(π α))     §4.2
//
// First: of four heads one is broken, and its weights show it, if the right figures are asked. Then: do weights explain
// a prediction at all? Jain & Wallace put the weights of trained models on other words, and often the prediction
// stayed. Wiegreffe & Pinter 2019 answer that this shows what these weights are not, in that model; it does not show
// that attention can never explain. You measure both cases: a model that copies words, and one that counts months on
// ("june from march may" → "march april may june …"). Both lay most of the weight on one word.
//
// Lesson  Notebooks-md/11_NotExplanation.md, and 08_ReadingAlignments.md for the heads
// Check   swift test --filter ProjectD
// Hints   swift run attention exercises hint D

public import AttentionLab
public import Workbook

public enum ProjectD: InterpretAnswers {
    /// Which head is broken, and how. The other three are of trained models and look at the right words.
    ///
    /// - Parameters:
    ///   - heads: heads[k][n], the weights of head k for sentence n: a row for each target word over the real source
    ///     words.
    ///   - pairs: the sentences, with gold links.
    /// - Returns: k from 0, and the fault: `.spread` looks nearly as much at every word, `.firstWord` at the first,
    ///   whatever the target word is; with `.late` target word j has the weights of word j − 1; with `.padding` a part
    ///   of the weight lies on padding.
    public static func brokenHead(
        _ heads: [[AttentionMatrix]], _ pairs: [SentencePair]
    ) throws -> (index: Int, fault: HeadFault) {
        throw Unfinished("the broken head")
    }

    /// Total variation distance, from 0 (the same) to 1 (nothing in common).
    ///
    /// - Parameters: two distributions [V] over the same words.
    public static func distance(_ p: [Double], _ q: [Double]) throws -> Double {
        throw Unfinished("the distance of two distributions")
    }

    /// How much the prediction changes when the weights are dealt out to other words: the median of the distance to the
    /// prediction as it was.
    ///
    /// - Parameters:
    ///   - weights: α [S] as the model has them.
    ///   - permutations: so many random orders of α; at least one. The median of an even number is the mean of the
    ///     middle two.
    ///   - output: the prediction [V] for any weights; the states stay where they are.
    public static func medianChange(
        _ weights: [Double], permutations: Int, _ random: inout RandomSource, output: ([Double]) throws -> [Double]
    ) throws -> Double {
        throw Unfinished("the median change")
    }

    /// The mean over sentences of the median change, for the word that comes after `count` words of the reference.
    ///
    /// `translator.model.nextWord(source:after:weights:)` gives probabilities and weights, and takes other weights; it
    /// works with ids, which `translator.encoded` gives. 20 permutations a sentence, from RandomSource(seed: 1).
    public static func study(_ translator: Translator, _ pairs: [SentencePair], after count: Int) throws -> Double {
        throw Unfinished("the study of a model")
    }

    /// Which of these fits what `study` measures, on the copying model after three words and on the counting model
    /// after one?
    ///
    /// - a: both models lay most of the weight on one word, so in both the weights explain the next word.
    /// - b: the copying model's next word depends on where it looks; the counting model's second month does not, though
    ///   it too looks at one word.
    /// - c: in neither model does it matter where it looks: attention is no explanation anywhere.
    /// - d: the counting model's second month depends on where it looks; the copying model could look anywhere.
    public static func conclusion() throws -> Choice {
        throw Unfinished("the conclusion")
    }
}
