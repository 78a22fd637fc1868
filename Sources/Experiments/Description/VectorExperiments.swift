// The experiments on sources that are numbers: pictures, looked at softly or hard, and speech, which is long.

import AttentionScorers
import Corpora
import Seq2Seq

extension BuiltInExperiment {
    static var captions: BuiltInExperiment {
        comparison(
            "captions", "Does a caption gain where every word looks at one cell of the picture?",
            "The mean of all cells against a word that is written from one of them: the exact sum over cells (Deng et al. 2018), and a "
                + "sample with REINFORCE (Xu et al. 2015, §4.1 and 4.2). Pointing and entropy are of the weights before the word is known, in "
                + "each of them.",
            scorers: [BahdanauScorer.self, LuongDotScorer.self], seeds: 5
        ) {
            $0.tasks = [CaptionsTask().name]
            $0.conditions = [(meanOfCells, .mean), (exactCell, .words), (sampledCell, UseOfWeights.sampled)]
                .map { name, use in model(name) { $0.use = use } }
        }
    }

    /// What its conditions are called.
    public static let meanOfCells = "mean of cells", exactCell = "exact cell", sampledCell = "sampled cell"

    static var speech: BuiltInExperiment {
        comparison(
            "speech", "Must attention know where it was, to read long speech?",
            "Scores of content alone against those that see the last weights or walk along the frames, trained on a few syllables and tested "
                + "on two to four times as many, some of them said twice (Chorowski et al. 2015, §4.2 and figure 3). `forward` and "
                + "`stepwise` move on by one frame a letter at most, and letters take two to seven.",
            scorers: [
                BahdanauScorer.self, LuongDotScorer.self, LocationSensitiveScorer.self, MonotonicScorer.self,
                MixtureScorer<NormalisedMixture>.self, ForwardScorer.self, StepwiseScorer.self, NoAttentionScorer.self,
            ], seeds: 5
        ) { $0.tasks = [SpeechTask().name] }
    }
}
