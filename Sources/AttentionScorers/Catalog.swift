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
            LocationSensitiveScorer.self,
            CoverageScorer.self,
            MultiHead<ScaledDotScorer>.self,
            MultiHead<BahdanauScorer>.self,
            MultiHead<CoverageScorer>.self,
            UniformScorer.self,
            NoAttentionScorer.self,
        ]
    }

    /// Those of the default comparison, which a reader takes in at a glance and waits for: today all of them.
    /// The others are asked for, by name, by family, or all together.
    public static var standard: [any AttentionScorer.Type] { scorers }

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
