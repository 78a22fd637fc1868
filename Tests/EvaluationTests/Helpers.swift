// Short spellings for the hand-made cases of these tests.

import Corpora
import Foundation
import Testing

@testable import Evaluation

/// Links from Pharaoh notation, "0-0 1-2".
func links(_ text: String) -> Set<Link> {
    Set(
        text.split(separator: " ").map { pair in
            let numbers = pair.split(separator: "-").compactMap { Int($0) }
            return Link(numbers[0], numbers[1])
        })
}

func gold(_ sure: String, possible: String = "") -> GoldAlignment {
    GoldAlignment(sure: links(sure), possible: links(possible))
}

func matrix(_ rows: [[Double]], end: [Double]? = nil) -> AttentionMatrix {
    AttentionMatrix(rows: rows, endRow: end, sourceCount: rows.map(\.count).max() ?? 0)
}

/// All weight of target word j on source word `pointers[j]`.
func pointing(at pointers: [Int], of sourceCount: Int, end: Int? = nil) -> AttentionMatrix {
    func row(_ i: Int) -> [Double] { (0..<sourceCount).map { $0 == i ? 1 : 0 } }
    return AttentionMatrix(rows: pointers.map(row), endRow: end.map(row), sourceCount: sourceCount)
}

func words(_ text: String) -> [String] { text.split(separator: " ").map(String.init) }

func near(_ a: Double?, _ b: Double, _ tolerance: Double = 1e-12) -> Bool {
    a.map { abs($0 - b) <= tolerance } ?? false
}

func json(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    return String(decoding: try encoder.encode(value), as: UTF8.self)
}

/// Writing and reading back must lose nothing: results are resumed from files.
func survivesJSON<T: Codable & Equatable>(_ value: T) throws -> Bool {
    try JSONDecoder().decode(T.self, from: JSONEncoder().encode(value)) == value
}
