// The decoder that most models have: a recurrent cell that reads the last word and what is fed beside it.
// The equations are in `step`; which come first is the query's timing (ModelSettings).

public import AttentionScorers
public import TensorCore

public struct RecurrentDecoder: StepDecoder {
    public static let card = PartCard(
        name: "recurrent", equation: "s_t = cell([E[y_{t−1}] ; c_{t−1}], s_{t−1}), r_t = tanh([c_t ; s_t] W + b)",
        source: "Luong et al. 2015, §3, eq. 5")

    private let settings: ModelSettings
    public let embedding: Tensor
    /// Its input is [Eₜ[y] ; what is fed], so the upper E rows of Wi belong to the word and the lower D to the rest.
    private let cell: RecurrentCell
    /// Bridge, [D,D] and [D]; nil unless the bridge is learned.
    private let Wb, bb: Tensor?
    /// Readout, [2D,D] and [D]: the upper D rows for c, the lower for s.
    private let Wr, br: Tensor

    public init(
        _ settings: ModelSettings, scorer: any AttentionScorer.Type, vocabulary: Int,
        _ parameters: inout ParameterBuilder
    ) {
        self.settings = settings
        let d = settings.state
        embedding = parameters.uniform("embedding", [vocabulary, settings.embedding], bound: embeddingBound)
        var scope = parameters.scope("cell")
        cell = RecurrentCell(
            settings.cell, inputs: settings.embedding + (settings.feeding == .none ? 0 : d), units: d, &scope)
        Wb = settings.bridge == .summary ? parameters.matrix("Wb", d, d) : nil
        bb = settings.bridge == .summary ? parameters.bias("bb", d) : nil
        Wr = parameters.matrix("Wr", 2 * d, d)
        br = parameters.bias("br", d)
    }

    /// Where the decoder stands after some words.
    public struct State: DecoderState {
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

        public var reached: ReachedStep? {
            guard let context, let weights else { return nil }
            return ReachedStep(
                state: cell.state, context: context, weights: weights, readout: readout, heads: past.heads?.previous)
        }

        public func gathered(_ rows: [Int]) throws -> State {
            try State(
                cell: cell.gathered(rows), context: context?.gathered(rows), readout: readout?.gathered(rows),
                past: past.gathered(rows), weights: weights?.gathered(rows))
        }
    }

    /// s₀ from the summary, c₀ from the scorer (zero, unless there is no attention).
    public func begin(_ source: EncodedSource) throws -> State {
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
            context: source.firstContext(),
            past: Past(before: memory))
    }

    /// The word's part of the cell's input, Eₜ[y] W + b, for any number of words at once: n ids → [n,G·D].
    private func wordGates(_ words: [Int]) throws -> Tensor {
        try embedding.gatheredMatmul(words, cell.Wi.rows(0..<settings.embedding), adding: cell.bi)
    }

    /// One step.
    ///
    ///     after the cell:   s_t = cell([Eₜ[y] ; c_{t−1}], s_{t−1}),  α_t, c_t = attend(s_t)
    ///     before it:        α_t, c_t = attend(s_{t−1}),  s_t = cell([Eₜ[y] ; c_t], s_{t−1})
    public func step(_ before: State, reading words: [Int], _ source: EncodedSource) throws -> State {
        try step(before, wordGates: wordGates(words), source)
    }

    /// - Parameter wordGates: of the last word of each row, [B,G·D].
    private func step(_ before: State, wordGates: Tensor, _ source: EncodedSource) throws -> State {
        var state = before
        func attend() throws {
            let seen = try source.look(query: state.cell.state, past: state.past)
            (state.context, state.past, state.weights) = (seen.context, seen.past, seen.weights)
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
    public func readout(context: Tensor, state: Tensor) throws -> Tensor {
        let d = settings.state
        return try state.matmul(Wr.rows(d..<2 * d), adding: context.matmul(Wr.rows(0..<d), adding: br)).tanh()
    }

    /// r of a state that `step` has reached.
    private func readout(_ state: State) throws -> Tensor {
        guard let context = state.context else { throw ShapeError("a decoder has no readout before its first step") }
        return try readout(context: context, state: state.cell.state)
    }

    /// The gates of all words at once: one product of matrices in the place of many.
    public func teacherForce(_ words: [Int], steps: Int, _ source: EncodedSource) throws -> [ReachedStep] {
        let gates = try wordGates(words)
        let perStep = try gates.reshaped([steps, source.memory.batch, gates.shape[1]])
        var state = try begin(source)
        return try (0..<steps).compactMap { t in
            state = try step(state, wordGates: perStep.slice(t), source)
            return state.reached
        }
    }
}
