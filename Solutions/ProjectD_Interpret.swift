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
        // gap: throw Unfinished("the broken head")
        for (index, head) in heads.enumerated() {
            var report = AlignmentReport()
            for (matrix, pair) in zip(head, pairs) { report.add(matrix, pair) }
            let rows = head.flatMap(\.rows)
            let kept = rows.map { $0.reduce(0, +) }.reduce(0, +) / Double(rows.count)
            let first =
                Double(head.flatMap { m in m.rows.indices.map { m.argmax(of: $0) } }.count { $0 == 0 })
                / Double(rows.count)
            // What the largest weight cannot show comes first: a faint argmax may still be right, and so may one of
            // half a row.
            if kept < 0.9 { return (index, .padding) }
            if (report.all.entropy.mean ?? 0) > 0.9 { return (index, .spread) }
            if (report.shifts.later.aer ?? 1) < 0.5 * (report.shifts.same.aer ?? 0) { return (index, .late) }
            if first > 0.7 { return (index, .firstWord) }
        }
        throw InputError("none of \(heads.count) heads looks broken")
        // end of gap
    }

    /// Total variation distance, from 0 (the same) to 1 (nothing in common).
    ///
    /// - Parameters: two distributions [V] over the same words.
    public static func distance(_ p: [Double], _ q: [Double]) throws -> Double {
        // gap: throw Unfinished("the distance of two distributions")
        zip(p, q).reduce(0) { $0 + abs($1.0 - $1.1) } / 2
        // end of gap
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
        // gap: throw Unfinished("the median change")
        let before = try output(weights)
        let changes = try (0..<permutations).map { _ in
            var permuted = weights
            random.shuffle(&permuted)
            return try distance(before, output(permuted))
        }.sorted()
        return (changes[(changes.count - 1) / 2] + changes[changes.count / 2]) / 2
        // end of gap
    }

    /// The mean over sentences of the median change, for the word that comes after `count` words of the reference.
    ///
    /// `translator.model.nextWord(source:after:weights:)` gives probabilities and weights, and takes other weights; it
    /// works with ids, which `translator.encoded` gives. 20 permutations a sentence, from RandomSource(seed: 1).
    public static func study(_ translator: Translator, _ pairs: [SentencePair], after count: Int) throws -> Double {
        // gap: throw Unfinished("the study of a model")
        var random = RandomSource(seed: 1)
        let changes = try translator.encoded(pairs).map { pair in
            let prefix = Array(pair.target.prefix(count))
            let weights = try translator.model.nextWord(source: pair.source, after: prefix).weights
            return try medianChange(weights, permutations: 20, &random) {
                try translator.model.nextWord(source: pair.source, after: prefix, weights: $0).probabilities
            }
        }
        return changes.reduce(0, +) / Double(changes.count)
        // end of gap
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
        // gap: throw Unfinished("the conclusion")
        .b
        // end of gap
    }
}
