// What stands in the JSON object of one source. What it means, `SourceLine` says.

import Foundation

/// The keys that a line may have.
struct SourceFields: Decodable {
    let passage, question, answer, document, label, text: String?
    let grid: Grid?
    let cells, frames: [[Float]]?

    private enum CodingKeys: String, CodingKey, CaseIterable {
        case passage, question, answer, document, label, text, grid, cells, frames
    }

    /// Those of which the line has a part.
    var kinds: [SourceLine.Kind] {
        let has: [(SourceLine.Kind, Bool)] = [
            (.passage, passage != nil || question != nil), (.document, document != nil),
            (.picture, cells != nil || grid != nil), (.frames, frames != nil),
        ]
        return has.filter(\.1).map(\.0)
    }

    /// - Throws: `InputError` for what is no such object.
    init(json: String) throws {
        let data = Data(json.utf8)
        do {
            let keys = try GuardedJSON.decode([String: AnyValue].self, from: data, .init()).keys.sorted()
            let known = CodingKeys.allCases.map(\.rawValue)
            if let other = keys.first(where: { !known.contains($0) }) {
                throw InputError(
                    "there is no key \(TerminalText.quoted(other)) in a source. \(Suggestion.orList(for: other, among: known))"
                )
            }
            self = try JSONDecoder().decode(SourceFields.self, from: data)
        } catch let fault as GuardedJSON.Fault {
            throw InputError("this line is no JSON that can be read\(fault.place): \(fault.what)")
        } catch let error as DecodingError {
            throw InputError(Self.sentence(error, json))
        }
    }

    private static func sentence(_ error: DecodingError, _ json: String) -> String {
        let place = GuardedJSON.place(error), isNumbers = place.contains("frames") || place.contains("cells")
        if isNumbers || ["NaN", "nan", "Infinity", "inf"].contains(where: json.contains) {
            return
                "what stands\(place) is no list of finite numbers (NaN, null and words are none); give a list of numbers "
                + "for each cell or frame"
        }
        return place.isEmpty
            ? "this line is no JSON object; give one a line, such as {\"passage\": \"…\", \"question\": \"…\"}"
            : "what stands\(place) is not what belongs there: texts in quotation marks, \"grid\" as {\"rows\": 4, \"columns\": 4}"
    }

    /// Whatever a key has.
    private struct AnyValue: Decodable { init(from decoder: any Decoder) {} }
}
