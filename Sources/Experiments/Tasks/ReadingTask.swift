// Questions about a passage: the answer is a word of it, and attention must find it. The passages, their questions and
// their gold are described in `ReadingPassage`.

import AttentionScorers
public import Corpora
import Reports
public import Seq2Seq

/// "mary took the key . john ran to the garden . mary walked to the kitchen .", asked "where is the key ?": "kitchen".
public struct ReadingTask: ToyTask, MeasuredTask {
    public let name = "reading"
    public let summary =
        "A passage and a question: the answer is a word of the passage, which one sentence gives, or two together."
    public let defaults = ReadingPassage.defaults

    public init() {}

    public func generator(_ options: ToyOptions) -> PairGenerator {
        let twoFacts = options.rates[ReadingPassage.twoFactRate] ?? 0
        return { length, random in ReadingPassage.pair(length: length, twoFacts: twoFacts, &random) }
    }

    /// The encoder that reads questions, and with it the sum of attention. Who names an encoder chooses the output layer
    /// too. Scorers without weights have none to sum, and write from the vocabulary.
    public func fit(_ model: inout ModelSettings, _ training: inout TrainingSettings) {
        let card = Catalog.scorers.first { $0.card.name == model.scorer }?.card
        if model.encoder == ModelSettings(scorer: "").encoder {
            model.encoder = .question
            if card.map({ $0.hasAlignment && $0.mass == .one }) ?? true { model.prefer(\.copying, .attentionSum) }
        }
        model.prefer(\.maximumSource, 72)
        training.prefer(\.steps, 2000)
        training.prefer(\.batchSize, 64)
    }

    public var about: [String] {
        [
            "answers by the sum of attention (attention-sum); scorers without weights, such as none, write from the vocabulary"
        ]
    }

    /// With the question over the gold of its answer.
    public func text(_ pair: SentencePair) -> String {
        var table = Table([Table.Column("", .left), Table.Column("", .left), Table.Column("", .left)])
        let gold = pair.gold ?? GoldAlignment()
        func words(_ links: Set<Link>) -> String { Words.join(links.map(\.source).sorted().map { pair.source[$0] }) }
        table.add([
            "  " + Words.join(pair.target), words(gold.sure) + " (" + words(gold.possible.subtracting(gold.sure)) + ")",
            pair.phenomena.first ?? "",
        ])
        return Words.join(pair.source) + "\n" + Words.join(pair.extras?.question ?? []) + "\n" + table.body
    }

    // MARK: figures

    public var metrics: [Metric] {
        [
            Self.accuracy, Self.oneFact, Self.near, Self.far, Self.long, Self.answer, Self.support, .goldMass, .entropy,
            .trainingSpeed, .scoringTime,
        ]
    }

    public static let accuracy = Metric.share(
        "reading_accuracy", title: "right %", note: "questions that get the right answer, and no other word",
        phrase: "right answers", of: "right", in: "questions")
    static let oneFact = Metric.share(
        "reading_one_fact", title: "1 fact %", note: "right answers where one sentence gives it",
        of: "right_one", in: "questions_one")
    static let near = Metric.share(
        "reading_two_near", title: "2 near %", note: "where two neighbouring sentences give it together",
        of: "right_near", in: "questions_near")
    static let far = Metric.share(
        "reading_two_far", title: "2 far %", note: "where others stand between the two",
        of: "right_far", in: "questions_far")
    static let long = Metric.share(
        "reading_long", title: "long %", note: "right answers in passages longer than those of training",
        split: .long, of: "right", in: "questions")
    static let answer = Metric.share(
        "reading_points", title: "points %", note: "largest weight on the answer in the sentence that gives it",
        of: "points_at_answer", in: "pointed")
    static let support = Metric.share(
        "reading_support", title: "support %", note: "largest weight in a sentence that the question needs",
        of: "points_at_support", in: "pointed")

    public func counts(_ answer: Answer) -> [String: Double] {
        let kind = ReadingQuestion(answer.pair).name, right = answer.output == answer.pair.target ? 1.0 : 0
        var counts = ["questions": 1, "right": right, "questions_" + kind: 1, "right_" + kind: right]
        for other in ReadingQuestion.names where other != kind {
            (counts["questions_" + other], counts["right_" + other]) = (0, 0)
        }
        guard let gold = answer.pair.gold, let place = answer.weights?.argmax(of: 0) else { return counts }
        counts["pointed"] = 1
        counts["points_at_answer"] = gold.sure.contains(Link(place, 0)) ? 1 : 0
        counts["points_at_support"] = gold.possible.contains(Link(place, 0)) ? 1 : 0
        return counts
    }
}

/// What a question needs, as its gold tells it.
struct ReadingQuestion {
    static let names = ["one", "near", "far"]
    let name: String

    init(_ pair: SentencePair) {
        let sentences = Self.sentences(of: pair)
        name = pair.phenomena.first != ReadingPassage.Facts.two.rawValue ? "one" : sentences == 1 ? "near" : "far"
    }

    /// From the first sentence that has a whole place in the gold to the last: how far they are apart.
    private static func sentences(of pair: SentencePair) -> Int {
        let possible = Set((pair.gold?.possible ?? []).map(\.source))
        var first = 0, whole: [Int] = []
        for (number, count) in (pair.extras?.sentences ?? []).enumerated() {
            if (first..<first + count).allSatisfy(possible.contains) { whole.append(number) }
            first += count
        }
        return (whole.last ?? 0) - (whole.first ?? 0)
    }
}
