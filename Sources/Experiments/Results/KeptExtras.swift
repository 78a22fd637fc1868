// What a page shows of a source that is more than a sentence: a picture's cells, sentences, a question, frames.

public import Corpora
import Foundation

/// Beside a kept sentence; nil there for a source that is a sentence and nothing else.
public struct KeptExtras: Sendable, Codable, Equatable {
    public var grid: Grid?
    /// Words of each sentence of a document.
    public var sentences: [Int]?
    public var question: [String]?
    /// What lies at each position, for people ("large red circle", "" for nothing).
    public var things: [String]?
    /// Where nobody says what lies there: the numbers of the positions, one row after the other, a byte each from the
    /// least to the greatest, in base64.
    public var numbers: String?
    /// Numbers of a position.
    public var width: Int?

    init(_ extras: SourceExtras, things: [String]?) {
        (grid, sentences, question, self.things) = (extras.grid, extras.sentences, extras.question, things)
        guard things == nil, let vectors = extras.vectors else { return }
        (numbers, width) = (Data(Shades(vectors).bytes.joined()).base64EncodedString(), extras.width)
    }

    /// What is wrong with it beside so many words; nil where all fits.
    func fault(words: Int) -> String? {
        if let grid, grid.rows < 1 || grid.columns < 1 || grid.rows * grid.columns != words {
            return "a grid of \(grid.rows) × \(grid.columns) cells for \(words) positions"
        }
        if let sentences, sentences.contains(where: { $0 < 1 }) || sentences.reduce(0, +) != words {
            return "sentences that have not \(words) words together"
        }
        if let things, things.count != words { return "\(things.count) names of things for \(words) positions" }
        guard let numbers else { return nil }
        guard let width, width > 0, Data(base64Encoded: numbers)?.count == width * words else {
            return "numbers that are not those of \(words) positions"
        }
        return nil
    }
}
