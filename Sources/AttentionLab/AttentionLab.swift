// The umbrella module: `import AttentionLab` brings in everything a student needs.
@_exported import Aligners
@_exported import AttentionScorers
@_exported import Corpora
@_exported import Evaluation
@_exported import Experiments
@_exported import Randomness
@_exported import Reports
@_exported import Seq2Seq
@_exported import TensorCore
