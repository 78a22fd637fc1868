// The experiments that come with the toolkit, and what each of them asks.

import AttentionScorers
import Corpora
import Seq2Seq

/// A question with the comparison or the measurement that answers it.
public struct BuiltInExperiment: Sendable {
    /// What `attention compare --experiment` calls it.
    public let name: String
    /// One line.
    public let question: String
    /// What is varied, what to look at, and where the question comes from.
    public let about: String
    public let kind: Kind

    public enum Kind: Sendable {
        /// Trainings, and the second table that shows the answer best.
        case comparison(Experiment, by: Breakdown.Key?)
        /// Figures that are no comparison of scorers, made at once.
        case measurement(Measurement)
    }

    public enum Measurement: String, Sendable {
        case scale, keys
        case realText = "real-text"
    }

    public var experiment: Experiment? { if case .comparison(let experiment, _) = kind { experiment } else { nil } }

    /// - Parameter scorers: those that the default comparison has: the catalogue's and the learner's own.
    public static func all(scorers: [String]) -> [BuiltInExperiment] {
        [
            BuiltInExperiment(
                name: "default", question: "Which scorer translates, aligns and runs best in one and the same model?",
                about:
                    "Eleven scorers, five seeds, English to French: what `attention compare` does without any option. With "
                    + "`--scorers all` it has every one, with `--scorers past-family` those of a family.",
                kind: .comparison(Experiment(tasks: [language], scorers: scorers), by: nil)),
            budget, length, timing, feeding, encoder, dataSize, seeds, masking, copying, local,
            monotonic, normalisers, hard, heads, terms, body, depth,
            hierarchy, reading,
            BuiltInExperiment(
                name: "scale", question: "What becomes of the softmax as D grows, with √D and without?",
                about:
                    "Entropy and gradient of the softmax over dot products of random vectors of width 4 to 1024, plain and divided by √D "
                    + "(Vaswani et al. 2017, §3.2.1: without the division the softmax is pushed “into regions where it has extremely small gradients”).",
                kind: .measurement(.scale)),
            BuiltInExperiment(
                name: "keys", question: "What does it bring to compute the keys once, and not at every step?",
                about:
                    "The time of whole decodings with keys kept and with keys computed anew at each step, and its three terms. The same as "
                    + "`attention bench --what keys`, which has more options.",
                kind: .measurement(.keys)),
            realText, captions, speech,
        ]
    }

    private static var realText: BuiltInExperiment {
        BuiltInExperiment(
            name: Measurement.realText.rawValue,
            question: "What lies between a translator's weights and a word alignment?",
            about:
                "AER of a translator's soft attention, read before a word is known and after, and of eight models that each change one thing "
                + "on the way to the aligner of `attention align`: on your own text with gold links (--train, --gold), or on \(language) with "
                + "its hidden ones.",
            kind: .measurement(.realText))
    }

    static let language = ToyTasks.all[0].name

    static func comparison(
        _ name: String, _ question: String, _ about: String,
        scorers: [any AttentionScorer.Type], seeds: Int, by: Breakdown.Key? = nil,
        _ change: (inout Experiment) -> Void
    ) -> BuiltInExperiment {
        var experiment = Experiment(tasks: [language], scorers: scorers.map { $0.card.name })
        experiment.seeds = seeds
        change(&experiment)
        return BuiltInExperiment(name: name, question: question, about: about, kind: .comparison(experiment, by: by))
    }

    /// A condition that changes one thing of the model.
    static func model(_ name: String, _ change: (inout ModelSettings) -> Void) -> Condition {
        var model = ModelSettings(scorer: "")
        change(&model)
        return Condition(name, model: model)
    }

    static func data(_ name: String, _ change: (inout ToyOptions) -> Void) -> Condition {
        var options = ToyTasks.all[0].defaults
        change(&options)
        return Condition(name, data: [language: options])
    }

    // MARK: the trainings

    // Conditions and scorers are listed one by one: a case or a scorer that comes later changes no published
    // experiment.

    private static var budget: BuiltInExperiment {
        comparison(
            "budget", "Is the default table one of quality, or of the speed of learning?",
            "The same scorers at the default's 1200 steps, at which dev loss still falls, and at 3600; the learning rate falls to the end of "
                + "each. What changes between the two is speed of learning, what stays is what a scorer can do.",
            scorers: [
                BahdanauScorer.self, LuongDotScorer.self, ScaledDotScorer.self,
                LocationSensitiveScorer.self, NoAttentionScorer.self,
            ],
            seeds: 5
        ) {
            $0.conditions = [1200, 3600].map(steps)
        }
    }

    /// A training of its own, whose learning rate falls to its end.
    private static func steps(_ count: Int) -> Condition {
        var training = TrainingSettings()
        training.steps = count
        return Condition("\(count) steps", training: training)
    }

    private static var length: BuiltInExperiment {
        comparison(
            "length", "Does a fixed vector lose long sentences, and does attention keep them?",
            "Attention against the fixed vector (`none`), trained on sentences of up to 10, 20 and 30 words and tested on those lengths and "
                + "beyond, up to 50: quality against source length (Bahdanau et al. 2015, figure 2; Cho et al. 2014).",
            scorers: [BahdanauScorer.self, LocationSensitiveScorer.self, NoAttentionScorer.self],
            seeds: 5, by: .bleu
        ) { experiment in
            experiment.conditions = [10, 20, 30].map { longest in
                data("up to \(longest) words") {
                    ($0.lengths, $0.longLengths, $0.longPairs) = (5...longest, (longest + 1)...50, 500)
                }
            }
        }
    }

    private static var timing: BuiltInExperiment {
        comparison(
            "timing", "Should the decoder ask where to look before its cell or after?",
            "The query is s before the cell has read the last word (Bahdanau et al. 2015) or after (Luong et al. 2015, §3.3); all else is equal.",
            scorers: [BahdanauScorer.self, LuongDotScorer.self, LuongGeneralScorer.self], seeds: 5
        ) {
            $0.conditions = [QueryTiming.after, .before].map { timing in model(timing.rawValue) { $0.timing = timing } }
        }
    }

    private static var feeding: BuiltInExperiment {
        comparison(
            "feeding", "Does it help to feed the decoder what attention found?",
            "The cell reads, beside the last word, the context of attention, the attentional vector (input feeding, Luong et al. 2015, §3.3), or nothing.",
            scorers: [BahdanauScorer.self, LuongDotScorer.self, LuongGeneralScorer.self], seeds: 5
        ) {
            $0.conditions = [Feeding.context, .attentional, .none].map { feeding in
                model(feeding.rawValue) { $0.feeding = feeding }
            }
        }
    }

    private static var encoder: BuiltInExperiment {
        comparison(
            "encoder", "What does reading the source in both directions bring?",
            "H units in each direction, or 2H in one, so that the states are as wide; with attention and with the fixed vector (`none`).",
            scorers: [
                BahdanauScorer.self, LuongDotScorer.self, LocationSensitiveScorer.self,
                NoAttentionScorer.self,
            ],
            seeds: 5
        ) {
            $0.conditions = [EncoderKind.bidirectional, .forward].map { encoder in
                model(encoder.rawValue) { $0.encoder = encoder }
            }
        }
    }

    private static var dataSize: BuiltInExperiment {
        comparison(
            "data-size", "How much data and how many steps does each scorer need?",
            "Learning curves: 500 to 8000 pairs at the same 1200 steps, and 300 to 2400 steps on the same 6000 pairs. Every number of steps "
                + "is a training of its own, whose learning rate falls to its end.",
            scorers: [BahdanauScorer.self, LuongDotScorer.self, NoAttentionScorer.self], seeds: 3
        ) {
            $0.conditions =
                [500, 1000, 2000, 4000, 8000].map { pairs in data("\(pairs) pairs") { $0.trainPairs = pairs } }
                + [300, 600, 1200, 2400].map(steps)
        }
    }

    private static var seeds: BuiltInExperiment {
        comparison(
            "seeds", "How much does chance move the figures of one scorer?",
            "One scorer, twenty seeds, everything else the same: the spread of AER and BLEU that no comparison of single trainings can see "
                + "through. `--scorers` takes another one.",
            scorers: [LuongDotScorer.self], seeds: 20, by: .seeds
        ) { _ in }
    }

    private static var masking: BuiltInExperiment {
        comparison(
            "masking", "Does it matter how padding is kept out of the softmax?",
            "Softmax over the real words only, against softmax over all, padding then set to zero and the rest divided by its sum. Both have the same "
                + "weights but for rounding, unless the scores of the padding are so large that nothing is left to divide by.",
            scorers: [BahdanauScorer.self, LuongDotScorer.self, ScaledDotScorer.self], seeds: 5
        ) {
            $0.conditions = [Normalisation.masked, .renormalising].map { way in
                model(way.rawValue) { $0.normalisation = way }
            }
        }
    }

    private static var reading: BuiltInExperiment {
        comparison(
            "reading", "Is an answer better written, copied, or read off the weights?",
            "Questions about passages (`reading`), whose answer is a word of the passage, with three output layers: from the vocabulary by the context "
                + "(generator), by the switch of See et al. 2017 between that and the weights (pointer), and by the sum of the weights on each "
                + "word alone (attention-sum; Kadlec et al. 2016, §3).",
            scorers: [BahdanauScorer.self, LuongGeneralScorer.self], seeds: 3
        ) { experiment in
            experiment.tasks = [ReadingTask().name]
            experiment.conditions = [
                ("generator", Copying.none), ("pointer", .pointer), ("attention-sum", .attentionSum),
            ]
            .map { name, output in model(name) { ($0.encoder, $0.copying) = (.question, output) } }
        }
    }

    private static var copying: BuiltInExperiment {
        comparison(
            "copying", "Does a model that can copy source words translate unknown ones?",
            "With and without the pointer of See et al. (2017, §2.2), which mixes the output layer with the weights on the source words. In `summary` "
                + "the unknown words are new names and numbers, which stay as they are; in `\(language)` rare words, which have a translation. Words "
                + "seen less than 50 times in training count as unknown, so that there are such words in both.",
            scorers: [BahdanauScorer.self, LuongDotScorer.self, LuongGeneralScorer.self],
            seeds: 5, by: .words
        ) { experiment in
            experiment.tasks = [SummaryTask().name, language]
            experiment.model.minimumCount = 50
            experiment.conditions = [("without pointer", Copying.none), ("with pointer", .pointer)].map {
                name, copying in
                var model = experiment.model
                model.copying = copying
                return Condition(name, model: model)
            }
        }
    }
}
