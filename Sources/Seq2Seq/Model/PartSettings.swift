// The settings that only some parts of a model read, and what they come to where they are left open.

import AttentionScorers
import Corpora

extension ModelSettings {
    /// One of them, as a part names it.
    public typealias PartSetting = PartialKeyPath<ModelSettings> & Sendable

    /// What recurrent layers read.
    public static let recurrentLayerSettings: [PartSetting] = [\.cell, \.layers]
    /// What recurrent decoders read.
    public static let recurrentSettings: [PartSetting] = [\.cell, \.timing, \.feeding, \.bridge, \.layers]
    /// What the parts of a Transformer read.
    public static let transformerSettings: [PartSetting] = [\.layers, \.heads, \.feedForward, \.norm]

    private static let partSettings: [PartSetting] = recurrentSettings + transformerSettings

    /// Whether the encoder, the decoder or the use of the weights of these settings reads one. Those that no part names
    /// belong to the whole model; of a part that this program does not have, nobody can tell.
    public func reads(_ setting: PartialKeyPath<ModelSettings>) -> Bool {
        if setting == \ModelSettings.softStart { return use.part?.takesSamples ?? true }
        guard Self.partSettings.contains(where: { $0 == setting }), let encoder = encoder.part,
            let decoder = decoder.part
        else { return true }
        return (encoder.reads + decoder.reads).contains { $0 == setting }
    }

    /// Those whose flag or key says nothing beside the chosen parts.
    ///
    /// - Parameter scorers: the names of those that will be trained: heads are theirs too.
    public static func unread(
        _ settings: [Setting<ModelSettings>], in models: [ModelSettings], scorers: [String]
    ) -> [Setting<ModelSettings>] {
        settings.filter { setting in
            !(setting.isAt(\.heads) && scorers.contains(where: mayHaveHeads))
                && (partSettings + [\.softStart]).contains { path in
                    setting.isAt(path) && models.allSatisfy { !$0.reads(path) }
                }
        }
    }

    /// What a scorer of one's own makes of the number of heads, its card does not say.
    private static func mayHaveHeads(_ scorer: String) -> Bool {
        Catalog.scorers.first { $0.card.name == scorer }.map { $0.card.family == .heads } ?? true
    }

    /// What would have to change for one of them to say something, as a refusal ends.
    public func remedy(unread setting: Setting<ModelSettings>) -> String {
        if setting.isAt(\.softStart) {
            return "with the use \(use), which takes no samples; leave it out, or take the use "
                + "\(UseOfWeights.sampled) or \(UseOfWeights.straightThrough)"
        }
        let scorer = setting.isAt(\.heads) ? ", or a scorer of \(ScorerFamily.heads.group)" : ""
        return "in a model with the \(encoder) encoder and the \(decoder) decoder, which have no such setting; leave "
            + "it out, or choose another --encoder or --decoder\(scorer)"
    }

    /// At least 1, whatever a file says: what cannot be is told by `fault`.
    public var recurrentLayers: Int { max(1, layers ?? 1) }
    /// What the names of recurrent layers end with. The first has none: stored models know it by the bare name.
    var layerNames: [String] { (1...recurrentLayers).map { $0 == 1 ? "" : "\($0)" } }
    public var transformerLayers: Int { max(1, layers ?? 2) }
    public var feedForwardWidth: Int { feedForward ?? 2 * state }

    /// How long a training takes against one of the reference model's parts: for estimates of time.
    public var timeFactor: Double { (decoder.part?.timeFactor(self) ?? 1) * (use.part?.timeFactor ?? 1) }

    /// N; where D is no multiple of it, as many as divide both.
    public var selfAttentionHeads: Int { scorerSizes.heads }

    /// Above a table: nothing where there is one layer, as most models have it.
    static func layersHeading(_ settings: ModelSettings) -> String? {
        func layers(_ reads: [PartSetting]?) -> Int {
            reads?.contains { $0 == \ModelSettings.norm } == true
                ? settings.transformerLayers : settings.recurrentLayers
        }
        let encoder = layers(settings.encoder.part?.reads), decoder = layers(settings.decoder.part?.reads)
        if encoder == decoder { return encoder == 1 ? nil : "\(encoder) layers" }
        return "\(encoder) and \(decoder) layers"
    }
}
