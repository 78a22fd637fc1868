// Bug hunt 13: the prior read for the posterior.

public protocol BugHunt13Answers: BugHuntAnswers {
    static func origins(start: [Double], jumps: [[Double]], emissions: [[Double]]) throws -> [[Double]]
}

extension BugHunt13Answers {
    public static var exercise: Exercise {
        hunt(
            13, "where a word came from", topic: "Known", lesson: "18_PriorAndPosterior", function: "origins",
            hints: [
                "Take a sentence of one word. Does what the code returns depend on that word?",
                "Mark with a pencil from which line on the code knows emission t, and where row t is put on the list.",
                "Row t is `known`, and not `expected`.",
            ], right: .d,
            others: [
                .a:
                    "There are as many rows as words, and the first row does belong to the first word: it was made for it, but before it was seen. Without it every word has the row that was made for the next.",
                .b:
                    "`rowProduct` takes row k with the weight of k, as the formula does; and the first row is wrong already, before there was a jump.",
                .c:
                    "Divided by anything, a row keeps its order; in the failing test the largest number stands at the wrong word.",
            ], test: test)
    }

    @Sendable private static func test() throws {
        let source = ["he", "does", "not", "sleep"], target = ["er", "schläft", "nicht"]
        // On by one is likely, everything else a little.
        let jumps = source.indices.map { k in LocalByHand.scaled(source.indices.map { $0 == k + 1 ? 4.0 : 1 }) }
        let start = LocalByHand.scaled(source.indices.map { $0 == 0 ? 4.0 : 1 })
        let emissions = [[0.8, 0.05, 0.05, 0.05], [0.02, 0.04, 0.02, 0.7], [0.02, 0.1, 0.9, 0.02]]
        let rows = try origins(start: start, jumps: jumps, emissions: emissions)
        try require(
            rows.count == target.count && rows.allSatisfy { $0.count == source.count },
            "origins(…) has \(rows.count) rows of \(rows.map(\.count)) numbers, expected \(target.count), one for each target word, of \(source.count)"
        )
        let found = rows.map { row in source[row.indices.max { row[$0] < row[$1] } ?? 0] }
        let shown = zip(target, found).map { "\($0) – \($1)" }.joined(separator: ", ")
        try require(
            found == ["he", "sleep", "not"],
            "origins(…) of “\(target.joined(separator: " "))”: the largest numbers say \(shown); expected er – he, schläft – sleep, nicht – not"
        )
        let by = PathsByHand(transitions: [start] + jumps, emissions: emissions), filtered = by.filtered
        try expect(
            rows, equals: filtered.after,
            "origins(start: \(list(start)), jumps: \(list(jumps)), emissions: \(list(emissions)))",
            mistakes: [
                Mistake(
                    "the emissions alone; what is expected counts too",
                    givesRows: emissions.map { LocalByHand.scaled($0) }),
                Mistake(
                    "not divided by their sum",
                    givesRows: zip(filtered.before, emissions).map { zip($0, $1).map { $0 * $1 } }),
                Mistake(
                    "each word as if it were the first: the jumps have gone",
                    givesRows: emissions.map { LocalByHand.scaled(zip(start, $0).map { $0 * $1 }) }),
            ], otherwise: "expected times emission, divided by the sum; and the next expectation comes from that")
    }
}
