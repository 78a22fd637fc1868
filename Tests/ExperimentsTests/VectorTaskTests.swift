// Captions and speech as tasks: what is counted of an answer, made-up answers on either side, and a training that runs.

import AttentionScorers
import Corpora
import Evaluation
import Seq2Seq
import Testing

@testable import Experiments

@Suite("Captions and speech") struct VectorTaskTests {
    /// "bab": b in frames 0 and 1, a in 2 to 5, b again in 6 and 7.
    private let speech = SentencePair(
        source: (0..<8).map { "f\($0)" }, target: ["b", "a", "b"],
        gold: GoldAlignment(
            sure: Set([(0, 0), (1, 0), (2, 1), (3, 1), (4, 1), (5, 1), (6, 2), (7, 2)].map { Link($0, $1) })),
        isContent: [true, true, true])

    private func looks(_ places: [Int], of count: Int) -> AttentionMatrix {
        AttentionMatrix(rows: places.map { place in (0..<count).map { $0 == place ? 0.9 : 0.01 } }, sourceCount: count)
    }

    @Test("letters, words, and looks near the middle or at the same letter elsewhere") func speechCounts() throws {
        let task = SpeechTask()
        let right = task.counts(Answer(pair: speech, output: ["b", "a", "b"], weights: looks([1, 3, 6], of: 8)))
        #expect(right["letters"] == 3 && right["letter_edits"] == 0 && right["right_words"] == right["words"])
        #expect(right["looks"] == 3 && right["near_looks"] == 3 && right["twin_looks"] == 0)
        // The last b is looked for where the first one was said, and the a two and a half frames from its middle.
        let lost = task.counts(Answer(pair: speech, output: ["b", "_", "a"], weights: looks([0, 1, 0], of: 8)))
        #expect(lost["near_looks"] == 1 && lost["twin_looks"] == 1)
        #expect(lost["letter_edits"] == 2 && lost["words"] == 1 && lost["right_words"] == 0)
        let blind = task.counts(Answer(pair: speech, output: [], weights: nil))
        #expect(blind["letter_edits"] == 3 && blind["looks"] == nil)
    }

    @Test("two frames from the middle are near, two and a half are not") func near() throws {
        for (place, isNear) in [(1, false), (2, true), (5, true), (6, false)] {
            let answer = Answer(pair: speech, output: [], weights: looks([0, place, 6], of: 8))
            #expect(FrameLooks(answer)?.near == (isNear ? 3 : 2), "frame \(place)")
        }
    }

    @Test("content words alone, by the weights before the word is known") func captionCounts() throws {
        let pair = SentencePair(
            source: ["r1c1", "r1c2"], target: ["a", "red"], gold: GoldAlignment(sure: [Link(0, 0), Link(0, 1)]),
            isContent: [false, true])
        let posterior = looks([0, 0], of: 2), prior = AttentionMatrix(rows: [[0, 1], [0.25, 0.75]], sourceCount: 2)
        let soft = CaptionsTask().counts(Answer(pair: pair, output: [], weights: posterior))
        #expect(soft["object_words"] == 1 && soft["object_hits"] == 1)
        let hard = CaptionsTask().counts(Answer(pair: pair, output: [], weights: posterior, prior: prior))
        #expect(hard["object_hits"] == 0 && hard["object_mass"] == 0.25)
        #expect(abs((hard["object_entropy"] ?? 0) - 0.811278) < 1e-5)
        #expect(CaptionsTask().counts(Answer(pair: pair, output: [], weights: nil)).isEmpty)
    }

    @Test("a small comparison has the columns of each task", arguments: ["captions", "speech"])
    func runs(name: String) throws {
        let place = Place()
        let experiment = tinyExperiment {
            ($0.tasks, $0.scorers, $0.seeds) = ([name], [LuongDotScorer.card.name, NoAttentionScorer.card.name], 1)
            $0.data = [
                name: ToyOptions(
                    trainPairs: 20, devPairs: 4, testPairs: 6, longPairs: 3, lengths: 16...20, longLengths: 28...36)
            ]
            $0.training.steps = 4
        }
        let results = try run(experiment, path: place.path)
        #expect(results.rows.count == 2)
        for metric in try #require(TaskList()[name]).metrics where metric.place == .quality {
            #expect(metric.figure(results.rows[0]) != nil, "\(metric.id)")
        }
        let model = results.rows[0].model
        #expect(model.vectorWidth == (name == "speech" ? 12 : 11))
        #expect(model.encoder == (name == "speech" ? .bidirectional : .cells))
    }

    @Test("what was asked for by name stays as it was asked for") func fit() {
        var model = ModelSettings(scorer: ""), training = TrainingSettings()
        (model.encoder, training.steps) = (.forward, 77)
        CaptionsTask().fit(&model, &training)
        #expect(model.encoder == .forward && training.steps == 77 && model.vectorWidth == 11)
    }
}
