// A training on disk: everything needed to go on bit for bit, or to translate.
//
// File: the line "AttentionLab checkpoint 1", the header's length in bytes as a decimal line, the header as JSON, the
// numbers of every array named in the header as little-endian words, and the FNV-1a hash of all that as eight bytes.

public import AttentionScorers
public import Corpora
import Foundation
import Randomness
import TensorCore

/// The scorer types a checkpoint may name: the catalogue and a learner's own.
public typealias ScorerList = [any AttentionScorer.Type]

public enum Checkpoint {
    private static let magic = Data("AttentionLab checkpoint 1\n".utf8)
    /// What checkpoints of every version begin with.
    private static let anyMagic = Data("AttentionLab checkpoint ".utf8)

    /// What stands beside the numbers.
    private struct Header: Codable {
        struct Entry: Codable {
            let name: String
            let count: Int
        }
        var scalarBytes: Int
        var model: ModelSettings
        var training: TrainingSettings
        var source, target: Vocabulary
        /// nil where the vocabularies are of words.
        var merges: BytePairs?
        var step: Int
        var position: Batches.Position
        /// Of the sentences; nil in checkpoints of before it was kept.
        var fingerprint: String?
        var history: [TrainingReport]
        /// nil before the first look at dev: JSON has no infinity.
        var bestDevLoss: Double?
        var looksWithoutImprovement: Int
        var lossSinceLook: Double
        /// Of the terms; nil where there are none.
        var termsSinceLook: [TermValue]?
        var stepsSinceLook: Int
        /// What the scorer computed; nil in checkpoints of before it was kept.
        var scorer: ScorerFingerprint?
        var arrays: [Entry]

        /// The first thing that no training has, as a sentence says it; nil where all can be. Asked before anything of
        /// it is computed with.
        var fault: String? {
            if let fault = model.fault ?? training.fault { return fault }
            guard (1...64).contains(scalarBytes) else { return "its scalarBytes is \(scalarBytes)" }
            guard (model.subwords > 0) == (merges != nil), merges?.merges.count ?? 0 <= model.subwords else {
                return "it has \(Counted.text(merges?.merges.count ?? 0, "merge")) for \(model.subwords) subwords"
            }
            let counts = [
                ("step", step), ("epoch", position.epoch), ("batch", position.batch),
                ("stepsSinceLook", stepsSinceLook),
                ("looksWithoutImprovement", looksWithoutImprovement),
            ]
            if let wrong = counts.first(where: { !(0...Self.most).contains($0.1) }) {
                return "its \(wrong.0) is \(wrong.1)"
            }
            if let wrong = history.first(where: {
                !(0...Self.most).contains($0.step) || !(0...Self.most).contains($0.epoch)
            }) {
                return "a look at dev in its history is of step \(wrong.step) and epoch \(wrong.epoch)"
            }
            return Set(arrays.map(\.name)).count == arrays.count ? nil : "two of its arrays have one name"
        }

        private static let most = 1_000_000_000_000
    }

    /// A trained translator and how it was trained.
    public struct Loaded {
        public let translator: Translator
        public let training: TrainingSettings
        public let history: [TrainingReport]
    }

    // MARK: Writing

    /// Writes the trainer's whole state beside `path` and renames it there.
    public static func save(_ trainer: Trainer, to path: String) throws {
        try AtomicFile.write(data(of: trainer), to: path)
    }

    /// The same, into a file that no other process writes meanwhile.
    public static func save(_ trainer: Trainer, to file: OwnedFile) throws { try file.write(data(of: trainer)) }

    private static func data(of trainer: Trainer) throws -> Data {
        let parameters = trainer.translator.model.parameters
        var arrays: [(name: String, values: [Scalar])] = zip(parameters.names, parameters.tensors).map {
            ("parameter." + $0, $1.values)
        }
        arrays += zip(parameters.names, trainer.bestParameters).map { ("best." + $0, $1) }
        for (place, moment) in trainer.recent.enumerated() {
            arrays += zip(parameters.names, moment.values).map { ("recent\(place).\($0)", $1) }
        }
        arrays += trainer.optimizer.state.sorted { $0.key < $1.key }.map { ("optimizer." + $0.key, $0.value) }
        let header = Header(
            scalarBytes: MemoryLayout<Scalar>.size, model: trainer.translator.model.settings,
            training: trainer.settings,
            source: trainer.translator.source, target: trainer.translator.target, merges: trainer.translator.merges,
            step: trainer.step, position: trainer.batches.position,
            fingerprint: trainer.fingerprint, history: trainer.history,
            bestDevLoss: trainer.bestDevLoss.isFinite ? trainer.bestDevLoss : nil,
            looksWithoutImprovement: trainer.looksWithoutImprovement, lossSinceLook: trainer.lossSinceLook.crossEntropy,
            termsSinceLook: trainer.lossSinceLook.terms.isEmpty ? nil : trainer.lossSinceLook.terms,
            stepsSinceLook: trainer.stepsSinceLook, scorer: trainer.translator.model.scorerFingerprint,
            arrays: arrays.map { .init(name: $0.name, count: $0.values.count) })
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let json = try encoder.encode(header)
        var data = magic
        data.append(Data("\(json.count)\n".utf8))
        data.append(json)
        for array in arrays {
            // Every platform of the toolkit is little-endian, so the words can be written as they lie in memory.
            array.values.withUnsafeBytes { data.append(contentsOf: $0) }
        }
        withUnsafeBytes(of: FNV1a.hash(data).littleEndian) { data.append(contentsOf: $0) }
        return data
    }

    // MARK: Reading

    /// The model with the best parameters on dev.
    ///
    /// - Parameters:
    ///   - scorers: where to look for the scorer that the checkpoint names.
    ///   - parts: where to look for the other parts that it names. Terms of the loss are not looked for: they are done with.
    /// - Throws: `InputError` where the file is missing, foreign, damaged or truncated, or names an unknown scorer or
    ///   part.
    public static func load(_ path: String, scorers: ScorerList, parts: PartList = .standard) throws -> Loaded {
        let (header, arrays) = try read(path, parts)
        let translator = try translator(header, scorers, path)
        let names = translator.model.parameters.names
        let best = names.allSatisfy { arrays["best." + $0] != nil }
        for name in names { try set(name, to: arrays[(best ? "best." : "parameter.") + name], in: translator, path) }
        return Loaded(translator: translator, training: header.training, history: header.history)
    }

    /// A trainer that goes on where the saved one stopped.
    ///
    /// - Parameter threads: as of `Trainer`; need not be those of the saved run.
    /// - Throws: as `load`, and where the data are not those of the saved run.
    public static func resume(
        _ path: String, scorers: ScorerList, parts: PartList = .standard, train: [SentencePair], dev: [SentencePair],
        threads: Int = 1
    ) throws -> Trainer {
        let (header, arrays) = try read(path, parts)
        let translator = try translator(header, scorers, path)
        for name in translator.model.parameters.names {
            try set(name, to: arrays["parameter." + name], in: translator, path)
        }
        let training = try header.training.resolved(among: parts, file: path)
        let trainer = try Trainer(translator, training, train: train, dev: dev, threads: threads)
        guard header.fingerprint == nil || header.fingerprint == trainer.fingerprint else {
            throw InputError(
                "this training was begun with other sentence pairs than these \(train.count) and \(dev.count) of dev; resume with the "
                    + "data and batch size of the first run", file: path)
        }
        do {
            trainer.batches = try Batches(
                translator.encoded(train), header.training.batchLimit, at: header.position)
        } catch {
            throw damaged("\(error)", path)
        }
        trainer.step = header.step
        trainer.history = header.history
        trainer.bestDevLoss = header.bestDevLoss ?? .infinity
        trainer.looksWithoutImprovement = header.looksWithoutImprovement
        trainer.lossSinceLook = BatchLoss(crossEntropy: header.lossSinceLook, terms: header.termsSinceLook ?? [])
        trainer.stepsSinceLook = header.stepsSinceLook
        let parameters = translator.model.parameters, best = parameters.names.compactMap { arrays["best." + $0] }
        guard best.isEmpty || best.map(\.count) == parameters.tensors.map(\.count) else {
            throw damaged("its best parameters are not those of this model", path)
        }
        trainer.bestParameters = best
        trainer.recent = try recent(arrays, training, parameters, path)
        let state = arrays.filter { $0.key.hasPrefix("optimizer.") }
        do {
            try trainer.optimizer.restore(
                Dictionary(uniqueKeysWithValues: state.map { (String($0.key.dropFirst("optimizer.".count)), $0.value) })
            )
            try trainer.optimizer.check(fits: translator.model.parameters)
        } catch let error as ShapeError { throw damaged(error.description, path) }
        return trainer
    }

    /// Of the looks whose parameters are averaged with those of the next one.
    private static func recent(
        _ arrays: [String: [Scalar]], _ training: TrainingSettings, _ parameters: Parameters, _ path: String
    ) throws -> [ParameterValues] {
        let moments = (0..<training.average - 1).map { place in
            parameters.names.compactMap { arrays["recent\(place).\($0)"] }
        }.filter { !$0.isEmpty }
        guard moments.allSatisfy({ $0.map(\.count) == parameters.tensors.map(\.count) }) else {
            throw damaged("the parameters of its last looks are not those of this model", path)
        }
        return moments.map { ParameterValues(values: $0) }
    }

    private static func translator(_ header: Header, _ scorers: ScorerList, _ path: String) throws -> Translator {
        guard let scorer = scorers.first(where: { $0.card.name == header.model.scorer }) else {
            throw InputError(
                "this checkpoint was made with the scorer \(TerminalText.quoted(header.model.scorer)), which is not in the catalogue; there are \(scorers.map { $0.card.name }.joined(separator: ", "))",
                file: path)
        }
        // Before a model of the sizes in the header takes its memory, they are held against the arrays that are there.
        let stored = count("parameter.", header), parameters = Parameters(atMost: stored)
        try checkScorer(header, scorer, atMost: stored, path)
        let model = TranslationModel(
            header.model, scorer, header.source.count, header.target.count, header.training.seed, true, parameters)
        guard !parameters.exceedsLimit else {
            throw damaged(
                "a model of \(header.model.embedding) wide embeddings and \(header.model.hidden) units has more parameters than the "
                    + "\(stored) that are there", path)
        }
        do { try parameters.check() } catch {
            throw InputError("\(header.model.scorer), which this checkpoint was made with: \(error)", file: path)
        }
        return Translator(
            model: model,
            vocabularies: Vocabularies(source: header.source, target: header.target, merges: header.merges))
    }

    /// Numbers in arrays whose names begin so.
    private static func count(_ prefix: String, _ header: Header) -> Int {
        header.arrays.filter { $0.name.hasPrefix(prefix) }.reduce(0) { $0 + $1.count }
    }

    /// Whether the scorer has the parameters that are there, and still computes what it did.
    private static func checkScorer(
        _ header: Header, _ scorer: any AttentionScorer.Type, atMost stored: Int, _ path: String
    ) throws {
        let model = header.model, ofScorer = count("parameter.scorer.", header)
        // A scorer that uses a size has at least some parameters for each unit of it.
        let most = 64 * (ofScorer + 1), parameters = Parameters(atMost: stored)
        let sizes = ScorerSizes(
            state: model.state, attention: min(model.attention, most), maximumSource: min(model.maximumSource, most))
        var builder = ParameterBuilder(parameters, seed: 1)
        _ = scorer.init(sizes, &builder)
        guard parameters.count == ofScorer else {
            throw damaged(
                "it has \(ofScorer) parameters of the scorer \(model.scorer), and there must be \(parameters.count) or more",
                path)
        }
        // One that cannot be tried says so where it is used.
        guard let known = header.scorer, let now = try? ScorerFingerprint(scorer, model) else { return }
        if let changed = known.difference(from: now) {
            throw InputError(
                "the scorer \(model.scorer) has been changed since this checkpoint was made: \(changed). Its parameters belong to the "
                    + "formula of that time; put that one back, or train again", file: path)
        }
    }

    private static func set(_ name: String, to values: [Scalar]?, in translator: Translator, _ path: String) throws {
        guard let values else { throw damaged("it lacks the parameter \"\(name)\"", path) }
        do { try translator.model.parameters.set(name, to: values) } catch let error as ShapeError {
            throw damaged(error.description, path)
        }
    }

    private static func damaged(_ what: String, _ path: String) -> InputError {
        InputError("this checkpoint is damaged: \(what); train again, or use another copy", file: path)
    }

    /// The header and every array by name, after checking that the file is whole.
    private static func read(_ path: String, _ parts: PartList) throws -> (Header, [String: [Scalar]]) {
        let data = Data(try TextFile.bytes(path))
        try checkWhole(data, path)
        let rest = data.dropFirst(magic.count)
        guard let newline = rest.firstIndex(of: UInt8(ascii: "\n")),
            let length = Int(String(decoding: rest[rest.startIndex..<newline], as: UTF8.self)),
            length > 0, length <= data.endIndex - 8 - newline - 1
        else { throw damaged("the length of its header cannot be read", path) }
        let end = newline + 1 + length
        var header = try header(Data(data[(newline + 1)..<end]), path)
        header.model = try header.model.resolved(among: parts, file: path)
        return (header, try arrays(header, data[end..<(data.endIndex - 8)], path))
    }

    /// That it is one of these files, and as it was written.
    private static func checkWhole(_ data: Data, _ path: String) throws {
        guard data.starts(with: magic) else {
            if data.starts(with: anyMagic), let end = data.firstIndex(of: UInt8(ascii: "\n")) {
                let line = TerminalText.quoted(String(decoding: data[..<end].prefix(100), as: UTF8.self))
                throw InputError(
                    "this is a checkpoint of another version (its first line is \(line)), but this program reads version 1; use the "
                        + "program that wrote it, or train again", file: path)
            }
            throw InputError(
                "this is not an AttentionLab checkpoint (its first line is not \"AttentionLab checkpoint 1\"); give a file that "
                    + "`attention train --output` wrote", file: path)
        }
        guard data.count > magic.count + 8 else { throw damaged("it ends after its first line", path) }
        let stored = data.suffix(8).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        guard FNV1a.hash(data.dropLast(8)) == stored else {
            throw damaged(
                "its check sum does not fit, so part of it (\(data.count) bytes) is missing or was changed", path)
        }
    }

    private static func header(_ json: Data, _ path: String) throws -> Header {
        let header: Header
        do { header = try GuardedJSON.decode(Header.self, from: json, .init()) } catch let fault as GuardedJSON.Fault {
            throw damaged("in its header \(fault.what)\(fault.place)", path)
        } catch { throw damaged("its header cannot be read\(GuardedJSON.place(error))", path) }
        if let fault = header.fault { throw damaged(fault, path) }
        guard header.scalarBytes == MemoryLayout<Scalar>.size else {
            throw InputError(
                "this checkpoint holds \(header.scalarBytes * 8)-bit numbers, but this build computes with "
                    + "\(MemoryLayout<Scalar>.size * 8)-bit ones; use the build that wrote it", file: path)
        }
        return header
    }

    /// - Parameter data: what stands between the header and the check sum.
    private static func arrays(_ header: Header, _ data: Data, _ path: String) throws -> [String: [Scalar]] {
        var arrays: [String: [Scalar]] = [:]
        var at = data.startIndex
        for entry in header.arrays {
            let name = TerminalText.quoted(entry.name)
            guard (0...(data.endIndex - at) / MemoryLayout<Scalar>.size).contains(entry.count) else {
                throw damaged("the array \(name) is cut off", path)
            }
            let bytes = entry.count * MemoryLayout<Scalar>.size
            let values = data[at..<at + bytes].withUnsafeBytes { raw in
                (0..<entry.count).map {
                    raw.loadUnaligned(fromByteOffset: $0 * MemoryLayout<Scalar>.size, as: Scalar.self)
                }
            }
            at += bytes
            // Neither is ever saved: a training stops before.
            guard values.allSatisfy(\.isFinite) else {
                throw damaged("the array \(name) holds what is no number", path)
            }
            arrays[entry.name] = values
        }
        guard at == data.endIndex else {
            throw damaged("\(data.endIndex - at) bytes stand behind its last array", path)
        }
        return arrays
    }

    /// Tells these pairs from others: a training that goes on with others is not the one that was interrupted.
    static func fingerprint(_ train: [SentencePair], _ dev: [SentencePair]) -> String {
        let whole = (train + [SentencePair(source: [], target: [])] + dev).reduce(FNV1a.hash([])) { sum, pair in
            [pair.source, pair.target].reduce(sum) { sum, words in
                FNV1a.hash([10], from: words.reduce(sum) { FNV1a.hash([32], from: FNV1a.hash($1.utf8, from: $0)) })
            }
        }
        return String(whole, radix: 16)
    }
}
