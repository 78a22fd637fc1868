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
        try resolved(among: parts) { noun, name, known in
            throw InputError(
                "there is no \(noun) \"\(name)\". \(Suggestion.orList(for: name, among: known))", file: file)
        }
    }

    /// The same, with the parts that there are.
    /// - Parameter unknown: is told what kind of part is missing, its name, and the names that there are.
    public func resolved<Failure: Error>(
        among parts: PartList, unknown: (_ noun: String, _ name: String, _ known: [String]) throws(Failure) -> Void
    ) throws(Failure) -> ModelSettings {
        var model = self
        try model.resolve(\.normalisation, parts.normalisers, unknown)
        try model.resolve(\.encoder, parts.encoders, unknown)
        return model
    }

    private mutating func resolve<Place: Seam, Failure: Error>(
        _ path: WritableKeyPath<ModelSettings, PartChoice<Place>>, _ parts: [Place.Part],
        _ unknown: (_ noun: String, _ name: String, _ known: [String]) throws(Failure) -> Void
    ) throws(Failure) {
        let choice = self[keyPath: path]
        guard choice.part == nil else { return }
        let found = choice.resolved(among: parts)
        if found.part == nil { try unknown(Place.noun, choice.rawValue, parts.map { Place.card(of: $0).name }) }
        self[keyPath: path] = found
    }
}
