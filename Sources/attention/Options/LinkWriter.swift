// Links of sentence pairs as files have them: which format was asked for, and the text of each pair.

import AttentionLab
import Terminal

enum LinkFormat: String, CaseIterable { case pharaoh, naacl, json }

struct LinkWriter {
    static let options = [
        Option(
            "--format", "FORMAT",
            "pharaoh (0-0 1-2, a line a pair), naacl (sentence source target S, a line a link) or json (links with all probabilities).",
            standard: "pharaoh"),
        Option(
            "--base", "N", "What the first word is called in Pharaoh and NAACL: 0 or 1.",
            standard: "0 for pharaoh, 1 for naacl"),
        Option("--reversed", "Write the target word first."),
        Option("--null-links", "In NAACL, a link with word 0 for each word that has none."),
    ]

    let format: LinkFormat
    private let counting: LinkCounting
    private let hasNullLinks: Bool
    private let reading: LinkReading

    init(_ arguments: Arguments, _ reading: LinkReading) throws {
        let format = try arguments.choice("--format", LinkFormat.self) ?? .pharaoh
        if format == .json, let other = ["--base", "--reversed", "--null-links"].first(where: arguments.has) {
            throw UsageError(
                "\(other) is for Pharaoh and NAACL; JSON counts from 0, writes the source word first, and has the probability of no word beside every row. Leave it out"
            )
        }
        let base = try arguments.integer("--base", 0...1) ?? (format == .naacl ? 1 : 0)
        guard !arguments.has("--null-links") || (format == .naacl && base == 1) else {
            throw UsageError(
                "--null-links are links with word 0, which only --format naacl has, counted from 1; take that format, or leave them out"
            )
        }
        counting = try LinkCounting(base: base, targetFirst: arguments.has("--reversed"))
        (self.format, self.reading, hasNullLinks) = (format, reading, arguments.has("--null-links"))
    }

    var beginning: String { format == .json ? "[\n" : "" }
    var end: String { format == .json ? "\n]\n" : "" }

    /// - Parameter line: of the pair in its file, from 1.
    func text(_ pair: SentencePair, _ linked: LinkedPair, _ source: AlignmentReading, line: Int) throws -> String {
        let links = linked.posteriors.map(reading.links) ?? []
        switch format {
        case .pharaoh: return Pharaoh.text([GoldAlignment(sure: links)], counting: counting)
        case .naacl:
            let lengths = hasNullLinks && linked.posteriors != nil ? SentenceLengths(pair) : nil
            return NAACL.text(GoldAlignment(sure: links), sentence: line, counting: counting, nullLinks: lengths)
        case .json:
            let entry = Entry(pair, linked, links, source, line: line)
            return (line > 1 ? ",\n" : "") + (try Console.json(entry, isOneLine: true))
        }
    }

    /// One pair, as programs read it.
    private struct Entry: Encodable {
        let line: Int
        let source: [String], target: [String]
        /// [source word, target word] each, from 0.
        let links: [[Int]]
        let alignment: AlignmentReading
        /// [target][source], and what is left for no source word.
        let forward: [[Double]], forwardNull: [Double]
        /// [source][target]; the keys are missing where only one direction is known.
        let backward: [[Double]]?, backwardNull: [Double]?
        /// Why there are no links, where there are none.
        let problem: String?

        init(
            _ pair: SentencePair, _ linked: LinkedPair, _ links: Set<Link>, _ alignment: AlignmentReading, line: Int
        ) {
            (self.line, self.alignment, problem) = (line, alignment, linked.problem)
            (source, target) = (pair.source, pair.target)
            self.links = links.sorted().map { [$0.source, $0.target] }
            let ahead = linked.posteriors?.forward.rows ?? [], back = linked.posteriors?.backward.rows ?? []
            (forward, forwardNull) = (ahead.map(Self.rounded), ahead.map(Self.null))
            backward = back.isEmpty ? nil : back.map(Self.rounded)
            backwardNull = back.isEmpty ? nil : back.map(Self.null)
        }

        private static func null(_ row: [Double]) -> Double { rounded([max(0, 1 - row.reduce(0, +))])[0] }

        /// Digits that nobody reads would make the file three times as long.
        private static func rounded(_ row: [Double]) -> [Double] { row.map { ($0 * 10_000).rounded() / 10_000 } }
    }
}
