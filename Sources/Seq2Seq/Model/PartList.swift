// The parts that a program's models can be made of: those of the toolkit, and a learner's own.

public import AttentionScorers
import Corpora

/// Append a part of your own to one of the lists, and hand it to whatever reads a name: `Checkpoint`,
/// `Experiment.read`, the options. Settings that are written in Swift hold the part itself and need no list.
public struct PartList: Sendable {
    public var normalisers = Normalisers.parts
    public var encoders = Encoders.parts

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
        model.normalisation = try Self.resolved(normalisation, parts.normalisers, file)
        model.encoder = try Self.resolved(encoder, parts.encoders, file)
        return model
    }

    private static func resolved<Place: Seam>(
        _ choice: PartChoice<Place>, _ parts: [Place.Part], _ file: String?
    ) throws -> PartChoice<Place> {
        if choice.part != nil { return choice }
        let found = choice.resolved(among: parts)
        guard found.part == nil else { return found }
        let known = parts.map { Place.card(of: $0).name }
        throw InputError(
            "there is no \(Place.noun) \"\(choice.rawValue)\". \(Suggestion.orList(for: choice.rawValue, among: known))",
            file: file)
    }
}
