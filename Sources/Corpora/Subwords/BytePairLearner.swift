// Learns merges: the most frequent pair of neighbouring pieces becomes one piece, again and again.
// Sennrich et al. 2016, §3.2, algorithm 1, with counts that are kept up to date in place of counted anew.

extension BytePairs {
    /// Merges learnt from the words of some sentences, those of both sides where a model has two: a name is then cut
    /// the same way on both.
    ///
    /// Among pairs that are as frequent the first by their scalars is merged: that is the same on every machine, and
    /// does not depend on the order of the sentences. A pair that was seen once is no pattern, and ends the learning.
    /// - Parameter count: merges at most.
    /// - Complexity: O(words + merges · words that have the merged pair).
    public init(learning count: Int, from sentences: some Sequence<[String]>) {
        var learner = BytePairLearner(sentences), merges: [Merge] = []
        while merges.count < count, let merge = learner.next() { merges.append(merge) }
        self.init(merges)
    }
}

/// Words in pieces, and how often each two pieces stand side by side.
private struct BytePairLearner {
    private struct Word {
        var pieces: [Int]
        let count: Int
    }

    private struct Neighbours {
        var count = 0
        /// In which they stand or have stood, some of them several times.
        var words: [Int] = []
    }

    private var table = PieceTable()
    private var words: [Word] = []
    private var neighbours: [NumberedPair: Neighbours] = [:]
    private var candidates = Candidates()

    init(_ sentences: some Sequence<[String]>) {
        var counts: [Spelling: Int] = [:]
        for word in sentences.joined() { counts[Spelling(word), default: 0] += 1 }
        for (word, count) in counts {
            let pieces = BytePairs.scalars(of: word.word).map { table.number(of: $0) }
            words.append(Word(pieces: pieces, count: count))
            add(words.count - 1, times: count, noting: { _ in true })
        }
        for (pair, found) in neighbours { propose(pair, found.count) }
    }

    /// The most frequent pair, merged in all words; nil where none was seen twice.
    mutating func next() -> BytePairs.Merge? {
        while let best = candidates.popFirst() {
            guard let found = neighbours[best.pair], found.count == best.count else { continue }
            guard best.count > 1 else { return nil }
            merge(best.pair, in: found.words)
            return BytePairs.Merge(best.left, best.right)
        }
        return nil
    }

    private mutating func merge(_ pair: NumberedPair, in places: [Int]) {
        let result = table.number(of: table.pieces[pair.left] + table.pieces[pair.right])
        var changed: Set<NumberedPair> = []
        for place in places {
            let merged = pair.merged(in: words[place].pieces, to: result)
            // A word that stands here twice has been merged already.
            guard merged.count < words[place].pieces.count else { continue }
            changed.formUnion(pairs(place))
            add(place, times: -words[place].count, noting: { _ in false })
            words[place].pieces = merged
            add(place, times: words[place].count, noting: { $0.left == result || $0.right == result })
            changed.formUnion(pairs(place))
        }
        neighbours[pair] = nil
        for pair in changed { if let found = neighbours[pair] { propose(pair, found.count) } }
    }

    private func pairs(_ place: Int) -> [NumberedPair] {
        zip(words[place].pieces, words[place].pieces.dropFirst()).map { NumberedPair(left: $0, right: $1) }
    }

    /// Counts the pairs of a word.
    /// - Parameter noting: whether the word is new to a pair.
    private mutating func add(_ place: Int, times count: Int, noting: (NumberedPair) -> Bool) {
        for pair in pairs(place) {
            neighbours[pair, default: Neighbours()].count += count
            if noting(pair) { neighbours[pair, default: Neighbours()].words.append(place) }
        }
    }

    private mutating func propose(_ pair: NumberedPair, _ count: Int) {
        guard count > 0 else { return }
        candidates.add(Candidate(count, pair, table.pieces[pair.left], table.pieces[pair.right]))
    }
}

/// A pair as frequent as it was when it was proposed.
private struct Candidate {
    let count: Int, pair: NumberedPair, left: Piece, right: Piece

    init(_ count: Int, _ pair: NumberedPair, _ left: Piece, _ right: Piece) {
        (self.count, self.pair, self.left, self.right) = (count, pair, left, right)
    }

    func comes(before other: Candidate) -> Bool {
        count != other.count ? count > other.count : (left, right) < (other.left, other.right)
    }
}

/// A heap. What is out of date stays in it until it comes up.
private struct Candidates {
    private var all: [Candidate] = []

    mutating func add(_ candidate: Candidate) {
        all.append(candidate)
        var at = all.count - 1
        while at > 0, all[at].comes(before: all[(at - 1) / 2]) {
            all.swapAt(at, (at - 1) / 2)
            at = (at - 1) / 2
        }
    }

    mutating func popFirst() -> Candidate? {
        guard let first = all.first, let last = all.popLast() else { return nil }
        guard !all.isEmpty else { return first }
        all[0] = last
        var at = 0
        while let least = [2 * at + 1, 2 * at + 2].filter({ $0 < all.count }).min(by: { all[$0].comes(before: all[$1]) }
        ),
            all[least].comes(before: all[at])
        {
            all.swapAt(at, least)
            at = least
        }
        return first
    }
}
