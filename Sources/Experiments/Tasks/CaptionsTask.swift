// Captions as a task: right captions, and whether each word that says what an object is looked at the object.

public import Corpora
import Evaluation
public import Seq2Seq

/// Pictures to captions (`CaptionsLanguage`). Looks are the weights before the word is known, also where the weights
/// are there to choose one cell: soft and hard attention are measured alike.
public struct CaptionsTask: DrawnTask {
    public let language: any ToyTask = CaptionsLanguage()

    public init() {}

    public func fit(_ model: inout ModelSettings, _ training: inout TrainingSettings) {
        model.prefer(\.vectorWidth, CaptionsLanguage.width)
        model.prefer(\.encoder, .cells)
        model.prefer(\.embedding, 24)
        training.prefer(\.steps, 2400)
    }

    public func things(in pair: SentencePair) -> [String]? {
        guard let extras = pair.extras, extras.grid != nil, extras.width == CaptionsLanguage.width else { return nil }
        return extras.vectors.map(CaptionsLanguage.things)
    }

    /// Of the content words: those that say number, size, colour and shape.
    public func counts(_ answer: Answer) -> [String: Double] {
        guard let weights = answer.looks, let gold = answer.pair.gold else { return [:] }
        var counts = ["object_words": 0.0, "object_hits": 0, "object_mass": 0, "object_entropy": 0]
        for (place, isContent) in answer.pair.isContent.enumerated() where isContent {
            guard let row = weights.weights(of: place), let look = weights.argmax(of: place) else { continue }
            let sum = row.reduce(0, +)
            counts["object_words", default: 0] += 1
            counts["object_hits", default: 0] += gold.sure.contains(Link(look, place)) ? 1 : 0
            counts["object_mass", default: 0] +=
                row.indices.filter { gold.sure.contains(Link($0, place)) }.map { row[$0] }.reduce(0, +) / sum
            counts["object_entropy", default: 0] += normalisedEntropy(
                row.map { $0 / sum }, sourceCount: weights.sourceCount)
        }
        return counts
    }

    public let metrics = [
        .testAccuracy.changed(note: Self.right), .longAccuracy.changed(note: Self.right),
        .tokenAccuracy.changed(place: .quality), .bleu,
        Self.pointing,
        .share(
            "object_mass", title: "cell mass %", note: "weight of these words on the object's cell",
            phrase: "weight on the right cell", of: "object_mass", in: "object_words"),
        Self.spread, .trainingSpeed, .scoringTime,
    ]

    public static let pointing = Metric.share(
        "object_pointing", title: "cell %",
        note: "words that say what an object is, whose most looked-at cell is the object's",
        phrase: "looks at the right cell", of: "object_hits", in: "object_words")

    /// The entropy of the words that look for an object.
    public static let spread = Metric.counted(
        "object_entropy", title: "entropy",
        note: "of the weights of these words: 0 on one cell, 1 spread evenly", unit: .init("", 0...1), digits: 3,
        direction: .neither, of: ["object_entropy", "object_words"]
    ) { $0[1] > 0 ? $0[0] / $0[1] : nil }

    private static let right: Metric.Note = """
        captions that are right to the last word, of pictures as large as those of training and of larger ones (greedy \
        search)
        """
}
