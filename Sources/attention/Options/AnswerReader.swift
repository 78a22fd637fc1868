// A trained model and the sources that it can read: what `attention answer` asks.

import AttentionLab
import Terminal

struct AnswerReader {
    let translator: Translator
    /// Of the checkpoint.
    let name: String

    private var settings: ModelSettings { translator.model.settings }

    /// Words of a text, read as kindly as a sentence that is typed.
    var cut: SourceLine.Cut {
        let reader = WordReader(translator: translator)
        return { reader.read($0).words }
    }

    /// - Throws: `InputError` with file and line where the model cannot read such a source, or never says what is right.
    func answer(_ source: SourceLine, line: Int?, _ file: String?) throws -> ShownAnswer {
        if let fault = fault(of: source) { throw InputError(fault, file: file, line: line) }
        do {
            let found = try translator.translate(sourcesOf: [source.pair])
            guard let hypothesis = found.first else { throw RunError("the model gave no answer") }
            return ShownAnswer(source, hypothesis, translator, line: line)
        } catch let error as ShapeError {
            let fault = TrainedModel.fault(error, of: translator, words: source.pair.source.count)
            throw InputError(fault.message, file: file, line: line)
        }
    }

    func tellUnknown(_ source: SourceLine, _ place: String, _ console: Console) {
        guard source.pair.extras?.vectors == nil else { return }
        let words = source.pair.source + (source.pair.extras?.question ?? [])
        var seen: Set<Spelling> = []
        let unknown = WordReader(translator: translator).unknown(words).filter { seen.insert(Spelling($0)).inserted }
        guard !unknown.isEmpty else { return }
        let list = unknown.prefix(8).map { TerminalText.quoted($0, to: 40) }.joined(separator: ", ")
        console.remark(
            "attention: \(place)the model has never seen \(list)\(unknown.count > 8 ? " and others" : ""), and reads <unknown>\n"
        )
    }

    /// Why the model cannot answer, as a sentence says it; nil where it can.
    private func fault(of source: SourceLine) -> String? {
        let width = settings.vectorWidth ?? 0, given = source.pair.extras?.width ?? 0
        func numbers(_ width: Int) -> String {
            width == 0
                ? "words" : "\(source.kind == .picture ? "cells" : "frames") of \(NumberText.count(width, "number"))"
        }
        if width != given { return "\(name) reads \(numbers(width)), and this source has \(numbers(given))" }
        let asks = source.pair.extras?.question != nil, reads = settings.encoder.part?.readsQuestions == true
        if asks, !reads {
            return "\(name) was trained without questions (its encoder is \(settings.encoder)); take a model of "
                + "`attention train --task reading`"
        }
        if !asks, reads { return "\(name) answers questions, and nothing is asked of this \(source.kind.rawValue)" }
        guard !settings.copying.copies else { return nil }
        return unknownTarget(source)
    }

    private func unknownTarget(_ source: SourceLine) -> String? {
        guard let word = source.pair.target.first(where: { !translator.knows($0, .target) }) else { return nil }
        let known = translator.target.words.dropFirst(Vocabulary.specials.count)
        let noun = source.kind == .document ? "label" : "word"
        return "\(name) never says the \(noun) \(TerminalText.quoted(word)). "
            + (known.count > 12
                ? Suggestion.orList(for: word, among: Array(known)) : "It says " + known.joined(separator: ", "))
    }
}
