// The folder "details" beside a results.json: one file a row, and one of sentences for each test set.

import Corpora
import Evaluation
import Foundation
import Randomness

/// Writes the details of rows as they finish, and reads them again for a page.
public struct DetailsFolder: Sendable {
    public let path: String

    /// - Parameter results: the path of the results.json.
    public init(beside results: String) {
        let folder = (results as NSString).deletingLastPathComponent
        path = (folder.isEmpty ? "." : folder) + "/details"
    }

    // MARK: names

    /// A row's file. Whatever tells two rows of a results file apart must stand in it.
    static func fileName(_ run: Experiment.Run) -> String {
        ([run.task, run.scorer] + (run.condition.map { [$0] } ?? []) + ["\(run.seed)"]).map { fileName($0) }.joined(separator: "-")
            + ".json"
    }

    /// A learner may call a scorer anything; a slash must not lead to another folder.
    static func fileName(_ name: String) -> String {
        let name = name.utf8.reduce(into: "") { text, byte in
            let isPlain = switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
                 UInt8(ascii: "-"), UInt8(ascii: "_"): true
            default: false
            }
            text += isPlain ? String(UnicodeScalar(byte)) : "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
        }
        // File systems allow 255 bytes; a long name is cut, and its check sum tells it from others that begin alike.
        guard name.utf8.count > 80 else { return name }
        return name.prefix(60) + "~" + String(FNV1a.hash(name.utf8), radix: 16)
    }

    // MARK: writing

    /// Writes the sentences, where they are not there yet, and then the row.
    /// - Parameters:
    ///   - outputs: the words of each translation.
    ///   - weights: under the reference, one matrix a sentence; empty for a scorer that looks nowhere.
    func write(_ run: Experiment.Run, _ pairs: [SentencePair], outputs: [[String]], weights: [AttentionMatrix],
               speed: [RowDetails.ScoringTime]) throws {
        try Folder.make(path)
        let sentences = try SentencesFile(task: run.task, pairs).json()
        if !FileManager.default.fileExists(atPath: path + "/" + sentences.name) {
            try AtomicFile.write(sentences.data, to: path + "/" + sentences.name)
        }
        let details = RowDetails(
            task: run.task, scorer: run.scorer, seed: run.seed, condition: run.condition, sentences: sentences.name,
            translations: zip(outputs, pairs).map { Self.isSame($0, $1.target) ? nil : $0 },
            weights: weights.isEmpty ? nil : zip(weights, pairs).map { QuantisedWeights($0, targetCount: $1.target.count).base64 },
            speed: speed)
        try AtomicFile.write(ResultsFile.encoder.encode(details), to: path + "/" + Self.fileName(run))
    }

    /// The files of some rows from another folder of results, for results that are put together.
    /// - Returns: a sentence for each file that cannot be used; it is left out.
    /// - Throws: `RunError` where this folder cannot be written.
    public func copy(_ runs: [Experiment.Run], from other: DetailsFolder) throws -> [String] {
        var faults: [String] = []
        for run in runs {
            do {
                guard let details = try other.details(of: run) else { continue }
                try Folder.make(path)
                for file in [details.sentences, Self.fileName(run)] {
                    try AtomicFile.write(Data(TextFile.bytes(other.path + "/" + file)), to: path + "/" + file)
                }
            } catch let fault as InputError { faults.append(fault.description) }
        }
        return faults
    }

    /// To the byte, as translations are measured: Swift's own equality takes two spellings of é for the same.
    private static func isSame(_ a: [String], _ b: [String]) -> Bool {
        a.count == b.count && zip(a, b).allSatisfy { $0.utf8.elementsEqual($1.utf8) }
    }

    // MARK: reading

    /// - Returns: nil where there is no file for the row: it was made before there were any, or its folder was not copied along.
    /// - Throws: `InputError` where the file is damaged or of another row.
    public func details(of run: Experiment.Run) throws -> RowDetails? {
        let file = path + "/" + Self.fileName(run)
        guard FileManager.default.fileExists(atPath: file) else { return nil }
        let details: RowDetails = try Self.decode(file)
        guard details.schema == RowDetails.currentSchema else { throw Self.otherSchema(details.schema, RowDetails.currentSchema, file) }
        guard details.run == run else {
            throw InputError("these are the details of \(details.run.text), but the file is named for \(run.text); put the right file "
                + "back, or run the comparison again in a new folder", file: file)
        }
        guard details.sentences == (details.sentences as NSString).lastPathComponent, details.sentences.hasPrefix("sentences-") else {
            throw InputError("the sentences are said to be in “\(details.sentences)”, which is no file of this folder; put the right file "
                + "back", file: file)
        }
        return details
    }

    /// The sentences that some details were measured on.
    /// - Throws: `InputError` where the file is missing or damaged.
    public func sentences(of details: RowDetails) throws -> [KeptSentence] {
        let file = path + "/" + details.sentences
        let content: SentencesFile = try Self.decode(file)
        guard content.schema == SentencesFile.currentSchema else {
            throw Self.otherSchema(content.schema, SentencesFile.currentSchema, file)
        }
        for (index, sentence) in content.sentences.enumerated() {
            if let fault = sentence.fault {
                throw InputError("sentence \(index + 1) has \(fault); the file is damaged: use another copy, or run the comparison again "
                    + "in a new folder", file: file)
            }
        }
        return content.sentences
    }

    /// Holds the weights of a row against its results: links read from them must count as those that were measured.
    /// - Throws: `InputError` where they are damaged, or of another training than the row.
    func check(_ details: RowDetails, _ sentences: [KeptSentence], of row: ResultRow) throws {
        let file = path + "/" + Self.fileName(row.run)
        guard details.translations.count == sentences.count else {
            throw InputError("there are \(details.translations.count) translations of \(sentences.count) sentences; \(Self.repair)",
                file: file)
        }
        let exact = details.translations.map { $0 == nil ? 1.0 : 0 }
        var isSame = exact == row.test.translation.perSentenceExact
        if let weights = try weights(details, sentences), let measured = row.test.alignment?.perSentence {
            isSame = isSame && measured == zip(weights, sentences).map { weights, sentence in
                sentence.gold.map { AlignmentCounts(predicted: LinkExtraction.argmax.links(weights.matrix), gold: $0) } ?? AlignmentCounts()
            }
        }
        guard isSame else {
            throw InputError("these translations and links are not those that the row in results.json was measured with, but of another "
                + "training; "
                + "put the right file back, or run the comparison again in a new folder", file: file)
        }
    }

    /// One a sentence; nil for a scorer that looks nowhere.
    func weights(_ details: RowDetails, _ sentences: [KeptSentence]) throws -> [QuantisedWeights]? {
        guard let encoded = details.weights else { return nil }
        let weights = zip(encoded, sentences).compactMap {
            QuantisedWeights(base64: $0, sourceCount: $1.source.count, targetCount: $1.target.count)
        }
        guard encoded.count == sentences.count, weights.count == sentences.count else {
            throw InputError("not every one of \(sentences.count) sentences has a byte for each pair of its words; \(Self.repair)",
                             file: path + "/" + Self.fileName(details.run))
        }
        return weights
    }

    private static let repair = "the file is damaged: use another copy, or run the comparison again in a new folder"

    private static func decode<Content: Decodable>(_ file: String) throws -> Content {
        let data = Data(try TextFile.bytes(file))
        do { return try JSONDecoder().decode(Content.self, from: data) } catch {
            throw InputError("this is not the JSON that attention compare writes; \(repair)", file: file)
        }
    }

    private static func otherSchema(_ found: Int, _ expected: Int, _ file: String) -> InputError {
        InputError("this file has schema \(found), but this program reads schema \(expected); run the comparison again in a new folder",
            file: file)
    }
}
