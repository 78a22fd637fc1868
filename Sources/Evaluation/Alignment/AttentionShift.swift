// The same weights moved by one decoder step (Chen et al. 2020, "Accurate word alignment induction", §3: shift-att).
//
//   offset  0: target word j is explained by row j      (the step that predicts word j)
//   offset +1: target word j is explained by row j + 1  (the step whose input is word j); the last word's is the end row
//   offset −1: target word j is explained by row j − 1
//
// A decoder that attends one step early or late looks bad at offset 0 and good at its own offset. Reporting all three
// shows that effect instead of hiding it.

import Corpora

extension AttentionMatrix {
    /// The matrix in which target word j has the row that stood at j + `offset`.
    ///
    /// Where no such row exists (the first word at −1; the last word at +1 without an end row) the word gets an empty
    /// row: it has no link, and the averages over target words skip it. Its gold links still count against recall.
    public func shifted(by offset: Int) -> AttentionMatrix {
        guard offset != 0 else { return self }
        let all = rows + (endRow.map { [$0] } ?? [])
        func row(_ j: Int) -> [Double]? {
            let (k, overflow) = j.addingReportingOverflow(offset)
            return !overflow && all.indices.contains(k) ? all[k] : nil
        }
        return AttentionMatrix(
            rows: rows.indices.map { row($0) ?? [] }, endRow: row(rows.count), sourceCount: sourceCount)
    }
}

/// Link counts of the same weights at the offsets −1, 0 and +1.
public struct ShiftCounts: Counts {
    /// Offset −1: word j with row j − 1.
    public var earlier = AlignmentCounts()
    /// Offset 0: word j with row j.
    public var same = AlignmentCounts()
    /// Offset +1: word j with row j + 1.
    public var later = AlignmentCounts()

    public init() {}

    /// The offset with the lowest AER, 0 among equals, then −1; nil where no AER is defined.
    public var best: Int? {
        let candidates = [(0, same.aer), (-1, earlier.aer), (1, later.aer)]
        var best: (offset: Int, aer: Double)?
        for (offset, aer) in candidates {
            if let aer, best == nil || aer < best!.aer { best = (offset, aer) }
        }
        return best?.offset
    }

    public static let fields: [CountField<Self>] = [
        .counts("earlier", \.earlier), .counts("same", \.same), .counts("later", \.later),
    ]

    public static let figures: [CountFigure<Self>] = [.init("best", \.best)]
}
