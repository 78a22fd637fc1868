// Bug hunt 7: the keys of the sentence before.

/// Attention that is told when a sentence begins.
public protocol SentenceAttention {
    init(key: @escaping ([Double]) -> [Double])
    mutating func begin(_ states: [[Double]])
    mutating func step(_ query: [Double]) -> (weights: [Double], context: [Double])
}

public protocol BugHunt7Answers: BugHuntAnswers {
    associatedtype Attention: SentenceAttention
}

extension BugHunt7Answers {
    public static var exercise: Exercise {
        hunt(
            7, "one sentence after the other", topic: "Sentences", lesson: "03_Bahdanau", function: "begin",
            hints: [
                "What is in `keys` when the second sentence begins?",
                "When are keys made, and which event makes them out of date? Is that event seen by the condition?",
                "Make the keys in `begin`, from the states that it gets. Then there is no moment in which states and keys belong to two sentences.",
            ], right: .d,
            others: [
                .a:
                    "`begin` is mutating and changes the value itself; in the failing test the contexts of the second sentence are made of its own states.",
                .b:
                    "A key does not depend on the query: at the second step of the first sentence the weights are right with the keys of the first step.",
                .c:
                    "In the failing test the sentences are of one length, so that the number is right; the keys are another sentence's.",
            ], test: testSentences)
    }

    @Sendable private static func testSentences() throws {
        var calls = 0
        func key(_ state: [Double]) -> [Double] { [2 * state[0], state[1] - state[0]] }
        var attention = Attention { state in
            calls += 1
            return key(state)
        }
        let sentences = [[[1.0, 0], [0, 1], [1, 1]], [[0, 2], [2, 0], [0, 0]], [[1, 1], [0, 1]]],
            queries = [[1.0, 0], [0.5, 1]]
        for (number, states) in sentences.enumerated() {
            attention.begin(states)
            for (t, query) in queries.enumerated() {
                let (weights, context) = attention.step(query)
                let right = Plain.softmax(states.map { Plain.dot(query, key($0)) })
                let place = "sentence \(number + 1), of \(states.count) words, step \(t + 1)"
                try expect(
                    weights, equals: right, "\(place): α",
                    otherwise: number < 2
                        ? nil
                        : "the third sentence is shorter than the two before; its keys are its own two words'")
                try expect(context, equals: Plain.weightedSum(right, of: states), "\(place): c")
            }
        }
        let words = sentences.map(\.count).reduce(0, +)
        try require(
            calls == words,
            "the weights are right, but `key` was called \(calls) times for \(words) words in \(sentences.count) sentences; expected once a word",
            cause: "keys made again at every step; what does not depend on the query is made when the sentence begins")
    }
}
