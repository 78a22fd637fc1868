// Several models that write one translation together, as those of several seeds do.
// Sutskever, Vinyals & Le 2014, §3.6; the mean is of log-probabilities, as in Marian.

import Corpora
import TensorCore

/// At every step each model says how probable every word is, and what is chosen by is the mean of the logarithms: a
/// word that one of them rules out is out. Weights are the mean of those of the models that look somewhere.
public final class Ensemble {
    private let members: [Translator]
    /// A member that looks somewhere, if one does: it has the words of all.
    public let first: Translator

    /// - Parameters:
    ///   - names: of the members, for messages.
    /// - Throws: `InputError` where they do not read and write the same words, or read their weights in different ways.
    public init(_ members: [Translator], names: [String]) throws {
        guard let first = members.first(where: \.looks) ?? members.first else {
            throw InputError("an ensemble needs at least one model, but was given none")
        }
        (self.members, self.first) = (members, first)
        for (member, name) in zip(members, names).dropFirst() {
            guard let difference = Self.difference(members[0], member) else { continue }
            throw InputError(
                "\(TerminalText.quoted(names[0])) and \(TerminalText.quoted(name)) cannot write one translation together: \(difference)"
            )
        }
    }

    private static func difference(_ a: Translator, _ b: Translator) -> String? {
        if a.merges != b.merges || a.source != b.source || a.target != b.target {
            return "they do not know the same words; train them on the same text, with the same --minimum-count and "
                + "--subwords, and another --seed"
        }
        let (one, other) = (a.model.settings, b.model.settings)
        if one.copying.copies != other.copying.copies {
            return "one of them copies source words and the other does not; give both the same --copying"
        }
        if a.looks, b.looks, one.use.alignment != other.use.alignment {
            return
                "the weights of one are read before the word is known and of the other after; give both the same --use"
        }
        return nil
    }

    /// The best translations of one sentence, best first; greedy search where one beginning is kept.
    public func translate(_ sentence: [String], beam: BeamSettings) throws -> [Hypothesis] {
        let isGreedy = beam.width == 1 && beam.best == 1
        guard members.count > 1 else {
            return try isGreedy ? first.translate([sentence]) : first.translate(sentence, beam: beam)
        }
        let read = try SourceSentences(first.encoded([SentencePair(source: sentence, target: [])])[0])
        return try withoutRecording(members[...]) {
            let run = try EnsembleRun(
                members.map { try ($0.model.beginDecoding($0.model.encode(read)), $0.looks) })
            return try isGreedy
                ? GreedySearch.translations(by: run, lengths: read.lengths, beam.limit)
                : BeamSearch.translations(by: run, source: read.ids.count, beam)
        }
    }

    private func withoutRecording<R>(_ members: ArraySlice<Translator>, _ body: () throws -> R) rethrows -> R {
        guard let member = members.first else { return try body() }
        return try member.model.parameters.tape.withoutRecording {
            try withoutRecording(members.dropFirst(), body)
        }
    }
}

extension Translator {
    fileprivate var looks: Bool { model.scorerCard.hasAlignment }
}

/// A run of each model, all of them over the same sentence.
private struct EnsembleRun: DecodingRun {
    private var runs: [any DecodingRun]
    private let looks: [Bool]

    init(_ runs: [(run: any DecodingRun, looks: Bool)]) { (self.runs, looks) = (runs.map(\.run), runs.map(\.looks)) }

    mutating func read(_ words: [Int], replacing replaced: Tensor?) throws {
        for index in runs.indices { try runs[index].read(words, replacing: replaced) }
    }

    mutating func scores() throws -> Tensor {
        let all = try runs.indices.map { try runs[$0].scores() }
        guard let first = all.first else { throw ShapeError("an ensemble without models has no scores") }
        let width = first.shape.last
        var sums = [Double](repeating: 0, count: first.count)
        for scores in all {
            try expect(scores.shape, is: first.shape, "the scores of one model of an ensemble", axes: "B,V")
            let normalisers = try scores.logSumExp()
            for (index, score) in scores.values.enumerated() {
                sums[index] += Double(score) - normalisers[index / width]
            }
        }
        return try Tensor.constant(sums.map { Scalar($0 / Double(all.count)) }, shape: first.shape, near: first)
    }

    func weightRow(_ row: Int, length: Int) -> [Double] { mean { $0.weightRow(row, length: length) } }

    func alignmentRow(_ row: Int, word: Int, length: Int) -> [Double] {
        mean { $0.alignmentRow(row, word: word, length: length) }
    }

    private func mean(_ row: (any DecodingRun) -> [Double]) -> [Double] {
        let looking = zip(runs, looks).filter(\.1).map(\.0), rows = (looking.isEmpty ? runs : looking).map(row)
        guard let first = rows.first else { return [] }
        return first.indices.map { i in rows.reduce(0) { $0 + $1[i] } / Double(rows.count) }
    }

    mutating func gather(_ rows: [Int]) throws { for index in runs.indices { try runs[index].gather(rows) } }
}
