// Somebody's own text as a task: translation of what stands in files, measured by what is known of it.

public import Corpora
public import Seq2Seq

/// Pairs from files (`OwnText`). BLEU matters most: hardly a real sentence is right to the last word. Alignment is
/// measured where the test pairs have gold links.
public struct FileTask: MeasuredTask {
    public let text: OwnText

    public init(_ text: OwnText) { self.text = text }

    public var name: String { text.name }
    public var summary: String { "Pairs of " + Self.list(text.train) + "." }

    /// How many pairs the splits have; with less, as many of them.
    public var defaults: ToyOptions {
        guard let sizes = text.sizes else { return ToyOptions(longPairs: 0) }
        // A length that no toy language has is one that its options cannot hold.
        let longest = min(max(sizes.longest, 1), 10_000)
        return ToyOptions(
            trainPairs: max(sizes.train, 1), devPairs: max(sizes.dev, 1), testPairs: max(sizes.test, 1), longPairs: 0,
            lengths: min(max(sizes.shortest, 1), longest)...longest)
    }

    public var settings: [Setting<ToyOptions>] {
        ToyOptions.settings.filter { setting in
            [\ToyOptions.trainPairs, \.devPairs, \.testPairs].contains(where: setting.isAt)
        }
    }

    public var about: [String] {
        let tested = text.test.isEmpty ? "a part of it held out for the test" : "tested on \(Self.list(text.test))"
        let dev = text.dev.isEmpty ? nil : "dev \(Self.list(text.dev))"
        let gold = text.gold.map { "gold links \($0.name)\(text.goldReversed ? " (target first)" : "")" }
        let aligned = text.sizes.flatMap { $0.aligned < $0.test ? "of \($0.aligned) test pairs" : nil }
        let read = [
            text.documents ? "labelled documents" : nil,
            text.maximumLength.map { "pairs of up to \($0) words" }, text.lowerCase ? "lower case" : nil,
            text.sizes.map { "sources of \($0.shortest) to \($0.longest) words" },
        ]
        let parts =
            [Self.list(text.train), dev, tested, gold.map { $0 + (aligned.map { " " + $0 } ?? "") } ?? "no gold links"]
            + read
        return ["text: " + parts.compactMap { $0 }.joined(separator: "; ")]
    }

    private static func list(_ files: [NamedFile]) -> String { files.map(\.name).joined(separator: " and ") }

    public func dataset(seed: UInt64, options: ToyOptions?) throws -> Dataset {
        try checkFiles()
        return try reading(seed: seed, options: options).dataset
    }

    /// The data set with what there is to say about it.
    public func reading(seed: UInt64, options: ToyOptions?) throws -> OwnTextReading {
        try OwnTextReading(
            text, seed: seed,
            limits: .init(train: options?.trainPairs, dev: options?.devPairs, test: options?.testPairs))
    }

    /// - Throws: `InputError` for a file that is gone, or is another one than when the text was described.
    public func checkFiles() throws {
        for (role, file) in text.files {
            guard file.digest != nil else { continue }
            let now: NamedFile
            do { now = try file.read() } catch let error as InputError {
                throw InputError(
                    "\(role) of \(name): \(error.message). Where it lies elsewhere now, say so with the options that "
                        + "named it", file: NamedFile.fromHere(file.path))
            }
            guard now == file else {
                throw InputError(
                    "\(role) of \(name) has changed since this comparison was begun, and its figures would be of two texts; put "
                        + "the old file back, or begin again in another --output folder",
                    file: NamedFile.fromHere(file.path))
            }
        }
    }

    /// Weights are there to be looked at, whatever is known of the links.
    public func answers(of translator: Translator, to pairs: [SentencePair]) throws -> Answers {
        guard text.documents else { return try Answers(translating: pairs, with: translator, withoutGold: true) }
        return try DocumentsTask().answers(of: translator, to: pairs)
    }

    public func fit(_ model: inout ModelSettings, _ training: inout TrainingSettings) {
        guard text.documents else { return }
        DocumentsTask().fit(&model, &training)
        model.prefer(\.maximumSource, max(128, text.sizes?.longest ?? 0))
    }

    public func counts(_ answer: Answer) -> [String: Double] {
        text.documents ? DocumentsTask().counts(answer) : [:]
    }

    // MARK: figures

    public var metrics: [Metric] {
        if text.documents { return DocumentsTask.metrics(hasGold: text.gold != nil) }
        let translation: [Metric] = [.bleu, .chrF.changed(place: .quality), Self.rightSentences]
        let alignment: [Metric] =
            text.gold == nil
            ? [Self.noAER, .entropy]
            : [.aer, .softAER, .bestHeadAER, .pointing, .goldMass, .entropy]
        return translation + alignment + [.trainingSpeed, .scoringTime]
    }

    private static let noAER = Metric.aer.changed(
        note: "– because the test pairs have no gold links (--gold)", isKnown: false)
    private static let rightSentences = Metric.testAccuracy.changed(
        note: "sentences that are right to the last word (greedy search)")
}
