// Latent attention as it is learnt: that batches are pairs, seeds are bits, and a toy language's hidden links are found.

import Corpora
import Evaluation
import TensorCore
import TestSupport
import Testing

@testable import Aligners

@Suite struct LatentAttentionTests {
    private static func toy(_ count: Int) throws -> [SentencePair] {
        var options = EnglishFrench().defaults
        (options.trainPairs, options.testPairs, options.devPairs, options.longPairs) = (count, 12, 1, 1)
        return try EnglishFrench().dataset(seed: 3, options: options).train
    }

    private static func learnt(
        _ pairs: [SentencePair], _ settings: AlignerSettings = AlignerSettings()
    ) throws -> LatentAttentionAligner {
        try LatentAttentionAligner.learnt(from: pairs, settings) { _ in true }
    }

    private static func aer(_ pairs: [SentencePair], _ links: (SentencePair) -> Set<Link>) -> Double? {
        pairs.reduce(into: AlignmentCounts()) { sum, pair in
            if let gold = pair.gold { sum += AlignmentCounts(predicted: links(pair), gold: gold) }
        }.aer
    }

    @Test(arguments: PriorKind.allCases)
    func `A batch is its pairs, one by one, and its gradient that of finite differences`(kind: PriorKind) throws {
        let vocabulary = Vocabulary(sentences: [["a", "bc", "def", "ghij"]])
        let parameters = Parameters()
        var builder = ParameterBuilder(parameters, seed: 5)
        let table = builder.uniform("grams", [CharacterNGrams.rows, LatentAttention.width], bound: 0.3)
        let model = try LatentAttention(
            &builder, source: vocabulary, target: vocabulary, grams: table,
            counts: [Int](repeating: 1, count: vocabulary.count), lexicalJumps: true, nullProbability: 0.2)
        let pairs = [([4, 5, 6], [7, 5]), ([5], [4, 4, 6]), ([7, 7], [6])].map { (source: $0.0, target: $0.1) }
        func likelihood(_ pairs: [(source: [Int], target: [Int])]) throws -> Tensor {
            let batch = AlignmentBatch(pairs), width = LatentAttention.width
            let ones = (0..<batch.words.count * width).map { Scalar($0 < width ? 0 : 1) }
            let scores = try model.scores(batch, kept: Tensor(ones, shape: [batch.words.count, width]))
            return try model.logLikelihood(batch, scores, prior: kind)
        }
        let together = Double(try likelihood(pairs).item())
        let apart = try pairs.map { Double(try likelihood([$0]).item()) }
        #expect(agree(together, apart.reduce(0, +), of: 60))
        try checkGradients(of: parameters, most: 6) { try likelihood(pairs) }
    }

    @Test func `The same seed gives the same bits, another seed others`() throws {
        let pairs = try Self.toy(40)
        var settings = AlignerSettings()
        settings.passes = 3
        let first = try Self.learnt(pairs, settings), second = try Self.learnt(pairs, settings)
        settings.seed = 2
        let third = try Self.learnt(pairs, settings)
        for pair in pairs.prefix(4) {
            #expect(first.posteriors(of: pair) == second.posteriors(of: pair))
            #expect(first.posteriors(of: pair) != third.posteriors(of: pair))
        }
    }

    @Test func `It finds a toy language's hidden links far better than the diagonal does`() throws {
        let pairs = try Self.toy(400)
        let aligner = try Self.learnt(pairs)
        let diagonal = try #require(
            Self.aer(pairs) {
                LinkExtraction.argmax.links(
                    AlignmentBaseline.diagonal(sourceCount: $0.source.count, targetCount: $0.target.count))
            })
        let latent = try #require(Self.aer(pairs) { aligner.posteriors(of: $0).links(.mean(above: 0.5)) })
        #expect(latent < diagonal / 2, "latent \(latent), diagonal \(diagonal)")
    }

    @Test(arguments: [true, false]) func `Its parts can be left out`(isOn: Bool) throws {
        var settings = AlignerSettings()
        (settings.letters, settings.jumps) = (isOn ? .ngrams : .none, isOn ? .shared : .byWord)
        (settings.agreement, settings.passes) = (isOn ? .product : .none, 7)
        let pair = SentencePair(source: ["a", "never", "b"], target: ["a", "unseen"])
        let posteriors = try Self.learnt(Self.toy(20), settings).posteriors(of: pair)
        #expect(posteriors.forward.rows.allSatisfy { $0.count == 3 && 0...1.0001 ~= $0.reduce(0, +) })
        #expect(posteriors.backward.rows.allSatisfy { $0.count == 2 && 0...1.0001 ~= $0.reduce(0, +) })
    }

    @Test func `Directions that agree find the hidden links too`() throws {
        var settings = AlignerSettings()
        settings.agreement = .product
        let pairs = try Self.toy(200), aligner = try Self.learnt(pairs, settings)
        let aer = try #require(Self.aer(pairs) { aligner.posteriors(of: $0).links(.mean(above: 0.5)) })
        #expect(aer < 0.3)
    }

    @Test func `Agreement multiplies each link's gradient by its posterior in the other direction`() throws {
        let parameters = Parameters()
        var builder = ParameterBuilder(parameters, seed: 2)
        let forward = builder.uniform("forward", [2, 1, 4], bound: 1)
        let backward = builder.uniform("backward", [3, 1, 3], bound: 1)
        let (one, other) = try Agreement.joined(forward, backward)
        #expect(one.values == forward.values && other.values == backward.values)
        let weightsThere: [Scalar] = [0.1, 0.2, 0.3, 0.4, 0.4, 0.3, 0.2, 0.1]
        let weightsBack: [Scalar] = [0.2, 0.2, 0.6, 0.1, 0.8, 0.1, 0.5, 0.25, 0.25]
        let sum =
            try (one * Tensor(weightsThere, shape: one.shape)).sum().scaled(by: -2)
            + (other * Tensor(weightsBack, shape: other.shape)).sum()
        try parameters.tape.backward(from: sum)
        // Link (i, t): ρ→ at [t, i + 1], ρ← at [i, t + 1].
        let there = [0.1, 0.2 * 0.2, 0.3 * 0.8, 0.4 * 0.25, 0.4, 0.3 * 0.6, 0.2 * 0.1, 0.1 * 0.25].map { -2 * $0 }
        let back = [0.2, 0.2 * 0.2, 0.6 * 0.3, 0.1, 0.8 * 0.3, 0.1 * 0.2, 0.5, 0.25 * 0.4, 0.25 * 0.1]
        #expect(agree(forward.gradient, there) && agree(backward.gradient, back))
        #expect(throws: ShapeError.self) { try Agreement.joined(forward, forward) }
    }

    @Test func `A word that was never seen is aligned by its letters`() throws {
        let words = ["anton", "berta", "caesar", "dora", "emil", "friedrich", "gustav", "heinrich"]
        let pairs = words.indices.flatMap { i in
            words.indices.filter { $0 != i }.map { j in
                SentencePair(source: ["see", words[i], "and", words[j]], target: [words[j], words[i], "sieh"])
            }
        }
        let row = try Self.learnt(pairs)
            .posteriors(of: SentencePair(source: ["see", "henrich"], target: ["henrich", "sieh"])).forward.rows[0]
        #expect(row[1] > 10 * row[0], "\(row)")
    }

    @Test func `One pair, empty sentences and long ones are no trap`() throws {
        let one = [SentencePair(source: ["a"], target: ["b"])]
        let aligner = try Self.learnt(one)
        let empty = aligner.posteriors(of: SentencePair(source: [], target: ["b", "b"]))
        #expect(empty.forward.rows == [[], []] && empty.backward.rows.isEmpty)
        #expect(empty.links(.mean(above: 0.5)).isEmpty && empty.links(.combined(.union)).isEmpty)
        let long = SentencePair(
            source: [String](repeating: "a", count: 300), target: [String](repeating: "c", count: 3))
        #expect(aligner.posteriors(of: long).forward.rows.joined().allSatisfy { $0.isFinite })
    }

    @Test func `Pairs that nothing can be learnt from are told so`() {
        let long = SentencePair(source: [String](repeating: "a", count: 61), target: ["b"])
        for pairs in [[], [SentencePair(source: [], target: ["a"])], [long]] {
            #expect(throws: InputError.self) { try Self.learnt(pairs) }
        }
        var settings = AlignerSettings()
        settings.nullProbability = 1
        #expect(throws: InputError.self) { try Self.learnt([SentencePair(source: ["a"], target: ["b"])], settings) }
    }

    @Test func `Learning stops where it is told to`() {
        #expect(throws: CancellationError.self) {
            try LatentAttentionAligner.learnt(from: Self.toy(20), AlignerSettings()) { $0 < 0.5 }
        }
    }
}
