// What a resampling test adds up: the components of each sentence, those of all seeds of a system side by side, so that
// one look at a sentence serves every seed.

import Corpora

struct ComponentTable {
    let sentences: Int
    let seeds: Int
    /// Components of all seeds of a sentence.
    let width: Int
    /// Eight components side by side, those of a sentence one after the other. A sum waits for the one before it: eight
    /// at a time wait no longer than one.
    private let blocks: [SIMD8<Double>]

    /// - Parameter seeds: of one system, each with the same sentences.
    init<Sentence>(_ seeds: [[Sentence]], _ components: (Sentence) -> [Double]) {
        let rows = seeds.map { $0.map(components) }, count = rows.map(\.count).min() ?? 0
        self.init(rows: (0..<count).map { sentence in rows.flatMap { $0[sentence] } }, seeds: seeds.count)
    }

    /// - Parameter rows: one a sentence.
    init(rows: [[Double]], seeds: Int) {
        let width = rows.map(\.count).min() ?? 0
        (sentences, self.seeds, self.width) = (rows.count, seeds, width)
        blocks = rows.flatMap { row in
            stride(from: 0, to: width, by: 8).map { start in
                var block = SIMD8<Double>.zero
                for k in start..<min(start + 8, width) { block[k - start] = row[k] }
                return block
            }
        }
    }

    private var blocksOfSentence: Int { (width + 7) / 8 }

    var sums: [Double] { sums(at: Array(0..<sentences)) }

    /// The components of one sentence.
    subscript(sentence: Int) -> [Double] { sums(at: [sentence]) }

    /// Of each component, over these sentences in their order.
    func sums(at indices: [Int]) -> [Double] {
        var sums: [Double] = []
        sums.reserveCapacity(width)
        let stride = blocksOfSentence
        var block = 0
        while block < stride {
            // Two at a time share the look at the indices.
            let second = min(block + 1, stride - 1)
            var a = SIMD8<Double>.zero, b = SIMD8<Double>.zero
            for i in indices {
                a += blocks[i * stride + block]
                b += blocks[i * stride + second]
            }
            for k in 0..<min(8, width - sums.count) { sums.append(a[k]) }
            for k in 0..<min(8, width - sums.count) { sums.append(b[k]) }
            block += 2
        }
        return sums
    }

    /// What a swap of a sentence moves from one system to the other: `other` minus `self`, sentence by sentence.
    func moves(to other: ComponentTable) -> ComponentTable {
        ComponentTable(rows: (0..<sentences).map { i in zip(self[i], other[i]).map { $1 - $0 } }, seeds: seeds)
    }
}
