// What stands above a table: the settings that its task reads, and no others.

import Corpora
import Seq2Seq
import Testing

@testable import Experiments

@Suite("Settings above a table") struct SettingsTextTests {
    private func lines(_ task: String, _ change: (inout Experiment) -> Void = { _ in }) throws -> [String] {
        var experiment = Experiment(tasks: [task], scorers: ["none"])
        change(&experiment)
        let results = ResultsFile(experiment: experiment)
        return try SettingsText(results, #require(experiment.sections.first)).lines
    }

    @Test(
        "the data of a task are told by the options that it reads",
        arguments: [
            ("dates", "3 to 14 words, 300 dev, 500 test, 300 long (20 to 32 words); data seed 1"),
            ("copy", "4 to 12 words, 300 dev, 500 test, 300 long (20 to 30 words); 40 symbols; data seed 1"),
            (
                "summary",
                "8 to 30 words, 300 dev, 500 test, 300 long (32 to 60 words); 100 % of the lexicon; data seed 1"
            ),
        ])
    func data(task: String, words: String) throws {
        #expect(try lines(task)[0] == "data: 6000 training pairs of \(words)")
    }

    @Test("a rate that was changed is named, and the others are not") func rates() throws {
        let line = try lines("english-french") {
            var options = ToyTasks.named("english-french")?.defaults ?? ToyOptions()
            options.rates["negation"] = 0.75
            $0.data["english-french"] = options
        }[0]
        #expect(line.hasSuffix("; 25 % of the lexicon, negation 0.75; data seed 1"), Comment(rawValue: line))
    }

    @Test("model and training are told by their settings") func model() throws {
        let all = try lines("copy") {
            ($0.model.copying, $0.model.minimumCount, $0.training.shards, $0.seeds) = (.pointer, 3, 2, 1)
        }
        #expect(
            all[1]
                == "model: bidirectional encoder, GRU cells, query after the cell, feeding context, bridge summary, masked softmax, "
                + "copying by pointer, words seen less than 3 times unknown; E 64, H 32, D 64, A 64, sources up to 64 words for location scorers"
        )
        #expect(
            all[2]
                == "training: at most 1200 steps of 32 pairs in 2 parts, Adam 0.01 falling to 0.001, β₂ 0.98, gradient norm at most 1, "
                + "a look at dev every 200 steps, patience 5, seed 1")
    }
}
