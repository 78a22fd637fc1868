// The experiments on what can be put around a scorer: normalisers, uses, heads, terms of the loss, bodies, layers.

import AttentionScorers
import Corpora
import Seq2Seq

extension BuiltInExperiment {
    static var local: BuiltInExperiment {
        comparison(
            "local", "Is a window around a place enough, and does it last on long sentences?",
            "The same score over the whole source and inside a window, around the place of the word that is written (local-m) or a place "
                + "that is predicted (local-p; Luong et al. 2015, §3.2), on a language with almost the same order and where order is turned "
                + "round.",
            scorers: [LuongGeneralScorer.self, LocalMonotonicScorer.self, LocalPredictiveScorer.self], seeds: 5
        ) { $0.tasks = [language, ReverseTask().name] }
    }

    static var monotonic: BuiltInExperiment {
        comparison(
            "monotonic", "What can attention that only moves on still do?",
            "Scorers that walk along the source and never back, beside one that looks anywhere, on a language whose order is almost kept and "
                + "where it is turned round (Raffel et al. 2017; Chiu & Raffel 2018; He et al. 2019; Zhang et al. 2018).",
            scorers: [
                BahdanauScorer.self, MonotonicScorer.self, MochaScorer.self, StepwiseScorer.self, ForwardScorer.self,
            ], seeds: 3
        ) { $0.tasks = [language, ReverseTask().name] }
    }

    static var normalisers: BuiltInExperiment {
        comparison(
            "normalisers", "Do weights that are exactly zero align and translate better?",
            "Softmax, which gives every word some weight, against sparsemax (Martins & Astudillo 2016) and entmax-1.5 (Peters et al. 2019), "
                + "which give most words none. How sharp each is depends on the size of the scores, so dot products stand there with and "
                + "without √D: temperature and normaliser are one choice.",
            scorers: [BahdanauScorer.self, LuongDotScorer.self, ScaledDotScorer.self], seeds: 5
        ) {
            $0.conditions = [("softmax", .masked), ("sparsemax", .sparsemax), ("entmax-1.5", Normalisation.entmax15)]
                .map { name, way in model(name) { $0.normalisation = way } }
        }
    }

    static var hard: BuiltInExperiment {
        comparison(
            "hard", "Must a model look at a mean of all words, or can it look at one?",
            "The context as the mean of the states, against a word that is written from one source word at a time: the exact sum over all of "
                + "them (Deng et al. 2018, Shankar et al. 2018), a sample with REINFORCE (Xu et al. 2015), and a sample whose gradient is that of "
                + "a soft one (straight-through Gumbel, Jang et al. 2017). The exact sum costs an output layer for every source word, about "
                + "ten times the step.",
            scorers: [BahdanauScorer.self, LuongDotScorer.self], seeds: 3
        ) {
            $0.conditions = [
                ("soft", .mean), ("exact", .words), ("sampled", .sampled),
                ("straight-through", UseOfWeights.straightThrough),
            ].map { name, use in model(name) { $0.use = use } }
        }
    }

    static var body: BuiltInExperiment {
        comparison(
            "body", "Is a score that is better in a recurrent model better in a Transformer?",
            "The same scorers between a bidirectional GRU and a GRU, and between the encoder and the decoder of a Transformer of two layers "
                + "(Vaswani et al. 2017), each at a learning rate that suits it.",
            scorers: [
                BahdanauScorer.self, LuongDotScorer.self, ScaledDotScorer.self, MultiHead<ScaledDotScorer>.self,
                NoAttentionScorer.self,
            ], seeds: 3
        ) {
            $0.conditions = [Body.recurrent, .transformer].map { body($0, layers: nil) }
        }
    }

    static var depth: BuiltInExperiment {
        comparison(
            "depth", "Do more layers help, in either body?",
            "One, two and four layers of encoder and decoder, recurrent and of a Transformer, with the same steps of training.",
            scorers: [LuongDotScorer.self, MultiHead<ScaledDotScorer>.self], seeds: 3
        ) {
            $0.conditions = [Body.recurrent, .transformer].flatMap { kind in
                [1, 2, 4].map { body(kind, layers: $0) }
            }
        }
    }

    private static func body(_ body: Body, layers: Int?) -> Condition {
        var model = ModelSettings(scorer: ""), training = TrainingSettings()
        body.apply(to: &model, &training)
        model.layers = layers
        let depth = layers.map { $0 == 1 ? ", 1 layer" : ", \($0) layers" }
        return Condition(body.rawValue + (depth ?? ""), model: model, training: training)
    }

    static var heads: BuiltInExperiment {
        comparison(
            "heads", "Are several small looks worth more than a great one?",
            "The same projections of queries, keys and values, cut into 1, 2, 4 or 8 heads (Vaswani et al. 2017, §3.2.2): with scaled dot "
                + "products the number of parameters does not change, with an additive score a head's hidden layer has its share of A units. "
                + "The alignment is the mean of the heads.",
            scorers: [MultiHead<ScaledDotScorer>.self, MultiHead<BahdanauScorer>.self], seeds: 5
        ) {
            $0.conditions = [1, 2, 4, 8].map { count in model(Self.heads(count)) { $0.heads = count } }
        }
    }

    /// What the condition with so many heads is called.
    static func heads(_ count: Int) -> String { count == 1 ? "1 head" : "\(count) heads" }

    static var terms: BuiltInExperiment {
        let scorers: [any AttentionScorer.Type] = [BahdanauScorer.self, CoverageScorer.self, LuongDotScorer.self]
        return comparison(
            "terms", "Does it help to say in the loss what the weights should be like?",
            "The cross-entropy alone, and beside it the coverage loss (See et al. 2017, eq. 12: do not look twice), the gold alignment "
                + "(Liu et al. 2016, Mi et al. 2016), and sums of 1 for every source word (Xu et al. 2015, eq. 14). `coverage` has what was looked at in its score, "
                + "`bahdanau` is the same score without it.",
            scorers: scorers, seeds: 5
        ) {
            let withCoverage = [BahdanauScorer.card.name, CoverageScorer.card.name]
            $0.conditions = [
                loss("cross-entropy", [:]), loss("coverage loss", [.coverage: 1], withCoverage),
                loss("supervised", [.supervised: 1]), loss("doubly stochastic", [.doublyStochastic: 1], withCoverage),
            ]
        }
    }

    /// A condition with terms in the loss; of these scorers only, if any are named.
    private static func loss(_ name: String, _ terms: TermList, _ scorers: [String]? = nil) -> Condition {
        var training = TrainingSettings()
        training.terms = terms
        return Condition(name, training: training, scorers: scorers)
    }
}
