// What students hand in for exercise 10.

import AttentionLab
import Foundation
import Solutions
import Workbook

let decoderStepMistakes = [
    Wrong(NoTanh.self, "attentional vector", says: "the tanh is missing"),
    Wrong(StateFirst.self, "attentional vector", says: "the state stands before the context"),
    Wrong(Added.self, "attentional vector", says: "one behind the other"),
    Wrong(OldQuery.self, "step with the query after the cell", says: "the query was s_{t-1}"),
    Wrong(OldContextFed.self, "step with the query after the cell", says: "fed the context of the step before"),
    Wrong(FedFirst.self, "step with the query after the cell", says: "what is fed stands before the word"),
    Wrong(OldStateRead.self, "step with the query after the cell", says: "made with the old state"),
    Wrong(NothingFed.self, "step with the query after the cell", says: "expected E + D = 3 and D = 2"),
    Wrong(BareReadout.self, "step with the query after the cell", says: "the tanh of r_t is missing"),
    Wrong(LateQuery.self, "step with the query before the cell", says: "the query was s_t"),
    Wrong(
        ContextOfTheStepBefore.self, "step with the query before the cell",
        says: "the context of the step before was fed"),
    Wrong(LuongInstead.self, "step with the query before the cell", says: "the step with the query after the cell"),
    Wrong(FeedsTheReadout.self, "step with the query before the cell", says: "the cell was fed r_{t-1}"),
    Wrong(ContextFirst.self, "step with the query before the cell", says: "the context stands before the word"),
    Wrong(BeginsWithTheState.self, "several steps", says: "the first step was fed s_0"),
    Wrong(FeedsZerosAlways.self, "several steps", says: "every step was fed zeros"),
    Wrong(NoMemory.self, "several steps", says: "every step is a first step"),
    Wrong(FeedsContexts.self, "several steps", says: "input feeding feeds the attentional vector"),
    Wrong(OneTiming.self, "several steps", says: "timing was not looked at"),
    Wrong(StartIncluded.self, "several steps", says: "the start is no step"),
    Wrong(TwoUnits.self, "several steps", says: "D numbers, also at the first step"),
]

/// The solution, where a wrong answer does not say otherwise.
private protocol Otherwise: DecoderStepAnswers {}

extension Otherwise {
    static func attentionalVector(context: [Double], state: [Double], Wc: [[Double]]) throws -> [Double] {
        try Solutions.Exercise10.attentionalVector(context: context, state: state, Wc: Wc)
    }
    static func stepAfter(word: [Double], previous: DecoderStep, _ d: SmallDecoder) throws -> DecoderStep {
        try Solutions.Exercise10.stepAfter(word: word, previous: previous, d)
    }
    static func stepBefore(word: [Double], previous: DecoderStep, _ d: SmallDecoder) throws -> DecoderStep {
        try Solutions.Exercise10.stepBefore(word: word, previous: previous, d)
    }
    static func run(
        words: [[Double]], from state: [Double], timing: QueryTiming, _ d: SmallDecoder
    ) throws -> [DecoderStep] {
        try Solutions.Exercise10.run(words: words, from: state, timing: timing, d)
    }
}

private func step(_ state: [Double], _ context: [Double], _ d: SmallDecoder) -> DecoderStep {
    DecoderStep(state: state, context: context, attentional: Plain.rowProduct(context + state, d.Wc).map { tanh($0) })
}

// MARK: the attentional vector

private enum NoTanh: Otherwise {
    static func attentionalVector(context: [Double], state: [Double], Wc: [[Double]]) throws -> [Double] {
        Plain.rowProduct(context + state, Wc)
    }
}

private enum StateFirst: Otherwise {
    static func attentionalVector(context: [Double], state: [Double], Wc: [[Double]]) throws -> [Double] {
        Plain.rowProduct(state + context, Wc).map { tanh($0) }
    }
}

private enum Added: Otherwise {
    static func attentionalVector(context: [Double], state: [Double], Wc: [[Double]]) throws -> [Double] {
        Plain.rowProduct(Plain.sum(context, state), Wc).map { tanh($0) }
    }
}

// MARK: the query after the cell

private enum OldQuery: Otherwise {
    static func stepAfter(word: [Double], previous: DecoderStep, _ d: SmallDecoder) throws -> DecoderStep {
        try step(d.cell(word + previous.attentional, previous.state), d.attend(previous.state), d)
    }
}

private enum OldContextFed: Otherwise {
    static func stepAfter(word: [Double], previous: DecoderStep, _ d: SmallDecoder) throws -> DecoderStep {
        let s = try d.cell(word + previous.context, previous.state)
        return try step(s, d.attend(s), d)
    }
}

private enum FedFirst: Otherwise {
    static func stepAfter(word: [Double], previous: DecoderStep, _ d: SmallDecoder) throws -> DecoderStep {
        let s = try d.cell(previous.attentional + word, previous.state)
        return try step(s, d.attend(s), d)
    }
}

private enum OldStateRead: Otherwise {
    static func stepAfter(word: [Double], previous: DecoderStep, _ d: SmallDecoder) throws -> DecoderStep {
        let s = try d.cell(word + previous.attentional, previous.state), c = try d.attend(s)
        return DecoderStep(
            state: s, context: c, attentional: try attentionalVector(context: c, state: previous.state, Wc: d.Wc))
    }
}

private enum NothingFed: Otherwise {
    static func stepAfter(word: [Double], previous: DecoderStep, _ d: SmallDecoder) throws -> DecoderStep {
        let s = try d.cell(word, previous.state)
        return try step(s, d.attend(s), d)
    }
}

private enum BareReadout: Otherwise {
    static func stepAfter(word: [Double], previous: DecoderStep, _ d: SmallDecoder) throws -> DecoderStep {
        let s = try d.cell(word + previous.attentional, previous.state), c = try d.attend(s)
        return DecoderStep(state: s, context: c, attentional: Plain.rowProduct(c + s, d.Wc))
    }
}

// MARK: the query before the cell

private enum LateQuery: Otherwise {
    static func stepBefore(word: [Double], previous: DecoderStep, _ d: SmallDecoder) throws -> DecoderStep {
        let s = try d.cell(word + previous.context, previous.state)
        return try step(s, d.attend(s), d)
    }
}

private enum ContextOfTheStepBefore: Otherwise {
    static func stepBefore(word: [Double], previous: DecoderStep, _ d: SmallDecoder) throws -> DecoderStep {
        try step(d.cell(word + previous.context, previous.state), d.attend(previous.state), d)
    }
}

private enum LuongInstead: Otherwise {
    static func stepBefore(word: [Double], previous: DecoderStep, _ d: SmallDecoder) throws -> DecoderStep {
        try stepAfter(word: word, previous: previous, d)
    }
}

private enum FeedsTheReadout: Otherwise {
    static func stepBefore(word: [Double], previous: DecoderStep, _ d: SmallDecoder) throws -> DecoderStep {
        try step(d.cell(word + previous.attentional, previous.state), d.attend(previous.state), d)
    }
}

private enum ContextFirst: Otherwise {
    static func stepBefore(word: [Double], previous: DecoderStep, _ d: SmallDecoder) throws -> DecoderStep {
        let c = try d.attend(previous.state)
        return try step(d.cell(c + word, previous.state), c, d)
    }
}

// MARK: several steps

/// Right steps, with something else before the first and between them.
private func steps(
    _ words: [[Double]], _ start: DecoderStep, _ timing: QueryTiming, _ d: SmallDecoder,
    _ next: (DecoderStep) -> DecoderStep = { $0 }
) throws -> [DecoderStep] {
    var last = start
    return try words.map { word in
        let step =
            try timing == .after
            ? Solutions.Exercise10.stepAfter(word: word, previous: last, d)
            : Solutions.Exercise10.stepBefore(word: word, previous: last, d)
        last = next(step)
        return step
    }
}

private func beginning(_ state: [Double]) -> DecoderStep {
    DecoderStep(state: state, context: state.map { _ in 0 }, attentional: state.map { _ in 0 })
}

private enum BeginsWithTheState: Otherwise {
    static func run(
        words: [[Double]], from state: [Double], timing: QueryTiming, _ d: SmallDecoder
    ) throws -> [DecoderStep] {
        try steps(words, DecoderStep(state: state, context: state, attentional: state), timing, d)
    }
}

private enum FeedsZerosAlways: Otherwise {
    static func run(
        words: [[Double]], from state: [Double], timing: QueryTiming, _ d: SmallDecoder
    ) throws -> [DecoderStep] {
        try steps(words, beginning(state), timing, d) { beginning($0.state) }
    }
}

private enum NoMemory: Otherwise {
    static func run(
        words: [[Double]], from state: [Double], timing: QueryTiming, _ d: SmallDecoder
    ) throws -> [DecoderStep] {
        try steps(words, beginning(state), timing, d) { _ in beginning(state) }
    }
}

private enum FeedsContexts: Otherwise {
    static func run(
        words: [[Double]], from state: [Double], timing: QueryTiming, _ d: SmallDecoder
    ) throws -> [DecoderStep] {
        try steps(words, beginning(state), timing, d) {
            DecoderStep(state: $0.state, context: $0.context, attentional: $0.context)
        }
    }
}

private enum OneTiming: Otherwise {
    static func run(
        words: [[Double]], from state: [Double], timing: QueryTiming, _ d: SmallDecoder
    ) throws -> [DecoderStep] {
        try steps(words, beginning(state), .after, d)
    }
}

private enum StartIncluded: Otherwise {
    static func run(
        words: [[Double]], from state: [Double], timing: QueryTiming, _ d: SmallDecoder
    ) throws -> [DecoderStep] {
        try [beginning(state)] + steps(words, beginning(state), timing, d)
    }
}

/// Takes the example's two units for granted: only the library's model, which has four, can see it.
private enum TwoUnits: Otherwise {
    static func run(
        words: [[Double]], from state: [Double], timing: QueryTiming, _ d: SmallDecoder
    ) throws -> [DecoderStep] {
        try steps(words, DecoderStep(state: state, context: [0, 0], attentional: [0, 0]), timing, d)
    }
}
