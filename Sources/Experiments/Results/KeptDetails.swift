// The details of all rows of a comparison, as far as they are there and whole.

import Corpora

struct KeptDetails {
    struct Row {
        let details: RowDetails
        let sentences: [KeptSentence]
    }

    /// In the order of the results.
    private(set) var rows: [Row] = []
    /// A sentence for each file that cannot be used.
    private(set) var faults: [String] = []
    /// Rows without a file.
    private(set) var missing = 0

    init(rows: [Row] = []) { self.rows = rows }

    /// A damaged file costs its row its place in the browser, and nothing else.
    init(_ results: ResultsFile, _ folder: DetailsFolder) {
        var sentences: [String: [KeptSentence]] = [:]
        for row in results.rows {
            do {
                guard let details = try folder.details(of: row.run) else {
                    missing += 1
                    continue
                }
                let kept = try sentences[details.sentences] ?? folder.sentences(of: details)
                sentences[details.sentences] = kept
                try folder.check(details, kept, of: row)
                rows.append(Row(details: details, sentences: kept))
            } catch {
                let fault = "\(error)"
                if !faults.contains(fault) { faults.append(fault) }
            }
        }
    }
}
