// States h and the words so far → the next word: cell, attention, readout, output.
// The equations are in `step`; which come first is the query's timing (ModelSettings).

import AttentionScorers
import Corpora
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
    let output: any OutputLayer

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
        // What the program does not have is said where the model is used: `TranslationModel.checkParts`.
        output = (settings.copying.part ?? Generator.self).init(settings, vocabulary: vocabulary, &parameters)
    }

    /// Where the decoder stands after some words.
    struct State {
        var cell: CellState
        /// c of the last step [B,D]; nil before the first where that is zero.
        var context: Tensor?
        /// r of the last step [B,D]; nil before the first, and unless it is fed back.
        var readout: Tensor?
        /// What the last step fed to the cell and, where that was the same vector as before, its product: without attention
        /// it is the same at every step.
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
    func begin(_ source: EncodedSource) throws -> State {
        let memory = source.memory
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
    func step(
        _ before: State, wordGates: Tensor, _ source: EncodedSource, replacing replaced: Tensor? = nil
    ) throws -> State {
        var state = before
        let memory = source.memory
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

    /// What is fed back of a copied word that the vocabulary does not have: all that the decoder can read of it.
    func known(_ words: [Int]) -> [Int] {
        let count = embedding.shape[0]
        return words.map { $0 < count ? $0 : Vocabulary.unknown }
    }

    /// Scores of the next word in a state that `step` has reached, of which softmax gives the probabilities: see `OutputLayer`.
    ///
    /// - Parameter last: the word that each row has just read.
    func scores(_ state: State, after last: [Int], _ source: EncodedSource) throws -> Tensor {
        try output.scores(
            DecoderReading(
                words: known(last), embedding: embedding, readout: state.readout ?? readout(state),
                state: state.cell.state,
                context: state.context, weights: state.weights, source: source))
    }

    /// What teacher forcing saw.
    struct Forced {
        /// α of each step [B,S]; empty without attention.
        let weights: [Tensor]
        /// All steps of the batch, time first, so that row t·B + b is sentence b at step t.
        let reading: DecoderReading
    }

    /// Teacher forcing: every step reads the reference's last word.
    ///
    /// - Parameter input: ids, row-major [B,T], beginning with the begin token.
    func force(_ input: [Int], steps: Int, _ source: EncodedSource) throws -> Forced {
        let batch = source.memory.batch
        let timeMajor = (0..<steps).flatMap { t in (0..<batch).map { b in input[b * steps + t] } }
        let gates = try tape.phase(Phase.decoder) { try wordGates(timeMajor) }
        let perStep = try gates.reshaped([steps, batch, gates.shape[1]])
        var state = try tape.phase(Phase.decoder) { try begin(source) }
        var reached: [State] = []
        for t in 0..<steps {
            state = try tape.phase(Phase.decoder) { try step(state, wordGates: perStep.step(t), source) }
            reached.append(state)
        }
        return try tape.phase(Phase.output) {
            try Forced(weights: reached.compactMap(\.weights), reading: together(reached, words: timeMajor, source))
        }
    }

    /// Readout over all steps at once, unless it was needed on the way.
    private func together(_ reached: [State], words: [Int], _ source: EncodedSource) throws -> DecoderReading {
        func together(_ steps: [Tensor]) throws -> Tensor? {
            guard let first = steps.first else { return nil }
            return try Tensor.stack(steps).reshaped([words.count, first.shape[1]])
        }
        let readouts = reached.compactMap(\.readout), attends = type(of: output).readsAttention
        let isNeeded = readouts.isEmpty || attends
        let state = isNeeded ? try together(reached.map(\.cell.state)) : nil
        let context = isNeeded ? try together(reached.compactMap(\.context)) : nil
        let seen = try together(readouts)
        guard
            let readout = try seen
                ?? state.flatMap({ state in try context.map { try self.readout(context: $0, state: state) } })
        else {
            throw ShapeError("teacher forcing has no readout without a step")
        }
        return DecoderReading(
            words: words, embedding: embedding, readout: readout, state: state, context: context,
            weights: attends ? try together(reached.compactMap(\.weights)) : nil, source: source)
    }
}
