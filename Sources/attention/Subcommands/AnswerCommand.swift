// `attention answer`: what a trained model says of a passage and a question, a document, a picture or frames, and where it
// looked.

import AttentionLab
import Foundation
import Terminal

enum AnswerCommand: Subcommand {
    static let name = "answer"
    static let summary = "Ask a trained model: an answer, a label, a caption or letters, and where it looked."
    static let details = """
        The model is one of `attention train --task reading`, documents, captions or speech. A source is typed, or stands in
        a file, one a line: JSON objects {"passage": …, "question": …}, {"document": …}, {"grid": {"rows": …, "columns": …},
        "cells": [[…], …]} or {"frames": [[…], …]}, or lines of text, a document each, with or without a label and a tab before
        it. What is right can be given too, as "answer", "label" or "text"; how many were right is then told at the end.
        """
    static let options = [
        Option("--model", "FILE", "A checkpoint of `attention train`."),
        Option("--passage", "TEXT", "Sentences to be asked about."),
        Option("--question", "TEXT", "What is asked about the passage."),
        Option("--document", "TEXT", "Sentences to be labelled."),
        Option("--input", "FILE", "Sources in a file, one a line; - reads standard input."),
        Option("--show", "N", "How many of the places that it looked at to show for each word.", standard: "3"),
        Option("--svg", "FILE", "Write where it looked as a picture; of several sources FILE-1.svg, FILE-2.svg …"),
        TextFormat.option,
    ]
    static let examples = [
        (why: "a model that answers questions", command: "attention train --task reading --output reading.checkpoint"),
        (
            why: "a question that two sentences answer together",
            command:
                "attention answer --model reading.checkpoint --passage \"mary took the key . john sat in the garden . "
                + "mary ran to the market . john found the lamp .\" --question \"where is the key ?\""
        ),
        (
            why: "a picture of where it looked for the label of a document",
            command:
                "attention answer --model documents.checkpoint --document \"the hotel was not bad .\" --svg looks.svg"
        ),
        (
            why: "a file of them, with all weights",
            command: "attention answer --model reading.checkpoint --input questions.jsonl --format json"
        ),
    ]

    static func run(_ arguments: Arguments, _ console: Console) throws {
        let format = try arguments.choice("--format", TextFormat.self) ?? .text
        let most = try arguments.integer("--show", 1...1000) ?? 3
        guard let path = arguments.text("--model") else {
            throw UsageError(
                "--model names the checkpoint that answers, and it is missing; make one with `attention train --task reading`"
            )
        }
        try checkInput(arguments)
        let reader = AnswerReader(translator: try TrainedModel.load(path), name: path)
        if let svg = arguments.text("--svg") {
            try OutputFile.check(svg, "--svg", isNoneOf: [path] + arguments.texts("--input"))
        }
        let sources = try sources(arguments, reader, console)
        let shown = try sources.map { try reader.answer($0.source, line: $0.line, $0.file) }
        let pictures = zip(sources, shown).map { picture($0.source.pair, $1) }
        switch format {
        case .json: try console.print(json: shown)
        case .text:
            for (one, picture) in zip(shown, pictures) {
                try console.print(words: arguments.has("--input") ? one.row(most) : one.text(most))
                guard !arguments.has("--input"), let picture else { continue }
                try console.print("\n" + picture.text(console.colours, width: Platform.terminalWidth))
            }
        }
        tellRight(shown, console)
        try write(zip(shown, pictures).map { ($0.title, $1) }, arguments.text("--svg"), console)
    }

    /// Where it looked for each word of its answer; nil where it looks nowhere, or says nothing.
    private static func picture(_ pair: SentencePair, _ shown: ShownAnswer) -> SourcePicture? {
        guard !shown.weights.isEmpty else { return nil }
        // What is right has other words, or other places.
        let answered = SentencePair(source: pair.source, target: shown.answer, extras: pair.extras)
        let things = Main.tasks.all.lazy.compactMap { $0.things(in: pair) }.first
        return SourcePicture(answered, weights: shown.weights, things: things)
    }

    private static func write(
        _ pictures: [(title: String, picture: SourcePicture?)], _ path: String?, _ console: Console
    ) throws {
        guard let path else { return }
        for (number, one) in pictures.enumerated() {
            guard let picture = one.picture else {
                console.remark("attention: nothing was looked at, so there is no picture of it\n")
                continue
            }
            let file = OutputFile.numbered(path, number, of: pictures.count)
            try AtomicFile.write(picture.svg(title: one.title), to: file)
            console.remark("\(file)\n")
        }
    }

    private static let typed = ["--passage", "--question", "--document"]

    private static func checkInput(_ arguments: Arguments) throws {
        let given = typed.filter(arguments.has)
        switch (arguments.has("--input"), given) {
        case (true, []), (false, ["--passage", "--question"]), (false, ["--document"]): return
        case (true, _): throw UsageError("--input and \(given[0]) name two sources; give one of them")
        case (false, []):
            throw UsageError("there is nothing to answer; give --passage and --question, --document, or --input FILE")
        case (false, ["--passage"]): throw UsageError("nothing is asked of the passage; give --question too")
        case (false, ["--question"]): throw UsageError("the question is about nothing; give --passage too")
        default: throw UsageError("--document stands alone, and was given beside \(given[0]); leave one of them out")
        }
    }

    private static func sources(
        _ arguments: Arguments, _ reader: AnswerReader, _ console: Console
    ) throws -> [(line: Int?, file: String?, source: SourceLine)] {
        if let file = arguments.text("--input") {
            let read = try SourceLine.read(file, cut: reader.cut)
            for one in read { reader.tellUnknown(one.source, "\(file):\(one.line): ", console) }
            return read.map { ($0.line, file, $0.source) }
        }
        let source =
            try arguments.text("--document").map { try SourceLine(document: $0, cut: reader.cut) }
            ?? SourceLine(
                passage: arguments.text("--passage") ?? "", question: arguments.text("--question"), cut: reader.cut)
        reader.tellUnknown(source, "", console)
        return [(nil, nil, source)]
    }

    private static func tellRight(_ shown: [ShownAnswer], _ console: Console) {
        let judged = shown.compactMap(\.isRight)
        guard !judged.isEmpty else { return }
        console.remark("attention: \(judged.count { $0 }) of \(NumberText.count(judged.count, "answer")) right\n")
    }
}
