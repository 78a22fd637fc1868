// The parts that a program's models can be made of: those of the toolkit, and a learner's own.

public import AttentionScorers
import Corpora

/// Append a part of your own to one of the lists, and hand it to whatever reads a name: `Checkpoint`,
/// `Experiment.read`, the options. Settings that are written in Swift hold the part itself and need no list.
public struct PartList: Sendable {
    public var normalisers = Normalisers.parts
    public var encoders = Encoders.parts
    public var decoders = Decoders.parts
    public var outputs = OutputLayers.parts
    public var objectives = Objectives.parts

    public init() {}

    /// Those that come with the toolkit.
    public static let standard = PartList()
}

extension ModelSettings {
    /// Settings that were read from a file, with the parts that it names.
    ///
    /// - Throws: `InputError` where there is no such part.
    public func resolved(among parts: PartList, file: String? = nil) throws -> ModelSettings {
        var model = self
        model.normalisation = try normalisation.found(among: parts.normalisers, file)
        model.encoder = try encoder.found(among: parts.encoders, file)
        model.decoder = try decoder.found(among: parts.decoders, file)
        model.copying = try copying.found(among: parts.outputs, file)
        return model
    }
}

extension TrainingSettings {
    /// As those of a model.
    public func resolved(among parts: PartList, file: String? = nil) throws -> TrainingSettings {
        var training = self
        training.objective = try objective.found(among: parts.objectives, file)
        return training
    }
}

extension PartChoice {
    fileprivate func found(among parts: [Place.Part], _ file: String?) throws -> PartChoice {
        if part != nil { return self }
        let found = resolved(among: parts)
        guard found.part == nil else { return found }
        let known = parts.map { Place.card(of: $0).name }
        throw InputError(
            "there is no \(Place.noun) \"\(rawValue)\". \(Suggestion.orList(for: rawValue, among: known))", file: file)
    }
}
