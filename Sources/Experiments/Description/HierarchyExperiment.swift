// The experiment on documents: attention nowhere, over all words, and at two levels.

import AttentionScorers
import Corpora
import Seq2Seq

extension BuiltInExperiment {
    static var hierarchy: BuiltInExperiment {
        comparison(
            "hierarchy",
            "Does attention at two levels label documents better than over all words, and point at evidence?",
            "A label that a few words of a document decide (`documents`): one look at all of its words, or a look at the words of each sentence "
                + "and one at the sentences (Yang et al. 2016, §2.2). `uniform` is the mean of all words, and at two levels the mean over "
                + "sentences of the mean of their words; `none` has a summary at either place.",
            scorers: [
                BahdanauScorer.self, LuongGeneralScorer.self, ScaledDotScorer.self, UniformScorer.self,
                NoAttentionScorer.self,
            ], seeds: 5
        ) {
            $0.tasks = [DocumentsTask().name]
            $0.conditions = [(flat, DecoderKind.label), (twoLevels, .hierarchical)].map { name, decoder in
                model(name) { $0.decoder = decoder }
            }
        }
    }

    /// What its conditions are called.
    public static let flat = "flat", twoLevels = "two levels"
}
