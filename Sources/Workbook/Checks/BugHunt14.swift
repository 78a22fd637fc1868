// Bug hunt 14: two directions, of which one was not turned round.

public import Corpora

public protocol BugHunt14Answers: BugHuntAnswers {
    static func agreed(forward: [[Double]], backward: [[Double]]) throws -> Set<Link>
}

extension BugHunt14Answers {
    public static var exercise: Exercise {
        hunt(
            14, "what both directions say", topic: "TwoWays", lesson: "18_PriorAndPosterior", function: "agreed",
            hints: [
                "Take a source of three words and a target of one. How many rows has each model, and which links can come out of each?",
                "`links` names the row second. Which word is a row of the first model, and which of the second?",
                "Turn the links of the second model: Link(its target, its source), before the two are compared.",
            ], right: .a,
            others: [
                .b:
                    "It loses words, and what is left is the surer. In the failing test both models draw the link, and it is not kept.",
                .c:
                    "Only the place of the largest number is taken, and that needs no comparison with the other model.",
                .d: "In the failing test every row has one number that is far above the others.",
            ], test: test)
    }

    private static func rows(_ pointers: [Int], of count: Int) -> [[Double]] {
        pointers.map { place in (0..<count).map { $0 == place ? 0.9 : 0.1 / Double(max(1, count - 1)) } }
    }

    private static func shown(_ links: Set<Link>, _ source: [String], _ target: [String]) -> String {
        let names = links.sorted().map { link in
            let source = source.indices.contains(link.source) ? source[link.source] : "word \(link.source)"
            let target = target.indices.contains(link.target) ? target[link.target] : "word \(link.target)"
            return "\(source) – \(target)"
        }
        return names.isEmpty ? "nothing" : names.joined(separator: ", ")
    }

    @Sendable private static func test() throws {
        let source = ["he", "does", "not", "sleep"], target = ["er", "schläft", "nicht"]
        let forward = rows([0, 3, 2], of: 4), backward = rows([0, 1, 2, 1], of: 3)
        let got = try agreed(forward: forward, backward: backward)
        let expected: Set = [Link(0, 0), Link(3, 1), Link(2, 2)]
        let union: Set = [Link(0, 0), Link(3, 1), Link(2, 2), Link(1, 1)]
        try require(
            got == expected,
            "agreed(…) of “\(source.joined(separator: " "))” and “\(target.joined(separator: " "))” is \(shown(got, source, target)); both models draw \(shown(expected, source, target))",
            cause: got == union
                ? "what one model alone draws was kept too"
                : got == Set(expected.map { Link($0.target, $0.source) })
                    ? "the first model's links were turned, and the second's are left: links are source-target" : nil)
        // A circle of three, in which no link is its own mirror image.
        let circle = try agreed(forward: rows([1, 2, 0], of: 3), backward: rows([2, 0, 1], of: 3))
        try require(
            circle == [Link(1, 0), Link(2, 1), Link(0, 2)],
            "agreed(…) of three words in a circle is \(circle.sorted().map { "\($0.source)-\($0.target)" }), expected 1-0, 2-1, 0-2"
        )
        let alone = try agreed(forward: rows([2], of: 3), backward: rows([0, 0, 0], of: 1))
        try require(
            alone == [Link(2, 0)],
            "agreed(…) of three source words and one target word is \(alone.sorted().map { "\($0.source)-\($0.target)" }), expected 2-0"
        )
    }
}
