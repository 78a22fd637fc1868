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

/// Whether a word can come from anywhere but the output layer.
public enum Copying: String, Sendable, Codable, CaseIterable {
    case none
    /// Source words can be copied: their weights are mixed with the output layer by a learned switch (See et al. 2017,
    /// §2.2).
    case pointer
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
    /// Longest source that location-based scorers can point into.
    public var maximumSource = 64
    public var timing = QueryTiming.after
    public var feeding = Feeding.context
    public var cell = CellKind.gru
    public var encoder = EncoderKind.bidirectional
    public var bridge = Bridge.summary
    public var normalisation = Normalisation.masked
    public var copying = Copying.none
    /// Words seen less often in the training pairs are unknown to the model.
    public var minimumCount = 1

    public init(scorer: String) { self.scorer = scorer }

    /// D.
    public var state: Int { 2 * hidden }

    public var scorerSizes: ScorerSizes {
        ScorerSizes(state: state, attention: attention, maximumSource: maximumSource)
    }
}

extension ModelSettings {
    /// Results and checkpoints of before a setting existed have its default.
    public init(from decoder: any Swift.Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        self.init(scorer: try values.decode(String.self, forKey: .scorer))
        embedding = try values.decode(Int.self, forKey: .embedding)
        hidden = try values.decode(Int.self, forKey: .hidden)
        attention = try values.decode(Int.self, forKey: .attention)
        maximumSource = try values.decode(Int.self, forKey: .maximumSource)
        timing = try values.decode(QueryTiming.self, forKey: .timing)
        feeding = try values.decode(Feeding.self, forKey: .feeding)
        cell = try values.decode(CellKind.self, forKey: .cell)
        encoder = try values.decode(EncoderKind.self, forKey: .encoder)
        bridge = try values.decode(Bridge.self, forKey: .bridge)
        normalisation = try values.decode(Normalisation.self, forKey: .normalisation)
        copying = try values.decodeIfPresent(Copying.self, forKey: .copying) ?? .none
        minimumCount = try values.decodeIfPresent(Int.self, forKey: .minimumCount) ?? 1
    }
}

extension ModelSettings {
    /// - Throws: `InputError` where a model of these settings would know no word of its training pairs.
    public func checkWords(of pairs: [SentencePair]) throws {
        guard minimumCount > 1 else { return }
        for (side, sentences) in [("source", pairs.map(\.source)), ("target", pairs.map(\.target))] {
            try WordCoverage(Vocabulary(sentences: sentences, minimumCount: minimumCount), sentences).check(
                side: side, minimumCount: minimumCount)
        }
    }

    /// Tries the scorer on a few random sentences, the longest as long as the longest there is, before anything is
    /// trained for it.
    ///
    /// - Throws: `InputError` where a model of these settings cannot have this scorer, the scorer cannot read such a
    ///   sentence, or it breaks a promise (see `ScorerPromises`).
    public func check(_ scorer: any AttentionScorer.Type, longestSource: Int) throws {
        let name = scorer.card.name
        _ = try resolved(among: .standard)
        guard copying == .none || scorer.card.hasAlignment else {
            throw InputError(
                "\(name) looks at no word in particular, so it has no weights to copy source words by; "
                    + "leave it out, or leave copying at none")
        }
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
