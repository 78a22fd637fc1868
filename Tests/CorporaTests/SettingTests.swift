// A setting to throw away: its declaration is enough for flag, sentences and tolerant decoding.

import Corpora
import Foundation
import Testing

private enum Shade: String, Codable, CaseIterable, Sendable { case light, deep }

private struct Garden: Sendable, Codable, Equatable {
    var trees = 3
    var pondDepth = 0.5
    var shade = Shade.light
    var paths: Int?

    static let settings: [Setting<Garden>] = [
        .whole("trees", \.trees, 1...9, earlier: ["oaks"], "How many trees.") { "\($0.trees) trees" },
        .number("pondDepth", \.pondDepth, 0...2, "Metres.") { " by a pond of \($0.pondDepth) m" },
        .choice("shade", \.shade, "Under them.") { "\($0.shade.rawValue) shade" },
        .whole("paths", \.paths, 1...4, open: "as many as trees", "Through it.") { $0.paths.map { "; \($0) paths" } },
    ]

    init() {}

    init(from decoder: any Decoder) throws {
        self.init()
        try Self.settings.decode(from: decoder, into: &self)
    }

    static func read(_ json: String) throws -> Garden { try JSONDecoder().decode(Garden.self, from: Data(json.utf8)) }
}

@Suite("Settings") struct SettingTests {
    @Test("the flag is the key with hyphens, and earlier names are known at both places") func names() {
        #expect(Garden.settings.map(\.flag) == ["--trees", "--pond-depth", "--shade", "--paths"])
        #expect(Garden.settings[0].earlierFlags == ["--oaks"])
        #expect(
            Garden.settings[1].isCalled("pond-depth") && Garden.settings[1].isCalled("pondDepth")
                && !Garden.settings[1].isCalled("pond"))
        #expect(Garden.settings.map(\.form.range) == ["1 to 9", "0 to 2", "light or deep", "1 to 4"])
    }

    @Test("what is not stored has its default, what is stored is read, and another type is an error") func decoding()
        throws
    {
        #expect(try Garden.read("{}") == Garden())
        #expect(try Garden.read("{\"paths\": null}") == Garden())
        let garden = try Garden.read("{\"oaks\": 5, \"pondDepth\": 1, \"shade\": \"deep\", \"paths\": 2, \"weeds\": 7}")
        #expect(garden.trees == 5 && garden.pondDepth == 1 && garden.shade == .deep && garden.paths == 2)
        #expect(try Garden.read(String(decoding: JSONEncoder().encode(garden), as: UTF8.self)) == garden)
        #expect(throws: DecodingError.self) { try Garden.read("{\"trees\": \"many\"}") }
    }

    @Test("a value outside the range is no value, and is found in what was stored") func ranges() throws {
        var garden = Garden()
        for (setting, good, bad) in zip(Garden.settings, [("9", "0"), ("2", "2.1"), ("deep", "dark"), ("4", "many")])
            .map({ ($0, $1.0, $1.1) })
        {
            let before = setting.text(garden)
            #expect(!setting.set(bad, in: &garden) && setting.text(garden) == before)
            #expect(setting.set(good, in: &garden) && setting.text(garden).hasPrefix(good))
        }
        #expect(Garden.settings.fault(of: garden) == nil)
        garden.pondDepth = 3
        #expect(Garden.settings.fault(of: garden) == "its pondDepth is 3.0, where 0 to 2 was expected")
    }

    @Test("a refusal says what was given, what can be, and what holds without it") func refusals() {
        func refusal(_ index: Int, _ name: String, _ word: String, _ place: SettingForm.Place) -> String {
            let setting = Garden.settings[index]
            return setting.form.refusal(
                of: name, given: "“\(word)”", word: word, standard: setting.text(Garden()), place)
        }
        #expect(
            refusal(0, "--trees", "0", .flag) == "--trees is “0”; it must be a whole number, 1 to 9; leave it out for 3"
        )
        #expect(
            refusal(1, "pondDepth", "-1", .file)
                == "pondDepth is “-1”; it must be a number, 0 to 2; leave it out for 0.5")
        #expect(
            refusal(2, "--shade", "depe", .flag)
                == "--shade is “depe”. Did you mean “deep”? It must be light or deep; leave it out for light")
        #expect(refusal(2, "shade", "x", .file) == "shade is “x”; it must be light or deep; leave it out for \"light\"")
        #expect(refusal(3, "--paths", "9", .flag).hasSuffix("1 to 4; leave it out for as many as trees"))
    }

    @Test("the words of all settings stand in one line") func heading() {
        var garden = Garden()
        #expect(Garden.settings.heading(garden, standard: Garden()) == "3 trees by a pond of 0.5 m, light shade")
        garden.paths = 2
        #expect(
            Garden.settings.heading(garden, standard: Garden()) == "3 trees by a pond of 0.5 m, light shade; 2 paths")
    }

    @Test("a task reads its own options and those of all tasks") func tasks() {
        func keys(_ task: String) -> Set<String> { Set((ToyTasks.named(task)?.settings ?? []).map(\.key)) }
        let common = keys("dates")
        #expect(common == ["trainPairs", "devPairs", "testPairs", "longPairs", "lengths", "longLengths"])
        #expect(
            keys("copy") == common.union(["symbols"])
                && keys("english-french") == common.union(["lexiconShare", "rates"]))
        #expect(keys("summary") == keys("english-german") && keys("sort") == keys("reverse"))
    }

    @Test(
        "an option that a task does not say it reads changes none of its sentences", arguments: ToyTasks.all.map(\.name)
    ) func unread(name: String) throws {
        let task = try #require(ToyTasks.named(name))
        var options = task.defaults
        (options.trainPairs, options.devPairs, options.testPairs, options.longPairs) = (20, 5, 5, 5)
        func changed(_ key: String, _ value: String) throws -> Bool {
            let setting = try #require(ToyOptions.settings.first { $0.key == key })
            var others = options
            #expect(setting.set(value, in: &others))
            return try task.dataset(seed: 1, options: options).train.map(\.source)
                != task.dataset(seed: 1, options: others).train.map(\.source)
        }
        for (key, value) in [("symbols", "7"), ("lexiconShare", "0.11")] {
            #expect(try changed(key, value) == task.settings.contains { $0.key == key }, "\(key)")
        }
    }
}
