// What of one training only its page needs: each sentence's translation and weights, and the scorer's time at several
// lengths. Kept beside the results, so that these stay small.

import AttentionScorers
import Corpora
import Evaluation
import Randomness
public import Seq2Seq

/// The details of one row, the test sentences in the order of their file.
public struct RowDetails: Sendable, Codable, Equatable {
    public static let currentSchema = 1

    public var schema = RowDetails.currentSchema
    public var task: String
    public var scorer: String
    public var seed: UInt64
    /// Of the experiment's conditions; nil where it has none.
    public var condition: String?
    /// The file of the sentences, in the same folder.
    public var sentences: String
    /// The words of each greedy translation; nil where it equals the reference.
    public var translations: [[String]?]
    /// Of each sentence the bytes of its weights under the reference, in base64 (see `QuantisedWeights`); nil for a
    /// scorer that looks nowhere.
    public var weights: [String]?
    /// The same of each of several heads, a list for each sentence; nil where there are not several.
    public var heads: [[String]]?
    /// Which reading they are; nil for the weights themselves.
    public var reading: AlignmentReading?
    public var speed: [ScoringTime]

    var run: Experiment.Run { Experiment.Run(task: task, scorer: scorer, seed: seed, condition: condition) }

    /// Of all that does not depend on the machine's mood. It stands in the row, so that the words and weights of
    /// another training, or changed ones, are found out.
    var digest: String {
        let words = translations.flatMap { words in words.map { ["\($0.count)"] + $0 } ?? ["–"] }
        let pieces =
            [task, scorer, "\(seed)", condition ?? "–", sentences] + words + (weights ?? ["–"])
            + (heads ?? []).flatMap { $0 }
            + (reading.map { [$0.rawValue] } ?? [])
        // No byte of a text is 255, so that no two lists of texts look alike.
        let sum = pieces.reduce(FNV1a.hash([])) { FNV1a.hash([255], from: FNV1a.hash($1.utf8, from: $0)) }
        return String(sum, radix: 16)
    }

    /// Scores, weights and context of one decoder step, forward only.
    public struct ScoringTime: Sendable, Codable, Equatable {
        /// Words of each source.
        public var source: Int
        /// Sentences side by side.
        public var batch: Int
        public var microseconds: Double
    }
}

extension RowDetails.ScoringTime {
    private static let lengths = [8, 16, 32, 64], batch = 32

    /// Some hundredths of a second.
    static func measure(_ scorer: any AttentionScorer.Type, _ sizes: ScorerSizes) throws -> [Self] {
        // A scorer that points at positions has no place for longer sources.
        try lengths.filter { $0 <= sizes.maximumSource }.map { length in
            let seconds = try ScoringSpeed(scorer, sizes, batch: batch, source: length).forwardSeconds(repeats: 25)
            return Self(source: length, batch: batch, microseconds: seconds * 1e6)
        }
    }
}
