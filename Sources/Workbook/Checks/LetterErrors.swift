// Exercise 34: edits between two rows of letters, the rate over several sentences, and what a rate above 1 says.

public protocol LetterErrorsAnswers: Answers {
    static func edits(_ output: [String], _ reference: [String]) throws -> Int
    static func errorRate(outputs: [[String]], references: [[String]]) throws -> Double
    static func whatHappened() throws -> Choice
}

/// Distances, right and as they are written wrong.
private enum Edits {
    /// - Parameters:
    ///   - replace: what a letter in the place of another costs.
    ///   - insert, delete: what a letter too many costs, and one that is missing.
    static func count(
        _ output: [String], _ reference: [String], replace: Int = 1, insert: Int = 1, delete: Int = 1
    ) -> Int {
        var rows = [(0...reference.count).map { $0 * delete }]
        for (i, letter) in output.enumerated() {
            var row = [(i + 1) * insert]
            for (j, expected) in reference.enumerated() {
                row.append(
                    min(rows[i][j] + (letter == expected ? 0 : replace), rows[i][j + 1] + insert, row[j] + delete))
            }
            rows.append(row)
        }
        return rows[output.count][reference.count]
    }

    /// Place by place.
    static func places(_ output: [String], _ reference: [String]) -> Int {
        zip(output, reference).count { $0 != $1 } + abs(output.count - reference.count)
    }

    /// Letters that the other one has not as often.
    static func bags(_ output: [String], _ reference: [String]) -> Int {
        var rest = reference, extra = 0
        for letter in output {
            if let place = rest.firstIndex(of: letter) { rest.remove(at: place) } else { extra += 1 }
        }
        return max(extra, rest.count)
    }
}

private func letters(_ word: String) -> [String] { word.map { String($0) } }

extension LetterErrorsAnswers {
    public static var exercise: Exercise {
        Exercise(
            ExerciseName(.exercise, 34), "letter error rate", topic: "LetterErrors", lesson: "23_Speech",
            hints: [
                "Fill the table d(i, j) of the head for “ab” and “ba” on paper, three rows and three columns. What stands in its first row, where nothing was written yet?",
                "Row by row one needs the row above alone. Each number is the least of three: above and left, with 1 where the letters differ; above, with 1; left, with 1. For the rate: all edits together, over all letters of the references together.",
                "row = [0, 1, …, reference.count]. For each letter of the output: keep diagonal = row[0], set row[0] = i + 1; for each j, new = min(diagonal + (same ? 0 : 1), row[j + 1] + 1, row[j] + 1); diagonal = row[j + 1]; row[j + 1] = new. The last number of the last row.",
            ],
            gaps: [
                Gap("the edits", function: "edits", checkEdits),
                Gap("the rate", function: "errorRate", checkRate),
                Gap("what happened", function: "whatHappened", checkReason),
            ])
    }

    @Sendable private static func checkEdits() throws {
        for (output, reference) in [
            ("bada", "babada"), ("sitting", "kitten"), ("ab", "ba"), ("", "ba"), ("bade", ""), ("", ""),
            ("bade", "bade"),
            ("babababa", "baba"), ("mako", "kamo"), ("sunday", "saturday"),
        ].map({ (letters($0), letters($1)) }) {
            let right = Edits.count(output, reference), got = try edits(output, reference)
            if got == right { continue }
            let known: [(Int, String)] = [
                (
                    Edits.places(output, reference),
                    "the letters were compared place by place; one letter too many shifts all behind it"
                ),
                (
                    Edits.count(output, reference, replace: 2),
                    "a letter in the place of another was counted as two edits, taken out and put in; it is one"
                ),
                (
                    Edits.bags(output, reference),
                    "letters were counted wherever they stand; their order matters"
                ),
                (Edits.count(output, reference, delete: 0), "letters that are missing from the output cost nothing"),
                (Edits.count(output, reference, insert: 0), "letters that nobody said cost nothing"),
                (output.count + reference.count - right, "the letters that agree were counted, and not the edits"),
            ]
            throw CheckFailure(
                "edits(“\(output.joined())”, “\(reference.joined())”) is \(got), expected \(right)",
                cause: known.first { $0.0 == got }?.1
                    ?? "the least of three for each pair of letters; the first row and column count up from 0")
        }
    }

    @Sendable private static func checkRate() throws {
        for (outputs, references) in [
            (["bada"], ["babada"]), (["ba", "dagadago"], ["bo", "dagadago"]), (["babababa", ""], ["ba", "dago"]),
            (["ba", "x"], ["ba", ""]),
        ].map({ ($0.map(letters), $1.map(letters)) }) {
            let pairs = Array(zip(outputs, references)), counts = pairs.map { Edits.count($0, $1) }
            let edits = Double(counts.reduce(0, +)), said = Double(references.map(\.count).reduce(0, +))
            func share(_ whole: Double) -> Double { whole > 0 ? edits / whole : .nan }
            let rates = zip(counts, references).map { $1.isEmpty ? 0 : Double($0) / Double($1.count) }
            try expect(
                errorRate(outputs: outputs, references: references), equals: edits / said,
                "errorRate(outputs: \(outputs.map { $0.joined() }), references: \(references.map { $0.joined() }))",
                mistakes: [
                    Mistake("not divided", gives: [edits]),
                    Mistake(
                        "the mean of the sentences' rates; it is all edits over all letters",
                        gives: [rates.reduce(0, +) / Double(rates.count)]),
                    Mistake(
                        "divided by the letters that were written; it is by those that were said",
                        gives: [share(Double(outputs.map(\.count).reduce(0, +)))]),
                    Mistake(
                        "divided by the longer of the two; it is by those that were said, so that it can be above 1",
                        gives: [share(Double(pairs.map { max($0.count, $1.count) }.reduce(0, +)))]),
                    Mistake("cut off at 1", gives: [min(1, edits / said)]),
                    Mistake(
                        "the edits of a sentence; divide by the letters that were said",
                        gives: [edits / Double(pairs.count)]),
                    Mistake("this is the share that is right", gives: [1 - edits / said]),
                ], otherwise: "all edits together, over all letters of the references together")
        }
    }

    @Sendable private static func checkReason() throws {
        let cause =
            switch try whatHappened() {
            case .a: "letters that were put in cost as well, and of those there can be any number"
            case .b: ""
            case .c: "a wrong letter is one edit, and with as many letters as were said that is a rate of 1 at most"
            case .d: "a letter that is missing is one edit: who writes nothing has a rate of exactly 1"
            }
        try require(
            cause.isEmpty,
            "whatHappened() is wrong. Missing and wrong letters come to no more than one edit for each letter that was said",
            cause: cause)
    }
}
