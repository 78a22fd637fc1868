// The folder "details" beside a results.json: one file a row, and one of sentences for each test set.

import Corpora
import Evaluation
import Foundation
import Randomness
import Seq2Seq

/// Writes the details of rows as they finish, and reads them again for a page.
public struct DetailsFolder: Sendable {
    public static let name = "details"
    public let path: String

    /// - Parameter results: the path of the results.json.
    public init(beside results: String) {
        let folder = Folder.above(results)
        path = (folder.isEmpty ? "." : folder) + "/" + Self.name
    }

    // MARK: names

    /// A row's file. Whatever tells two rows of a results file apart must stand in it.
    static func fileName(_ run: Experiment.Run) -> String {
        ([run.task, run.scorer] + (run.condition.map { [$0] } ?? []) + ["\(run.seed)"]).map { fileName($0) }.joined(
            separator: "-")
            + ".json"
    }

    /// A learner may call a scorer anything; a slash must not lead to another folder.
    static func fileName(_ name: String) -> String {
        let name = name.utf8.reduce(into: "") { text, byte in
            let isPlain =
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"),
                    UInt8(ascii: "-"), UInt8(ascii: "_"):
                    true
                default: false
                }
            text +=
                isPlain
                ? String(UnicodeScalar(byte)) : "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
        }
        // File systems allow 255 bytes; a long name is cut, and its check sum tells it from others that begin alike.
        guard name.utf8.count > 80 else { return name }
        return name.prefix(60) + "~" + String(FNV1a.hash(name.utf8), radix: 16)
    }

    // MARK: writing

    /// Writes the sentences, where they are not there yet, and then the row.
    /// - Returns: the digest of what was written.
    /// - Parameters:
    ///   - answers: to these pairs.
    ///   - task: says what lies in pictures.
    func write(
        _ run: Experiment.Run, _ pairs: [SentencePair], _ answers: Answers, of task: (any MeasuredTask)? = nil,
        speed: [RowDetails.ScoringTime]
    ) throws -> String {
        let sentences = try SentencesFile(task: run.task, pairs) { task?.things(in: $0) }.json()
        try Folder.make(path) { try write(sentences.data, to: sentences.name) }
        func bytes(_ matrix: AttentionMatrix, _ pair: SentencePair) -> String {
            QuantisedWeights(matrix, targetCount: pair.target.count).base64
        }
        let details = RowDetails(
            task: run.task, scorer: run.scorer, seed: run.seed, condition: run.condition, sentences: sentences.name,
            translations: zip(answers.outputs, pairs).map { Self.isSame($0, $1.target) ? nil : $0 },
            weights: answers.weights.isEmpty ? nil : zip(answers.weights, pairs).map { bytes($0, $1) },
            heads: answers.heads.isEmpty
                ? nil : zip(answers.heads, pairs).map { heads, pair in heads.map { bytes($0, pair) } },
            reading: answers.reading == .prior ? nil : answers.reading, speed: speed)
        try AtomicFile.write(ResultsFile.encoder.encode(details), to: path + "/" + Self.fileName(run))
        return details.digest
    }

    /// A file of that name with other bytes is a damaged one.
    private func write(_ sentences: Data, to name: String) throws {
        let file = path + "/" + name
        if FileManager.default.fileExists(atPath: file),
            (try? TextFile.bytes(file)).map({ Data($0) == sentences }) == true
        {
            return
        }
        try AtomicFile.write(sentences, to: file)
    }

    /// The files of some rows from other folders of results, for results that are put together. Whole ones only: each
    /// is held against its row.
    /// - Parameter rows: each with the folders that may have its files; the first that has good ones is taken.
    /// - Returns: a sentence for each file that cannot be used.
    /// - Throws: `RunError` where this folder cannot be written.
    public func copy(_ rows: [(row: ResultRow, folders: [DetailsFolder])]) throws -> [String] {
        var faults: [String] = [], read: [String: SentencesFile.Kept] = [:]
        for (row, folders) in rows {
            for other in folders {
                do {
                    guard let details = try other.details(of: row.run) else { continue }
                    let place = other.path + "/" + details.sentences, kept = try read[place] ?? other.kept(details)
                    read[place] = kept
                    try other.check(details, kept.sentences, of: row)
                    try Folder.make(path) { try write(kept.data, to: details.sentences) }
                    try AtomicFile.write(ResultsFile.encoder.encode(details), to: path + "/" + Self.fileName(row.run))
                    break
                } catch let fault as InputError {
                    if !faults.contains(fault.description) { faults.append(fault.description) }
                }
            }
        }
        return faults
    }

    /// To the byte, as translations are measured: Swift's own equality takes two spellings of é for the same.
    private static func isSame(_ a: [String], _ b: [String]) -> Bool {
        a.count == b.count && zip(a, b).allSatisfy { $0.utf8.elementsEqual($1.utf8) }
    }

    // MARK: reading

    /// - Returns: nil where there is no file for the row: it was made before there were any, or its folder was not
    ///   copied along.
    /// - Throws: `InputError` where the file is damaged or of another row.
    public func details(of run: Experiment.Run) throws -> RowDetails? {
        let file = path + "/" + Self.fileName(run)
        guard FileManager.default.fileExists(atPath: file) else { return nil }
        let (details, _): (RowDetails, Data) = try Self.decode(file)
        guard details.schema == RowDetails.currentSchema else {
            throw Self.otherSchema(details.schema, RowDetails.currentSchema, file)
        }
        guard details.run == run else {
            throw InputError(
                "these are the details of \(details.run.text), but the file is named for \(run.text); put the right file "
                    + "back, or run the comparison again in a new folder", file: file)
        }
        guard details.sentences == (details.sentences as NSString).lastPathComponent,
            details.sentences.hasPrefix("sentences-")
        else {
            throw InputError(
                "the sentences are said to be in “\(details.sentences)”, which is no file of this folder; put the right file "
                    + "back", file: file)
        }
        return details
    }

    /// The sentences that some details were measured on.
    /// - Throws: `InputError` where the file is missing or damaged, or its content is not that which its name tells.
    public func sentences(of details: RowDetails) throws -> [KeptSentence] { try kept(details).sentences }

    private func kept(_ details: RowDetails) throws -> SentencesFile.Kept {
        let file = path + "/" + details.sentences
        let (content, data): (SentencesFile, Data) = try Self.decode(file)
        guard content.schema == SentencesFile.currentSchema else {
            throw Self.otherSchema(content.schema, SentencesFile.currentSchema, file)
        }
        for (index, sentence) in content.sentences.enumerated() {
            if let fault = sentence.fault {
                throw InputError(
                    "sentence \(index + 1) has \(fault); the file is damaged: use another copy, or run the comparison again "
                        + "in a new folder", file: file)
            }
        }
        guard details.sentences == SentencesFile.name(of: details.task, data) else {
            throw InputError(
                "these are not the sentences that the trainings were measured on: the name of the file holds a digest of its content, "
                    + "and the content has another; \(Self.repair)", file: file)
        }
        return SentencesFile.Kept(sentences: content.sentences, data: data)
    }

    /// Holds the weights of a row against its results: links read from them must count as those that were measured.
    /// - Throws: `InputError` where they are damaged, or of another training than the row.
    func check(_ details: RowDetails, _ sentences: [KeptSentence], of row: ResultRow) throws {
        let file = path + "/" + Self.fileName(row.run)
        guard details.translations.count == sentences.count else {
            throw InputError(
                "there are \(details.translations.count) translations of \(sentences.count) sentences; \(Self.repair)",
                file: file)
        }
        let exact = details.translations.map { $0 == nil ? 1.0 : 0 }
        let outputs = zip(details.translations, sentences).map { $0 ?? $1.target }
        var isSame =
            exact == row.test.translation.perSentenceExact && row.details.map { $0 == details.digest } != false
            && row.test.translation.perSentence
                == zip(outputs, sentences).map { output, sentence in
                    BLEUStatistics(hypothesis: Words.join(output), references: [Words.join(sentence.target)])
                }
        if let weights = try weights(details, sentences), let measured = row.test.alignment?.perSentence {
            isSame =
                isSame
                && measured
                    == zip(weights, sentences).map { weights, sentence in
                        sentence.gold.map {
                            AlignmentCounts(predicted: LinkExtraction.argmax.links(weights.matrix), gold: $0)
                        } ?? AlignmentCounts()
                    }
        }
        guard isSame else {
            throw InputError(
                "these translations and links are not those that the row in results.json was measured with, but of another "
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
            throw InputError(
                "not every one of \(sentences.count) sentences has a byte for each pair of its words; \(Self.repair)",
                file: path + "/" + Self.fileName(details.run))
        }
        return weights
    }

    private static let repair = "the file is damaged: use another copy, or run the comparison again in a new folder"

    private static func decode<Content: Decodable>(_ file: String) throws -> (Content, Data) {
        let data = Data(try TextFile.bytes(file))
        do { return (try GuardedJSON.decode(Content.self, from: data, .counts), data) } catch let fault
            as GuardedJSON.Fault
        {
            throw InputError("in it \(fault.what)\(fault.place); \(repair)", file: file, line: fault.line)
        } catch {
            throw InputError(
                "this is not the JSON that attention compare writes\(GuardedJSON.place(error)); \(repair)", file: file)
        }
    }

    private static func otherSchema(_ found: Int, _ expected: Int, _ file: String) -> InputError {
        InputError(
            "this file has schema \(found), but this program reads schema \(expected); run the comparison again in a new folder",
            file: file)
    }
}
