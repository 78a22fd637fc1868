// A throw-away task that is no translation, written as a learner writes one: in a module of its own, by what is public.

public import Corpora
public import Experiments

/// A sentence of words; one of them decides the only word of the target, and is its gold.
public struct MoodTask: ToyTask, MeasuredTask {
    public let name = "mood"
    public let summary = "One word of the sentence decides its label: attention must find it."
    public let defaults = ToyOptions(
        trainPairs: 300, devPairs: 30, testPairs: 60, longPairs: 20, lengths: 4...8,
        longLengths: 10...14, rates: ["praise": 0.5])
    public let metrics = [MoodTask.accuracy, MoodTask.deciding, .entropy, .trainingSpeed, .scoringTime]

    public static let accuracy = Metric.share(
        "label_accuracy", title: "label %", note: "sentences that get the right label", phrase: "right labels",
        of: "right_labels", in: "labels")
    public static let deciding = Metric.share(
        "deciding_weight", title: "decider %", note: "weight on the word that decides the label",
        of: "weight_on_decider", in: "weight")

    public init() {}

    private static let signs = ["good": ["lovely", "great", "fine"], "bad": ["awful", "dull", "poor"]]
    private static let others = [
        "the", "film", "was", "we", "saw", "it", "with", "a", "friend", "today", "and", "then", "left",
    ]

    public func generator(_ options: ToyOptions) -> PairGenerator {
        let praise = options.rates["praise"] ?? 0
        return { length, random in
            let label = random.chance(praise) ? "good" : "bad", place = random.below(length)
            var words = (0..<length).map { _ in random.pick(Self.others) }
            words[place] = random.pick(Self.signs[label] ?? [])
            return SentencePair(
                source: words, target: [label], gold: GoldAlignment(sure: [Link(place, 0)]), phenomena: [label])
        }
    }

    public func counts(_ answer: Answer) -> [String: Double] {
        var counts = ["labels": 1.0, "right_labels": answer.output == answer.pair.target ? 1 : 0]
        if let weights = answer.weights?.weights(of: 0), let decider = answer.pair.gold?.sure.first?.source {
            counts["weight"] = 1
            counts["weight_on_decider"] = Array(weights)[decider]
        }
        return counts
    }
}
