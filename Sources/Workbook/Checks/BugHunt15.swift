// Bug hunt 15: a mask at the level of words, and none at that of sentences.

public protocol BugHunt15Answers: BugHuntAnswers {
    static func wordWeights(wordScores: [[Double]], lengths: [Int], sentenceScores: [Double]) throws -> [[Double]]
}

extension BugHunt15Answers {
    public static var exercise: Exercise {
        hunt(
            15, "documents side by side", topic: "SideBySide", lesson: "20_Documents", function: "wordWeights",
            hints: [
                "Add up the weights of a document of one sentence that stands beside one of three. How much is missing, and who has it?",
                "There are two softmaxes. Which of them knows what is not there?",
                "The softmax over sentences needs a mask as well: true where the length is above 0.",
            ], right: .b,
            others: [
                .a:
                    "Their rows are all 0, in the failing test too: the softmax over words is masked. What is lost was lost one level up.",
                .c:
                    "That hides it while the scores are small. The score of a sentence that is not there means nothing, and where it is 1000 nothing is left to divide by.",
                .d:
                    "Then long sentences would weigh more because they are long. Two levels are what was meant; one of them does not know who is there.",
            ], test: test)
    }

    @Sendable private static func test() throws {
        let words = [[0.5, 2, 0], [1, -1, 0], [0, 0, 0], [0, 0, 0]]
        try check(words, [3, 2, 0, 0], [1, 0.5, 0.2, 0.2])
        try check([[0.5, 2, 0], [1, -1, 0]], [3, 2], [1, 0.5])
        try check(words, [3, 2, 0, 0], [1, 0.5, 1000, -1000])
    }

    private static func check(_ wordScores: [[Double]], _ lengths: [Int], _ sentenceScores: [Double]) throws {
        let call =
            "wordWeights(wordScores: \(list(wordScores)), lengths: \(lengths), sentenceScores: \(list(sentenceScores)))"
        let rows = try wordWeights(wordScores: wordScores, lengths: lengths, sentenceScores: sentenceScores)
        let sum = rows.joined().reduce(0, +)
        try require(
            abs(sum - 1) < 1e-9, "the weights of \(call) sum to \(short(sum)), expected 1",
            cause: sum.isNaN ? "nothing was left to divide by" : nil)
        let expected = right(wordScores, lengths, sentenceScores)
        try expect(
            rows, equals: expected, call,
            mistakes: [
                Mistake(
                    "one softmax over all words: longer sentences weigh more, and the scores of the sentences have gone",
                    givesRows: flat(wordScores, lengths)),
                Mistake(
                    "every sentence weighs the same; their scores count",
                    givesRows: right(wordScores, lengths, sentenceScores.map { _ in 0 })),
            ], otherwise: "α_n αᵢ, with a softmax over the sentences that there are")
    }

    private static func right(
        _ wordScores: [[Double]], _ lengths: [Int], _ sentenceScores: [Double]
    ) -> [[Double]] {
        let ofSentences = Plain.softmax(sentenceScores, mask: lengths.map { $0 > 0 })
        return wordScores.indices.map { n in
            let within = Plain.softmax(Array(wordScores[n].prefix(lengths[n])))
            return wordScores[n].indices.map { $0 < lengths[n] ? within[$0] * ofSentences[n] : 0 }
        }
    }

    private static func flat(_ wordScores: [[Double]], _ lengths: [Int]) -> [[Double]] {
        let mask = wordScores.indices.flatMap { n in wordScores[n].indices.map { $0 < lengths[n] } }
        let all = Plain.softmax(wordScores.flatMap { $0 }, mask: mask), width = wordScores[0].count
        return wordScores.indices.map { Array(all[$0 * width..<($0 + 1) * width]) }
    }
}
