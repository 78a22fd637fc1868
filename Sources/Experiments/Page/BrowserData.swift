// What the alignment browser of a page reads: sentences once, and of each scorer every seed's translations and weights.

import Corpora
import Foundation

/// Made for JSON: names are short because they are repeated for every sentence.
struct BrowserData: Encodable {
    /// Sentences that all systems of the set were measured on.
    struct Set: Encodable {
        let name: String
        let phenomena: [String]
        let sentences: [Sentence]
        let systems: [System]
    }

    struct Sentence: Encodable {
        /// Source words and reference words.
        let s: [String], t: [String]
        /// Sure and merely possible links, source and target places in turn; none where nobody has aligned the pair.
        let g: [Int]?, q: [Int]?
        /// Of each target word the number of its phenomenon, or −1.
        let p: [Int]
        /// What the source has beside its words.
        let x: Extras?
    }

    /// Rows and columns of a grid, words of sentences, a question, what lies where, numbers and how many a position has.
    struct Extras: Encodable {
        let r: Int?, c: Int?
        let d: [Int]?
        let a: String?
        let o: [String]?
        let n: String?, f: Int?

        init(_ kept: KeptExtras) {
            (r, c, d, o) = (kept.grid?.rows, kept.grid?.columns, kept.sentences, kept.things)
            (a, n, f) = (kept.question.map(Words.join), kept.numbers, kept.width)
        }
    }

    /// Whether a source is more than a sentence.
    var hasExtras: Bool { sets.contains { $0.sentences.contains { $0.x != nil } } }

    struct System: Encodable {
        let name: String
        let seeds: [Seed]
    }

    struct Seed: Encodable {
        let seed: UInt64
        /// Translations; null where the reference was met.
        let o: [String?]
        /// Weights, their runs of zeros packed, in base64; none for a scorer that looks nowhere.
        let w: [String]?
    }

    private(set) var sets: [Set] = []
    /// Sentences that say what is not shown and why.
    private(set) var notes: [String] = []

    /// Characters of weights that a page may hold unless a number of sentences was asked for: the rest of a page takes
    /// far less than the megabyte that this leaves of five.
    static let budget = 4_000_000

    /// - Parameters:
    ///   - limit: sentences of each set at most; nil for as many as the budget allows, up to 500.
    ///   - room: characters that the page still has, where that is less than the budget.
    init(_ results: ResultsFile, _ kept: KeptDetails, limit: Int? = nil, room: Int = budget) {
        notes = kept.faults
        var found: [(name: String, rows: [PackedRow])] = [], missing = 0, systems = 0
        for section in results.experiment.sections {
            let groups = Self.groups(kept.rows.filter { section.has($0.details.run) })
            found += groups.enumerated().map { (section.title + (groups.count > 1 ? " (test set \($0 + 1))" : ""), $1) }
            systems += section.groups(of: results).count
            missing += section.groups(of: results).count - groups.reduce(0) { $0 + Self.systems($1).count }
        }
        let share = max(0, min(Self.budget, room)) / max(1, found.count)
        for (name, group) in found {
            guard let first = group.first else { continue }
            let count = limit.map { min($0, first.sentences.count) } ?? Self.fitting(group, in: share)
            if count < first.sentences.count {
                notes.append(
                    "\(name): the first \(count) of \(first.sentences.count) test sentences are shown"
                        + (limit == nil
                            ? "; `attention report --sentences N` shows another number, in a page of another size."
                            : "."))
            }
            sets.append(Self.set(name, group, count))
        }
        if !sets.isEmpty, missing > 0, kept.faults.isEmpty {
            notes.append(
                "\(missing) of \(systems) systems have no weights beside the results, and are not in the browser.")
        }
    }

    /// A row with its weights as the page has them.
    private struct PackedRow {
        let details: RowDetails
        let sentences: [KeptSentence]
        let weights: [String]?

        var system: ResultSection.System { .init(scorer: details.scorer, condition: details.condition) }

        init(_ row: KeptDetails.Row) {
            (details, sentences) = (row.details, row.sentences)
            weights = row.details.weights?.map { ZeroRuns.packed(base64: $0) }
        }
    }

    /// What is said of weights that are not the scorer's own.
    private static func reading(_ rows: [PackedRow], _ system: ResultSection.System) -> String {
        rows.contains { $0.system == system && $0.details.reading == .posterior } ? " (posterior)" : ""
    }

    private static func systems(_ rows: [PackedRow]) -> [ResultSection.System] {
        rows.map(\.system).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }

    /// Rows that were measured on the same sentences, the lowest seed first.
    private static func groups(_ rows: [KeptDetails.Row]) -> [[PackedRow]] {
        var groups: [[PackedRow]] = []
        for row in rows.sorted(by: { $0.details.seed < $1.details.seed }) {
            if let place = groups.firstIndex(where: { $0.first?.details.sentences == row.details.sentences }) {
                groups[place].append(PackedRow(row))
            } else {
                groups.append([PackedRow(row)])
            }
        }
        return groups
    }

    private static func fitting(_ group: [PackedRow], in budget: Int) -> Int {
        var used = 0
        let sentences = group.first?.sentences.count ?? 0
        for index in 0..<min(sentences, 500) {
            used += group.first?.sentences[index].extras?.numbers?.utf8.count ?? 0
            used += group.reduce(0) { sum, row in
                let words = row.details.translations[index]?.reduce(0) { $0 + $1.utf8.count + 1 } ?? 2
                return sum + (row.weights?[index].utf8.count ?? 0) + words + 6
            }
            if used > budget { return index }
        }
        return min(sentences, 500)
    }

    private static func set(_ name: String, _ group: [PackedRow], _ count: Int) -> Set {
        let kept = (group.first?.sentences ?? []).prefix(count)
        let phenomena = Swift.Set(kept.flatMap(\.phenomena)).subtracting([""]).sorted()
        let place = Dictionary(uniqueKeysWithValues: phenomena.enumerated().map { ($1, $0) })
        let showsConditions = Swift.Set(group.map(\.details.condition)).count > 1
        return Set(
            name: name, phenomena: phenomena,
            sentences: kept.map { sentence in
                Sentence(
                    s: sentence.source, t: sentence.target, g: sentence.sure, q: sentence.possible,
                    p: sentence.phenomena.map { place[$0] ?? -1 }, x: sentence.extras.map(Extras.init))
            },
            systems: systems(group).map { system in
                System(
                    name: (showsConditions ? system.name : system.scorer) + reading(group, system),
                    seeds: group.filter { $0.system == system }.map { row in
                        Seed(
                            seed: row.details.seed,
                            o: row.details.translations.prefix(count).map { $0.map(Words.join) },
                            w: row.weights.map { Array($0.prefix(count)) })
                    })
            })
    }

    private enum CodingKeys: String, CodingKey { case sets }
}
