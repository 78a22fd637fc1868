// What is given to an exercise is named in the exercise: nobody should have to read the checks to write an answer.

import Foundation
import Solutions
import Testing
import Workbook

/// A type that exercises are given or give back, and the names that one needs of it.
private let given: [(type: String, names: [String])] = [
    ("AdditiveParameters", ["Wa", "Ua", "b", "va"]), ("CoverageParameters", ["Wh", "Ws", "wc", "b", "v"]),
    ("CopyParameters", ["wh", "ws", "wx", "b"]), ("JudgedSentence", ["predicted", "sure", "possible"]),
    ("FoundSentence", ["isFinished", "logProbability", "score"]),
    ("GoldHeatmap", ["source", "target", "weights", "gold"]),
    ("TranslatorOutcome", ["data", "trainer", "outputs", "bleu"]), ("ReviewBatch", ["ids", "lengths", "labels"]),
    ("SentimentModel", ["parameters", "embedding", "Wi", "bi", "Wh", "bh", "W", "b", "v", "Wo", "bo", "hidden"]),
    ("HeadFault", ["spread", "firstWord", "late", "padding"]), ("Multiplier", ["times"]),
    ("DecoderLayerParameters", ["wq", "wk", "wv", "wo", "crossWo", "gains", "biases", "heads"]),
    // These stand in a file of their own, which the exercise names.
    ("SmallDecoder", ["Sources/Workbook/References/SmallDecoder.swift"]),
    ("DecoderStep", ["Sources/Workbook/References/SmallDecoder.swift"]),
]

@Suite("Names of what is given") struct GivenNamesTests {
    @Test("an exercise names what it needs of a given type", arguments: solutions.map { $0.exercise }) func named(
        _ exercise: Exercise
    ) throws {
        let solution = try String(
            contentsOf: packageFolder.appendingPathComponent("Solutions/\(exercise.fileName)"), encoding: .utf8)
        let text = try StubText.exercise(from: solution)
        let words = Set(text.split { !$0.isLetter && $0 != "_" })
        func has(_ word: String) -> Bool { word.contains("/") ? text.contains(word) : words.contains(word[...]) }
        // A bug hunt's code stands there and uses what it needs.
        for (type, names) in given where exercise.name.kind != .bugHunt {
            guard has(type) else { continue }
            for name in names { #expect(has(name), "\(exercise.fileName) does not say that a \(type) has “\(name)”") }
        }
    }

    @Test("every public type of the checks is on the list") func complete() throws {
        let folder = packageFolder.appendingPathComponent("Sources/Workbook/Checks")
        for file in try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil) {
            let text = try String(contentsOf: file, encoding: .utf8)
            for match in text.matches(of: /\npublic (?:struct|enum|final class) ([A-Za-z]+)/) {
                #expect(given.contains { $0.type == match.1 }, "\(match.1) of \(file.lastPathComponent)")
            }
        }
    }
}
