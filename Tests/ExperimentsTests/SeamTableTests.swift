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
        return parts
    }()

    private static func file(_ name: String, _ setting: String) -> Data {
        Data(
            "{\"conditions\": [{\"name\": \"as it is\"}, {\"name\": \"new\", \"model\": {\"\(setting)\": \"\(name)\"}}]}"
                .utf8)
    }

    @Test(
        "a condition with a part from outside has other figures, stands above the table, and is read without the part",
        arguments: [("normalisation", "cool-softmax"), ("encoder", "bag-of-words")])
    func table(setting: String, name: String) throws {
        let read = try ExperimentFile.experiment(
            Self.file(name, setting), file: "e.json", scorers: ["bahdanau"], parts: Self.parts)
        let model = try #require(read.conditions[1].model)
        let experiment = tinyExperiment {
            ($0.tasks, $0.scorers, $0.seeds, $0.data["reverse"]) = (["copy"], ["bahdanau"], 1, nil)
            var mine = model
            (mine.embedding, mine.hidden, mine.attention) = ($0.model.embedding, $0.model.hidden, $0.model.attention)
            $0.conditions = [Condition("as it is"), Condition("new", model: mine)]
        }
        let path = NSTemporaryDirectory() + "attentionlab-" + UUID().uuidString + "/results.json"
        defer { try? FileManager.default.removeItem(at: URL(fileURLWithPath: path).deletingLastPathComponent()) }
        try FileManager.default.createDirectory(
            at: URL(fileURLWithPath: path).deletingLastPathComponent(), withIntermediateDirectories: true)
        let results = try run(experiment, path: path)
        #expect(results.rows.count == 2 && results.rows[0].devLoss != results.rows[1].devLoss)
        let again = try ResultsFile.read(path)
        #expect(again == results)
        #expect(
            try ComparisonTable.all(again)[0].header.contains(
                "conditions: as it is (as above); new (\(setting) \(name))"))
        let refusal = try #require(throws: InputError.self) {
            try ExperimentFile.experiment(Self.file(name, setting), file: "e.json", scorers: ["bahdanau"])
        }
        #expect(
            refusal.description.contains("conditions[1].model.\(setting) is \"\(name)\". There are: "), "\(refusal)")
    }
}
