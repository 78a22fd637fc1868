// One source that is more than a sentence, as a line of a file says it: a passage with a question, a document, a picture,
// or frames.

import Foundation

/// A line of JSON,
///
///     {"passage": "mary has the key . mary is in the garden .", "question": "where is the key ?"}
///     {"document": "the house is old but beautiful ."}
///     {"grid": {"rows": 4, "columns": 4}, "cells": [[0.1, …], …]}
///     {"frames": [[0.3, …], …]}
///
/// or of text: a document, or its label, a tab and the document. What is right can stand beside it as "answer", "label"
/// or "text".
public struct SourceLine: Sendable, Equatable {
    public enum Kind: String, Sendable, Codable, CaseIterable { case passage, document, picture, frames }

    public let kind: Kind
    /// Its target is what is right; empty where the line does not say.
    public let pair: SentencePair

    /// How a text is cut into words.
    public typealias Cut = (String) -> [String]

    /// Each line of a file that is not blank, with its number.
    /// - Throws: `InputError` with file and line.
    public static func read(_ path: String, cut: Cut = { Words.split($0) }) throws -> [(line: Int, source: SourceLine)]
    {
        let found = try TextFile.lines(path).enumerated().filter { !Words.split($1).isEmpty }.map { index, text in
            do {
                return (line: index + 1, source: try SourceLine(text, cut: cut))
            } catch let error as InputError { throw InputError(error.message, file: path, line: index + 1) }
        }
        guard !found.isEmpty else { throw InputError("there is nothing in it; give one source a line", file: path) }
        return found
    }

    /// - Throws: `InputError` for what is neither, for a source without words or numbers, and for an answer that does
    ///   not stand in its passage.
    public init(_ text: String, cut: Cut = { Words.split($0) }) throws {
        guard text.drop(while: \.isWhitespace).first == "{" else {
            let fields = text.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
            guard fields.count < 3 else {
                throw InputError(
                    "there are \(fields.count - 1) tabs on this line; expected a label, one tab and a document")
            }
            try self.init(document: fields[fields.count - 1], label: fields.count == 2 ? fields[0] : nil, cut: cut)
            return
        }
        let fields = try SourceFields(json: text), kinds = fields.kinds
        guard kinds.count == 1, let kind = kinds.first else {
            throw InputError(
                "a line has one source, and this one has "
                    + (kinds.isEmpty ? "none" : kinds.map(\.rawValue).joined(separator: " and "))
                    + "; give \"passage\" and \"question\", or \"document\", or \"grid\" and \"cells\", or \"frames\"")
        }
        switch kind {
        case .passage:
            try self.init(passage: fields.passage ?? "", question: fields.question, answer: fields.answer, cut: cut)
        case .document: try self.init(document: fields.document ?? "", label: fields.label, cut: cut)
        case .picture: try self.init(cells: fields.cells ?? [], grid: fields.grid, text: fields.text, cut: cut)
        case .frames: try self.init(frames: fields.frames ?? [], text: fields.text)
        }
    }

    // MARK: kinds

    public init(passage: String, question: String?, answer: String? = nil, cut: Cut = { Words.split($0) }) throws {
        let words = cut(passage), asked = question.map(cut) ?? [], right = answer.map(cut) ?? []
        guard !words.isEmpty else { throw InputError("the passage is empty; give its sentences, words between spaces") }
        guard !asked.isEmpty else { throw InputError("nothing is asked of this passage; give a question") }
        if let missing = right.first(where: { !words.contains($0) }) {
            throw InputError(
                "the answer \(TerminalText.quoted(missing)) does not stand in the passage, and an answer is a word of it"
            )
        }
        kind = .passage
        pair = SentencePair(
            source: words, target: right,
            extras: SourceExtras(sentences: DocumentText.sentences(of: words), question: asked))
    }

    public init(document: String, label: String? = nil, cut: Cut = { Words.split($0) }) throws {
        let (words, sentences) = DocumentText.read(cut(document)), label = label.map { Words.split($0) }
        guard !words.isEmpty else {
            throw InputError("the document is empty; give its sentences, words between spaces")
        }
        guard label?.isEmpty != true else { throw InputError("the label is empty; leave it out, or say what is right") }
        kind = .document
        pair = SentencePair(
            source: words, target: label ?? [], extras: SourceExtras(sentences: sentences))
    }

    private init(cells: [[Float]], grid: Grid?, text: String?, cut: Cut) throws {
        guard let grid else {
            throw InputError("cells are of a grid; give \"grid\": {\"rows\": …, \"columns\": …} too")
        }
        let names = cells.indices.map { "r\($0 / max(1, grid.columns) + 1)c\($0 % max(1, grid.columns) + 1)" }
        kind = .picture
        pair = SentencePair(
            source: names, target: text.map(cut) ?? [],
            extras: try Self.checked(SourceExtras(vectors: cells, grid: grid), names, noun: "cell"))
    }

    /// Speech is written in letters.
    private init(frames: [[Float]], text: String?) throws {
        let names = frames.indices.map { "f\($0 + 1)" }
        kind = .frames
        pair = SentencePair(
            source: names, target: (text ?? "").filter { !$0.isWhitespace }.map { String($0) },
            extras: try Self.checked(SourceExtras(vectors: frames), names, noun: "frame"))
    }

    private static func checked(_ extras: SourceExtras, _ names: [String], noun: String) throws -> SourceExtras {
        guard !names.isEmpty else { throw InputError("there is no \(noun) in it; give a list of numbers for each") }
        if let fault = extras.fault(words: names.count) {
            throw InputError("these \(noun)s cannot be read: " + fault.replacing("vector", with: noun))
        }
        return extras
    }
}
