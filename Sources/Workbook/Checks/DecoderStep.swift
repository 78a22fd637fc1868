// Exercise 10: one decoder step in the two orders, several of them with input feeding, and the library's model as a
// judge.

public import AttentionLab
import Foundation

public protocol DecoderStepAnswers: Answers {
    static func attentionalVector(context: [Double], state: [Double], Wc: [[Double]]) throws -> [Double]
    static func stepAfter(word: [Double], previous: DecoderStep, _ decoder: SmallDecoder) throws -> DecoderStep
    static func stepBefore(word: [Double], previous: DecoderStep, _ decoder: SmallDecoder) throws -> DecoderStep
    static func run(
        words: [[Double]], from state: [Double], timing: QueryTiming, _ decoder: SmallDecoder
    ) throws -> [DecoderStep]
}

extension DecoderStepAnswers {
    public static var exercise: Exercise {
        Exercise(
            ExerciseName(.exercise, 10), "one decoder step", topic: "DecoderStep", lesson: "07_ContextFeedingTiming",
            hints: [
                "Read the two lines of the header from left to right: each is the order of the calls. What does the first call of each need, and where does it come from?",
                "After: cell, attend, attentional vector; the cell reads the word and behind it r_{t-1}, and the query is the new state. "
                    + "Before: attend, cell, attentional vector; the query is the old state, and the cell reads the word and behind it the new context.",
                "After: s = cell(word + previous.attentional, previous.state); c = attend(s). Before: c = attend(previous.state); s = cell(word + c, previous.state). "
                    + "Both: r = tanh(product(c + s, Wc)), where + joins arrays. `run` begins with DecoderStep(state: state, context: zeros, attentional: zeros).",
            ],
            gaps: [
                Gap("attentional vector", function: "attentionalVector", checkAttentional),
                Gap("step with the query after the cell", function: "stepAfter", checkAfter),
                Gap("step with the query before the cell", function: "stepBefore", checkBefore),
                Gap("several steps", function: "run", checkRun),
            ])
    }

    // MARK: one step

    @Sendable private static func checkAttentional() throws {
        let c = [1.0, 2.0], s = [0.5, -1], Wc = example.Wc, sum = Plain.rowProduct(c + s, Wc)
        try expect(
            attentionalVector(context: c, state: s, Wc: Wc), equals: [tanh(0.3), tanh(0.4)],
            "attentionalVector(context: \(list(c)), state: \(list(s)), Wc: \(list(Wc)))",
            mistakes: [
                Mistake("the tanh is missing", gives: sum),
                Mistake(
                    "the state stands before the context; W_c has its upper rows for the context: [c ; s]",
                    gives: Plain.rowProduct(s + c, Wc).map { tanh($0) }),
                Mistake(
                    "the tanh is missing, and the state stands before the context: [c ; s]",
                    gives: Plain.rowProduct(s + c, Wc)),
                Mistake(
                    "only the context was used; it is joined with the state, [c ; s]",
                    gives: Plain.rowProduct(c, Wc).map { tanh($0) }),
                Mistake(
                    "only the state was used; it is joined with the context, [c ; s]",
                    gives: Plain.rowProduct([0, 0] + s, Wc).map { tanh($0) }),
                Mistake(
                    "the context was added to the state; they are put one behind the other, [c ; s]",
                    gives: Plain.rowProduct(Plain.sum(c, s), Wc).map { tanh($0) }),
            ], otherwise: "r = tanh(product([c ; s], Wc)), where [c ; s] is one array of 2D numbers")
    }

    /// The previous step of the example in the header; its context is unlike anything else, so that its use is found
    /// out.
    private static var previous: DecoderStep {
        DecoderStep(state: [0.5, -0.5], context: [3, -2], attentional: [0.2, 0.4])
    }

    private static func rows(_ step: DecoderStep) -> [[Double]] { [step.state, step.context, step.attentional] }

    @Sendable private static func checkAfter() throws {
        let d = example, p = previous, y = [1.0]
        func wrong(fed: [Double]? = nil, query: [Double]? = nil) throws -> [[Double]] {
            let s = try d.cell(y + (fed ?? p.attentional), p.state), c = try d.attend(query ?? s)
            return [s, c, readout(c, s)]
        }
        let expected = try wrong(), (s, c) = (expected[0], expected[1])
        try expect(
            rows(stepAfter(word: y, previous: p, d)), equals: expected,
            "stepAfter of the example in the header, its rows the state, the context and the attentional vector,",
            mistakes: [
                Mistake(
                    "the query was s_{t-1}, the state before the cell. In this order the query is the new state s_t",
                    givesRows: try wrong(query: p.state)),
                Mistake(
                    "the cell was fed the context of the step before. Here it is the attentional vector r_{t-1}, which knows that context and the state",
                    givesRows: try wrong(fed: p.context)),
                Mistake(
                    "the cell was fed the context of the old state, as in the other order",
                    givesRows: try wrong(fed: d.attend(p.state))),
                Mistake(
                    "the cell was fed zeros; r_{t-1} is in previous.attentional", givesRows: try wrong(fed: [0, 0])),
                Mistake(
                    "what is fed stands before the word; the cell's input is [y ; r]",
                    givesRows: try {
                        let s = try d.cell(p.attentional + y, p.state), c = try d.attend(s)
                        return [s, c, readout(c, s)]
                    }()),
                Mistake(
                    "r_t was made with the old state; it belongs to c_t and s_t",
                    givesRows: [s, c, readout(c, p.state)]),
                Mistake(
                    "r_t was made with the context of the step before; it belongs to c_t and s_t",
                    givesRows: [s, c, readout(p.context, s)]),
                Mistake("r_t stayed as it was in the step before", givesRows: [s, c, p.attentional]),
                Mistake("the tanh of r_t is missing", givesRows: [s, c, Plain.rowProduct(c + s, d.Wc)]),
                Mistake("in r_t the state stands before the context: [c ; s]", givesRows: [s, c, readout(s, c)]),
            ], otherwise: "s_t = cell([y ; r_{t-1}], s_{t-1}), c_t = attend(s_t), r_t = attentionalVector of both")
    }

    @Sendable private static func checkBefore() throws {
        let d = example, p = previous, y = [1.0]
        func wrong(fed: [Double]? = nil) throws -> [[Double]] {
            let c = try d.attend(p.state), s = try d.cell(y + (fed ?? c), p.state)
            return [s, c, readout(c, s)]
        }
        /// The query with a state that the cell has made already.
        func late(fed: [Double]) throws -> [[Double]] {
            let s = try d.cell(y + fed, p.state), c = try d.attend(s)
            return [s, c, readout(c, s)]
        }
        let expected = try wrong(), (s, c) = (expected[0], expected[1])
        try expect(
            rows(stepBefore(word: y, previous: p, d)), equals: expected,
            "stepBefore(word: [1], previous: state \(list(p.state)), context \(list(p.context)), attentional \(list(p.attentional))), its rows the state, the context and the attentional vector,",
            mistakes: [
                Mistake(
                    "the context of the step before was fed; in this order c_t is known before the cell runs, and is fed at once",
                    givesRows: try wrong(fed: p.context)),
                Mistake(
                    "the cell was fed r_{t-1}, as in the other order; here it is fed the context of this step",
                    givesRows: try wrong(fed: p.attentional)),
                Mistake("nothing was fed", givesRows: try wrong(fed: [0, 0])),
                Mistake(
                    "the query was s_t, the state after the cell. In this order the query is s_{t-1}, previous.state",
                    givesRows: try late(fed: p.context)),
                Mistake(
                    "this is the step with the query after the cell; here the query is s_{t-1}, previous.state",
                    givesRows: try late(fed: p.attentional)),
                Mistake(
                    "the new context was asked for twice: c_t was fed, and then the query s_t gave another",
                    givesRows: try late(fed: c)),
                Mistake(
                    "the context stands before the word; the cell's input is [y ; c]",
                    givesRows: try {
                        let s = try d.cell(c + y, p.state)
                        return [s, c, readout(c, s)]
                    }()),
                Mistake(
                    "r_t was made with the old state, which was the query; it belongs to c_t and s_t",
                    givesRows: [s, c, readout(c, p.state)]),
                Mistake("the tanh of r_t is missing", givesRows: [s, c, Plain.rowProduct(c + s, d.Wc)]),
                Mistake("in r_t the state stands before the context: [c ; s]", givesRows: [s, c, readout(s, c)]),
            ], otherwise: "c_t = attend(s_{t-1}), s_t = cell([y ; c_t], s_{t-1}), r_t = attentionalVector of both")
    }

    // MARK: several steps

    @Sendable private static func checkRun() throws {
        let words = [[1.0], [-0.5], [0.25]], start = [0.5, -0.5]
        for timing in [QueryTiming.after, .before] {
            let call = "run(words: \(list(words)), from: \(list(start)), timing: .\(timing))"
            try expect(
                run(words: words, from: start, timing: timing, example).map { rows($0).flatMap { $0 } },
                equals: carriedOn(words, from: first(start), timing),
                "\(call), a row for each step with its state, context and attentional vector,",
                mistakes: runMistakes(words, start, timing),
                otherwise:
                    "begin with zeros for context and attentional vector, and hand every step to the next; if a step by itself is wrong, fill those gaps first"
            )
            try require(
                run(words: [], from: start, timing: timing, example).isEmpty,
                "run(words: [], from: \(list(start)), timing: .\(timing)) has steps, expected none",
                cause: "no word, no step")
            try checkAgainstLibrary(timing)
        }
    }

    /// What is known before the first step.
    private static func first(_ state: [Double]) -> DecoderStep {
        DecoderStep(state: state, context: [0, 0], attentional: [0, 0])
    }

    /// A row for each step, as it should be but for what the next one is given of the last.
    private static func carriedOn(
        _ words: [[Double]], from first: DecoderStep, _ timing: QueryTiming,
        _ next: (DecoderStep) -> DecoderStep = { $0 }
    ) throws -> [[Double]] {
        var last = first
        return try words.map { word in
            let step = try right(word, last, timing)
            last = next(step)
            return rows(step).flatMap { $0 }
        }
    }

    private static func runMistakes(_ words: [[Double]], _ start: [Double], _ timing: QueryTiming) throws -> [Mistake] {
        let zeros = first(start), seen = try example.attend(start),
            other = timing == .after ? QueryTiming.before : .after
        func wrong(from first: DecoderStep, _ next: (DecoderStep) -> DecoderStep = { $0 }) throws -> [[Double]] {
            try carriedOn(words, from: first, timing, next)
        }
        return [
            Mistake(
                "the first step was fed s_0; nothing was predicted before it, so it is fed zeros",
                givesRows: try wrong(from: DecoderStep(state: start, context: start, attentional: start))),
            Mistake(
                "the first step was fed a context of s_0; nothing was predicted before it, so it is fed zeros",
                givesRows: try wrong(from: DecoderStep(state: start, context: seen, attentional: seen))),
            Mistake(
                "the first step was fed the attentional vector of a step that never was; it is fed zeros",
                givesRows: try wrong(from: DecoderStep(state: start, context: seen, attentional: readout(seen, start)))),
            Mistake(
                "every step was fed zeros; only the first has nothing before it",
                givesRows: try wrong(from: zeros) { first($0.state) }),
            Mistake(
                "every step begins at s_0; the state is carried on too",
                givesRows: try wrong(from: zeros) {
                    DecoderStep(state: start, context: $0.context, attentional: $0.attentional)
                }),
            Mistake(
                "every step is a first step: nothing is carried on", givesRows: try wrong(from: zeros) { _ in zeros }),
            Mistake(
                "the steps were fed the context of the step before; input feeding feeds the attentional vector",
                givesRows: try wrong(from: zeros) {
                    DecoderStep(state: $0.state, context: $0.context, attentional: $0.context)
                }),
            Mistake(
                "timing was not looked at: these are the steps of .\(other)",
                givesRows: try carriedOn(words, from: zeros, other)),
            Mistake(
                "the start is no step; the result begins with the step that reads the first word",
                givesRows: try [rows(zeros).flatMap { $0 }] + wrong(from: zeros)),
            Mistake(
                "only the last step was returned; a step for each word is wanted",
                givesRows: try wrong(from: zeros).suffix(1)),
            Mistake(
                "the first word was left out; y_0 begins the sentence and is read like the others",
                givesRows: try carriedOn(Array(words.dropFirst()), from: zeros, timing)),
        ]
    }

    /// A step of the example by the formulas.
    private static func right(_ word: [Double], _ last: DecoderStep, _ timing: QueryTiming) throws -> DecoderStep {
        let early = try example.attend(last.state)
        let s = try example.cell(word + (timing == .after ? last.attentional : early), last.state)
        let c = try timing == .after ? example.attend(s) : early
        return DecoderStep(state: s, context: c, attentional: readout(c, s))
    }

    /// The loss of the library's model on one sentence pair, computed with the student's steps and the model's own
    /// numbers.
    private static func checkAgainstLibrary(_ timing: QueryTiming) throws {
        let problem = try LibraryDecoder(timing)
        let start = [Double](repeating: 0, count: problem.model.settings.state)
        let steps = try run(words: problem.words(), from: start, timing: timing, problem.decoder())
        try expect(
            problem.loss(steps.map(\.attentional)), equals: Double(problem.model.loss(problem.batch).item()),
            within: 1e-5,
            "the loss of the library's model with timing .\(timing) and feeding .\(problem.model.settings.feeding), computed with your steps,",
            otherwise:
                "the steps of the small decoder were right; something depends on its two units or its three words")
    }
}

/// The decoder of the example in the header: D = 2, E = 1.
private var example: SmallDecoder {
    SmallDecoder(
        cell: { input, state in
            try SmallDecoder.requireWidths(input, state, E: 1, D: 2)
            return [state[0] / 2 + input[0] + input[1], state[1] / 2 + input[0] + input[2]]
        },
        attend: { query in
            guard query.count == 2 else {
                throw CheckFailure(
                    "the query has \(query.count) numbers, expected D = 2", cause: "the query is a state, nothing else")
            }
            return [query[0] + 1, 2 * query[1]]
        }, Wc: [[0.1, 0.3], [0, 0.2], [0.4, 0], [0, 0.3]])
}

private func readout(_ context: [Double], _ state: [Double]) -> [Double] {
    Plain.rowProduct(context + state, example.Wc).map { tanh($0) }
}
