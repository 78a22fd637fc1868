// From words to batches: ids, padding, and a series of batches that can be left and taken up again.

import Foundation
import Randomness
import Testing

@testable import Corpora

@Suite("Vocabulary") struct VocabularyTests {
    private let sentences = [["b", "a", "b"], ["c", "a", "b", "d"]]

    @Test("the most frequent first, equals as they first appear: ids are the same on every run") func order() {
        let vocabulary = Vocabulary(sentences: sentences)
        #expect(vocabulary.words == ["<pad>", "<begin>", "<end>", "<unknown>", "b", "a", "c", "d"])
        #expect(vocabulary.ids(of: ["a", "c", "zebra"]) == [5, 6, Vocabulary.unknown])
        #expect(vocabulary.words(of: [4, 7, 99, -1]) == ["b", "d", "<unknown>", "<unknown>"])
    }

    @Test("rare words and words beyond the limit become unknown") func limits() {
        #expect(Vocabulary(sentences: sentences, minimumCount: 2).words.dropFirst(4) == ["b", "a"])
        #expect(Vocabulary(sentences: sentences, limit: 1).words.dropFirst(4) == ["b"])
        #expect(
            Vocabulary(sentences: sentences, limit: -3).count == 4 && Vocabulary(sentences: [[String]]()).count == 4)
    }

    @Test(
        "a word that is spelt like one of the program's own is a word, with an id of its own",
        arguments: Vocabulary.specials)
    func specials(word: String) throws {
        let vocabulary = Vocabulary(sentences: [[word, "a"]])
        #expect(vocabulary.words == Vocabulary.specials + [word, "a"])
        #expect(
            vocabulary.ids(of: [word, "a", "b"]) == [4, 5, Vocabulary.unknown] && vocabulary.words(of: [4]) == [word])
        #expect(Vocabulary(sentences: [["a"]]).id(of: word) == Vocabulary.unknown, "unseen, it is unknown as any other")
        #expect(try JSONDecoder().decode(Vocabulary.self, from: JSONEncoder().encode(vocabulary)) == vocabulary)
        let extended = ExtendedVocabulary(Vocabulary(sentences: [["a"]]), source: ["a", word])
        #expect(extended.id(of: word) == 5 && extended.words(of: [5]) == [word], "unseen, it can be copied")
    }

    @Test("one answer to “is it the same word?”: é and e with an accent are two words everywhere, as for BLEU")
    func spellings() {
        let (whole, parts) = ("caf\u{E9}", "cafe\u{301}")
        let vocabulary = Vocabulary(sentences: [[whole, parts, whole]])
        #expect(vocabulary.ids(of: [whole, parts]) == [4, 5])
        #expect(Vocabulary(sentences: [[whole]]).id(of: parts) == Vocabulary.unknown)
        #expect(ExtendedVocabulary(vocabulary, source: ["e\u{301}", "\u{E9}"]).newWords.count == 2)
        #expect(Spelling(whole) != Spelling(parts) && Spelling(whole) == Spelling("caf\u{E9}"))
        var forms = SpellingForms()
        forms.add([whole, "plain", whole])
        #expect(forms.remark == nil)
        forms.add([parts, parts])
        #expect(
            forms.mixed.count == 1 && forms.remark?.contains("U+00E9 and U+0301") == true
                && forms.remark?.contains("two words") == true)
    }

    @Test("it survives JSON, and what is no vocabulary is refused") func json() throws {
        let vocabulary = Vocabulary(sentences: sentences)
        #expect(try JSONDecoder().decode(Vocabulary.self, from: JSONEncoder().encode(vocabulary)) == vocabulary)
        for bad in [["a", "b"], Vocabulary.specials + ["a", "a"]] {
            #expect(throws: DecodingError.self) {
                try JSONDecoder().decode(Vocabulary.self, from: JSONEncoder().encode(bad))
            }
        }
    }
}

/// Pairs whose ids tell which they are; lengths vary.
private func pairs(_ count: Int) throws -> [EncodedPair] {
    try (0..<count).map { index in
        try EncodedPair(
            source: Array(repeating: 10 + index, count: 1 + index % 7),
            target: Array(repeating: 10 + index, count: index % 5))
    }
}

@Suite("Batches") struct BatchTests {
    @Test("padding, begin and end stand where they belong") func padding() throws {
        let batch = try Batch([EncodedPair(source: [7, 8, 9], target: [5]), EncodedPair(source: [6], target: [4, 5])])
        #expect((batch.count, batch.sourceWidth, batch.targetWidth) == (2, 3, 3))
        #expect(batch.source == [7, 8, 9, 6, 0, 0] && batch.sourceLengths == [3, 1])
        #expect(batch.targetInput == [1, 5, 0, 1, 4, 5])
        #expect(batch.targetOutput == [5, 2, 0, 4, 5, 2])
        #expect(batch.targetLengths == [2, 3] && batch.targetTokenCount == 5 && batch.indices == [0, 1])
    }

    @Test("pairs to copy by: new words are numbered past the vocabulary, produced by that number, and read as unknown")
    func copying() throws {
        let vocabulary = Vocabulary(sentences: [["a", "b"]])
        let extended = ExtendedVocabulary(vocabulary, source: ["x", "a", "y", "x"])
        #expect(extended.newWords == ["x", "y"] && extended.count == 8)
        #expect(extended.ids(of: ["a", "y", "x", "z"]) == [4, 7, 6, Vocabulary.unknown])
        #expect(extended.words(of: [7, 4, 6, 8, 3]) == ["y", "a", "x", "<unknown>", "<unknown>"])

        let pair = try EncodedPair(
            SentencePair(source: ["x", "a", "y", "x"], target: ["a", "x", "z"]), source: vocabulary, target: vocabulary,
            copying: true)
        let other = try EncodedPair(
            SentencePair(source: ["b", "w"], target: ["w"]), source: vocabulary, target: vocabulary, copying: true)
        let batch = try Batch([pair, other])
        #expect(batch.copies == [6, 4, 7, 6, 5, 6, 0, 0])
        #expect(batch.targetInput == [1, 4, 3, 3, 1, 3, 0, 0] && batch.targetOutput == [4, 6, 3, 2, 6, 2, 0, 0])
        #expect(batch.shards(2)[1].copies == [5, 6], "a part is cut as the source is")
        let plain = try EncodedPair(SentencePair(source: ["b"], target: []), source: vocabulary, target: vocabulary)
        #expect(try Batch([pair, plain]).copies == [] && Batch([plain]).copies == [])
        #expect(throws: InputError.self) {
            try EncodedPair(source: [4, 5], target: [4], copying: .init(source: [4], target: [4]))
        }
    }

    @Test("no pairs, an empty source, a batch size of 0: refused") func refusals() throws {
        #expect(throws: InputError("a batch needs at least one sentence pair, but was given none")) { try Batch([]) }
        #expect(throws: InputError("the source sentence is empty; expected at least one word")) {
            try EncodedPair(source: [], target: [4])
        }
        #expect(throws: InputError.self) { try Batches([], batchSize: 4, random: RandomSource(seed: 1)) }
        #expect(throws: InputError("a batch cannot have 0 pairs; choose a batch size of at least 1")) {
            try Batches(pairs(3), batchSize: 0, random: RandomSource(seed: 1))
        }
    }

    @Test("every pair exactly once an epoch, whatever the batch size", arguments: [1, 3, 8, 64, Int.max])
    func epochs(batchSize: Int) throws {
        var batches = try Batches(pairs(50), batchSize: batchSize, random: RandomSource(seed: 1))
        var orders: [[Int]] = []
        for epoch in 0..<3 {
            var seen: [Int] = []
            repeat {
                let batch = batches.next()
                #expect(batches.position.epoch == epoch && batch.count <= batchSize)
                #expect(
                    batch.indices.enumerated().allSatisfy { batch.source[$0 * batch.sourceWidth] == 10 + $1 },
                    "indices say which pairs these are")
                seen += batch.indices
            } while !batches.isAtEpochEnd
            #expect(seen.sorted() == Array(0..<50))
            orders.append(seen)
        }
        // With one batch an epoch there is no order to change.
        #expect(batchSize >= 50 || orders[0] != orders[1])
    }

    @Test("a saved position gives the batches that would have followed", arguments: [0, 1, 6, 7, 8, 20])
    func resume(taken: Int) throws {
        var batches = try Batches(pairs(50), batchSize: 8, random: RandomSource(seed: 3))
        for _ in 0..<taken { _ = batches.next() }
        let saved = try JSONDecoder().decode(Batches.Position.self, from: JSONEncoder().encode(batches.position))
        var resumed = try Batches(pairs(50), BatchLimit(pairs: 8), at: saved)
        for _ in 0..<20 { #expect(batches.next() == resumed.next()) }
    }

    @Test("a position that the data cannot have is refused") func wrongPosition() throws {
        var batches = try Batches(pairs(50), batchSize: 8, random: RandomSource(seed: 3))
        for _ in 0..<6 { _ = batches.next() }
        let error = #expect(throws: InputError.self) {
            try Batches(pairs(10), BatchLimit(pairs: 8), at: batches.position)
        }
        #expect(error?.message.contains("resume with the data and batch size of the first run") == true)
    }

    @Test("for evaluation: each pair once, by length, always the same") func inOrder() throws {
        let all = try Batches.inOrder(pairs(20), batchSize: 6)
        #expect(all.flatMap(\.indices).sorted() == Array(0..<20))
        let lengths = all.flatMap(\.sourceLengths)
        #expect(lengths == lengths.sorted())
        #expect(try all == Batches.inOrder(pairs(20), batchSize: 6))
    }

    // MARK: bounded by tokens

    /// Pairs of which some are long, on one side or on both.
    private func uneven(_ count: Int) throws -> [EncodedPair] {
        var random = RandomSource(seed: 9)
        return try (0..<count).map { index in
            func length(_ chance: Int) -> Int { 1 + random.below(index % chance == 0 ? 400 : 12) }
            let (source, target) = (length(11), length(13))
            return try EncodedPair(
                source: [Int](repeating: 10 + index, count: source), target: [Int](repeating: 5, count: target))
        }
    }

    private func tokens(_ batch: Batch) -> Int { batch.count * (batch.sourceWidth + batch.targetWidth) }

    @Test("no batch has more tokens than it may, or it is one pair; every pair once an epoch", arguments: [1, 90, 600])
    func bound(limit: Int) throws {
        let pairs = try uneven(150)
        var batches = try Batches(pairs, BatchLimit(pairs: 8, tokens: limit), random: RandomSource(seed: 1))
        for _ in 0..<2 {
            var seen: [Int] = []
            repeat {
                let batch = batches.next()
                #expect(batch.count <= 8 && (tokens(batch) <= limit || batch.count == 1))
                seen += batch.indices
            } while !batches.isAtEpochEnd
            #expect(seen.sorted() == Array(pairs.indices))
        }
    }

    @Test("evaluation is bounded as well") func boundedEvaluation() throws {
        let pairs = try (0..<100).map { _ in
            try EncodedPair(source: [Int](repeating: 9, count: 900), target: [Int](repeating: 9, count: 900))
        }
        let batches = try Batches.inOrder(pairs, batchSize: 64)
        #expect(batches.allSatisfy { tokens($0) <= 64 * BatchLimit.tokensPerPair && $0.count > 1 })
        #expect(batches.flatMap(\.indices).sorted() == Array(0..<100))
    }

    @Test("a position within an epoch of uneven batches gives those that would have followed", arguments: [1, 9, 40])
    func resumeBounded(taken: Int) throws {
        let pairs = try uneven(80), limit = BatchLimit(pairs: 8, tokens: 300)
        var batches = try Batches(pairs, limit, random: RandomSource(seed: 3))
        for _ in 0..<taken { _ = batches.next() }
        var resumed = try Batches(pairs, limit, at: batches.position)
        for _ in 0..<60 { #expect(batches.next() == resumed.next()) }
    }

    /// The plan of before batches had a bound of tokens, once more.
    private func planByPairs(_ pairs: [EncodedPair], _ size: Int, seed: UInt64) -> [[Int]] {
        var random = RandomSource(seed: seed), order = Array(pairs.indices)
        func cut(_ indices: [Int], _ size: Int) -> [[Int]] {
            stride(from: 0, to: indices.count, by: size).map { Array(indices[$0..<min($0 + size, indices.count)]) }
        }
        random.shuffle(&order)
        var plan = cut(order, 20 * size).flatMap { pool in
            cut(
                pool.sorted {
                    (pairs[$0].source.count, pairs[$0].target.count, $0)
                        < (pairs[$1].source.count, pairs[$1].target.count, $1)
                }, size)
        }
        random.shuffle(&plan)
        return plan
    }

    @Test("no toy language meets the bound: their batches are those of before there was one", arguments: [1, 16, 32])
    func toyPlans(size: Int) throws {
        for task in ToyTasks.all {
            var options = task.defaults
            (options.trainPairs, options.devPairs, options.testPairs, options.longPairs) = (400, 1, 100, 100)
            let data = try task.dataset(seed: 1, options: options)
            let source = Vocabulary(sentences: data.train.map(\.source)),
                target = Vocabulary(sentences: data.train.map(\.target))
            let pairs = try data.train.map { try EncodedPair($0, source: source, target: target) }
            var batches = try Batches(pairs, batchSize: size, random: RandomSource(seed: 4))
            let plan = planByPairs(pairs, size, seed: 4)
            var found: [[Int]] = []
            for _ in plan { found.append(batches.next().indices) }
            #expect(found == plan && batches.isAtEpochEnd)
            let long = try (data.test + data.long).map { try EncodedPair($0, source: source, target: target) }
            #expect(try Batches.inOrder(long, batchSize: 64).dropLast().allSatisfy { $0.count == 64 }, "\(task.name)")
        }
    }
}
