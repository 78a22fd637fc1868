// Speech as a task: letters by their error rate, and whether the model looked where the letter was said.

public import Corpora
import Evaluation
public import Seq2Seq

/// Frames to letters (`SpeechLanguage`). A look at a letter is its most looked-at frame while the decoder reads the
/// reference; pauses are written, and not looked at.
public struct SpeechTask: DrawnTask {
    public let language: any ToyTask = SpeechLanguage()

    public init() {}

    public func fit(_ model: inout ModelSettings, _ training: inout TrainingSettings) {
        model.prefer(\.vectorWidth, Sounds.width)
        model.prefer(\.embedding, 24)
        model.prefer(\.attention, 32)
        model.prefer(\.maximumSource, 160)
        // Two of the longest sounds on each side.
        model.prefer(\.filterWidth, 29)
        training.prefer(\.steps, 1600)
    }

    public func counts(_ answer: Answer) -> [String: Double] {
        let letters = EditCounts(output: answer.output, reference: answer.pair.target)
        let words = EditCounts(output: Self.words(answer.output), reference: Self.words(answer.pair.target))
        var counts = [
            "letters": letters.referenceWords, "letter_edits": letters.edits,
            "words": words.referenceWords, "right_words": words.right,
        ]
        if let looks = FrameLooks(answer) {
            counts["looks"] = looks.count
            counts["near_looks"] = looks.near
            counts["twin_looks"] = looks.twin
        }
        return counts.mapValues(Double.init)
    }

    private static func words(_ letters: [String]) -> [String] {
        letters.split(separator: Sounds.pause, omittingEmptySubsequences: true).map { $0.joined() }
    }

    public let metrics = [
        Self.letterErrorRate, Self.longLetterErrorRate, Self.rightWords(.test), Self.rightWords(.long),
        Self.near(.test), Self.near(.long), Self.longTwinLooks, .entropy, .trainingSpeed, .scoringTime,
    ]

    public static let letterErrorRate = letterErrors(.test), longLetterErrorRate = letterErrors(.long)

    public static let longTwinLooks = Metric.counted(
        "long_twin_frames", title: "twin %",
        note: "letters of long speech whose most looked-at frame belongs to the same letter elsewhere",
        phrase: "looks at the same letter elsewhere", direction: .lower, split: .long, of: ["twin_looks", "looks"]
    ) { $0[1] > 0 ? $0[0] / $0[1] : nil }

    private static func named(_ name: String, _ split: Metric.Split) -> String {
        (split == .test ? "" : "long_") + name
    }

    private static func letterErrors(_ split: Metric.Split) -> Metric {
        .counted(
            named("letter_error_rate", split), title: split == .test ? "LER %" : "long LER %",
            note: """
                letter error rate: letters and pauses that must be put in, taken out or replaced, in 100 that were said, \
                at the lengths of training and at two to four times those; 0 is perfect
                """,
            phrase: split == .test ? "letter error rate" : "letter error rate of long speech",
            unit: .init("%", scale: 100, 0...Double.infinity), direction: .lower, split: split,
            of: ["letter_edits", "letters"]
        ) { $0[1] > 0 ? $0[0] / $0[1] : nil }
    }

    private static func rightWords(_ split: Metric.Split) -> Metric {
        .share(
            named("right_words", split), title: split == .test ? "words %" : "long words %",
            note: "words that stand in the output letter for letter, in their order",
            phrase: split == .test ? "right words" : "right words of long speech", split: split,
            of: "right_words", in: "words")
    }

    private static func near(_ split: Metric.Split) -> Metric {
        .share(
            named("near_frames", split), title: split == .test ? "±2 %" : "long ±2 %",
            note: "letters whose most looked-at frame is at most two from the middle of their sound",
            phrase: split == .test ? "looks at the right frames" : "looks at the right frames of long speech",
            split: split, of: "near_looks", in: "looks")
    }
}

/// Where the letters of one utterance were looked for.
struct FrameLooks {
    /// Letters with weights and frames.
    private(set) var count = 0
    /// Looks at most two frames from the middle of the sound.
    private(set) var near = 0
    /// Looks into the frames of the same letter elsewhere.
    private(set) var twin = 0

    /// nil without weights or gold.
    init?(_ answer: Answer) {
        guard let weights = answer.looks, let gold = answer.pair.gold else { return nil }
        let target = answer.pair.target
        var frames: [Int: [Int]] = [:], owner: [Int: Int] = [:]
        for link in gold.sure {
            frames[link.target, default: []].append(link.source)
            owner[link.source] = link.target
        }
        for (place, letter) in target.enumerated() where letter != Sounds.pause {
            guard let own = frames[place], let first = own.min(), let last = own.max(),
                let look = weights.argmax(of: place)
            else { continue }
            count += 1
            near += abs(2 * look - first - last) <= 4 ? 1 : 0
            twin += owner[look].map { $0 != place && target[$0] == letter } == true ? 1 : 0
        }
    }
}
