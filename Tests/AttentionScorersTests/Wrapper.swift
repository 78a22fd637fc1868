// A scorer around another, for tests that make one in a way the catalogue does not.

import AttentionLab

/// A scorer that asks another for everything.
protocol Wrapper: AttentionScorer {
    var inside: any AttentionScorer { get }
}

extension Wrapper {
    func keys(from states: Tensor) throws -> Tensor { try inside.keys(from: states) }
    func heads(of memory: Memory) throws -> Memory? { try inside.heads(of: memory) }
    func scores(query: Tensor, memory: Memory, past: Past) throws -> Tensor {
        try inside.scores(query: query, memory: memory, past: past)
    }
    func look(query: Tensor, memory: Memory, past: Past, _ how: Weighting) throws -> Look {
        try inside.look(query: query, memory: memory, past: past, how)
    }
}
