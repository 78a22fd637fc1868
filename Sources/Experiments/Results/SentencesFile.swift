// The test sentences of a task on disk: once for all trainings that were measured on them.

import Corpora
import Foundation
import Randomness

/// What a page shows of one test sentence.
public struct KeptSentence: Sendable, Codable, Equatable {
    public var source: [String]
    /// The reference.
    public var target: [String]
    /// Source and target places in turn, in rising order; nil where nobody has aligned the pair.
    public var sure: [Int]?
    /// The possible links that are not sure.
    public var possible: [Int]?
    /// For each target word; empty where unknown.
    public var phenomena: [String]
    /// nil where the source is a sentence and nothing else.
    public var extras: KeptExtras?

    /// - Parameter things: what lies at each position of the source, for people; nil where it is words.
    init(_ pair: SentencePair, things: [String]? = nil) {
        func flat(_ links: Set<Link>) -> [Int] { links.sorted().flatMap { [$0.source, $0.target] } }
        (source, target, phenomena) = (pair.source, pair.target, pair.phenomena)
        sure = pair.gold.map { flat($0.sure) }
        possible = pair.gold.map { flat($0.possible.subtracting($0.sure)) }
        extras = pair.extras.map { KeptExtras($0, things: things) }
    }

    /// The gold alignment; nil where there is none.
    var gold: GoldAlignment? {
        guard let sure else { return nil }
        return GoldAlignment(sure: Self.links(sure), possible: Self.links(possible ?? []))
    }

    private static func links(_ flat: [Int]) -> Set<Link> {
        Set(stride(from: 0, to: flat.count - 1, by: 2).map { Link(flat[$0], flat[$0 + 1]) })
    }

    /// What is wrong with it; nil where every link has two words.
    var fault: String? {
        for flat in [sure ?? [], possible ?? []] {
            guard flat.count.isMultiple(of: 2) else { return "an odd number of link ends" }
            for place in stride(from: 0, to: flat.count, by: 2)
            where !source.indices.contains(flat[place]) || !target.indices.contains(flat[place + 1]) {
                return
                    "a link \(flat[place])-\(flat[place + 1]) between \(source.count) source and \(target.count) target words"
            }
        }
        return extras?.fault(words: source.count)
    }
}

/// The content of a file of sentences. Its name holds a digest of its content: trainings on other sentences name
/// another file.
public struct SentencesFile: Sendable, Codable, Equatable {
    public static let currentSchema = 1

    public var schema = SentencesFile.currentSchema
    public var task: String
    public var sentences: [KeptSentence]

    /// - Parameter things: what lies at each position of a source, for people.
    init(task: String, _ pairs: [SentencePair], things: (SentencePair) -> [String]? = { _ in nil }) {
        (self.task, sentences) = (task, pairs.map { KeptSentence($0, things: things($0)) })
    }

    func json() throws -> (name: String, data: Data) {
        let data = try ResultsFile.encoder.encode(self)
        return (Self.name(of: task, data), data)
    }

    static func name(of task: String, _ data: Data) -> String {
        "sentences-\(DetailsFolder.fileName(task))-\(digest(data)).json"
    }

    /// The sentences, and the bytes that they were read from.
    struct Kept {
        let sentences: [KeptSentence]
        let data: Data
    }

    private static func digest(_ data: Data) -> String {
        let digits = String(FNV1a.hash(data), radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
