// The settings that only some encoders and decoders read, and what they come to where they are left open.

import Corpora

extension ModelSettings {
    /// One of them, as a part names it.
    public typealias PartSetting = PartialKeyPath<ModelSettings> & Sendable

    /// What recurrent parts read.
    public static let recurrentSettings: [PartSetting] = [\.cell, \.timing, \.feeding, \.bridge, \.layers]
    /// What the parts of a Transformer read.
    public static let transformerSettings: [PartSetting] = [\.layers, \.heads, \.feedForward, \.norm]

    private static let partSettings: [PartSetting] = recurrentSettings + transformerSettings

    /// Whether the encoder or the decoder of these settings reads one. Those that no part names belong to the whole
    /// model; of a part that this program does not have, nobody can tell.
    public func reads(_ setting: PartialKeyPath<ModelSettings>) -> Bool {
        guard Self.partSettings.contains(where: { $0 == setting }), let encoder = encoder.part,
            let decoder = decoder.part
        else { return true }
        return (encoder.reads + decoder.reads).contains { $0 == setting }
    }

    /// Those whose flag or key says nothing beside the chosen parts. Heads are of scorers too.
    public static func unread(
        _ settings: [Setting<ModelSettings>], in models: [ModelSettings]
    ) -> [Setting<
        ModelSettings
    >] {
        settings.filter { setting in
            !setting.isAt(\.heads)
                && partSettings.contains { path in
                    setting.isAt(path) && models.allSatisfy { !$0.reads(path) }
                }
        }
    }

    /// At least 1, whatever a file says: what cannot be is told by `fault`.
    public var recurrentLayers: Int { max(1, layers ?? 1) }
    /// What the names of recurrent layers end with. The first has none: stored models know it by the bare name.
    var layerNames: [String] { (1...recurrentLayers).map { $0 == 1 ? "" : "\($0)" } }
    public var transformerLayers: Int { max(1, layers ?? 2) }
    public var feedForwardWidth: Int { feedForward ?? 2 * state }

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
