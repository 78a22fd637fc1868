// Scorers that compute something else than when their rows were trained.

import AttentionScorers
import Corpora
public import Seq2Seq

extension ResultsFile {
    /// One that was edited, or whose name another one bears by now.
    public struct ChangedScorer: Sendable, Equatable {
        public let name: String
        /// How many of its trainings are of the formula of that time.
        public let trainings: Int
        let difference: String

        public var sentence: String {
            "the scorer \(name) was changed since \(trainings == 1 ? "a training of it was" : "\(trainings) trainings of it were") made: \(difference)"
        }

    }

    /// - Throws: `InputError` where rows that are there are of another formula than rows that would be added.
    public func checkScorers(_ scorers: ScorerList, file: String) throws {
        guard let changed = changed(scorers).first else { return }
        throw InputError(
            "\(changed.sentence); two formulas do not belong in one row of a table: give another --output folder and train anew, "
                + "or put the old formula back to go on. Nothing was changed", file: file)
    }

    /// In the order of the results. Rows of before fingerprints were kept, and scorers that are no longer there, say
    /// nothing.
    public func changed(_ scorers: ScorerList) -> [ChangedScorer] {
        var now: [(row: ResultRow, fingerprint: ScorerFingerprint?)] = [], found: [ChangedScorer] = []
        for row in rows {
            guard let then = row.fingerprint, let scorer = scorers.first(where: { $0.card.name == row.scorer }),
                !found.contains(where: { $0.name == row.scorer })
            else { continue }
            if !now.contains(where: { $0.row.hasScorer(of: row) }) {
                now.append((row, try? ScorerFingerprint(scorer, row.model)))
            }
            guard let today = now.first(where: { $0.row.hasScorer(of: row) })?.fingerprint,
                let difference = then.difference(from: today)
            else { continue }
            let count = rows.count { $0.hasScorer(of: row) && $0.fingerprint?.difference(from: today) != nil }
            found.append(ChangedScorer(name: row.scorer, trainings: count, difference: difference))
        }
        return found
    }
}
