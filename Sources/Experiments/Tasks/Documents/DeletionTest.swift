// Does the weight matter? A tenth of a document's words are taken away, those with the largest weights or any, and the
// model is asked once more. Cf. Serrano & Smith 2019, "Is attention interpretable?", §4.

public import Corpora
import Evaluation
import Randomness
import Seq2Seq

public enum DeletionTest {
    private enum Name { static let documents = "deletions", attended = "attended_away", random = "random_away" }

    public static let attended = Metric.counted(
        "attended_away", title: "attended away %",
        note: "right labels once the tenth of the words with the largest weights is taken away",
        direction: .neither, of: [Name.attended, Name.documents], figure: share)
    public static let random = Metric.counted(
        "random_away", title: "random away %", note: "right labels once as many words at random are taken away",
        direction: .neither, of: [Name.random, Name.documents], figure: share)
    public static let gap = Metric.counted(
        "deletion_gap", title: "gap %", note: "random away less attended away: what the weights say of what matters",
        phrase: "labels lost with the words of the largest weights and not with others",
        unit: Metric.Unit("%", scale: 100, -1...1),
        of: [Name.random, Name.attended, Name.documents]
    ) { sums in sums[2] > 0 ? (sums[0] - sums[1]) / sums[2] : nil }

    private static let share: @Sendable ([Double]) -> Double? = { sums in sums[1] > 0 ? sums[0] / sums[1] : nil }

    /// How many words are taken from so many: a tenth, rounded up; one stays.
    public static func count(of words: Int) -> Int { max(0, min((words + 9) / 10, words - 1)) }

    /// The places of the words with the largest weights, the first of equals.
    public static func attended(_ weights: some Collection<Double>) -> [Int] {
        let order = weights.enumerated().sorted { ($1.element, $0.offset) < ($0.element, $1.offset) }
        return order.prefix(count(of: weights.count)).map(\.offset)
    }

    /// As many places by chance: the same for a document whatever stands beside it.
    public static func random(_ words: [String]) -> [Int] {
        var source = RandomSource(seed: 0, purpose: "deletion " + Words.join(words)), places = Array(words.indices)
        source.shuffle(&places)
        return Array(places.prefix(count(of: words.count)))
    }

    /// A document without the words at some places. A sentence of which nothing is left goes with them.
    public static func without(_ places: [Int], _ pair: SentencePair) -> SentencePair {
        let gone = Set(places), kept = pair.source.indices.filter { !gone.contains($0) }
        var left = pair, start = 0
        left.source = kept.map { pair.source[$0] }
        left.gold = nil
        left.extras?.sentences = pair.extras?.sentences?.map { count in
            defer { start += count }
            return (start..<start + count).count { !gone.contains($0) }
        }.filter { $0 > 0 }
        return left
    }

    static func counts(
        _ answers: Answers, _ pairs: [SentencePair], _ translator: Translator
    ) throws -> [[String: Double]] {
        func isRight(without places: [[Int]]) throws -> [Bool] {
            let left = zip(places, pairs).map { without($0, $1) }
            return try zip(left, translator.translate(sourcesOf: left)).map { pair, found in
                translator.words(of: found, source: pair.source) == pair.target
            }
        }
        let heavy = answers.weights.map { $0.weights(of: 0).map { attended($0) } ?? [] }
        let withoutHeavy = try isRight(without: heavy)
        let withoutAny = try isRight(without: pairs.map { random($0.source) })
        return zip(withoutHeavy, withoutAny).map {
            [Name.documents: 1, Name.attended: $0 ? 1 : 0, Name.random: $1 ? 1 : 0]
        }
    }
}
