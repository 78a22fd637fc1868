// States h and the words so far → the next word: cell, attention, readout, output.
// The equations are in `step`; which come first is the query's timing (ModelSettings).

import AttentionScorers
import TensorCore

struct Decoder {
    let settings: ModelSettings
    var attention: Attention
    private let tape: Tape
    /// Eₜ [V,E].
    let embedding: Tensor
    /// Its input is [Eₜ[y] ; what is fed], so the upper E rows of Wi belong to the word and the lower D to the rest.
    let cell: RecurrentCell
    /// Bridge, [D,D] and [D]; nil unless the bridge is learned.
    let Wb, bb: Tensor?
    /// Readout, [2D,D] and [D]: the upper D rows for c, the lower for s.
    let Wr, br: Tensor
    /// Output, [D,V] and [V].
    let Wv, bv: Tensor
    /// nil unless the model copies.
    let pointer: Pointer?

    init(_ settings: ModelSettings, attention: Attention, vocabulary: Int, _ parameters: inout ParameterBuilder) {
        self.settings = settings
        self.attention = attention
        tape = parameters.parameters.tape
        let d = settings.state
        embedding = parameters.uniform("embedding", [vocabulary, settings.embedding], bound: embeddingBound)
        var scope = parameters.scope("cell")
        cell = RecurrentCell(
            settings.cell, inputs: settings.embedding + (settings.feeding == .none ? 0 : d), units: d, &scope)
        Wb = settings.bridge == .summary ? parameters.matrix("Wb", d, d) : nil
        bb = settings.bridge == .summary ? parameters.bias("bb", d) : nil
        Wr = parameters.matrix("Wr", 2 * d, d)
        br = parameters.bias("br", d)
        Wv = parameters.matrix("Wv", d, vocabulary)
        bv = parameters.bias("bv", vocabulary)
        scope = parameters.scope("pointer")
        pointer = settings.copying == .pointer ? Pointer(settings, &scope) : nil
    }

    /// Where the decoder stands after some words.
    struct State {
        var cell: CellState
        /// c of the last step [B,D]; nil before the first where that is zero.
        var context: Tensor?
        /// r of the last step [B,D]; nil before the first, and unless it is fed back.
        var readout: Tensor?
        /// What the last step fed to the cell and, where that was the same vector as before, its product: without
        /// attention it is the same at every step.
        var fed: (vector: Tensor, product: Tensor?)?
        var past: Past
        /// α of the last step [B,S]; nil before the first.
        var weights: Tensor?

        /// The states of a choice of hypotheses, repeats allowed.
        func gathered(_ rows: [Int]) throws -> State {
            try State(
                cell: cell.gathered(rows), context: context?.gathered(rows), readout: readout?.gathered(rows),
                past: past.gathered(rows), weights: weights?.gathered(rows))
        }
    }

    /// s₀ from the summary, c₀ from the scorer (zero, unless there is no attention).
    func begin(_ memory: Memory) throws -> State {
        let zeros = Tensor.zeros(memory.summary.shape, near: memory.summary)
        let first: Tensor =
            switch settings.bridge {
            case .summary: try Wb.map { try memory.summary.matmul($0, adding: bb).tanh() } ?? zeros
            case .zero: zeros
            case .last: memory.summary
            }
        return try State(
            cell: CellState(state: first, cell: settings.cell == .lstm ? zeros : nil),
            context: attention.scorer.firstContext(memory: memory),
            past: Past(before: memory))
    }

    /// The word's part of the cell's input, Eₜ[y] W + b, for any number of words at once: n ids → [n,G·D].
    func wordGates(_ words: [Int]) throws -> Tensor {
        try embedding.gatheredMatmul(known(words), cell.Wi.rows(0..<settings.embedding), adding: cell.bi)
    }

    /// One step.
    ///
    ///     after the cell:   s_t = cell([Eₜ[y] ; c_{t−1}], s_{t−1}),  α_t, c_t = attend(s_t)
    ///     before it:        α_t, c_t = attend(s_{t−1}),  s_t = cell([Eₜ[y] ; c_t], s_{t−1})
    ///
    /// - Parameters:
    ///   - wordGates: of the last word of each row, [B,G·D].
    ///   - replaced: weights [B,S] that stand in for the scorer's at this step.
    func step(_ before: State, wordGates: Tensor, _ memory: Memory, replacing replaced: Tensor? = nil) throws -> State {
        var state = before
        func attend() throws {
            let seen = try tape.phase(Phase.scorer) {
                try attention.step(query: state.cell.state, memory: memory, past: state.past)
            }
            (state.context, state.past, state.weights) = (seen.context, seen.past, seen.weights)
            if let replaced {
                (state.context, state.weights) = (
                    try attention.scorer.context(weights: replaced, memory: memory), replaced
                )
            }
        }
        if settings.timing == .before { try attend() }
        let fed: Tensor? =
            switch settings.feeding {
            case .context: state.context
            case .attentional: state.readout
            case .none: nil
            }
        state.cell = try cell.step(inputGates: gates(fed, adding: wordGates, &state), state.cell)
        if settings.timing == .after { try attend() }
        if settings.feeding == .attentional { state.readout = try readout(state) }
        return state
    }

    /// The word's gates and those of what is fed, W c; nothing is fed where that would be zeros.
    private func gates(_ fed: Tensor?, adding wordGates: Tensor, _ state: inout State) throws -> Tensor {
        guard let fed else { return wordGates }
        let lower = try cell.Wi.rows(settings.embedding..<settings.embedding + settings.state)
        guard let last = state.fed, last.vector.isIdentical(to: fed) else {
            state.fed = (fed, nil)
            return try fed.matmul(lower, adding: wordGates)
        }
        // The same vector again: from now on its product is kept.
        let product = try last.product ?? fed.matmul(lower)
        state.fed = (fed, product)
        return try wordGates + product
    }

    /// r = tanh([c ; s] Wr + b): [n,D], [n,D] → [n,D], for one step or for all at once.
    func readout(context: Tensor, state: Tensor) throws -> Tensor {
        let d = settings.state
        return try state.matmul(Wr.rows(d..<2 * d), adding: context.matmul(Wr.rows(0..<d), adding: br)).tanh()
    }

    /// r of a state that `step` has reached.
    private func readout(_ state: State) throws -> Tensor {
        guard let context = state.context else { throw ShapeError("a decoder has no readout before its first step") }
        return try readout(context: context, state: state.cell.state)
    }

    /// Scores of the next word before softmax: [n,D] → [n,V].
    func logits(_ readout: Tensor) throws -> Tensor {
        try readout.matmul(Wv, adding: bv)
    }

    /// The next-word scores in a state that `step` has reached, [B,V].
    func logits(_ state: State) throws -> Tensor {
        try logits(state.readout ?? readout(state))
    }

    /// What teacher forcing saw: all steps of a batch, time first, so that row t·B + b is sentence b at step t.
    struct Forced {
        /// The words that were read.
        let words: [Int]
        /// [T·B,V].
        let logits: Tensor
        /// α of each step [B,S]; empty without attention.
        let weights: [Tensor]
        /// s and c of all steps, [T·B,D]; nil where neither the readout nor a pointer asked for them.
        let state, context: Tensor?
    }

    /// Teacher forcing: every step reads the reference's last word.
    ///
    /// - Parameter input: ids, row-major [B,T], beginning with the begin token.
    func force(_ input: [Int], steps: Int, _ memory: Memory) throws -> Forced {
        let batch = memory.batch
        let timeMajor = (0..<steps).flatMap { t in (0..<batch).map { b in input[b * steps + t] } }
        let gates = try tape.phase(Phase.decoder) { try wordGates(timeMajor) }
        let perStep = try gates.reshaped([steps, batch, gates.shape[1]])
        var state = try tape.phase(Phase.decoder) { try begin(memory) }
        var states: [Tensor] = [], contexts: [Tensor] = [], readouts: [Tensor] = [], weights: [Tensor] = []
        for t in 0..<steps {
            state = try tape.phase(Phase.decoder) { try step(state, wordGates: perStep.step(t), memory) }
            states.append(state.cell.state)
            if let context = state.context { contexts.append(context) }
            if let readout = state.readout { readouts.append(readout) }
            if let seen = state.weights { weights.append(seen) }
        }
        let d = settings.state
        // Readout and output over all steps at once, unless the readout was needed on the way.
        return try tape.phase(Phase.output) {
            func together(_ steps: [Tensor]) throws -> Tensor {
                try Tensor.stack(steps).reshaped([timeMajor.count, d])
            }
            let state = readouts.isEmpty || pointer != nil ? try together(states) : nil
            let context = readouts.isEmpty || pointer != nil ? try together(contexts) : nil
            let r =
                if readouts.isEmpty, let state, let context { try readout(context: context, state: state) } else {
                    try together(readouts)
                }
            return try Forced(words: timeMajor, logits: logits(r), weights: weights, state: state, context: context)
        }
    }
}
