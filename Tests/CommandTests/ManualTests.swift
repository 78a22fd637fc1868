// The commands of README and manual are commands of the program: each subcommand exists, each flag is one of its own,
// and what takes no time is run.

import AttentionLab
import Claims
import Foundation
import Terminal
import TestSupport
import Testing

@testable import attention

/// A command line of a page.
struct WrittenCommand: Sendable, CustomTestStringConvertible {
    let page: String
    /// The words after `attention`.
    let words: [String]

    var testDescription: String { "\(page): attention \(words.joined(separator: " "))" }

    /// Those of a page: lines of its blocks, and code within its text.
    static func all(in text: String, page: String) -> [WrittenCommand] {
        var isBlock = false, found: [WrittenCommand] = []
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix("```") {
                isBlock.toggle()
            } else {
                let code = isBlock ? [String(line)] : line.matches(of: /`([^`]+)`/).map { String($0.1) }
                found += code.compactMap(words).map { WrittenCommand(page: page, words: $0) }
            }
        }
        return found
    }

    /// nil where it is another command, or none.
    private static func words(_ code: String) -> [String]? {
        let marks: Set = [">", "|", "&", "#", ":::"]
        var words: [String] = []
        for match in code.matches(of: /"([^"]*)"|(\S+)/) {
            if let word = match.2, marks.contains(String(word)) { break }
            words.append(String(match.1 ?? match.2 ?? ""))
        }
        if words.first == "$" { words.removeFirst() }
        if words.starts(with: ["swift", "run"]) { words.removeFirst(2) }
        if let variable = words.firstIndex(of: "$attention") { words.removeFirst(variable) }
        guard let first = words.first, ["attention", "$attention"].contains(first), words.count > 1 else { return nil }
        // What the shell puts in: a number of a part, or nothing.
        let parts = ["{}", "$SLURM_ARRAY_TASK_ID", "$part"]
        return words.dropFirst().map { word in parts.reduce(word) { $0.replacing($1, with: "1") } }.filter {
            !$0.hasPrefix("$")
        }
    }

    /// - Throws: `UsageError`, where the program would.
    func parse() throws -> Arguments? {
        if words[0].hasPrefix("-") { return words == ["--help"] || words == ["--version"] ? nil : try unknown() }
        guard let subcommand = Main.subcommands.first(where: { $0.name == words[0] }) else { return try unknown() }
        let rest = Array(words.dropFirst())
        return try Arguments(
            rest, subcommand.allOptions, allowsOperands: !subcommand.operand.isEmpty, of: subcommand.name)
    }

    private func unknown() throws -> Arguments? { throw UsageError("there is no subcommand “\(words[0])”") }

    /// The same without a training, or without whatever takes its time; nil where there is nothing to try.
    var quick: [String]? {
        switch words[0] {
        case "scorers", "--help", "--version": words
        case "data": words.contains("--export") ? nil : words
        case "experiments": words.count == 1 ? words : words + ["--help"]
        case "compare":
            // What is gone on with, files, and a scorer that the reader writes are not there.
            words.contains { ["--resume", "--train"].contains($0) || $0.hasSuffix(".json") || $0.contains("cosine") }
                ? nil : words + (words.contains("--print-experiment") ? [] : ["--print-experiment"])
        default: [words[0], "--help"]
        }
    }
}

@Suite("Commands of README and manual") struct ManualTests {
    static let commands: [WrittenCommand] = (Manual.readmes + Manual.pages).flatMap { page in
        WrittenCommand.all(in: (try? Manual.text(page)) ?? "", page: page)
    }

    @Test("a command's subcommand exists, and so do its flags", arguments: commands) func parses(
        _ command: WrittenCommand
    ) throws {
        let arguments = try command.parse()
        let verbs = [ExercisesCommand.name: ExercisesCommand.verbs, Notebooks.name: Notebooks.verbs][command.words[0]]
        if let verbs, let verb = arguments?.operands.first { #expect(verbs.contains(verb), "there is no “\(verb)”") }
    }

    @Test("commands that take no time are run") func runs() throws {
        let lines = Set(Self.commands.compactMap(\.quick))
        #expect(lines.count > 20, "so many are on the pages")
        try withFolder { folder in
            for line in lines.sorted(by: { $0.joined() < $1.joined() }) {
                let result = try Command.run(line, in: folder)
                #expect(
                    result.status == 0 && !result.output.isEmpty,
                    "attention \(line.joined(separator: " ")): \(result.errors)")
            }
        }
    }

    @Test(
        "a page that names what is not there is found out",
        arguments: [
            ("```\nswift run attention compare --seedz 3\n```", "--seedz"), ("| `attention compre` | |", "compre"),
            ("```\n$attention merge parts/* --into x\n```", "--into"),
            ("see `attention report DIR --chart`", "--chart"),
        ])
    func faults(_ text: String, _ fault: String) throws {
        let command = try #require(WrittenCommand.all(in: text, page: "made up").first)
        #expect { try command.parse() } throws: { ($0 as? UsageError)?.description.contains(fault) == true }
    }

    @Test("what a page has is read as the shell reads it") func reading() {
        let text =
            "$attention\n```\n$ swift run attention translate \"a cat\" --quiet > x\n  $attention data $x --count 1 & # why\n```\n`attention`"
        #expect(
            WrittenCommand.all(in: text, page: "").map(\.words) == [
                ["translate", "a cat", "--quiet"], ["data", "--count", "1"],
            ])
    }

    @Test("the manual names every page, and the first of the changes is this version") func complete() throws {
        let landing = try Manual.text("\(Manual.folder)/AttentionLab.md")
        #expect(Manual.pages.count > 10)
        for page in Manual.pages.map({ $0.split(separator: "/").last ?? "" }) where page != "AttentionLab.md" {
            #expect(landing.contains("](\(page))"), "AttentionLab.md has no link to \(page)")
        }
        let changes = try Manual.text("\(Manual.folder)/Changes.md")
        let heading = changes.split(separator: "\n").first { $0.hasPrefix("## ") }
        #expect(heading == "## \(Program.version)")
        try withFolder { folder in
            try #expect(Command.run(["--version"], in: folder).output == "attention \(Program.version)\n")
        }
    }

    @Test("the lists of the manual are those of the program") func lists() throws {
        func page(_ name: String) throws -> String { try Manual.text("\(Manual.folder)/\(name).md") }
        let experiments = try page("Experiments"), claims = try page("Claims"), commands = try page("Commands")
        for one in BuiltInExperiment.all(scorers: Catalog.scorers.map { $0.card.name }) {
            let row = experiments.split(separator: "\n").first { $0.hasPrefix(one.name + " ") }
            #expect(row?.hasSuffix(one.question) == true, "Experiments.md has no row of \(one.name)")
        }
        #expect(claims.split(separator: "\n").count { $0.hasPrefix("| ") && $0.contains("**") } == Claim.all.count)
        for subcommand in Main.subcommands {
            #expect(commands.contains("attention \(subcommand.name)"), "Commands.md does not name \(subcommand.name)")
        }
    }

    /// A failure shows the row as it must be.
    @Test("the page of scorers has every card, family by family; the README has a row a family") func scorers() throws {
        let page = try Manual.text("\(Manual.folder)/Scorers.md"), readme = try Manual.text("README.md")
        var rest = page[...]
        func expect(_ line: String) {
            let place = rest.range(of: "\n\(line)\n")
            #expect(place != nil, "Scorers.md lacks, or has in another place: \(line)")
            // The end of this line is the beginning of the next one.
            if let place { rest = rest[rest.index(before: place.upperBound)...] }
        }
        let families = ScorerNames.byFamily(Catalog.scorers.map { $0.card })
        for (family, cards) in families {
            expect("## \(family.group)")
            expect("\(family.summary.prefix(1).uppercased())\(family.summary.dropFirst()).")
            for card in cards {
                let cells = ["`\(card.name)`", card.equation, card.paper, card.cost]
                expect("| \(cells.map { $0.replacing("|", with: "\\|") }.joined(separator: " | ")) |")
            }
            #expect(readme.contains("\n| `\(family.group)` | "), "README.md has no row of \(family.group)")
        }
        let standard = Catalog.standard.map { "`\($0.card.name)`" }.joined(separator: ", ")
        let words = page.split { $0.isWhitespace }.joined(separator: " ")
        #expect(words.contains(standard), "Scorers.md does not say what the default comparison has: \(standard)")
        let rows = page.split(separator: "\n").count { $0.hasPrefix("| `") }
        #expect(rows == Catalog.scorers.count, "Scorers.md has rows of scorers that are gone")
    }

    @Test("the scorer in the README is the one that the tests check") func scorer() throws {
        func code(_ text: String) -> [Substring] {
            text.split(separator: "\n").filter { !$0.contains("//") }.flatMap { $0.split(separator: " ") }
        }
        let block = try #require(try Manual.text("README.md").components(separatedBy: "```swift\n").dropFirst().first)
        let shown = try #require(block.components(separatedBy: "```").first)
        #expect(try code(shown) == code(Manual.text("Solutions/CosineScorer.swift")))
    }
}
