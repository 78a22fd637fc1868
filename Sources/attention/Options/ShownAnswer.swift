// One answer, as `attention answer` shows it.

import AttentionLab
import Foundation
import Terminal

struct ShownAnswer: Encodable {
    /// Of the file; the key is missing where the source was typed.
    let line: Int?
    let kind: SourceLine.Kind
    let answer: [String]
    /// Of the whole answer, its end with it.
    let probability: Double
    /// What is right, where it was given; the key is missing elsewhere.
    let expected: [String]?
    let isRight: Bool?
    /// What the weights stand over: words, or names of cells and frames.
    let source: [String]
    let question: [String]?
    /// A row for each word of the answer; empty where the scorer looks nowhere.
    let weights: [[Double]]

    init(_ source: SourceLine, _ hypothesis: Hypothesis, _ translator: Translator, line: Int?) {
        let pair = source.pair
        (self.line, kind, self.source, question) = (line, source.kind, pair.source, pair.extras?.question)
        answer = translator.words(of: hypothesis, source: pair.source)
        probability = exp(hypothesis.logProbability)
        expected = pair.target.isEmpty ? nil : pair.target
        isRight = pair.target.isEmpty ? nil : answer == pair.target
        weights =
            translator.model.scorerCard.hasAlignment ? translator.weights(of: hypothesis, source: pair.source) : []
    }

    /// The places of the largest weights of a word, the largest first.
    private func places(_ row: [Double], _ most: Int) -> String {
        let best = row.indices.sorted { (row[$1], $0) < (row[$0], $1) }.prefix(most).filter { row[$0] >= 0.005 }
        return best.map { "\(source[$0]) (\($0 + 1)) \(NumberText.text(row[$0], digits: 2))" }.joined(separator: ", ")
    }

    /// Over its picture.
    var title: String { words }

    private var words: String { answer.isEmpty ? "(nothing)" : Words.join(answer) }

    /// Of a source that was typed.
    func text(_ most: Int) -> String {
        let head = "\(words)   (probability \(NumberText.text(probability, digits: 2)))\n"
        guard !weights.isEmpty else { return head + "The scorer of this model looks nowhere.\n" }
        return head
            + zip(answer, weights).map { "  \($0) looked at " + places($1, most) + "\n" }.joined()
    }

    /// Of a line of a file: its number, the answer, its probability, and where each word of it looked.
    func row(_ most: Int) -> String {
        let looks = weights.map { places($0, most) }.joined(separator: " | ")
        let judged = isRight.map { $0 ? ["right"] : ["not " + Words.join(expected ?? [])] } ?? []
        return ([line.map(String.init) ?? "", words, NumberText.text(probability, digits: 2), looks] + judged)
            .joined(separator: "\t") + "\n"
    }
}
