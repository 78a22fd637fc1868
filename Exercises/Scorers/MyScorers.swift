// Your own scorers: each one listed here is in `attention compare`, `bench`, `train` and `scorers`, and in the contract
// tests.
//
// A scorer is a file beside this one with about ten lines; the README shows one. Then put its name between the
// brackets:
//
//     [CosineScorer.self]

public import AttentionLab

public var myScorers: ScorerList { [] }
