// The lists of scorers and normalisers. Adding one means a file in Scorers/ or Normalisers/ and a line here; nothing
// else need name it.

/// What comes with the toolkit.
public enum Catalog {
    /// In the order of the tables: family by family.
    public static var scorers: [any AttentionScorer.Type] {
        [
            BahdanauScorer.self,
            LuongDotScorer.self,
            LuongGeneralScorer.self,
            LuongConcatScorer.self,
            ScaledDotScorer.self,
            ProjectedDotScorer.self,
            LocationScorer.self,
            LocalMonotonicScorer.self,
            LocalPredictiveScorer.self,
            LocalPredictivePaperScorer.self,
            LocationSensitiveScorer.self,
            CoverageScorer.self,
            MonotonicScorer.self,
            MonotonicPaperScorer.self,
            MochaScorer.self,
            StepwiseScorer.self,
            ForwardScorer.self,
            ForwardAgentScorer.self,
            MixtureScorer<NormalisedMixture>.self,
            MixtureScorer<MixtureV0>.self,
            MixtureScorer<MixtureV1>.self,
            MixtureScorer<MixtureV2>.self,
            DynamicConvolutionScorer.self,
            MultiHead<ScaledDotScorer>.self,
            MultiHead<BahdanauScorer>.self,
            MultiHead<CoverageScorer>.self,
            UniformScorer.self,
            NoAttentionScorer.self,
        ]
    }

    /// Those of the default comparison, in the same order: eleven rows, which a reader takes in at once and is willing
    /// to wait for. They are the scores that courses set side by side and claims are judged by, one family of content
    /// complete, place and past beside it, and both baselines. The others are asked for by name, by family, or all
    /// together. A scorer that comes into this list should put another one out.
    public static var standard: [any AttentionScorer.Type] {
        [
            BahdanauScorer.self,
            LuongDotScorer.self,
            LuongGeneralScorer.self,
            LuongConcatScorer.self,
            ScaledDotScorer.self,
            ProjectedDotScorer.self,
            LocationScorer.self,
            LocationSensitiveScorer.self,
            CoverageScorer.self,
            UniformScorer.self,
            NoAttentionScorer.self,
        ]
    }

    /// The first is the default.
    public static var normalisers: [any Normaliser.Type] {
        [
            MaskedSoftmax.self,
            Sparsemax.self,
            Entmax15.self,
            RenormalisingSoftmax.self,
        ]
    }
}
