// Comparisons: the same figures on any number of threads and after any interruption, and refusals before anything is
// trained.

import AttentionScorers
import Corpora
import Foundation
import Seq2Seq
import Synchronization
import TensorCore
import Testing

@testable import Experiments

/// Looks at a few sentences at a time, and so passes what is tried beforehand.
private struct LateScorer: AttentionScorer {
    static let card = ScorerCard(name: "late", equation: "0", paper: "none", cost: "none")

    init(_ sizes: ScorerSizes, _ parameters: inout ParameterBuilder) {}

    func scores(query: Tensor, memory: Memory, past: Past) throws -> Tensor {
        guard memory.batch < 5 else { throw RunError("a batch is too much") }
        return Tensor.zeros([memory.batch, memory.source], near: query)
    }
}

/// A path of its own for a test, removed with it.
final class Place {
    let path = NSTemporaryDirectory() + "attentionlab-" + UUID().uuidString + ".json"
    deinit { try? FileManager.default.removeItem(atPath: path) }
}

/// Two tasks, two scorers and none, two seeds: twelve trainings of a few steps.
func tinyExperiment(_ change: (inout Experiment) -> Void = { _ in }) -> Experiment {
    var experiment = Experiment(tasks: ["copy", "reverse"], scorers: ["bahdanau", "luong-dot", "none"])
    experiment.seeds = 2
    (experiment.model.embedding, experiment.model.hidden, experiment.model.attention) = (6, 4, 5)
    (experiment.training.steps, experiment.training.batchSize, experiment.training.evaluationInterval) = (20, 8, 10)
    let data = ToyOptions(
        trainPairs: 40, devPairs: 6, testPairs: 12, longPairs: 6, lengths: 2...5, longLengths: 7...9, symbols: 5)
    experiment.data = ["copy": data, "reverse": data]
    change(&experiment)
    return experiment
}

func run(
    _ experiment: Experiment, threads: Int = 1, continuing: ResultsFile? = nil, path: String,
    scorers: ScorerList = Catalog.scorers,
    isCancelled: @escaping @Sendable () -> Bool = { false }
) throws -> ResultsFile {
    let comparison = try Comparison(experiment, scorers: scorers)
    var results = continuing ?? ResultsFile(experiment: experiment)
    results.baselines = comparison.baselines
    return try comparison.run(
        continuing: results, path: path, threads: threads, isCancelled: isCancelled, event: { _ in })
}

/// One scorer of one name before and after an edit.
protocol ScoreSign { static var sign: Scalar { get } }
private enum Plus: ScoreSign { static var sign: Scalar { 1 } }
private enum Minus: ScoreSign { static var sign: Scalar { -1 } }

private struct SignedScorer<Form: ScoreSign>: AttentionScorer {
    static var card: ScorerCard { ScorerCard(name: "signed", equation: "± s·h", paper: "none", cost: "B·S·D") }
    init(_ sizes: ScorerSizes, _ parameters: inout ParameterBuilder) {}
    func scores(query: Tensor, memory: Memory, past: Past) throws -> Tensor {
        try memory.keys.dot(query).scaled(by: Form.sign)
    }
}

@Suite("Scorers that were edited") struct ChangedScorerTests {
    @Test("rows of two formulas come into no table, neither by going on nor by merging; rows of before fingerprints do")
    func mixed() throws {
        let place = Place(),
            half = tinyExperiment {
                ($0.tasks, $0.scorers, $0.seeds, $0.data["reverse"]) = (["copy"], ["signed"], 1, nil)
            }
        let old = try run(half, path: place.path, scorers: [SignedScorer<Plus>.self])
        var whole = half
        whole.seeds = 2
        let error = try #require(throws: InputError.self) {
            try run(whole, continuing: old.extended(to: whole), path: place.path, scorers: [SignedScorer<Minus>.self])
        }
        #expect(
            error.message.hasPrefix(
                "the scorer signed was changed since a training of it was made: asked the same, it gave "))
        #expect(try ResultsFile.read(place.path) == old, "nothing was written")
        let new = try run(half, path: place.path, scorers: [SignedScorer<Minus>.self])
        var second = new
        second.rows[0].seed = 2
        #expect(throws: InputError.self) { try ResultsMerge([("old", old), ("new", second)]) }

        var unmarked = old
        unmarked.rows[0].fingerprint = nil
        #expect(
            unmarked.changed([SignedScorer<Minus>.self]).isEmpty
                && old.changed([SignedScorer<Minus>.self]).map(\.name) == ["signed"])
        #expect(try ResultsMerge([("old", unmarked), ("old too", old)]).duplicates == 1)
        #expect(
            try run(
                whole, continuing: unmarked.extended(to: whole), path: place.path, scorers: [SignedScorer<Minus>.self]
            ).rows.count == 2)
    }

    @Test("a scorer of another number of heads in another condition is not one that was edited") func heads() throws {
        let scorer = MultiHead<BahdanauScorer>.self, place = Place()
        var experiment = tinyExperiment {
            ($0.tasks, $0.scorers, $0.seeds, $0.data["reverse"]) = (["copy"], [scorer.card.name], 1, nil)
        }
        for count in [1, 2] {
            var model = experiment.model
            model.heads = count
            experiment.conditions.append(Condition("\(count)", model: model))
        }
        let results = try run(experiment, path: place.path)
        #expect(results.changed(Catalog.scorers).isEmpty)
        #expect(try run(experiment, continuing: results, path: place.path).rows == results.rows)
    }

    @Test("a baseline of other figures is refused by a merge, one of another rounding is not") func baselines() throws {
        let place = Place(),
            good = try run(tinyExperiment { ($0.tasks, $0.seeds) = (["copy", "reverse"], 1) }, path: place.path)
        var rounded = good, forged = good
        let random = try #require(good.baselines.firstIndex { $0.name == "random" })
        rounded.baselines[random].expectedTestAER = good.baselines[random].expectedTestAER.map { $0 * (1 + 1e-12) }
        forged.baselines[random].expectedTestAER = 0.1
        #expect(try ResultsMerge([("a", good), ("b", rounded)]).duplicates == good.rows.count)
        let error = try #require(throws: InputError.self) { try ResultsMerge([("a", good), ("b", forged)]) }
        #expect(
            error.message.contains(
                "the baseline random of copy has other figures than in a: expectedTestAER is 0.1 here"))
    }
}

/// What must not depend on the machine or its mood.
private func quality(_ results: ResultsFile) -> ResultsFile {
    var results = results
    for index in results.rows.indices {
        results.rows[index].speed = SpeedFigures(
            trainingTokensPerSecond: 0, trainingSeconds: 0,
            scoringMicroseconds: 0, decodingTokensPerSecond: 0)
        results.rows[index].machine = Machine(processor: "", cores: 0, system: "", swift: "", build: "")
    }
    return results
}

@Suite("Comparison") struct ComparisonTests {
    @Test("threads change neither the figures nor the order of the rows") func threads() throws {
        let (one, two) = (Place(), Place()), experiment = tinyExperiment()
        let alone = try run(experiment, path: one.path), together = try run(experiment, threads: 2, path: two.path)
        #expect(alone.rows.map(\.run) == experiment.runs && together.rows.map(\.run) == experiment.runs)
        #expect(quality(alone) == quality(together))
        #expect(
            try ResultsFile.read(one.path) == alone && ResultsFile.read(two.path) == together,
            "the files hold what was returned")
        #expect(alone.missing.isEmpty)
        // Different seeds and scorers are different trainings.
        #expect(Set(alone.rows.map(\.devLoss)).count == alone.rows.count)
    }

    @Test("cancelled in the middle and continued, it is as if it had never stopped", arguments: [1, 2])
    func cancelled(threads: Int) throws {
        let (whole, parts) = (Place(), Place()), experiment = tinyExperiment()
        let uninterrupted = try run(experiment, path: whole.path)
        let asked = Mutex(0)
        // About five runs of twenty steps.
        let first = try run(
            experiment, threads: threads, path: parts.path,
            isCancelled: {
                asked.withLock { count in
                    count += 1
                    return count > 110
                }
            })
        #expect(!first.rows.isEmpty && !first.missing.isEmpty)
        #expect(try ResultsFile.read(parts.path) == first, "finished rows are on disk, and no half one")
        let second = try run(experiment, threads: threads, continuing: ResultsFile.read(parts.path), path: parts.path)
        #expect(quality(second) == quality(uninterrupted))
        #expect(
            second.rows.filter { row in first.rows.contains { $0.run == row.run } } == first.rows,
            "rows that were there are not run again")
    }

    @Test("going on removes what a killed process was writing long ago, and nothing that is being written")
    func staleParts() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("attentionlab-" + UUID().uuidString)
        let details = DetailsFolder(beside: folder.path + "/results.json")
        try FileManager.default.createDirectory(atPath: details.path, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let (old, oldDetails, new) = (
            folder.path + "/results.json.0123ABCD.part", details.path + "/x.json.0123ABCD.part",
            folder.path + "/results.json.0123ABCE.part"
        )
        for path in [old, oldDetails, new] {
            try Data("{".utf8).write(to: URL(fileURLWithPath: path))
            if path != new {
                try FileManager.default.setAttributes(
                    [.modificationDate: Date(timeIntervalSinceNow: -7200)], ofItemAtPath: path)
            }
        }
        let experiment = tinyExperiment { ($0.tasks, $0.scorers, $0.seeds) = (["copy"], ["none"], 1) }
        _ = try Comparison(experiment, scorers: Catalog.scorers).run(
            continuing: ResultsFile(experiment: experiment), path: folder.path + "/results.json",
            details: details, threads: 1, isCancelled: { false }, event: { _ in })
        #expect([old, oldDetails, new].map { FileManager.default.fileExists(atPath: $0) } == [false, false, true])
    }

    @Test("cancelled before it began: no rows and no file") func cancelledAtOnce() throws {
        let place = Place()
        #expect(try run(tinyExperiment(), path: place.path, isCancelled: { true }).rows.isEmpty)
        #expect(!FileManager.default.fileExists(atPath: place.path))
    }

    @Test("progress counts every run once and ends at all of them") func events() throws {
        let place = Place(), experiment = tinyExperiment { $0.tasks = ["copy"] }
        let seen = Mutex<(shares: [Double], finished: [Experiment.Run], whole: [ResultsFile])>(([], [], []))
        let comparison = try Comparison(experiment, scorers: Catalog.scorers)
        _ = try comparison.run(
            continuing: ResultsFile(experiment: experiment), path: place.path, threads: 1,
            isCancelled: { false }
        ) { event in
            seen.withLock { seen in
                switch event {
                case .progress(let share, _, let total):
                    seen.shares.append(share)
                    #expect(total == 6)
                case .finished(let run, let seconds):
                    seen.finished.append(run)
                    #expect(seconds > 0)
                case .wholeSeeds(let results):
                    seen.whole.append(results)
                    #expect(seen.finished.count == 3)
                }
            }
        }
        let (shares, finished, whole) = seen.withLock { $0 }
        // Of two seeds the first makes an early table, and the second the last one.
        #expect(
            whole.map(\.experiment.seeds) == [1] && whole.first?.rows.map(\.run) == Array(experiment.runs.prefix(3)))
        #expect(whole.first?.missing.isEmpty == true)
        #expect(finished == experiment.runs)
        #expect(shares == shares.sorted() && shares.allSatisfy { (0...1).contains($0) })
    }

    @Test("rows say all that the table needs, and only a scorer with an alignment has one") func rows() throws {
        let place = Place(), experiment = tinyExperiment { ($0.tasks, $0.seeds) = (["copy"], 1) }
        for row in try run(experiment, path: place.path).rows {
            #expect(
                row.model.scorer == row.scorer && row.training.seed == row.seed && row.steps == 20
                    && row.history.count == 2)
            #expect(row.sourceVocabulary == 9 && row.targetVocabulary == 9 && row.parameters > 0)
            #expect(row.test.translation.perSentence.count == 12 && row.long.translation.perSentence.count == 6)
            #expect(
                (row.test.alignment == nil) == (row.scorer == "none")
                    && (row.long.alignment == nil) == (row.scorer == "none"))
            #expect(row.speed.trainingTokensPerSecond > 0 && row.speed.scoringMicroseconds > 0 && row.machine.cores > 0)
        }
    }

    @Test("a task without long sentences is still compared") func noLongSentences() throws {
        let place = Place()
        let experiment = tinyExperiment {
            ($0.tasks, $0.seeds) = (["copy"], 1)
            $0.data["copy"]?.longPairs = 0
        }
        let results = try run(experiment, path: place.path)
        for line in try Summary(results).lines {
            #expect(line[.longAER].mean == nil && line[.longAccuracy].mean == nil && line[.testAccuracy].mean != nil)
        }
    }

    @Test("baselines: a diagonal copies perfectly, chance does not") func baselines() throws {
        let rows = try Comparison(tinyExperiment { $0.tasks = ["copy"] }, scorers: Catalog.scorers).baselines
        #expect(rows.map(\.name) == ["diagonal", "random", "ibm-1"] && rows.allSatisfy { $0.task == "copy" })
        #expect(rows[0].test?.all.links.aer == 0 && rows[0].long?.all.links.aer == 0)
        let expected = try #require(rows[1].expectedTestAER)
        #expect(expected > 0.5 && expected < 1 && rows[1].test == nil)
        #expect(rows[2].test != nil)
    }

    @Test("what cannot be compared is refused before anything is trained") func refusals() throws {
        func refusal(_ change: (inout Experiment) -> Void) throws -> String {
            try #require(throws: InputError.self) { try Comparison(tinyExperiment(change), scorers: Catalog.scorers) }
                .message
        }
        let klingon = try refusal { $0.tasks = ["copy", "klingon"] }
        #expect(klingon.hasPrefix("there is no task \"klingon\"; there are english-french, english-german, copy,"))
        #expect(
            try refusal { $0.scorers = ["psychic"] }.hasPrefix(
                "there is no scorer \"psychic\"; there are bahdanau, luong-dot,"))
        let twice = try refusal { $0.scorers = ["none", "bahdanau", "none"] }
        #expect(twice == "a scorer is named twice (none, bahdanau, none); name each one once")
        #expect(
            try refusal { $0.tasks = ["copy", "copy"] } == "a task is named twice (copy, copy); name each one once")
        #expect(
            try refusal { $0.data["copy"]?.trainPairs = -1 }
                == "copy: -1 train pairs were asked for; a size is 0 to 10000000")
        #expect(try refusal { $0.training.steps = 0 }.hasPrefix("0 training steps were asked for"))
    }

    @Test("results of another experiment are not continued: one table must not mix two settings") func otherExperiment()
        throws
    {
        let place = Place()
        let old = ResultsFile(experiment: tinyExperiment { $0.training.steps = 10 })
        let error = try #require(throws: InputError.self) {
            try run(tinyExperiment(), continuing: old, path: place.path)
        }
        #expect(error.file == place.path && error.message.hasPrefix("these results are of another comparison"))
    }

    @Test("a run that fails is named, and the rows before it are on disk") func failure() throws {
        let place = Place()
        let experiment = tinyExperiment {
            ($0.tasks, $0.scorers) = (["copy"], ["none", "late"])
        }
        let error = try #require(throws: RunError.self) {
            try run(experiment, path: place.path, scorers: Catalog.scorers + [LateScorer.self])
        }
        #expect(error.description.hasPrefix("late on copy, seed 1: a batch is too much"))
        #expect(try ResultsFile.read(place.path).rows.map(\.scorer) == ["none"])
    }

    @Test("a sentence that a scorer cannot read is found before anything is trained") func longest() throws {
        let place = Place()
        let experiment = tinyExperiment {
            ($0.tasks, $0.scorers, $0.model.maximumSource) = (["copy"], ["none", "location"], 8)
        }
        let error = try #require(throws: InputError.self) { try run(experiment, path: place.path) }
        #expect(
            error.message.hasPrefix(
                "location cannot look at a sentence of 9 words, the longest there is: location: the source has 9 positions"
            ))
        #expect(
            error.message.hasSuffix("(--maximum-source, now 8)") && !FileManager.default.fileExists(atPath: place.path))
    }
}

@Suite("Results file") struct ResultsFileTests {
    @Test("rows are kept in the order of the experiment, whatever the order in which they come") func order() throws {
        let place = Place()
        let results = try run(tinyExperiment { $0.tasks = ["copy"] }, path: place.path)
        var shuffled = ResultsFile(experiment: results.experiment)
        for row in results.rows.reversed() { shuffled.add(row) }
        #expect(shuffled.rows == results.rows)
        shuffled.rows.removeFirst()
        #expect(shuffled.missing == [results.rows[0].run])
    }

    @Test("what is written is read back, number for number") func roundTrip() throws {
        let place = Place()
        let results = try run(tinyExperiment { $0.seeds = 1 }, path: place.path)
        try results.write(to: place.path)
        let read = try ResultsFile.read(place.path)
        #expect(read == results)
        #expect(try read.json() == results.json(), "and written again, byte for byte")
    }

    @Test("row by row, in any order, the bytes on disk are those of the whole") func writer() throws {
        let place = Place()
        let results = try run(tinyExperiment { $0.seeds = 2 }, path: place.path)
        // What the comparison left on disk was put together from rows.
        try #expect(Data(contentsOf: URL(fileURLWithPath: place.path)) == results.json())
        var started = ResultsFile(experiment: results.experiment)
        try #expect(ResultsWriter(started).json() == started.json(), "no row yet")
        started.baselines = results.baselines
        started.add(results.rows[1])
        var writer = try ResultsWriter(started)
        for row in results.rows.reversed() where row.run != results.rows[1].run {
            writer.add(row, json: try ResultsWriter.json(of: row))
        }
        #expect(writer.results == results)
        try #expect(writer.json() == results.json())
    }

    @Test(
        "files that are no results are refused by name",
        arguments: [
            ("", "this is not a results file"), ("the cat\n", "this is not a results file"),
            ("[1, 2]", "this is not a results file"),
            ("{\"rows\": []}", "this is not a results file"),
            (
                "{\"schema\": 3}",
                "this results file has schema 3, but this program reads schema 1 to 2; read it with the version"
            ),
            ("{\"schema\": 0}", "this results file has schema 0, but this program reads schema 1 to 2"),
            ("{\"schema\": 1}", "this results file is damaged"), ("{\"schema\": 2}", "this results file is damaged"),
        ])
    func refusals(text: String, message: String) throws {
        let place = Place()
        try Data(text.utf8).write(to: URL(fileURLWithPath: place.path))
        let error = try #require(throws: InputError.self) { try ResultsFile.read(place.path) }
        #expect(error.file == place.path && error.message.hasPrefix(message))
    }

    @Test(
        "figures that no training gives are refused with their place, and not drawn",
        arguments: [
            (
                "\"predictedSure\":", "99999",
                ".links: “predictedSure” is 99999, more than “sure”, of which it is a part, "
            ),
            ("\"hits\":", "99999", ".pointing: “hits” is 99999, more than “words”"),
            ("\"massOnSure\":", "1000000000", ".pointing: “massOnSure” is 1000000000.0, more than “words”"),
            ("\"exactSentences\":", "9999", ".accuracy: “exactSentences” is 9999, more than “sentences”"),
            ("\"correctWords\":", "99999", ".accuracy: “correctWords” is 99999, more than “positions”"),
            ("\"hypothesisLength\":", "-1", ".bleu: “hypothesisLength” is -1, and nothing is counted below 0"),
            ("\"spread\":", "-1", ".patterns: “spread” is -1, and nothing is counted below 0"),
            ("\"perSentence\":[", "-1", ".perSentence: in sentence 1 “predicted” is -1"),
            ("\"judgedWords\":", "-1", ".long: “judgedWords” is -1"),
            ("\"trainingTokensPerSecond\":", "-1", ""), ("\"scoringMicroseconds\":", "-1", ""),
            ("\"devLoss\":", "-1", ""),
            ("\"scorer\":\"bahdanau\",\"seed\":", "9223372036854775807", ""),
        ])
    func impossible(key: String, number: String, why: String) throws {
        let place = Place()
        _ = try run(tinyExperiment { ($0.tasks, $0.scorers, $0.seeds) = (["copy"], ["bahdanau"], 1) }, path: place.path)
        let text = try String(contentsOfFile: place.path, encoding: .utf8)
        let start = try #require(text.range(of: key)).upperBound
        let end = try #require(text[start...].firstIndex { !"-+.eE0123456789".contains($0) })
        try text.replacingCharacters(in: start..<end, with: number).write(
            toFile: place.path, atomically: true, encoding: .utf8)
        let error = try #require(throws: InputError.self) { try ResultsFile.read(place.path) }
        #expect(error.message.hasPrefix("this results file is damaged: "), Comment(rawValue: error.message))
        #expect(why.isEmpty || error.message.contains(why), Comment(rawValue: error.message))
    }

    @Test("a file cut off, or missing") func damaged() throws {
        let place = Place()
        let whole = try ResultsFile(experiment: tinyExperiment()).json()
        try whole.prefix(whole.count / 2).write(to: URL(fileURLWithPath: place.path))
        let cut = try #require(throws: InputError.self) { try ResultsFile.read(place.path) }
        #expect(cut.message.hasPrefix("this results file is damaged, part of it is missing"))
        let text = String(decoding: whole, as: UTF8.self)
        for (from, to, part) in [
            ("\"rows\":[]", "\"rows\":[null]", "cannot be read at rows[0]; use another copy"),
            ("\"seeds\":", "\"seeds\":-", "its seeds is -2, where 1 to 10000 was expected"),
        ] {
            #expect(text.contains(from))
            try Data(text.replacing(from, with: to).utf8).write(to: URL(fileURLWithPath: place.path))
            let error = try #require(throws: InputError.self) { try ResultsFile.read(place.path) }
            #expect(error.message.contains(part) && !error.message.contains("Error"), Comment(rawValue: error.message))
        }
        let missing = try #require(throws: InputError.self) { try ResultsFile.read(place.path + ".none") }
        #expect(missing.message.hasPrefix("this file cannot be read"))
    }
}
