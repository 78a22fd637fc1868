// Attention weights as one byte each: small enough to be kept for every sentence of every training, exact where it
// matters.
//
//   byte = round(255 α)      and the largest weight of a row stays the only largest byte before its place

public import Evaluation
import Foundation

/// The weights of one sentence: a row for each target word, a byte for each source word.
///
/// A byte is within 1/255 of its weight. Links are read from the place of the largest weight, so that place must
/// survive: where another weight to its left rounds to the same byte, that one is lowered by one.
public struct QuantisedWeights: Sendable, Equatable {
    public let sourceCount: Int, targetCount: Int
    /// [target][source], one row after the other. A row of zeros is a word without weights.
    public let bytes: [UInt8]

    public init(_ matrix: AttentionMatrix, targetCount: Int) {
        (sourceCount, self.targetCount) = (max(0, matrix.sourceCount), targetCount)
        var bytes = [UInt8](repeating: 0, count: sourceCount * targetCount)
        for target in 0..<targetCount {
            guard let row = matrix.weights(of: target), let best = matrix.argmax(of: target) else { continue }
            let start = target * sourceCount
            for (place, weight) in row.enumerated() {
                bytes[start + place] = UInt8((min(max(weight, 0), 1) * 255).rounded())
            }
            // Over hundreds of source words even the largest weight may round to nothing.
            bytes[start + best] = max(bytes[start + best], 1)
            for place in 0..<best where bytes[start + place] == bytes[start + best] { bytes[start + place] -= 1 }
        }
        self.bytes = bytes
    }

    /// - Returns: nil where the text is not base64, or not of so many weights.
    public init?(base64: String, sourceCount: Int, targetCount: Int) {
        guard let data = Data(base64Encoded: base64), data.count == sourceCount * targetCount else { return nil }
        (self.sourceCount, self.targetCount, bytes) = (sourceCount, targetCount, Array(data))
    }

    public var base64: String { Data(bytes).base64EncodedString() }

    /// The weights again, each between 0 and 1.
    public var matrix: AttentionMatrix {
        AttentionMatrix(
            rows: (0..<targetCount).map { target in
                bytes[target * sourceCount..<(target + 1) * sourceCount].map { Double($0) / 255 }
            }, sourceCount: sourceCount)
    }
}
