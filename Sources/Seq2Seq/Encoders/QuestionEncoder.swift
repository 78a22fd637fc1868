// A passage read with a question in mind, twice: what the question says marks words of the passage, and what the first
// look at it finds marks the same words elsewhere.
//
//   q   = [→q_Q ; ←q₁], a recurrent layer in each direction over the question
//   h¹  = the same over [xᵢ ; mᵢ],  mᵢ = 1 where xᵢ is a word of the question, else 0
//   a   = softmaxᵢ(h¹ᵢᵀ W q)
//   h   = a third over [h¹ᵢ ; rᵢ],  rᵢ = Σ_{j: xⱼ = xᵢ} aⱼ
//
// The decoder begins with q, so that its query is the question, and looks at h: the attentive reader of Hermann et al.
// 2015, §2.2. m is the exact match of Chen et al. 2017, "Reading Wikipedia to answer open-domain questions", §3.2. The
// first look is for questions that need two facts, as the hops of Sukhbaatar et al. 2015, "End-to-end memory networks",
// §2.2: what it finds in one sentence (mary has the key) is marked in the other (mary is in the garden). The summary has
// nothing of the passage, so that a decoder that cannot attend knows the question alone.

public import AttentionScorers
import Corpora
public import TensorCore

public struct QuestionEncoder: SequenceEncoder {
    public static let card = PartCard(
        name: "question",
        equation: "hᵢ of [h¹ᵢ ; Σ_{j: xⱼ = xᵢ} aⱼ], a = softmax(h¹ W q), h¹ᵢ of [xᵢ ; xᵢ in question], summary q",
        source: "Hermann et al. 2015, §2.2")

    public static let readsQuestions = true

    /// A recurrent layer in each direction, of states with a mark each.
    private struct Reading {
        let forward, backward: RecurrentCell
        /// [G]: what a mark adds to the gates.
        let markAhead, markBack: Tensor

        init(_ settings: ModelSettings, inputs: Int, _ parameters: ParameterBuilder) {
            func cell(_ name: String) -> (RecurrentCell, Tensor) {
                var scope = parameters.scope(name)
                let cell = RecurrentCell(settings.cell, inputs: inputs, units: settings.hidden, &scope)
                // Larger than the weights of words: before anything is learnt, the first look is spread over all.
                return (cell, scope.uniform("mark", [cell.Wi.shape[1]], bound: 1))
            }
            (forward, markAhead) = cell("forward")
            (backward, markBack) = cell("backward")
        }
    }

    private var reader: RecurrentReader
    private let asked: (forward: RecurrentCell, backward: RecurrentCell)
    private let first, second: Reading
    /// [D,D].
    private let W: Tensor

    public init(_ settings: ModelSettings, vocabulary: Int, _ parameters: inout ParameterBuilder) {
        reader = RecurrentReader(settings, vocabulary: vocabulary, &parameters)
        let builder = parameters.scope("question")
        func cell(_ name: String) -> RecurrentCell {
            var scope = builder.scope(name)
            return RecurrentCell(settings.cell, inputs: settings.embedding, units: settings.hidden, &scope)
        }
        asked = (cell("forward"), cell("backward"))
        first = Reading(settings, inputs: settings.embedding, parameters.scope("first"))
        second = Reading(settings, inputs: settings.state, parameters.scope("second"))
        W = parameters.matrix("look", settings.state, settings.state)
    }

    public func encode(_ source: [Int], lengths: [Int]) throws -> SourceReading {
        try encode(SourceSentences(source, lengths: lengths))
    }

    public func encode(_ source: SourceSentences) throws -> SourceReading {
        let words = RecurrentReader.Sentences(source), question = try question(source)
        let batch = source.lengths.count, steps = words.steps
        let marks = try Tensor.constant(self.marks(source), shape: [batch, steps], near: W)
        let h1 = try read(first, words, marks) { try reader.gates($0, words) }
        var found = try Tensor.constant([Scalar](repeating: 0, count: batch * steps), shape: [batch, steps], near: W)
        if let question {
            let look = try h1.swappingFirstAxes().dot(question.matmul(W)).maskedSoftmax(lengths: source.lengths)
            found = try look.weightedSum(of: sameWords(source))
        }
        let flat = try h1.reshaped([steps * batch, h1.shape[2]])
        let h = try read(second, words, found) { try flat.matmul($0.Wi, adding: $0.bi) }
        return try SourceReading(states: h.swappingFirstAxes(), summary: question ?? ends(h, words))
    }

    /// q [B,D]; nil where nothing is asked.
    private func question(_ source: SourceSentences) throws -> Tensor? {
        guard let extras = source.extras, extras.questionWidth > 0 else { return nil }
        try expect(
            !extras.questionLengths.contains(0), "some sources of this batch have a question and others have none")
        let words = RecurrentReader.Sentences(
            SourceSentences(extras.questions, lengths: extras.questionLengths))
        let ahead = try reader.layer(asked.forward, words, reversed: false)
        let back = try reader.layer(asked.backward, words, reversed: true)
        return try reader.last(ahead, words).concatenated(with: back.slice(0))
    }

    /// [S,B,D] of gates that are those of the states and of the marks [B,S].
    private func read(
        _ reading: Reading, _ words: RecurrentReader.Sentences, _ marks: Tensor, gates: (RecurrentCell) throws -> Tensor
    ) throws -> Tensor {
        func layer(_ cell: RecurrentCell, _ mark: Tensor, reversed: Bool) throws -> Tensor {
            let added = try marks.outer(mark).swappingFirstAxes()
            return try cell.layer(
                inputGates: gates(cell).reshaped(added.shape) + added, lengths: words.lengths, reversed: reversed,
                fused: reader.usesFusedKernels)
        }
        return try layer(reading.forward, reading.markAhead, reversed: false)
            .concatenated(with: layer(reading.backward, reading.markBack, reversed: true))
    }

    /// What stands at both ends, [B,D], where no question says what matters.
    private func ends(_ states: Tensor, _ words: RecurrentReader.Sentences) throws -> Tensor {
        let half = states.shape[2] / 2
        return try reader.last(states, words).columns(0..<half)
            .concatenated(with: states.slice(0).columns(half..<2 * half))
    }

    /// m [B,S], row by row.
    private func marks(_ source: SourceSentences) -> [Scalar] {
        let batch = source.lengths.count, steps = source.ids.count / max(batch, 1)
        let asked = source.extras?.pairs.map { Set($0.question.filter { $0 > Vocabulary.unknown }) } ?? []
        guard asked.count == batch else { return [Scalar](repeating: 0, count: source.ids.count) }
        return source.ids.indices.map { asked[$0 / steps].contains(source.ids[$0]) ? 1 : 0 }
    }

    /// [B,S,S]: 1 where two positions have the same word. Times weights, it gives each word's weight to all its places.
    private func sameWords(_ source: SourceSentences) throws -> Tensor {
        let batch = source.lengths.count, steps = source.ids.count / max(batch, 1)
        var same = [Scalar](repeating: 0, count: batch * steps * steps)
        for (b, length) in source.lengths.enumerated() {
            let words = source.ids[b * steps..<b * steps + length]
            for (i, word) in words.enumerated() {
                for (j, other) in words.enumerated() where word == other { same[(b * steps + i) * steps + j] = 1 }
            }
        }
        return try Tensor.constant(same, shape: [batch, steps, steps], near: W)
    }

    public static func numbersPerPair(_ settings: ModelSettings) -> Int { 1 }

    public mutating func useComposedTwins() { reader.usesFusedKernels = false }
}
