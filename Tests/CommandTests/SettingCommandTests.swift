// Every setting of every root: one word for flag and key, a help that says everything, one range by flag and by file.

import AttentionLab
import Foundation
import Terminal
import TestSupport
import Testing

@testable import attention

/// One setting without the type of what it belongs to.
private struct Declared: CustomTestStringConvertible {
    let key: String, flag: String, earlier: [String]
    let form: SettingForm
    let standard: String
    /// Where it stands in an experiment file.
    let place: [String]

    var testDescription: String { (place + [key]).joined(separator: ".") }

    static let all =
        of(ModelSettings.settings(.standard), ModelSettings(scorer: ""), ["model"])
        + of(TrainingSettings.settings(.standard), TrainingSettings(), ["training"])
        + of(Experiment.settings, Experiment(tasks: [], scorers: []), [])
        + of(ToyOptions.settings, ToyTasks.all[0].defaults, ["data", ToyTasks.all[0].name])

    private static func of<Root>(_ settings: [Setting<Root>], _ root: Root, _ place: [String]) -> [Declared] {
        settings.map {
            Declared(
                key: $0.key, flag: $0.flag, earlier: $0.earlierFlags, form: $0.form, standard: $0.text(root),
                place: place)
        }
    }

    /// An experiment file with this value and nothing else.
    func file(_ value: String) -> String { (place + [key]).reversed().reduce(value) { "{\"\($1)\": \($0)}" } }

    /// What is out of range, as a flag and as a file have it.
    var bad: (flag: String, file: String) {
        switch form {
        case .whole(let range): ("\(range.lowerBound - 1)", "\(range.lowerBound - 1)")
        case .number: ("-1", "-1")
        case .choice: ("nothing-like-it", "\"nothing-like-it\"")
        case .lengths(let range): ("1-\(range.upperBound + 1)", "[1, \(range.upperBound + 1)]")
        case .rates: ("negation=2", "{\"negation\": 2}")
        case .weights: ("nothing-like-it=1", "{\"nothing-like-it\": 1}")
        }
    }
}

@Suite("Settings on the command line and in files") struct SettingCommandTests {
    private static func byFlag(_ words: [String]) throws -> Experiment {
        try ExperimentOptions.experiment(
            from: nil, Arguments(words, Compare.allOptions, allowsOperands: false, of: "compare"))
    }

    private static func byFile(_ text: String) throws -> Experiment {
        try withFolder { folder in
            let file = folder.appendingPathComponent("e.json")
            try Data(text.utf8).write(to: file)
            return try ExperimentFile.read(file.path, scorers: ScorerNames([BahdanauScorer.self]))
        }
    }

    @Test("flag and key are one word, and help tells range and default", arguments: Declared.all) private func help(
        _ one: Declared
    ) throws {
        let word = one.key.map { $0.isUppercase ? "-" + $0.lowercased() : String($0) }.joined()
        #expect(one.flag == "--" + word)
        let options = Compare.allOptions.filter { $0.isCalled(one.flag) }
        let option = try #require(options.first)
        #expect(
            options.count == 1 && option.name == one.flag && option.earlier == one.earlier && option.help.hasSuffix(".")
        )
        #expect(
            option.range == one.form.range && option.range?.isEmpty == false
                && option.standard?.hasPrefix(one.standard) == true)
        // Lines of help break between words.
        let text = Help.text(Compare.self, colour: false).split { $0 == " " || $0 == "\n" }.joined(separator: " ")
        #expect(text.contains("\(option.help) (\(one.form.range); default \(one.standard)"), "\(one.flag)")
    }

    @Test("what is out of range is refused by flag and by file, with the same range", arguments: Declared.all)
    private func range(_ one: Declared) throws {
        let flag = try #require(throws: UsageError.self) { try Self.byFlag([one.flag, one.bad.flag]) }.description
        let file = try #require(throws: InputError.self) { try Self.byFile(one.file(one.bad.file)) }.message
        for sentence in [flag, file] {
            #expect(
                sentence.contains("must be ") && sentence.contains(one.form.range)
                    && sentence.contains("; leave it out for "), Comment(rawValue: sentence))
        }
        #expect(flag.hasPrefix("\(one.flag) is “\(one.bad.flag)”"), Comment(rawValue: flag))
        #expect(file.hasPrefix(one.testDescription), Comment(rawValue: file))
        guard !one.form.repeats else { return }
        #expect(flag.hasSuffix("for \(one.standard)"), Comment(rawValue: flag))
    }

    /// What has to stand beside a flag that the default model would refuse, because nothing of it reads it.
    private static let readers = [
        "feedForward": ["--body", "transformer"], "heads": ["--scorers", "multi-head-scaled-dot"],
        "softStart": ["--use", "sampled"],
    ]

    @Test("both ends of every range are numbers that a results file may hold", arguments: Declared.all)
    private func ends(_ one: Declared) throws {
        let values: [String] =
            switch one.form {
            case .whole(let range) where !["seed", "dataSeed"].contains(one.key):
                ["\(range.lowerBound)", "\(range.upperBound)"]
            case .number(let range): ["\(range.lowerBound)", "\(range.upperBound)"]
            default: []
            }
        for value in values {
            _ = try Self.byFlag((Self.readers[one.key] ?? []) + [one.flag, value])
            try GuardedJSON.check(Data(one.file(value).utf8), .counts)
        }
    }

    @Test("a rate goes to the tasks that have it, and one that none has is refused") func rates() throws {
        let both = try Self.byFlag(["--tasks", "english-french,copy", "--rates", "negation=0.9"])
        #expect(both.data["english-french"]?.rates["negation"] == 0.9 && both.data["copy"]?.rates == [:])
        let error = try #require(throws: UsageError.self) { try Self.byFlag(["--rates", "negatoin=0.9"]) }
        #expect(error.description.contains("“negatoin”, which is no rate of english-french. Did you mean “negation”?"))
        let none = try #require(throws: UsageError.self) {
            try Self.byFlag(["--tasks", "copy", "--rate", "negation=1"])
        }
        #expect(none.description.contains("--rate names “negation”, which is no rate of copy. Leave it out"), "\(none)")
    }

    @Test("what is stored without a setting has its default") func tolerant() throws {
        func check<Root: Codable & Equatable>(
            _ root: Root, _ settings: [Setting<Root>], beside others: Set<String>
        )
            throws
        {
            let json = try JSONSerialization.jsonObject(with: JSONEncoder().encode(root)) as? [String: Any] ?? [:]
            // What is left open is not stored.
            let open = settings.filter { $0.open != nil }.map(\.key)
            #expect(Set(json.keys).union(open) == Set(settings.map(\.key)).union(others))
            for setting in settings {
                var less = json
                less[setting.key] = nil
                #expect(
                    try JSONDecoder().decode(Root.self, from: JSONSerialization.data(withJSONObject: less)) == root,
                    "\(setting.key)")
            }
        }
        try check(ModelSettings(scorer: "none"), ModelSettings.settings(.standard), beside: ["scorer"])
        try check(TrainingSettings(), TrainingSettings.settings(.standard) + [TrainingSettings.seed], beside: [])
        try check(ToyOptions(), ToyOptions.settings, beside: [])
        let whole: Set = ["tasks", "scorers", "model", "training", "data"]
        try check(Experiment(tasks: ["copy"], scorers: ["none"]), Experiment.settings, beside: whole)
    }

    @Test(
        "flags of earlier versions mean those of today",
        arguments: [
            (["--query", "before"], ["--timing", "before"]), (["--batch", "8"], ["--batch-size", "8"]),
            (["--lexicon=0.5"], ["--lexicon-share", "0.5"]),
            (["--term", "entropy=1,coverage=2"], ["--terms", "coverage=2,entropy=1"]),
            (["--rate", "negation=0.5", "--rate", "plural=0"], ["--rates", "negation=0.5", "--rate", "plural=0"]),
        ])
    func earlier(old: [String], new: [String]) throws {
        let experiment = try Self.byFlag(old)
        #expect(try experiment == Self.byFlag(new) && experiment != Self.byFlag([]))
    }

    @Test("a setting under two names is given twice, and a refusal uses the name that was given") func twice() throws {
        let twice = try #require(throws: UsageError.self) {
            try Self.byFlag(["--query", "before", "--timing", "after"])
        }
        #expect(twice.description == "--query and --timing are one option; give one of them, once")
        let wrong = try #require(throws: UsageError.self) { try Self.byFlag(["--query", "bfore"]) }
        #expect(
            wrong.description
                == "--query is “bfore”. Did you mean “before”? It must be after or before; leave it out for after")
    }

    @Test("terms of the loss are named with weights, by flag and by file, each once") func terms() throws {
        let flag = try Self.byFlag(["--term", "coverage=1,supervised=0.5"])
        #expect(flag.training.terms == [.coverage: 1, .supervised: 0.5])
        let file = "{\"training\": {\"terms\": {\"supervised\": 0.5, \"coverage\": 1}}}"
        #expect(try Self.byFile(file).training.terms == flag.training.terms)
        for none in [["--terms", "none"], ["--objective", "cross-entropy"], []] {
            #expect(try Self.byFlag(none).training.terms.isEmpty)
        }
        for text in ["{\"training\": {\"objective\": \"cross-entropy\"}}", "{\"training\": {\"terms\": {}}}"] {
            #expect(try Self.byFile(text).training.terms.isEmpty)
        }
        for (text, part) in [
            ("coverge=1", "--terms is “coverge=1”. Did you mean “coverage”? It must be names with their weights, such"),
            ("coverage=a", ". The weight of coverage is “a”, which is no number; it must be"),
            ("coverage=nan", ". The weight of coverage is “nan”, which is no number; it must be"),
            ("coverage", ". coverage has no weight, such as coverage=1; it must be"),
            ("entropy=1,entropy=2", ". entropy stands there twice; it must be"),
            ("entropy=1,", "; it must be names with their weights, such as coverage=1,supervised=0.5, where a name is"),
        ] {
            let refusal = try #require(throws: UsageError.self) { try Self.byFlag(["--terms", text]) }.description
            #expect(refusal.contains(part) && refusal.hasSuffix("leave it out for none"), Comment(rawValue: refusal))
        }
        for (value, part) in [
            ("{\"entroy\": 1}", "training.terms is {entroy=1}. Did you mean “entropy”? It must be"),
            ("{\"entropy\": \"much\"}", ". The weight of entropy is “much”, which is no number; it must be"),
            ("[1]", "training.terms is a list; it must be names with their weights, such as \"coverage\": 1,"),
        ] {
            let text = "{\"training\": {\"terms\": \(value)}}"
            let refusal = try #require(throws: InputError.self) { try Self.byFile(text) }.message
            #expect(refusal.contains(part), Comment(rawValue: refusal))
        }
    }

    @Test("a condition adds a term to those of its experiment, or takes one out; as it is written, it is read")
    func conditions() throws {
        let text = """
            {"training": {"terms": {"coverage": 1}}, "conditions": [{"name": "as it is"},
              {"name": "more", "training": {"terms": {"entropy": -0.5}}},
              {"name": "other", "training": {"terms": {"coverage": null, "entropy": 1}}},
              {"name": "none", "training": {"terms": "none"}}]}
            """
        let read = try Self.byFile(text)
        let terms = read.conditions.map { read.settings(in: $0.name).training.terms }
        #expect(terms == [[.coverage: 1], [.coverage: 1, .entropy: -0.5], [.entropy: 1], [:]])
        #expect(try Self.byFile(ExperimentFile.text(read)) == read)
    }

    @Test("terms are refused before anything is trained: without gold, and for a scorer that looks at no word")
    func termsBefore() throws {
        try withFolder { folder in
            func errors(_ words: [String]) throws -> String {
                let run = try Command.run(words, in: folder)
                #expect(run.status == 2, Comment(rawValue: run.errors))
                return run.errors
            }
            let compare = ["compare", "--tasks", "copy", "--train-pairs", "40", "--seeds", "1", "--output", "r"]
            #expect(
                try errors(compare + ["--scorers", "bahdanau,uniform", "--term", "coverage=1"])
                    .contains("uniform looks at no word in particular, so the term coverage of the loss has no weights")
            )
            #expect(
                try errors(["train", "--scorer", "none", "--term", "entropy=1", "--train-pairs", "40"])
                    .contains("none looks at no word in particular, so the term entropy"))
            try Data("a b\tc d\nb a\td c\n".utf8).write(to: folder.appendingPathComponent("t.tsv"))
            #expect(
                try errors(["train", "--train", "t.tsv", "--dev", "t.tsv", "--term", "supervised=1"])
                    .contains("the term supervised reads gold alignments, and no training pair has one"))
        }
    }

    @Test("what holds without a flag is what the file says") func beside() throws {
        try withFolder { folder in
            let file = folder.appendingPathComponent("e.json")
            try Data("{\"model\": {\"hidden\": 12}}".utf8).write(to: file)
            let wrong = try #require(throws: UsageError.self) {
                try Self.byFlag(["--experiment", file.path, "--hidden", "0"])
            }
            #expect(wrong.description == "--hidden is “0”; it must be a whole number, 1 to 8192; leave it out for 12")
        }
    }

    @Test("data lists its rates under the old name and the new, and says where an option is not read") func data()
        throws
    {
        try withFolder { folder in
            let list = try Command.run(["data", "english-french", "--list-rates"], in: folder)
            try #expect(
                list.output.contains("negation")
                    && Command.run(["data", "english-french", "--rates"], in: folder).output == list.output)
            let none = try Command.run(["data", "dates", "--rates"], in: folder).output
            #expect(none.contains("--lengths") && !none.contains("--symbols"))
            let unread = try Command.run(["data", "dates", "--symbols", "9", "--train-pairs", "5"], in: folder)
            #expect(
                unread.status == 0
                    && unread.errors
                        == "attention: --symbols changes nothing in dates; it is read by copy, reverse, sort\n"
            )
            #expect(try Command.run(["data", "copy", "--symbols", "9", "--train-pairs", "5"], in: folder).errors == "")
        }
    }

    @Test("going on with results of another build, and of an unknown part, says so") func foreign() throws {
        try withFolder { folder in
            let start = [
                "compare", "--output", "r", "--scorers", "none", "--tasks", "copy", "--steps", "2", "--train-pairs",
                "30", "--dev-pairs", "5",
                "--test-pairs", "5", "--long-pairs", "2", "--hidden", "4", "--embedding", "4", "--threads", "1",
            ]
            let path = folder.appendingPathComponent("r/results.json")
            func lines(_ words: [String], _ part: String) throws -> Int {
                let run = try Command.run(words, in: folder)
                #expect(run.status == 0, Comment(rawValue: run.errors))
                return run.errors.split(separator: "\n").count { $0.contains(part) }
            }
            func replace(_ old: String, _ new: String) throws {
                let text = try String(contentsOf: path, encoding: .utf8)
                #expect(text.contains(old))
                try Data(text.replacingOccurrences(of: old, with: new).utf8).write(to: path)
            }
            try #expect(lines(start + ["--seeds", "1"], "rounds otherwise") == 0)
            try #expect(lines(start + ["--seeds", "2", "--resume"], "rounds otherwise") == 0)
            try replace(Machine.current.build, "float32, 1024-bit vectors")
            try #expect(lines(["compare", "--output", "r", "--resume"], "rounds otherwise") == 0, "nothing is trained")
            try #expect(
                lines(
                    start + ["--seeds", "3", "--resume", "--quiet"],
                    "2 of the 2 trainings in these results were made by a build with float32, 1024-bit") == 1)
            try replace("\"encoder\":\"bidirectional\"", "\"encoder\":\"bidirectionl\"")
            try #expect(
                lines(
                    ["compare", "--output", "r", "--resume"],
                    "name the encoder “bidirectionl”, which this program does not have") == 1)
            try #expect(lines(["report", "r"], "name the encoder “bidirectionl”") == 1)
            let more = try Command.run(["compare", "--output", "r", "--resume", "--seeds", "4"], in: folder)
            #expect(
                more.status == 2
                    && more.errors.contains("there is no encoder \"bidirectionl\". Did you mean “bidirectional”?"),
                Comment(rawValue: more.errors))
        }
    }
}
