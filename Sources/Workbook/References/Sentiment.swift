// A toy task of sentiment with known evidence: short reviews, of which a word or two decide whether they praise.
//
//     the lamp was not red and the soup was not very good .      negative, because of “not” and “good”

public import AttentionLab

/// One review, and which of its words decide.
public struct Review: Sendable, Equatable {
    public let words: [String]
    public let isPositive: Bool
    /// Indices of the word of praise or blame, and of the “not” before it if there is one.
    public let evidence: Set<Int>

    public init(words: [String], isPositive: Bool, evidence: Set<Int>) {
        (self.words, self.isPositive, self.evidence) = (words, isPositive, evidence)
    }
}

/// Reviews of two to four clauses. One of them judges; the others tell a colour or a shape, with a “not” of their own
/// now and then, so that counting words does not tell what is negated.
public enum Sentiment {
    private static let things = [
        "soup", "film", "room", "book", "lamp", "song", "boat", "chair", "cake", "garden", "coat", "tea",
    ]
    private static let neutral = ["red", "blue", "green", "round", "square", "long", "short", "wooden", "tall", "flat"]
    private static let praise = ["good", "fine", "lovely", "great", "clever", "pleasant"]
    private static let blame = ["bad", "poor", "ugly", "awful", "stupid", "dreary"]
    /// How often an adjective is negated.
    private static let negation = 0.35

    /// - Parameter seed: the same reviews for the same seed; other seeds give others, of the same words.
    public static func reviews(_ count: Int, seed: UInt64) -> [Review] {
        var random = RandomSource(seed: seed, purpose: "sentiment")
        return (0..<count).map { _ in review(&random) }
    }

    private static func review(_ random: inout RandomSource) -> Review {
        let clauses = 2 + random.below(3), judging = random.below(clauses), isPositive = random.chance(0.5)
        var words: [String] = [], evidence: Set<Int> = []
        for clause in 0..<clauses {
            let judges = clause == judging
            if clause > 0 { words.append(random.pick(["and", "but", ","])) }
            words += [random.pick(["the", "our", "this"]), random.pick(things), "was"]
            let isNegated = random.chance(negation)
            if isNegated {
                if judges { evidence.insert(words.count) }
                words.append("not")
            }
            if random.chance(0.3) { words.append(random.pick(["very", "quite"])) }
            if judges { evidence.insert(words.count) }
            words.append(random.pick(!judges ? neutral : isPositive != isNegated ? praise : blame))
        }
        words.append(".")
        return Review(words: words, isPositive: isPositive, evidence: evidence)
    }

    /// Every word of the task, as every training set of a few hundred reviews has them.
    public static let vocabulary = Vocabulary(sentences: reviews(500, seed: 0).map(\.words))
}

/// Reviews side by side, padded to a rectangle.
public struct ReviewBatch: Sendable {
    /// Ids [B][S]: the words, then padding.
    public let ids: [[Int]]
    /// [B]: words of each review.
    public let lengths: [Int]
    /// [B]: 1 for a positive review, 0 for a negative one.
    public let labels: [Int]

    public init(_ reviews: [Review]) {
        lengths = reviews.map(\.words.count)
        labels = reviews.map { $0.isPositive ? 1 : 0 }
        let width = lengths.max() ?? 0
        ids = reviews.map { review in
            Sentiment.vocabulary.ids(of: review.words)
                + [Int](repeating: Vocabulary.pad, count: width - review.words.count)
        }
    }
}

/// The parameters of a classifier; what is computed with them is the project.
public struct SentimentModel {
    public let parameters = Parameters()
    /// [V,E].
    public let embedding: Tensor
    /// The LSTM: [E,4H], [4H] from the word, [H,4H], [4H] from the state, in the order i, f, g, o.
    public let Wi, bi, Wh, bh: Tensor
    /// The scores: [H,A], [A], [A].
    public let W, b, v: Tensor
    /// The two classes, negative and positive: [H,2], [2].
    public let Wo, bo: Tensor

    public init(embedding: Int = 16, hidden: Int = 24, attention: Int = 16, seed: UInt64) {
        var builder = ParameterBuilder(parameters, seed: seed)
        self.embedding = builder.uniform("embedding", [Sentiment.vocabulary.count, embedding], bound: 0.1)
        let bound = 1 / Double(hidden).squareRoot()
        Wi = builder.uniform("Wi", [embedding, 4 * hidden], bound: bound)
        bi = builder.bias("bi", 4 * hidden)
        Wh = builder.uniform("Wh", [hidden, 4 * hidden], bound: bound)
        bh = builder.bias("bh", 4 * hidden)
        W = builder.matrix("W", hidden, attention)
        b = builder.bias("b", attention)
        v = builder.vector("v", attention)
        Wo = builder.matrix("Wo", hidden, 2)
        bo = builder.bias("bo", 2)
    }

    /// H.
    public var hidden: Int { Wh.shape[0] }
}
