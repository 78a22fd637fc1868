// Every choice that makes one model differ from another. Printed with every result, stored in every checkpoint.

public import AttentionScorers
public import Corpora
import TensorCore

/// When the decoder asks where to look.
public enum QueryTiming: String, Sendable, Codable, CaseIterable {
    /// With s_t, after the cell has read y_{t−1} (Luong et al. 2015, §3.3).
    case after
    /// With s_{t−1}, before it; c_t then goes into the cell of the same step (Bahdanau et al. 2015, A.1.2).
    case before
}

/// What the cell reads beside the last word.
public enum Feeding: String, Sendable, Codable, CaseIterable {
    /// The context c: of the step before if the query comes after the cell, of the same step if before.
    case context
    /// The attentional vector r_{t−1} (input feeding, Luong et al. 2015, §3.3).
    case attentional
    case none
}

public enum CellKind: String, Sendable, Codable, CaseIterable {
    case gru, lstm
}

/// How the decoder's first state comes from the encoder.
public enum Bridge: String, Sendable, Codable, CaseIterable {
    /// tanh(W summary + b).
    case summary
    case zero
    /// The summary itself.
    case last
}

/// The architecture of one model; the default is the reference model.
public struct ModelSettings: Sendable, Codable, Equatable {
    /// A scorer's card name.
    public var scorer: String
    /// E.
    public var embedding = 64
    /// H: encoder units a direction; the decoder has D = 2H.
    public var hidden = 32
    /// A.
    public var attention = 64
    /// N, of self-attention and of scorers with several heads.
    public var heads = 4
    /// Longest source that location-based scorers can point into.
    public var maximumSource = 64
    public var timing = QueryTiming.after
    public var feeding = Feeding.context
    public var cell = CellKind.gru
    public var encoder = EncoderKind.bidirectional
    public var decoder = DecoderKind.recurrent
    public var bridge = Bridge.summary
    /// Of the encoder and of the decoder; nil: one of recurrent parts, two of a Transformer's.
    public var layers: Int?
    /// F, the width inside a Transformer's feed-forward layers; nil: 2D.
    public var feedForward: Int?
    public var norm = NormPlace.pre
    public var normalisation = Normalisation.masked
    public var decision = Decision.soft
    public var copying = Copying.none
    public var use = UseOfWeights.mean
    /// Source words that a word is written from, at most; nil for all. For uses that read words.
    public var top: Int?
    /// Share of a training's steps in which uses that take samples still read the mean context.
    public var softStart = 0.5
    /// Words seen less often in the training pairs are unknown to the model; pieces are taken apart.
    public var minimumCount = 1
    /// Byte-pair merges that words are cut by; 0 leaves them whole.
    public var subwords = 0
    /// Words that the model knows of each language at most, the most frequent of the training pairs; nil for all.
    public var vocabulary: Int?
    /// F: numbers of each source position where those are vectors; nil for words. The data say it, and no flag.
    public var vectorWidth: Int?
    /// How many positions around one the filters of a scorer see that looks at past weights; nil for those of words. The
    /// task says it where positions are smaller than words, and no flag.
    public var filterWidth: Int?

    public init(scorer: String) { self.scorer = scorer }

    /// D.
    public var state: Int { 2 * hidden }

    public var scorerSizes: ScorerSizes {
        ScorerSizes(
            state: state, attention: attention, maximumSource: maximumSource,
            filterWidth: filterWidth ?? ScorerSizes.filterWidth, heads: heads)
    }
}

extension ModelSettings {
    /// Sets what was left at its default.
    public mutating func prefer<Value: Equatable>(_ setting: WritableKeyPath<ModelSettings, Value>, _ value: Value) {
        if self[keyPath: setting] == ModelSettings(scorer: "")[keyPath: setting] { self[keyPath: setting] = value }
    }
}

// MARK: declarations

extension ModelSettings {
    /// What can be set, in the order of files and of the line above a table. The scorer is named elsewhere.
    public static func settings(_ parts: PartList) -> [Setting<ModelSettings>] {
        let encoders = parts.encoders.map(EncoderKind.init), decoders = parts.decoders.map(DecoderKind.init)
        let normalisers = parts.normalisers.map(Normalisation.init), outputs = parts.outputs.map(Copying.init)
        return [
            .choice("encoder", \.encoder, among: encoders, "What reads the source.") {
                "\($0.encoder.rawValue) encoder"
            },
            .choice("decoder", \.decoder, among: decoders, "What goes from word to word.") {
                $0.decoder == .recurrent ? nil : "\($0.decoder.rawValue) decoder"
            },
            .choice("cell", \.cell, "The recurrent cells.") {
                $0.reads(\.cell) ? "\($0.cell.rawValue.uppercased()) cells" : nil
            },
            .choice("timing", \.timing, earlier: ["query"], "Ask where to look after or before the decoder's cell.") {
                $0.reads(\.timing) ? "query \($0.timing.rawValue) the cell" : nil
            },
            .choice("feeding", \.feeding, "What the cell reads beside the last word.") {
                $0.reads(\.feeding) ? "feeding \($0.feeding.rawValue)" : nil
            },
            .choice("bridge", \.bridge, "How the first decoder state comes from the encoder.") {
                $0.reads(\.bridge) ? "bridge \($0.bridge.rawValue)" : nil
            },
            .whole(
                "layers", \.layers, 1...maximumLayers, open: "1, or 2 of a Transformer",
                "Layers of the encoder, and of the decoder.", heading: layersHeading),
            .whole(
                "feedForward", \.feedForward, widths, open: "2 D",
                "F, width inside the feed-forward layers of a Transformer."
            ) {
                $0.reads(\.feedForward) ? "feed-forward \($0.feedForwardWidth)" : nil
            },
            .choice(
                "norm", \.norm, "Normalise before each part of a Transformer's layers, or after as in the paper."
            ) {
                $0.reads(\.norm) ? "\($0.norm.rawValue)-norm" : nil
            },
            .choice("normalisation", \.normalisation, among: normalisers, "What makes weights of scores.") {
                $0.normalisation.phrase
            },
            .choice("decision", \.decision, "How a walk along the source is read outside training.") {
                $0.decision == .soft ? nil : "\($0.decision.rawValue) decisions"
            },
            .choice(
                "copying", \.copying, among: outputs,
                "The output layer: words come from the vocabulary (none), or are copied from the source too (pointer)."
            ) {
                $0.copying == .none
                    ? nil : "\($0.copying == .pointer ? "copying by" : "output") \($0.copying.rawValue)"
            },
            .choice(
                "use", \.use, among: parts.uses.map(UseOfWeights.init),
                "What the weights are for: the mean context (mean), or words written from one source word each (words), "
                    + "which can be trained by samples (sampled, straight-through)."
            ) {
                $0.use == .mean ? nil : "use \($0.use.rawValue)"
            },
            .whole(
                "top", \.top, 1...100_000, open: "all words",
                "With --use words and its kind: sum over so many source words alone, those with the largest weights."
            ) { $0.top.map { " (top \($0))" } },
            .number(
                "softStart", \.softStart, 0...1,
                "With --use sampled or straight-through: the share of the steps that still have the mean context."
            ) {
                $0.use.part?.takesSamples == true
                    ? " after \(Counted.text(100 * $0.softStart, significant: 3)) % of the steps" : nil
            },
            .whole(
                "minimumCount", \.minimumCount, 1...1_000_000_000,
                "Words seen less often become <unknown>; with --subwords, pieces are taken apart."
            ) {
                guard $0.minimumCount > 1 else { return nil }
                return $0.subwords == 0
                    ? "words seen less than \($0.minimumCount) times unknown"
                    : "pieces seen less than \($0.minimumCount) times taken apart"
            },
            .whole(
                "subwords", \.subwords, 0...1_000_000,
                "Byte-pair merges, learnt on both sides together, that words are cut by; 0 leaves words whole."
            ) {
                $0.subwords == 0 ? nil : "words in pieces of \(Counted.text($0.subwords, "merge"))"
            },
            .whole(
                "vocabulary", \.vocabulary, 1...1_000_000_000, open: "all words",
                "Words of each language that the model knows, the most frequent ones; others become <unknown>."
            ) {
                $0.vocabulary.map { "the \($0) most frequent words known" }
            },
            .whole("embedding", \.embedding, widths, "E, width of the word embeddings.") { "; E \($0.embedding)" },
            .whole("hidden", \.hidden, widths, "H, encoder units a direction; the decoder has D = 2H.") {
                "H \($0.hidden), D \($0.state)"
            },
            .whole("attention", \.attention, widths, "A, width of the hidden layer of additive scorers.") {
                "A \($0.attention)"
            },
            .whole("heads", \.heads, 1...64, "N, heads of self-attention, and of scorers that have several.") {
                $0.reads(\.heads) || $0.heads != ModelSettings(scorer: "").heads
                    ? Counted.text($0.heads, "head") : nil
            },
            .whole(
                "maximumSource", \.maximumSource, 1...100_000, "Longest source that location scorers can point into."
            ) {
                "sources up to \($0.maximumSource) words for location scorers"
            },
        ]
    }

    private static let widths = 1...8192, maximumLayers = 12

    /// A stored model names parts that another program may have: whether they are there, `resolved` says.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        self.init(scorer: try values.decode(String.self, forKey: .scorer))
        vectorWidth = try values.decodeIfPresent(Int.self, forKey: .vectorWidth)
        filterWidth = try values.decodeIfPresent(Int.self, forKey: .filterWidth)
        try Self.settings(.standard).decode(from: decoder, into: &self)
    }

    /// The first number that cannot be, as a sentence says it; nil where all can.
    public var fault: String? {
        if let width = vectorWidth, !Self.widths.contains(width) {
            return "vectorWidth is \(width); it must be \(Self.widths.lowerBound) to \(Self.widths.upperBound)"
        }
        if let width = filterWidth, width % 2 == 0 || !Self.widths.contains(width) {
            return
                "filterWidth is \(width); it must be odd, so that there is a middle, and 1 to \(Self.widths.upperBound)"
        }
        return Self.settings(.standard).numbers().fault(of: self)
    }
}

extension ModelSettings {
    /// Tries the scorer on a few random sentences, the longest as long as the longest there is, before anything is
    /// trained for it.
    ///
    /// - Throws: `InputError` where a model of these settings cannot have this scorer, the scorer cannot read such a
    ///   sentence, or it breaks a promise (see `ScorerPromises`).
    public func check(_ scorer: any AttentionScorer.Type, longestSource: Int) throws {
        _ = try resolved(among: .standard)
        try checkWeights(scorer.card)
        try checkUse(scorer)
        try tryOut(scorer, longestSource: longestSource)
    }

    /// What its weights allow.
    private func checkWeights(_ card: ScorerCard) throws {
        let name = card.name
        if let fault = decoder.part?.fault(self, card) { throw InputError(fault) }
        guard !copying.copies || card.hasAlignment else {
            throw InputError(
                "\(name) looks at no word in particular, so it has no weights to copy source words by; "
                    + "leave it out, or leave copying at none")
        }
        guard !copying.copies || card.mass == .one else {
            throw InputError(
                "the weights of \(name) do not sum to 1, so they are no probabilities to copy source words by; leave it "
                    + "out, or leave copying at none")
        }
        guard card.normalises || normalisation == .masked else {
            throw InputError(
                "\(name) makes its weights itself, so they cannot come from the normalisation \(normalisation); leave it "
                    + "out, or leave the normalisation at \(Normalisation.masked)")
        }
        guard state % heads == 0 || !(card.family == .heads || reads(\.heads)) else {
            let cutter = card.family == .heads ? name : "self-attention"
            throw InputError(
                "\(cutter) cuts states of D = \(state) into heads of one size, so \(heads) is no number of heads; take a "
                    + "divisor of \(state) for --heads, or another --hidden (D = 2H)")
        }
        guard decision == .soft || card.decides else {
            throw InputError(
                "\(name) does not stop at one word a step, so there is no hard decision to read; leave it out, or leave "
                    + "the decision at soft")
        }
    }

    private func tryOut(_ scorer: any AttentionScorer.Type, longestSource: Int) throws {
        let name = scorer.card.name
        func tryWords(_ count: Int) throws {
            try ScorerPromises.check(scorer, scorerSizes, longestSource: count, normalisation: normalisation)
        }
        do { try tryWords(longestSource) } catch let breach as ContractBreach {
            throw InputError("\(breach) Nothing was trained: mend the scorer, or leave it out")
        } catch let error as ShapeError {
            let isTooLong = (try? tryWords(1)) != nil
            throw InputError(
                "\(name) cannot look at a sentence\(isTooLong ? " of \(longestSource) words, the longest there is" : ""): \(error)"
                    + (isTooLong && scorer.card.usesPosition ? " (--maximum-source, now \(maximumSource))" : ""))
        } catch {
            throw InputError(
                "\(name) failed when it was tried on a few sentences: \(error). Nothing was trained: mend the scorer, "
                    + "or leave it out")
        }
    }
}
