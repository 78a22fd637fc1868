// How far an output is from its reference in edits: letter error rate, word error rate (Levenshtein 1966).
//
//   d(i, j) = min(d(i − 1, j − 1) + [oᵢ ≠ rⱼ], d(i − 1, j) + 1, d(i, j − 1) + 1)
//   error rate = Σ d / Σ reference length        above 1 where more is written than was said
//
// Of several ways with as few edits the one that keeps the most words right counts, so that the counts are unique.

import Corpora

/// Edits from the reference to an output; additive.
public struct EditCounts: Counts {
    /// Words of the references: letters, where those are spelled.
    public var referenceWords = 0
    /// Words of the reference that stand in the output, in order.
    public var right = 0
    /// Words in the place of another one.
    public var substitutions = 0
    /// Words that the reference has and the output lacks.
    public var deletions = 0
    /// Words that the output has beside.
    public var insertions = 0

    public init() {}

    /// - Complexity: O(output · reference).
    public init(output: [String], reference: [String]) {
        let output = output.map { Spelling($0) }, reference = reference.map { Spelling($0) }
        // Edits, and words that are right, from each prefix of the output to the one of the reference.
        var row = (0...reference.count).map { (edits: $0, right: 0) }
        for (i, word) in output.enumerated() {
            var diagonal = row[0]
            row[0] = (i + 1, 0)
            for (j, expected) in reference.enumerated() {
                let same = word == expected ? 1 : 0, above = row[j + 1]
                let ways = [
                    (edits: diagonal.edits + 1 - same, right: diagonal.right + same),
                    (edits: above.edits + 1, right: above.right), (edits: row[j].edits + 1, right: row[j].right),
                ]
                let best = ways.min { ($0.edits, -$0.right) < ($1.edits, -$1.right) } ?? ways[0]
                (diagonal, row[j + 1]) = (above, best)
            }
        }
        let (edits, right) = row[reference.count]
        (referenceWords, self.right) = (reference.count, right)
        // edits = substitutions + deletions + insertions, and both lengths are known.
        insertions = edits - (reference.count - right)
        deletions = reference.count - output.count + insertions
        substitutions = edits - insertions - deletions
    }

    public var edits: Int { substitutions + deletions + insertions }
    /// 0 is perfect; nil where the references have no word.
    public var errorRate: Double? { ratio(edits, referenceWords) }

    public static let fields: [CountField<Self>] = [
        .number("referenceWords", \.referenceWords),
        .number("right", \.right).part(of: \.referenceWords),
        .number("substitutions", \.substitutions).part(of: \.referenceWords),
        .number("deletions", \.deletions).part(of: \.referenceWords),
        .number("insertions", \.insertions),
    ]

    public static let figures: [CountFigure<Self>] = [.init("errorRate", \.errorRate)]
}
