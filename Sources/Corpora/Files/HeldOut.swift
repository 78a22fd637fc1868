// Pairs that are kept from training: the same ones for the same pairs and seed.

import Randomness

/// A pair whose source also stands in the training part is no test of anything, so repeated sources stay together.
struct HeldOut {
    /// Both in the order of the text.
    let rest: [SentencePair], held: [SentencePair]

    /// - Parameters:
    ///   - most: pairs to hold out at most; nil for a tenth, and no more than 500.
    ///   - isWanted: which of them may be held out.
    /// - Throws: `InputError` where there are too few pairs to hold any out.
    init(
        _ pairs: [SentencePair], name: String, most: Int?, seed: UInt64 = 1, purpose: String = "held out",
        where isWanted: (SentencePair) -> Bool = { _ in true }
    ) throws {
        let groups = Dictionary(grouping: pairs.indices) { pairs[$0].source.map(Spelling.init) }
        var order = groups.keys.map { groups[$0] ?? [] }.sorted { ($0.first ?? 0) < ($1.first ?? 0) }
        guard order.count >= 2 else {
            throw InputError(
                "\(name) has \(Counted.text(pairs.count, "pair")) with \(Counted.text(order.count, "different source sentence")); at least 2 are needed, one to train on and one for dev"
            )
        }
        var random = RandomSource(seed: seed, purpose: purpose)
        random.shuffle(&order)
        let wanted = max(1, min(most ?? min(500, pairs.count / 10), pairs.count - 1))
        var held: [Int] = [], rest: [[Int]] = []
        while let group = order.popLast() {
            let goes = held.count < wanted && !(order.isEmpty && rest.isEmpty)
            if goes, group.allSatisfy({ isWanted(pairs[$0]) }) { held += group } else { rest.append(group) }
        }
        self.held = held.sorted().map { pairs[$0] }
        self.rest = rest.joined().sorted().map { pairs[$0] }
    }
}
