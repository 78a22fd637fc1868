// Parts from outside the library in a comparison: as a condition of an experiment file, in its results, and above its
// table.

import AttentionScorers
import Corpora
import Foundation
import Seq2Seq
import TestSupport
import Testing

@testable import Experiments

@Suite("Seams in a comparison") struct SeamTableTests {
    private static let parts: PartList = {
        var parts = PartList.standard
        parts.normalisers.append(CoolSoftmax.self)
        parts.encoders.append(BagOfWords.self)
        parts.decoders.append(LastWord.self)
        parts.outputs.append(CoolGenerator.self)
        parts.terms.append(Spread.self)
        return parts
    }()

    private static func file(_ name: String, _ setting: String, of whole: String) -> Data {
        let value = setting == "terms" ? "{\"\(name)\": 0.5}" : "\"\(name)\""
        return Data(
            "{\"conditions\": [{\"name\": \"as it is\"}, {\"name\": \"new\", \"\(whole)\": {\"\(setting)\": \(value)}}]}"
                .utf8)
    }

    @Test(
        "a condition with a part from outside has other figures, stands above the table, and is read without the part",
        arguments: [
            ("model", "normalisation", "cool-softmax"), ("model", "encoder", "bag-of-words"),
            ("model", "copying", "cool-generator"),
            ("model", "decoder", "last-word"),
            ("training", "terms", "spread"),
        ])
    func table(whole: String, setting: String, name: String) throws {
        let read = try ExperimentFile.experiment(
            Self.file(name, setting, of: whole), file: "e.json", scorers: ScorerNames([BahdanauScorer.self]),
            parts: Self.parts)
        let condition = read.conditions[1]
        let experiment = tinyExperiment {
            ($0.tasks, $0.scorers, $0.seeds, $0.data["reverse"]) = (["copy"], ["bahdanau"], 1, nil)
            var model = condition.model ?? $0.model, training = $0.training
            (model.embedding, model.hidden, model.attention) = ($0.model.embedding, $0.model.hidden, $0.model.attention)
            training.terms = condition.training?.terms ?? training.terms
            $0.conditions = [Condition("as it is"), Condition("new", model: model, training: training)]
        }
        let path = NSTemporaryDirectory() + "attentionlab-" + UUID().uuidString + "/results.json"
        defer { try? FileManager.default.removeItem(at: URL(fileURLWithPath: path).deletingLastPathComponent()) }
        try FileManager.default.createDirectory(
            at: URL(fileURLWithPath: path).deletingLastPathComponent(), withIntermediateDirectories: true)
        let results = try run(experiment, path: path)
        #expect(results.rows.count == 2 && results.rows[0].devLoss != results.rows[1].devLoss)
        let again = try ResultsFile.read(path)
        #expect(again == results)
        let change = setting == "terms" ? "terms.\(name) 0.5" : "\(setting) \(name)"
        #expect(
            try ComparisonTable.all(again)[0].header.contains("conditions: as it is (as above); new (\(change))"))
        #expect(results.rows.map { $0.terms.map(\.name) } == [[], name == "spread" ? ["spread"] : []])
        #expect(try ComparisonTable.all(again)[0].notes.contains { $0.contains("spread 0.") } == (name == "spread"))
        let refusal = try #require(throws: InputError.self) {
            try ExperimentFile.experiment(
                Self.file(name, setting, of: whole), file: "e.json", scorers: ScorerNames([BahdanauScorer.self]))
        }
        let given = setting == "terms" ? "{\(name)=0.5}" : "\"\(name)\""
        #expect(
            refusal.description.contains("conditions[1].\(whole).\(setting) is \(given); it must be "), "\(refusal)")
    }
}
