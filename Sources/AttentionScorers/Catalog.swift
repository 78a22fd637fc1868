// The list of scorers. Adding one means a file in Scorers/ and a line here; nothing else in the tree names a scorer.

/// Every scorer that comes with the toolkit, in the order of the tables.
public enum Catalog {
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
            UniformScorer.self,
            NoAttentionScorer.self,
        ]
    }
}
