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
    public var terms = WeightTerms.parts
    public var uses = WeightUses.parts

    public init() {}

    /// Those that come with the toolkit.
    public static let standard = PartList()
}

/// Is told what kind of part is missing, its name, and the names that there are.
public typealias UnknownPart<Failure: Error> = (_ noun: String, _ name: String, _ known: [String]) throws(Failure) ->
    Void

private func refusal(_ file: String?) -> UnknownPart<any Error> {
    { noun, name, known in
        throw InputError("there is no \(noun) \"\(name)\". \(Suggestion.orList(for: name, among: known))", file: file)
    }
}

extension ModelSettings {
    /// Settings that were read from a file, with the parts that it names.
    ///
    /// - Throws: `InputError` where there is no such part.
    public func resolved(among parts: PartList, file: String? = nil) throws -> ModelSettings {
        try resolved(among: parts, unknown: refusal(file))
    }

    /// The same, with the parts that there are.
    public func resolved<Failure: Error>(
        among parts: PartList, unknown: UnknownPart<Failure>
    ) throws(Failure) -> ModelSettings {
        var model = self
        model.normalisation = try normalisation.found(among: parts.normalisers, unknown)
        model.encoder = try encoder.found(among: parts.encoders, unknown)
        model.decoder = try decoder.found(among: parts.decoders, unknown)
        model.copying = try copying.found(among: parts.outputs, unknown)
        model.use = try use.found(among: parts.uses, unknown)
        return model
    }
}

extension TrainingSettings {
    /// As those of a model.
    public func resolved(among parts: PartList, file: String? = nil) throws -> TrainingSettings {
        try resolved(among: parts, unknown: refusal(file))
    }

    public func resolved<Failure: Error>(
        among parts: PartList, unknown: UnknownPart<Failure>
    ) throws(Failure) -> TrainingSettings {
        var training = self
        training.terms = try terms.map { kind throws(Failure) in try kind.found(among: parts.terms, unknown) }
        return training
    }
}

extension PartChoice {
    fileprivate func found<Failure: Error>(
        among parts: [Place.Part], _ unknown: UnknownPart<Failure>
    ) throws(Failure) -> PartChoice {
        guard part == nil else { return self }
        let found = resolved(among: parts)
        if found.part == nil { try unknown(Place.noun, rawValue, parts.map { Place.card(of: $0).name }) }
        return found
    }
}
