// The decoder that most models have: a recurrent cell that reads the last word and what is fed beside it.
// The equations are in `step`; which come first is the query's timing (ModelSettings). With several layers, each cell
// above the first reads the state of the one below, and the highest state is the one that asks and is read out.

public import AttentionScorers
public import TensorCore

public struct RecurrentDecoder: StepDecoder {
    public static let card = PartCard(
        name: "recurrent", equation: "s_t = cell([E[y_{t−1}] ; c_{t−1}], s_{t−1}), r_t = tanh([c_t ; s_t] W + b)",
        source: "Luong et al. 2015, §3, eq. 5")

    private let settings: ModelSettings
    public let embedding: Tensor
    /// From the lowest layer to the highest. The input of the first is [Eₜ[y] ; what is fed], so the upper E rows of its
    /// Wi belong to the word and the lower D to the rest; that of the others is the state below.
    private let cells: [RecurrentCell]
    /// Bridge of each layer, [D,D] and [D]; empty unless the bridge is learned.
    private let bridges: [(W: Tensor, b: Tensor)]
    /// Readout, [2D,D] and [D]: the upper D rows for c, the lower for s.
    private let Wr, br: Tensor

    public init(
        _ settings: ModelSettings, scorer: any AttentionScorer.Type, vocabulary: Int,
        _ parameters: inout ParameterBuilder
    ) {
        self.settings = settings
        let d = settings.state
        embedding = parameters.uniform("embedding", [vocabulary, settings.embedding], bound: embeddingBound)
        let builder = parameters, names = settings.layerNames
        cells = names.enumerated().map { index, suffix in
            var scope = builder.scope("cell\(suffix)")
            let first = settings.embedding + (settings.feeding == .none ? 0 : d)
            return RecurrentCell(settings.cell, inputs: index == 0 ? first : d, units: d, &scope)
        }
        bridges = (settings.bridge == .summary ? names : []).map {
            (parameters.matrix("Wb\($0)", d, d), parameters.bias("bb\($0)", d))
        }
        Wr = parameters.matrix("Wr", 2 * d, d)
        br = parameters.bias("br", d)
    }

    /// Measured at one to three layers.
    public static func timeFactor(_ settings: ModelSettings) -> Double {
        0.64 + 0.36 * Double(settings.recurrentLayers)
    }

    /// Where the decoder stands after some words.
    public struct State: DecoderState {
        /// From the lowest layer to the highest.
        var cells: [CellState]
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

        /// s [B,D], of the highest layer. There is always one: `ModelSettings` has no fewer.
        var top: Tensor { cells[cells.count - 1].state }

        public var reached: ReachedStep? {
            guard let context, let weights else { return nil }
            return ReachedStep(
                state: top, context: context, weights: weights, readout: readout, heads: past.heads?.previous)
        }

        public func gathered(_ rows: [Int]) throws -> State {
            try State(
                cells: cells.map { try $0.gathered(rows) }, context: context?.gathered(rows),
                readout: readout?.gathered(rows),
                past: past.gathered(rows), weights: weights?.gathered(rows))
        }
    }

    /// s₀ from the summary, c₀ from the scorer (zero, unless there is no attention).
    public func begin(_ source: EncodedSource) throws -> State {
        let memory = source.memory
        let zeros = Tensor.zeros(memory.summary.shape, near: memory.summary)
        let first = try cells.indices.map { layer in
            let state: Tensor =
                switch settings.bridge {
                case .summary: try memory.summary.matmul(bridges[layer].W, adding: bridges[layer].b).tanh()
                case .zero: zeros
                case .last: memory.summary
                }
            return CellState(state: state, cell: settings.cell == .lstm ? zeros : nil)
        }
        return try State(
            cells: first,
            context: source.firstContext(),
            past: Past(before: memory))
    }

    /// The word's part of the cell's input, Eₜ[y] W + b, for any number of words at once: n ids → [n,G·D].
    private func wordGates(_ words: [Int]) throws -> Tensor {
        try embedding.gatheredMatmul(words, cells[0].Wi.rows(0..<settings.embedding), adding: cells[0].bi)
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
            let seen = try source.look(query: state.top, past: state.past)
            (state.context, state.past, state.weights) = (seen.context, seen.past, seen.weights)
        }
        if settings.timing == .before { try attend() }
        let fed: Tensor? =
            switch settings.feeding {
            case .context: state.context
            case .attentional: state.readout
            case .none: nil
            }
        state.cells[0] = try cells[0].step(inputGates: gates(fed, adding: wordGates, &state), before.cells[0])
        for layer in 1..<cells.count {
            let gates = try state.cells[layer - 1].state.matmul(cells[layer].Wi, adding: cells[layer].bi)
            state.cells[layer] = try cells[layer].step(inputGates: gates, before.cells[layer])
        }
        if settings.timing == .after { try attend() }
        if settings.feeding == .attentional { state.readout = try readout(state) }
        return state
    }

    /// The word's gates and those of what is fed, W c; nothing is fed where that would be zeros.
    private func gates(_ fed: Tensor?, adding wordGates: Tensor, _ state: inout State) throws -> Tensor {
        guard let fed else { return wordGates }
        let lower = try cells[0].Wi.rows(settings.embedding..<settings.embedding + settings.state)
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

    /// The part of each context and of each state once, however many pairs they stand in.
    public func readouts(contexts: Tensor, states: Tensor, pairs: [(context: Int, state: Int)]) throws -> Tensor {
        let d = settings.state
        return try contexts.matmul(Wr.rows(0..<d), adding: br).tanhOfSums(
            with: states.matmul(Wr.rows(d..<2 * d)), pairs: pairs.map { ($0.context, $0.state) })
    }

    /// r of a state that `step` has reached.
    private func readout(_ state: State) throws -> Tensor {
        guard let context = state.context else { throw ShapeError("a decoder has no readout before its first step") }
        return try readout(context: context, state: state.top)
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
