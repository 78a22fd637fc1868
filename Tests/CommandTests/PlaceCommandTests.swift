// Two processes with one place, processes that are killed, and numbers from the command line.

import AttentionLab
import Foundation
import TestSupport
import Testing

private let small = [
    "--tasks", "copy", "--scorers", "luong-dot,none", "--seeds", "2", "--train-pairs", "60", "--test-pairs", "6",
    "--steps", "40",
    "--hidden", "4", "--embedding", "4", "--attention", "4", "--threads", "1", "--quiet",
]
private let tiny = [
    "--task", "copy", "--train-pairs", "60", "--test-pairs", "6", "--steps", "40", "--hidden", "4", "--embedding", "4",
    "--attention", "4", "--quiet",
]

@Suite("Places of whole commands") struct PlaceCommandTests {
    private func isRefused(_ result: CommandResult) {
        #expect(
            result.status == 2 && result.errors.contains("is writing here; wait until it has ended"),
            Comment(rawValue: result.errors))
        #expect(result.errors.filter { $0 == "\n" }.count == 1)
    }

    @Test("compare, merge, report and data leave a folder alone that another process writes") func folders() throws {
        try withFolder { folder in
            #expect(try Command.run(["compare", "--output", "r", "--by", "seeds"] + small, in: folder).status == 0)
            let place = folder.appendingPathComponent("o")
            try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
            try FolderLock.during(place.path) {
                isRefused(try Command.run(["compare", "--output", "o"] + small, in: folder))
                isRefused(try Command.run(["merge", "r", "--output", "o"], in: folder))
                isRefused(try Command.run(["report", "r", "--charts", "o"], in: folder))
                isRefused(try Command.run(["data", "copy", "--export", "o"], in: folder))
            }
            #expect(try FileManager.default.contentsOfDirectory(atPath: place.path).isEmpty)
            try FolderLock.during(folder.appendingPathComponent("r").path) {
                #expect(
                    try Command.run(["compare", "--output", "r", "--resume", "--quiet"], in: folder).status == 0,
                    "drawing writes nothing")
                isRefused(
                    try Command.run(["compare", "--output", "r", "--resume", "--seeds", "3", "--quiet"], in: folder))
            }
        }
    }

    @Test("train and report leave a file alone that another process writes") func files() throws {
        try withFolder { folder in
            #expect(try Command.run(["train", "--output", "m"] + tiny, in: folder).status == 0)
            let mine = try OwnedFile(folder.appendingPathComponent("m").path)
            isRefused(try Command.run(["train", "--output", "m", "--resume"] + tiny, in: folder))
            let read = try Command.run(["translate", "--model", "m", "be"], in: folder)
            withExtendedLifetime(mine) { #expect(read.status == 0, "reading is free") }
        }
    }

    @Test("two comparisons that begin at once: both kept, or one refused; folders by default never the same")
    func atOnce() throws {
        try withFolder { folder in
            func start(_ arguments: [String]) throws -> (process: Process, result: () throws -> CommandResult) {
                let one = try Command.process(arguments, in: folder)
                try one.process.run()
                return one
            }
            let two = try [0, 1].map { _ in try start(["compare"] + small) }
            for one in two { one.process.waitUntilExit() }
            #expect(try two.map { try $0.result().status } == [0, 0])
            #expect(
                try FileManager.default.contentsOfDirectory(atPath: folder.appendingPathComponent("results").path).count
                    == 2)

            let same = try [0, 1].map { _ in try start(["train", "--output", "m"] + tiny) }
            for one in same { one.process.waitUntilExit() }
            #expect(try same.map { try $0.result().status }.sorted() == [0, 2])
        }
    }

    @Test(
        "killed at any moment: finished trainings are there, nothing half written stays, and the same command goes on")
    func killed() throws {
        try withFolder { folder in
            let output = folder.appendingPathComponent("r"), path = output.appendingPathComponent("results.json").path
            var done = 0
            for milliseconds in [60, 150, 300, 450] {
                let resumes = FileManager.default.fileExists(atPath: path)
                let (process, _) = try Command.process(
                    ["compare", "--output", "r"] + small + (resumes ? ["--resume"] : []), in: folder)
                try process.run()
                Thread.sleep(forTimeInterval: Double(milliseconds) / 1000)
                kill(process.processIdentifier, SIGKILL)
                process.waitUntilExit()
                guard FileManager.default.fileExists(atPath: path) else { continue }
                let results = try ResultsFile.read(path)
                #expect(results.rows.count >= done)
                done = results.rows.count
                let details = DetailsFolder(beside: path)
                for row in results.rows { #expect(try details.details(of: row.run) != nil) }
            }
            let last = try Command.run(
                ["compare", "--output", "r"] + small
                    + (FileManager.default.fileExists(atPath: path) ? ["--resume"] : []), in: folder)
            #expect(last.status == 0, Comment(rawValue: last.errors))
            let whole = try Command.run(["compare", "--output", "w"] + small, in: folder)
            #expect(whole.status == 0)
            func figures(_ name: String) throws -> [ResultRow] {
                try ResultsFile.read(folder.appendingPathComponent("\(name)/results.json").path).rows
            }
            let (a, b) = (try figures("r"), try figures("w"))
            #expect(
                a.count == 4
                    && zip(a, b).allSatisfy {
                        $0.test == $1.test && $0.devLoss == $1.devLoss && $0.details == $1.details
                    })
            let files = try FileManager.default.subpathsOfDirectory(atPath: output.path).sorted()
            #expect(files.filter { $0.hasSuffix(".part") }.isEmpty && files.count == 7, "\(files)")
        }
    }

    @Test("the same seed exports the same bytes in every process, and other files are left alone") func export() throws
    {
        try withFolder { folder in
            func bytes(_ name: String) throws -> [String: Data] {
                let place = folder.appendingPathComponent(name)
                return try Dictionary(
                    uniqueKeysWithValues: FileManager.default.contentsOfDirectory(atPath: place.path).map {
                        ($0, try Data(contentsOf: place.appendingPathComponent($0)))
                    })
            }
            let sizes = ["--train-pairs", "30", "--test-pairs", "20"]
            for name in ["a", "b"] {
                #expect(try Command.run(["data", "english-french", "--export", name] + sizes, in: folder).status == 0)
            }
            #expect(try bytes("a") == bytes("b"))
            let shown = try (0..<2).map { _ in
                try Command.run(["data", "english-german", "--format", "json"], in: folder).output
            }
            #expect(shown[0] == shown[1] && shown[0].contains("\"possible\""))
            let before = try bytes("a")
            #expect(
                try Command.run(["data", "english-french", "--export", "a"] + sizes, in: folder).status == 0,
                "the same once more")
            let other = try Command.run(
                ["data", "english-french", "--export", "a", "--data-seed", "2"] + sizes, in: folder)
            #expect(other.status == 2 && other.errors.contains("Nothing was changed"), Comment(rawValue: other.errors))
            #expect(try bytes("a") == before)
        }
    }

    @Test(
        "numbers near the largest there is are refused with a sentence",
        arguments: [
            ["compare", "--tasks", "copy", "--lengths", "1-9223372036854775807", "--shard", "1/2", "--output", "x"],
            ["claims", "length", "--long-lengths", "1-9223372036854775807", "--output", "x"],
            ["data", "copy", "--lengths", "9223372036854775806-9223372036854775807"],
            ["train", "--steps", "9223372036854775807"], ["compare", "--seeds", "9223372036854775807"],
            ["compare", "--shard", "1/9223372036854775807"],
            ["bench", "--threads", "9223372036854775807"], ["train", "--train-pairs", "99999999999999999999999"],
            ["train", "--hidden", "9223372036854775807"],
        ])
    func numbers(arguments: [String]) throws {
        try withFolder { folder in
            let result = try Command.run(arguments, in: folder)
            #expect(
                result.status == 2 && result.errors.hasPrefix("attention: ")
                    && result.errors.filter { $0 == "\n" }.count == 1, Comment(rawValue: result.errors))
        }
    }

    @Test("a name is text in headings, lists and on the terminal") func names() throws {
        try withFolder { folder in
            let text = """
                {"tasks":["copy"],"scorers":["luong-dot"],"seeds":1,"training":{"steps":5},"model":{"hidden":4},
                 "data":{"copy":{"trainPairs":20,"devPairs":5,"testPairs":4,"longPairs":2}},
                 "conditions":[{"name":"<img src=x> \\u001b[31m*a*"},{"name":"http://a.example/<img src=y>","data":{"copy":{"testPairs":5}}}]}
                """
            try Data(text.utf8).write(to: folder.appendingPathComponent("e.json"))
            let markdown = try Command.run(
                ["compare", "--experiment", "e.json", "--output", "r", "--quiet", "--format", "markdown"], in: folder)
            #expect(
                markdown.status == 0 && markdown.output.contains("## ") && !markdown.output.contains("<img")
                    && markdown.output.contains("&lt;img"),
                Comment(rawValue: markdown.output + markdown.errors))
            for format in ["terminal", "markdown", "latex", "csv", "json"] {
                let shown = try Command.run(
                    ["compare", "--output", "r", "--resume", "--quiet", "--by", "seeds", "--format", format], in: folder
                )
                #expect(shown.status == 0 && !shown.output.contains("\u{1B}"), "\(format): \(shown.errors)")
            }
        }
    }
}
