// A walk along the source, one step at a time: by its mean over all that could happen, or as one that happens.

import TensorCore

/// How a walk goes on from where it stands.
struct Walk {
    enum Kind {
        /// Past any number of words, to the first that stops it. σ(e) is the probability to stop at a word.
        case far
        /// By one word, or not at all. σ(e) is the probability to stay at a word.
        case stepwise
    }

    let kind: Kind
    let ending: WalkEnding

    /// After one more step.
    struct Place {
        /// α [B,S]: where it stops; no weight where it finds no word to stop at.
        let stops: Tensor
        /// [B,S]: where the next step begins.
        let standing: Tensor
    }

    /// - Parameters:
    ///   - energies: e [B,S]. In training noise is added to them: a walk that is sure whatever the noise can be taken
    ///     step by step afterwards.
    ///   - before: [B,S], where the last step has left it.
    func step(_ energies: Tensor, from before: Tensor, memory: Memory, _ how: Weighting) throws -> Place {
        if how.walksHard { return try hardStep(energies, from: before, memory: memory) }
        let p = try noisy(energies, how.noise).sigmoid()
        let stops =
            switch kind {
            case .far: try p.walked(from: before, lengths: memory.lengths, ending: ending)
            case .stepwise: try p.stepped(from: before, lengths: memory.lengths, ending: ending)
            }
        return Place(stops: stops, standing: stops)
    }

    private func noisy(_ energies: Tensor, _ noise: Noise?) throws -> Tensor {
        guard let noise else { return energies }
        let numbers = noise.normal(energies.count, "energies").map { Scalar($0) }
        return try energies + Tensor.constant(numbers, shape: energies.shape, near: energies)
    }

    /// The way that is more likely than not: p > ½ where e > 0.
    private func hardStep(_ energies: Tensor, from before: Tensor, memory: Memory) throws -> Place {
        let lengths = memory.lengths
        // A walk that has left its sentence stands nowhere: its row is empty.
        let starts = try zip(before.argmax(), lengths).enumerated().map { b, place -> Int? in
            try before.at(b, place.0) > 0 ? min(place.0, place.1 - 1) : nil
        }
        let stops = try found(energies, from: starts, lengths)
        func rows(_ places: [Int?]) throws -> Tensor {
            var rows = [Scalar](repeating: 0, count: energies.count)
            for (b, place) in places.enumerated() { if let place { rows[b * memory.source + place] = 1 } }
            return try Tensor.constant(rows, shape: energies.shape, near: energies)
        }
        let standing = kind == .far ? zip(stops, starts).map { $0 ?? $1 } : stops
        return try Place(stops: rows(stops), standing: rows(standing))
    }

    private func found(_ energies: Tensor, from starts: [Int?], _ lengths: [Int]) throws -> [Int?] {
        let begins = starts.map { $0 ?? 0 }
        switch kind {
        case .far:
            return try zip(energies.firstPositive(from: begins, lengths: lengths), lengths).map {
                $0 ?? (ending == .last ? $1 - 1 : nil)
            }
        case .stepwise:
            let here = try energies.at(begins, lengths: lengths)
            return starts.indices.map { b in
                guard let start = starts[b] else { return nil }
                if here[b] > 0 || ending == .last && start == lengths[b] - 1 { return start }
                return start + 1 < lengths[b] ? start + 1 : nil
            }
        }
    }
}
